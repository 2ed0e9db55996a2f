"""What the resident sees at a node: the words of the question and everything that can be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.answers import Answer
from bot.core.dialog import Ask, Chat, Control, Dialog, Fix, HandOver, Language, Say
from bot.core.events import Asked
from bot.core.model import Lang, Text
from bot.core.state import State
from bot.core.way import options_of_node, picked_text, question_of, told_questions

ASK_CONTROLS = ("SKIP", "BACK", "HUMAN", "LANG", "STOP", "WHY")
CHAT_CONTROLS = ("MORE", "HUMAN", "RESTART", "LANG", "FURIGANA")
EASY_JAPANESE = "ja-easy"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be chosen; `label` is a plain string where it is not translated.

    `japanese` is the official name that belongs beside the translation.
    """

    code: str
    label: Text | str
    detail: Text | None = None
    kind: str = "answer"
    japanese: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question ready to be worded: `everywhere` texts are said in all languages at once."""

    node: str
    parts: tuple[Text, ...]
    offers: tuple[Offer, ...]
    many: bool = False
    everywhere: bool = False


def prompt_of(dialog: Dialog, state: State, asked: Asked, languages: Mapping[Lang, str]) -> Prompt:
    """Return what is shown for an `Asked` event. `languages`: code → own name."""
    node = dialog.nodes[asked.node]
    hint = (asked.hint,) if asked.hint is not None else ()
    match node:
        case Language():
            offers = tuple(Offer(code, name) for code, name in languages.items())
            return Prompt(node.id, (*hint, node.text), offers, everywhere=True)
        case Chat():
            said = hint or (node.text,)
            return Prompt(node.id, said, _chat_controls(dialog, state))
        case Fix():
            offers = tuple(Offer(each.code, each.label) for each in options_of_node(dialog, state))
            return Prompt(
                node.id, (*hint, node.text), (*offers, *_controls(dialog, state, ("SKIP", "WHY")))
            )
        case Ask():
            return _question(dialog, state, node, hint)
        case _:
            return Prompt(node.id, hint, ())


def _question(dialog: Dialog, state: State, node: Ask, hint: tuple[Text, ...]) -> Prompt:
    picked = picked_text(dialog, state)
    # After a tap on a choice only the list of the picks is said, not the whole question again.
    just_picked = bool(hint) and hint[0].address == picked.address
    parts = [*hint] if just_picked else [*hint, question_of(node, state)]
    if node.id == dialog.summary:
        parts.extend(summary_lines(dialog, state))
    if state.picked and not just_picked:
        parts.append(picked)
    elif node.many and not state.picked:
        parts.append(dialog.phrase("bot.multi_hint", done=dialog.controls["DONE"].label))
    offers = [
        Offer(
            each.code,
            each.label,
            each.detail,
            "picked" if each.code in state.picked else "answer",
            japanese=each.label.source if node.show_japanese and state.lang != "ja" else "",
        )
        for each in options_of_node(dialog, state)
    ]
    if node.many:
        offers.append(Offer("DONE", dialog.controls["DONE"].label, kind="done"))
    hidden = () if node.skip_code else ("SKIP",)
    controls = _controls(dialog, state, hidden)
    first = dialog.nodes[dialog.start]
    if state.lang == EASY_JAPANESE and isinstance(first, Language) and first.next == node.id:
        # Offered once, where there is room; it may be typed anywhere.
        controls = (*controls, _control(dialog.controls["FURIGANA"]))
    return Prompt(node.id, tuple(parts), (*offers, *controls), many=node.many)


def _controls(dialog: Dialog, state: State, hidden: tuple[str, ...]) -> tuple[Offer, ...]:
    left_out = {*hidden, *(() if state.trail else ("BACK",))}
    return tuple(_control(dialog.controls[code]) for code in ASK_CONTROLS if code not in left_out)


def _chat_controls(dialog: Dialog, state: State) -> tuple[Offer, ...]:
    left_out = {
        "HUMAN" if state.alerted else "",
        "" if state.more else "MORE",
        "" if state.lang == EASY_JAPANESE else "FURIGANA",
    }
    codes = [code for code in CHAT_CONTROLS if code not in left_out]
    if state.back_to:
        codes.insert(0, "CONTINUE")
    return tuple(_control(dialog.controls[code]) for code in codes)


def _control(control: Control) -> Offer:
    return Offer(control.code, control.label, kind="control")


def summary_lines(dialog: Dialog, state: State) -> list[Text]:
    """Return one line for every answer that has a heading, in the order of the dialog."""
    return [
        dialog.phrase(
            "bot.summary_line",
            question=dialog.phrases[f"topic.{question}"],
            answer=answer_text(dialog, question, state.answers[question]),
        )
        for question in told_questions(dialog, state)
    ]


def answer_text(dialog: Dialog, question: str, answer: Answer) -> Text | str | tuple[Text, ...]:
    """Return an answer as words: what was typed, else the labels of the chosen options."""
    node = dialog.nodes.get(question)
    if not isinstance(node, Ask):
        return ""
    if answer.value:
        return _value_text(dialog, node.value, answer.value)
    if node.skip_code in answer.codes or not answer.codes:
        return dialog.phrase("bot.skipped")
    source = dialog.nodes[node.of] if node.of else node
    assert isinstance(source, Ask)
    options = {each.code: each.label for each in source.options}
    return tuple(options[code] for code in answer.codes if code in options)


def _value_text(dialog: Dialog, kind: str, value: str) -> Text | str:
    match kind:
        case "yen":
            return dialog.phrase("bot.yen", amount=f"{int(value):,}")
        case "days":
            return dialog.phrase("bot.days", days=value)
        case "people":
            return dialog.phrase("bot.people", people=value)
        case "text" | "phone":
            return value
        case _:
            day = date.fromisoformat(value)
            return f"{day.year}/{day.month}/{day.day}"


def question_text(dialog: Dialog, question: str) -> Text | None:
    """Return the words of a question, for records."""
    node = dialog.nodes.get(question)
    if isinstance(node, Ask | Say | Chat | Fix | Language):
        return node.text
    return node.text if isinstance(node, HandOver) else None
