"""Dialogs of a few questions, made by hand, and a context in which everything is calm."""

from collections.abc import Sequence
from datetime import date

from bot.core.condition import Condition
from bot.core.detecting import Detectors
from bot.core.dialog import (
    Ask,
    Chat,
    Control,
    Decide,
    Dialog,
    HandOver,
    Interrupt,
    Language,
    Node,
    Option,
    Say,
    reachable,
)
from bot.core.model import Level, Text
from bot.core.moves import Context
from bot.core.triage import Assessment

CALM = Assessment(Level.U1, (), (), None, (), None, (), (), "", mt_used=False)
CONTROLS = (
    *("SKIP", "BACK", "STOP", "HUMAN", "LANG"),
    *("DONE", "RESTART", "CONTINUE", "WHY", "MORE", "FURIGANA"),
)


class AnyPhrase(dict[str, Text]):
    """Fixed sentences that exist as soon as they are asked for."""

    def __missing__(self, key: str) -> Text:
        return Text(f"phrases.{key}", key)


def words(address: str) -> Text:
    return Text(f"tiny.{address}", address)


def answered(question: str, *codes: str) -> Condition:
    return Condition("answered", question=question, values=frozenset(codes))


def not_(condition: Condition) -> Condition:
    return Condition("not", (condition,))


def spoken(*languages: str) -> Condition:
    return Condition("lang", values=frozenset(languages))


def option(code: str, **more) -> Option:
    return Option(code, words(code), **more)


def ask(id: str, *codes: str | Option, next: str, skip: bool = False, **more) -> Ask:
    options = tuple(option(each) if isinstance(each, str) else each for each in codes)
    return Ask(
        id,
        words(f"{id}.text"),
        words(f"{id}.why"),
        options,
        next=next,
        skip_code="SKIP" if skip else "",
        **more,
    )


def say(id: str, next: str, *, crisis: bool = False) -> Say:
    return Say(id, words(f"{id}.text"), next, crisis)


def decide(id: str, when: Condition, goto: str, *, next: str) -> Decide:
    return Decide(id, ((when, goto),), next)


def crisis(id: str = "CRISIS", next: str = "CHAT") -> HandOver:
    return HandOver(id, "crisis", words(f"{id}.text"), next)


def tiny(*nodes: Node, interrupts: Sequence[Interrupt] = (), dialog: str = "tiny") -> Dialog:
    """The language menu, these nodes (the first one comes next), a free chat and a person."""
    first = nodes[0].id
    every: dict[str, Node] = {
        "LANG": Language("LANG", words("LANG.text"), first),
        **{each.id: each for each in nodes},
        "HUMAN": HandOver("HUMAN", "asked", words("HUMAN.text"), "CHAT"),
        "CHAT": Chat("CHAT", words("CHAT.text"), words("CHAT.waiting"), words("CHAT.alone")),
    }
    return Dialog(
        id=dialog,
        version="1",
        start="LANG",
        chat="CHAT",
        human="HUMAN",
        summary="SUMMARY",
        stop_text=words("STOP"),
        nodes=every,
        interrupts=tuple(interrupts),
        controls={code: Control(code, words(code), words(f"{code}.typed")) for code in CONTROLS},
        phrases=AnyPhrase(
            {f"topic.{name}": words(name) for name, each in every.items() if isinstance(each, Ask)}
        ),
        cards={},
        lines={},
        main_path=frozenset(reachable(every, "LANG")),
        branch_of=dict.fromkeys(every, ""),
    )


def branch(id: str, when: Condition, goto: str, *, detour: bool = False) -> Interrupt:
    return Interrupt(id, when, goto, detour)


def calm(*languages: str) -> Context:
    """A context of 15 January 2026 in which nothing is ever urgent."""
    offered = languages or ("ja",)
    return Context(
        today=date(2026, 1, 15),
        triage=lambda *_: CALM,
        languages=offered,
        language_of=lambda typed: typed if typed in offered else "",
        new_session=lambda: "again",
        detectors=Detectors({}),
    )
