"""What `tsunagi check` says about catalogs: who reviewed how much, what is behind, what is hard."""

import json
from collections.abc import Collection, Iterator

from bot.adapters.catalogs import Catalogs, easy_texts, furigana_drift, po_path
from bot.adapters.languages import EASY, LANGUAGES, SOURCE_LANG
from bot.authoring.easy_japanese import lint_catalog
from bot.authoring.forbidden import forbidden, load_forbidden
from bot.authoring.furigana import FURIGANA
from bot.authoring.i18n import ReviewShare, drift, review_shares
from bot.authoring.loader import DialogBook
from handlers.translation import LOCALES
from handlers.wiring import DIALOGS

FRAME = "frame"


def reviews(book: DialogBook, offered: Collection[str]) -> Iterator[str]:
    """Yield how much of each part of the dialog is reviewed in each language, and in all."""
    parts = [FRAME, *book.branches, "phrases", "programmes", "hotlines"]
    shares = {
        each.code: review_shares(
            po_path(LOCALES, each, "residents"),
            lambda address: _part(book, address),
            source=each.code == SOURCE_LANG,
        )
        for each in LANGUAGES
    }
    yield "reviewed, by part and language:"
    yield " " * 13 + "".join(f"{code:>9}" for code in shares)
    for part in parts:
        cells = [shares[code].get(part, ReviewShare()) for code in shares]
        yield f"{part:13}" + "".join(f"{each.reviewed:>5}/{each.total:<3}" for each in cells)
    for code, by_part in shares.items():
        total, translated, reviewed, stateless = (
            sum(getattr(each, name) for each in by_part.values())
            for name in ("total", "translated", "reviewed", "stateless")
        )
        share = 100 * reviewed // max(total, 1)
        hidden = "" if code in offered else "  (not on offer: sentences are missing)"
        unmarked = f", {stateless} without a review state" if stateless else ""
        yield (
            f"{code:8} {translated}/{total} translated, {reviewed} reviewed ({share} %)"
            f"{unmarked}{hidden}"
        )


def behind(book: DialogBook) -> list[str]:
    """Return what in the catalogs and furigana no longer fits the dialogs."""
    stale = [
        f"{each.code}: {problem}"
        for each in LANGUAGES
        for problem in drift(po_path(LOCALES, each, "residents"), book.texts)
    ]
    return stale + furigana_drift(LOCALES, easy_texts(LOCALES, book))


def hard_japanese(book: DialogBook) -> list[str]:
    """Return what in easy Japanese breaks its rules."""
    easy = easy_texts(LOCALES, book)
    folder = next(each.folder for each in LANGUAGES if each.code == EASY)
    made = json.loads((LOCALES / folder / FURIGANA).read_text(encoding="utf-8"))
    return lint_catalog(easy | made, labels=book.labels)


def unsayable(book: DialogBook, catalogs: Catalogs) -> list[str]:
    """Return sentences that promise or refuse what nobody may, in every language on offer."""
    forms = load_forbidden(DIALOGS)
    return [
        problem
        for lang in catalogs.languages()
        for problem in forbidden(
            lang,
            {address: catalogs.render(text, lang).text for address, text in book.texts.items()},
            forms,
        )
    ]


def _part(book: DialogBook, address: str) -> str:
    group, _, rest = address.partition(".")
    if group != book.dialog.id:
        return group
    return book.dialog.branch_of.get(rest.split(".")[0], "") or FRAME
