"""The nodes of a dialog file → the nodes of the core, every sentence with its address."""

from collections.abc import Mapping

from bot.authoring import schema
from bot.authoring.conditions import condition
from bot.core.condition import ALWAYS
from bot.core.dialog import (
    Ask,
    Chat,
    Decide,
    Fix,
    Forget,
    HandOver,
    Language,
    Node,
    Option,
    Result,
    Say,
)
from bot.core.model import Level, Text


class Sentences:
    """Every fixed sentence by address, and what is special about some of them.

    `labels` are buttons. `crisis`, `consent` and `money` are sentences that a draft translation
    serves least well. `numbers`: name → telephone number that may be named.
    """

    def __init__(self, dialog: str, numbers: Mapping[str, str]) -> None:
        self.dialog = dialog
        self.numbers = numbers
        self.texts: dict[str, Text] = {}
        self.notes: dict[str, str] = {}
        self.labels: set[str] = set()
        self.crisis: set[str] = set()
        self.consent: set[str] = {f"{dialog}.START.text"}
        self.money: set[str] = set()

    def label(self, address: str, words: str) -> Text:
        self.labels.add(address)
        return self.text(address, words, "A button: at most 20 graphemes.")

    def text(self, address: str, words: str, note: str = "") -> Text:
        named = {name: number for name, number in self.numbers.items() if f"{{{name}}}" in words}
        text = Text(address, words, named)
        self.texts[address] = text
        if note:
            self.notes[address] = note
        return text


class NodeBuilder:
    """Builds nodes; a summary goes on to the node `chat`."""

    def __init__(self, sentences: Sentences, chat: str) -> None:
        self._sentences = sentences
        self._chat = chat

    def node(self, name: str, node: schema.AnyNodeSpec) -> Node:  # noqa: C901, PLR0912  # one case a kind
        """Return the node. Raises ValueError that says what is wrong with it."""
        base, text = f"{self._sentences.dialog}.{name}", self._sentences.text
        match node:
            case schema.AskSpec():
                return self._ask(name, base, node)
            case schema.SummarySpec():
                if node.consent:
                    self._sentences.consent.add(f"{base}.text")
                return Ask(
                    name,
                    text(f"{base}.text", node.text, node.note),
                    text(f"{base}.why", node.why),
                    tuple(self._option(base, each) for each in node.options),
                    next=self._chat,
                    skip_code="",
                    consent=node.consent or "",
                )
            case schema.SaySpec():
                if node.crisis:
                    self._sentences.crisis.add(f"{base}.text")
                words = text(f"{base}.text", node.text, node.note)
                return Say(name, words, node.next, node.crisis)
            case schema.DecideSpec():
                cases = tuple((condition(each.when), each.goto) for each in node.cases)
                return Decide(name, cases, node.next)
            case schema.HandOverSpec():
                text_or_none = text(f"{base}.text", node.text) if node.text else None
                return HandOver(name, node.reason, text_or_none, node.next)
            case schema.ForgetSpec():
                return Forget(name, text(f"{base}.text", node.text, node.note), node.next)
            case schema.LanguageSpec():
                return Language(name, text(f"{base}.text", node.text, node.note), node.next)
            case schema.FixSpec():
                return Fix(name, text(f"{base}.text", node.text, node.note), node.next)
            case schema.ResultSpec():
                return self._result(name, base, node)
            case schema.ChatSpec():
                return Chat(
                    name,
                    text(f"{base}.text", node.text, node.note),
                    text(f"{base}.waiting", node.waiting),
                    text(f"{base}.alone", node.alone),
                )
            case schema.StopSpec():
                raise ValueError("a stop node is not a place to stand at")

    def _ask(self, name: str, base: str, node: schema.AskSpec) -> Ask:
        if bool(node.options) == bool(node.of):
            raise ValueError("give either options or `of` (the question whose answers are listed)")
        if node.consent:
            self._sentences.consent |= {f"{base}.text", f"{base}.why"}
        return Ask(
            name,
            self._sentences.text(f"{base}.text", node.text, node.note),
            self._sentences.text(f"{base}.why", node.why),
            tuple(self._option(base, each) for each in node.options),
            next=node.next,
            many=node.type == "multi",
            value=node.value or "",
            when=condition(node.when) if node.when is not None else ALWAYS,
            skip_code=node.skip_code if node.skip else "",
            of=node.of or "",
            number=node.number or 0,
            help=self._sentences.text(f"{base}.help", node.help) if node.help else None,
            variants=tuple(
                (condition(each.when), self._sentences.text(f"{base}.text.{place}", each.text))
                for place, each in enumerate(node.variants, start=2)
            ),
            show_japanese=node.show_japanese,
            consent=node.consent or "",
        )

    def _option(self, base: str, spec: schema.OptionSpec) -> Option:
        address = f"{base}.{spec.code}"
        detail = self._sentences.text(f"{address}.detail", spec.detail) if spec.detail else None
        return Option(
            spec.code,
            self._sentences.label(address, spec.label),
            detail,
            only=spec.only,
            goto=spec.goto or "",
            low=spec.low,
            high=spec.high,
            when=condition(spec.when) if spec.when is not None else ALWAYS,
            agrees=spec.agrees,
        )

    def _result(self, name: str, base: str, node: schema.ResultSpec) -> Result:
        missing = [level.name for level in Level if level.name not in node.texts]
        missing += [level.name for level in Level if level.name not in node.sent]
        if missing:
            raise ValueError(f"no words for {', '.join(sorted(set(missing)))}")
        self._sentences.crisis.add(f"{base}.texts.U4")
        text = self._sentences.text
        return Result(
            name,
            {Level[key]: text(f"{base}.texts.{key}", v) for key, v in node.texts.items()},
            {Level[key]: text(f"{base}.sent.{key}", v) for key, v in node.sent.items()},
            text(f"{base}.unsent", node.unsent),
            text(f"{base}.worse", node.worse),
            node.next,
        )
