"""Words → HTML: languages, telephone numbers as links, furigana, Japanese among other words."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from bot.core.furigana import segments
from bot.core.model import Lang

EASY = "ja-easy"

_PHONE = re.compile(
    r"(?<![0-9A-Za-z#-])(0\d{1,4}-\d{1,4}-\d{3,4}|0[1-9]\d0-\d{6}|#\d{4}|1(?:10|18|19|88|89))(?![\d-])"
)
_HAN, _KANA = "々〆㐀-䶿一-鿿", "ぁ-ゖァ-ヺー"
_RUN = re.compile(f"[{_HAN}{_KANA}](?:[{_HAN}{_KANA}・ （）()]*[{_HAN}{_KANA}])?")
# Chinese shares its characters with Japanese: only kana tell the two apart.
_READ_LINE = re.compile(rf"(?m)^.+[（(][{_KANA}・ （）()]+[）)]$")
_RUN_IN_CHINESE = re.compile(
    rf"{_READ_LINE.pattern}|[{_HAN}・]*[{_KANA}][{_HAN}{_KANA}・]*", re.MULTILINE
)


def html_lang(lang: Lang) -> str:
    """Return the `lang` of HTML: easy Japanese is Japanese."""
    return "ja" if lang == EASY else lang


def shown(text: str, *, readings: bool = False, lang: str = "ja") -> Markup:
    """Return the text for a page: telephone numbers as links, furigana above their kanji.

    `lang` is that of HTML. Japanese names in a text of another language are marked as Japanese:
    their characters look different in Chinese and Korean type, and sound different when read out.

    A screen reader is given the kanji alone, which it reads by itself; without that it would say
    each word twice.
    """
    if not readings:
        return Markup("").join(
            Markup('<span lang="ja">{}</span>').format(with_phones(piece))
            if japanese
            else with_phones(piece)
            for piece, japanese in _pieces(text, lang)
        )
    parts = (
        f'<ruby>{escape(each.text)}<rp aria-hidden="true">(</rp>'
        f'<rt aria-hidden="true">{escape(each.reading)}</rt><rp aria-hidden="true">)</rp></ruby>'
        if each.reading
        else str(with_phones(each.text))
        for each in segments(text)
    )
    return Markup("".join(parts))  # noqa: S704  # every part is escaped above


def _pieces(text: str, lang: str) -> Iterator[tuple[str, bool]]:
    """Return the text in pieces; the second value: this one is Japanese among other words."""
    end = 0
    if lang != "ja":
        for found in (_RUN_IN_CHINESE if lang.startswith("zh") else _RUN).finditer(text):
            yield text[end : found.start()], False
            yield found[0], True
            end = found.end()
    yield text[end:], False


def with_phones(text: str) -> Markup:
    """Return the text with its telephone numbers as links, kept whole in every direction."""
    parts: list[str] = []
    end = 0
    for found in _PHONE.finditer(text):
        number = found[0]
        parts.append(str(escape(text[end : found.start()])))
        parts.append(f'<a href="tel:{number.replace("#", "%23")}"><bdi>{number}</bdi></a>')
        end = found.end()
    parts.append(str(escape(text[end:])))
    return Markup("".join(parts))  # noqa: S704  # every part is escaped above, numbers are digits
