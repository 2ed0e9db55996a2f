"""The rules of easy Japanese as a lint (guideline of the Immigration Services Agency, 2020)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.core.furigana import KANJI, plain, unread

SENTENCE_LIMIT = 30
"""Characters of a sentence, without spaces, brackets and what they hold."""

KANJI_LIMIT = 13
"""Kanji of a sentence (Hirosaki University: news of daily life)."""

UNSPACED_LIMIT = 12
"""Characters without a space between two phrases, from which a reader loses the word borders."""

# --- exceptions --------------------------------------------------------------------------------

OFFICIAL_WORDS = (
    "日本人の配偶者等",
    "永住者の配偶者等",
    "社会福祉協議会",
    "出入国在留管理庁",
    "労働基準監督署",
)
"""Names as they stand on papers and doors: they stay as they are, count as one phrase, and are
explained beside (rule 9)."""

HARMLESS = (
    *("おかえりなさい", "ごめんなさい", "かもしれません", "かもしれない"),
    *("見られ", "食べられ", "来られ", "寝られ", "ねられ", "いられ", "出られ", "得られ", "借りられ"),
    *(
        "かりられ",
        "受けられ",
        "うけられ",
        "続けられ",
        "つづけられ",
        "答えられ",
        "やめられ",
        "決められ",
    ),
    *(
        "きめられ",
        "考えられ",
        "逃げられ",
        "にげられ",
        "助けられ",
        "伝えられ",
        "調べられ",
        "覚えられ",
    ),
    *("信じられ", "つかれ", "わかれ", "分かれ", "うまれ", "生まれ", "うられ"),
    *(
        "知らせ",
        "しらせ",
        "合わせ",
        "あわせ",
        "まかせ",
        "わたせ",
        "くらせ",
        "暮らせ",
        "へらせ",
        "減らせ",
    ),
)
"""Forms that only look passive, causative, negative or like keigo: potentials and plain verbs."""

SPARED: Mapping[str, str] = {}
"""Address → why this text breaks a rule and stays."""


@dataclass(frozen=True, slots=True)
class _Banned:
    pattern: re.Pattern[str]
    why: str


_TWICE = "two negatives in a row"
_BANNED = tuple(
    _Banned(re.compile(pattern), why)
    for pattern, why in (
        (
            r"な(?:い|く)\s?(?:こと|わけ|もの|の)?\s?(?:は|も|では)\s?(?:ない|あり|なら|いけ)",
            _TWICE,
        ),
        (r"なければ\s?(?:なら|なり|いけ)|ないと\s?いけ", _TWICE),
        (r"ない[^、。「」〈〉（）]{0,8}(?:ない|ません)", _TWICE),
        (r"[らかさたまわば]れ(?:る|て|た|ます|ません|ない|ました)", "a passive form"),
        (r"[らかさたなまわば]せ(?:る|て|た|ます|ません|ない|ました)", "a causative form"),
        (
            r"いただ|くださいませ|なさ(?:る|い|って)|おっしゃ|存じ|申し上げ|お願い(?:いた|申)",
            "keigo",
        ),
        (r"(?<![平同均高中初対上])等(?!し|級)", "等: say など"),
        (r"適宜|適切に|なるべく|できるだけ|必要に応じて|場合によって", "a vague word"),
        (r"令和|平成|昭和", "a Japanese era: write the western year"),
        (r"2[4-9]:[0-5]\d|2[4-9]時(?!間)", "a time after midnight"),
        (r"[~〜～]", "~: write から and まで"),
    )
)
_BRACKETS = re.compile(r"（[^（）]*）|〈[^〈〉]*〉|\([^()]*\)|\{[^{}]*\}")
_ENDS = re.compile(r"[。！？!?\n]+")
_NOT_A_PHRASE_END = re.compile(r"[\s、・：→]+")
_POLITE = re.compile(
    r"(?:おかえりなさい|です|ます|ません|でした|ました|ましょう|ください|どうぞ|か|ね|よ"
    r"|こんにちは|すみません|ありがとう|から)$"
)


def lint(text: str, *, limit: int = SENTENCE_LIMIT, label: bool = False) -> list[str]:
    """Return what is hard to read in a text of easy Japanese, with or without furigana.

    `limit`: characters of a sentence. `label`: a button or heading, which need not be a sentence.
    Furigana are looked for where the text has any.
    """
    bare = plain(text)
    found = [f"kanji without a reading: {each}" for each in unread(text)] if bare != text else []
    for sentence in _sentences(bare):
        found.extend(_problems(sentence, limit))
        if not label and sentence in _spoken(bare) and not _POLITE.search(_said(sentence)):
            found.append(f"does not end in です or ます: {sentence}")
    return found


def lint_catalog(
    texts: Mapping[str, str], *, labels: frozenset[str] = frozenset(), limit: int = SENTENCE_LIMIT
) -> list[str]:
    """Return the problems of all texts, each with its address, but for those of SPARED.

    `labels`: addresses of buttons.
    """
    return [
        f"{address}: {problem}"
        for address, text in texts.items()
        if address not in SPARED
        for problem in lint(text, limit=limit, label=address in labels)
    ]


def _problems(sentence: str, limit: int) -> Iterator[str]:
    said = _said(sentence)
    length = len(re.sub(r"\s", "", said))
    if length > limit:
        yield f"{length} characters, at most {limit}: {sentence}"
    kanji = len(re.findall(f"[{KANJI}]", said))
    if kanji > KANJI_LIMIT:
        yield f"{kanji} kanji, at most {KANJI_LIMIT}: {sentence}"
    spared = _without(sentence, (*OFFICIAL_WORDS, *HARMLESS))
    hits = {each.why: found[0] for each in _BANNED if (found := each.pattern.search(spared))}
    for why, form in hits.items():
        yield f"{why} ({form}): {sentence}"
    for phrase in _NOT_A_PHRASE_END.split(_without(said, OFFICIAL_WORDS)):
        if len(phrase) > UNSPACED_LIMIT:
            yield f"put spaces between the phrases: {phrase}"


def _sentences(text: str) -> list[str]:
    return [each.strip() for each in _ENDS.split(text) if each.strip()]


def _spoken(text: str) -> set[str]:
    """Return the sentences that end with a full stop: names and list items need no verb."""
    return {each.strip() for each in re.findall(r"([^。！？\n]+)。", _BRACKETS.sub("", text))}


def _said(sentence: str) -> str:
    return _BRACKETS.sub("", sentence).strip("・# ")


def _without(text: str, words: tuple[str, ...]) -> str:
    for word in words:
        text = text.replace(word, "□")
    return text
