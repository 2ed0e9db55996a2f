"""Conditions in plain Japanese words, and text wrapped to the width of East Asian characters."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from bot.core.condition import Condition
from bot.core.dialog import Ask, Dialog

HEARD: Mapping[str, str] = {
    "suicide": "死にたい気持ち",
    "suicide_acute": "いま死のうとしていること",
    "violence": "暴力",
    "medical": "急な病気やけが",
    "hunger": "食べるものがないこと",
}
"""What the text detectors listen for, as it stands in a picture."""

SPOKEN: Mapping[str, str] = {"ja": "日本語", "ja-easy": "やさしい日本語"}

NARROW = 0.56
"""Width of a letter that is not East Asian, in the width of one that is."""

_NEVER_FIRST = frozenset("、。，．）」』】〉》］〕・：；？！ー～…%)]},.!?:;")
_NEVER_LAST = frozenset("（「『【〈《［〔([{")


def in_words(dialog: Dialog, condition: Condition) -> str:
    """Return a condition as a reader says it, labels instead of codes."""
    match condition.op:
        case "all" | "any" | "not":
            return _joined(dialog, condition)
        case "answered":
            return f"{condition.question}＝{_labels(dialog, condition)}"
        case "lang":
            return f"ことば＝{_listed(SPOKEN.get(each, each) for each in sorted(condition.values))}"
        case "alerted":
            return "相談員に知らせてある"
        case _:
            heard = _listed(HEARD.get(each, each) for each in sorted(condition.values))
            return f"書いた文から分かる：{heard}"


def _joined(dialog: Dialog, condition: Condition) -> str:
    parts = [in_words(dialog, each) for each in condition.parts]
    if condition.op == "not":
        return f"「{parts[0]}」ではない"
    inner = [
        f"（{words}）" if each.op in {"all", "any"} and len(each.parts) > 1 else words
        for each, words in zip(condition.parts, parts, strict=True)
    ]
    return (" かつ " if condition.op == "all" else " または ").join(inner)


def _labels(dialog: Dialog, condition: Condition) -> str:
    node = dialog.nodes.get(condition.question)
    source = dialog.nodes.get(node.of) if isinstance(node, Ask) and node.of else node
    options = source.options if isinstance(source, Ask) else ()
    known = [each.label.source for each in options if each.code in condition.values]
    named = {each.code for each in options}
    skip = {node.skip_code} & condition.values if isinstance(node, Ask) else set()
    return _listed([*known, *("答えない" for _ in skip), *sorted(condition.values - named - skip)])


def _listed(words: Iterable[str]) -> str:
    return "、".join(words)


def width_of(text: str) -> float:
    """Return the width of a text, in widths of one East Asian character."""
    return sum(_width(each) for each in text)


def _width(character: str) -> float:
    if unicodedata.combining(character):
        return 0
    return 1 if unicodedata.east_asian_width(character) in {"W", "F", "A"} else NARROW


def wrapped(text: str, width: float) -> list[str]:
    """Break a text into lines of at most `width` East Asian characters.

    Latin words and numbers stay whole where they fit, and no line begins with a closing sign or
    ends with an opening one: then a line may be one character longer or shorter.
    """
    return [line for part in text.split("\n") for line in _lines(part, width)]


def _lines(text: str, width: float) -> list[str]:
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(text):
        size = width_of(piece)
        if used + size > width and line and piece[0] not in _NEVER_FIRST:
            kept = line.rstrip()
            carried = ""
            while kept and kept[-1] in _NEVER_LAST:
                kept, carried = kept[:-1], kept[-1] + carried
            lines.append(kept)
            line = carried + piece.lstrip()
            used = width_of(line)
        else:
            line, used = line + piece, used + size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> Iterator[str]:
    """Yield what may not be broken: single East Asian characters, and other words as a whole."""
    word = ""
    for character in text:
        if _width(character) == 1 or character.isspace():
            if word:
                yield word
            word = ""
            yield character
        else:
            word += character
    if word:
        yield word
