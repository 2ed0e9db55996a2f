"""What stands on the card of a node: its kind, its heading and its lines."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.authoring.graph.wording import in_words
from bot.core.condition import ALWAYS
from bot.core.dialog import (
    Ask,
    Chat,
    Decide,
    Dialog,
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

TYPED = {
    "yen": "金額",
    "days": "日数・日付",
    "date": "日付",
    "people": "人数",
    "text": "文",
    "phone": "電話番号",
}
REASONS = {"crisis": "いのちの危険", "sent": "「送る」を押した", "asked": "「人と話す」を押した"}

SPOKEN = {Say: ("say", "言葉"), Language: ("ask", "ことばを選ぶ"), Fix: ("ask", "答えを直す")}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a card before it is wrapped.

    `style`: text, asked, choice, when, note or next. `goto` is the node that it leads to, or "".
    """

    words: str
    style: str = "text"
    goto: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A node as it is drawn. `kind` chooses the colours; `name` says in words what they mean."""

    node: str
    kind: str
    name: str
    heading: str
    lines: tuple[Line, ...]
    number: int = 0
    next: str = ""


def card_of(dialog: Dialog, node: Node) -> Card:
    """Return the card of a node, of whatever kind."""
    following = getattr(node, "next", "")
    match node:
        case Ask():
            name = _name(node, is_summary=node.id == dialog.summary)
            lines = tuple(_question(dialog, node))
            topic = dialog.phrases.get(f"topic.{node.id}")
            heading = topic.source if topic is not None else ""
            return Card(node.id, "ask", name, heading, lines, node.number, following)
        case Say(crisis=True):
            lines = (Line(_said(node.text)),)
            return Card(node.id, "crisis", "いのちを守る言葉", "", lines, next=following)
        case Say() | Language() | Fix():
            kind, name = SPOKEN[type(node)]
            lines = (Line(_said(node.text)),)
            return Card(node.id, kind, name, "", lines, next=following)
        case Decide():
            lines = tuple(Line(in_words(dialog, when), "when", goto) for when, goto in node.cases)
            return Card(node.id, "decide", "分かれ道", "", lines, next=following)
        case HandOver():
            lines = (Line(_said(node.text)),) if node.text is not None else ()
            why = REASONS.get(node.reason, node.reason)
            return Card(node.id, "hand", "相談員へ", why, lines, next=following)
        case Forget():
            lines = (Line(_said(node.text)),)
            return Card(node.id, "say", "書いたことを消す", "", lines, next=following)
        case Result():
            lines = tuple(
                Line(f"{level.name}：{_said(node.texts[level])}", "text")
                for level in sorted(Level, reverse=True)
                if level in node.texts
            )
            return Card(node.id, "result", "結果と制度の案内", "", lines, next=following)
        case Chat():
            return Card(node.id, "chat", "自由に書く", "", (Line(_said(node.text)),))


def _name(node: Ask, *, is_summary: bool) -> str:
    if is_summary:
        return "まとめ"
    return "いくつでも" if node.many else "ひとつ"


def _question(dialog: Dialog, node: Ask) -> Iterator[Line]:
    if node.when != ALWAYS:
        yield Line(f"聞く人：{in_words(dialog, node.when)}", "when")
    yield Line(_said(node.text), "asked")
    for when, text in node.variants:
        yield Line(f"［{in_words(dialog, when)}］{_said(text)}", "note")
    if node.of:
        yield Line(f"・{node.of}で選んだもの", "choice")
    for option in node.options:
        yield Line(_choice(dialog, option), "choice", option.goto)
    notes = [f"{TYPED.get(node.value, node.value)}を書いてもよい"] if node.value else []
    if not node.skip_code:
        notes.append("「答えない」はない")
    if notes:
        yield Line("、".join(notes), "note")


def _choice(dialog: Dialog, option: Option) -> str:
    words = f"・{option.label.source}"
    if option.only:
        words += "［これだけ］"
    if option.when != ALWAYS:
        words += f"［{in_words(dialog, option.when)}］"
    return words


def _said(text: Text) -> str:
    """Return a sentence with its telephone numbers."""
    words = text.source
    for name, value in text.args.items():
        if isinstance(value, str):
            words = words.replace(f"{{{name}}}", value)
    return words
