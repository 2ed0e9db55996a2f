"""Words → HTML: languages, telephone numbers as links, furigana above their kanji."""

import re

from markupsafe import Markup, escape

from bot.core.furigana import segments
from bot.core.model import Lang

EASY = "ja-easy"

_PHONE = re.compile(
    r"(?<![0-9A-Za-z#-])(0\d{1,4}-\d{1,4}-\d{3,4}|#\d{4}|1(?:10|18|19|88|89))(?![\d-])"
)


def html_lang(lang: Lang) -> str:
    """Return the `lang` of HTML: easy Japanese is Japanese."""
    return "ja" if lang == EASY else lang


def shown(text: str, *, readings: bool = False) -> Markup:
    """Return the text for a page: telephone numbers as links, furigana above their kanji.

    A screen reader is given the kanji alone, which it reads by itself; without that it would say
    each word twice.
    """
    if not readings:
        return with_phones(text)
    parts = (
        f'<ruby>{escape(each.text)}<rp aria-hidden="true">(</rp>'
        f'<rt aria-hidden="true">{escape(each.reading)}</rt><rp aria-hidden="true">)</rp></ruby>'
        if each.reading
        else str(with_phones(each.text))
        for each in segments(text)
    )
    return Markup("".join(parts))  # noqa: S704  # every part is escaped above


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
