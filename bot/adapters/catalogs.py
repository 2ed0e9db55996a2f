"""gettext catalogs: the languages on offer, and fixed sentences rendered in them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from bot.adapters.languages import BY_CODE, EASY, LANGUAGES, SOURCE_LANG, Language, names_of
from bot.authoring.checks import LABEL_LIMIT
from bot.authoring.furigana import FURIGANA
from bot.authoring.i18n import DRAFT, REVIEWED, review_of
from bot.authoring.loader import PLACEHOLDER, DialogBook
from bot.core.furigana import has_kanji, plain, settled
from bot.core.graphemes import grapheme_count
from bot.core.model import Lang, Rendered, Text
from bot.core.understanding import fold, without_marks


def po_path(locales: Path, lang: Language, domain: str) -> Path:
    """Return where a language's catalog of a domain (`residents`, `console`) lies."""
    return locales / lang.folder / "LC_MESSAGES" / f"{domain}.po"


def read_catalog(path: Path) -> Catalog:
    """Read a PO file. Raises PoFileError or OSError."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


def served(message: Message) -> str:
    """Return the translation of an entry, '' where it is missing or fuzzy.

    Fuzzy means that the source changed: an old translation is never served for a new question.
    """
    return "" if message.fuzzy or not isinstance(message.string, str) else message.string


class Catalogs:
    """Implements ports.Renderer over the residents' catalogs.

    `drafts`: language → addresses about life, consent or money that nobody has reviewed in it.
    """

    def __init__(
        self,
        texts: dict[Lang, dict[str, str]],
        offered: tuple[Lang, ...],
        furigana: Mapping[str, str] | None = None,
        drafts: Mapping[Lang, frozenset[str]] | None = None,
    ) -> None:
        self._texts = texts
        self.drafts = drafts or {}
        self._furigana = furigana or {}
        self._offered = {code: BY_CODE[code].name for code in offered}
        self._names = names_of(offered)
        self._whole: dict[tuple[str, Lang], Rendered] = {}

    def render(self, text: Text, lang: Lang) -> Rendered:
        """Return the sentence in `lang`, or in the first fallback that has it, marked so.

        Arguments that are sentences themselves are rendered in the language really served.
        """
        whole = self._whole.get((text.address, lang))
        if whole is None:
            whole = self._find(text, lang)
            self._whole[text.address, lang] = whole
        if not text.args:
            return whole
        words = _filled(whole.text, text, whole.lang, self.render, furigana=False)
        ruby = ""
        if whole.lang == EASY:
            # The sentence itself may have no kanji, and its arguments may.
            ruby = settled(
                _filled(whole.ruby or whole.text, text, whole.lang, self.render, furigana=True)
            )
        return replace(whole, text=words, ruby=ruby if ruby != words else "")

    def _find(self, text: Text, lang: Lang) -> Rendered:
        language = BY_CODE.get(lang, BY_CODE[SOURCE_LANG])
        for code in (language.code, *language.falls_back):
            source = code == SOURCE_LANG
            words = text.source if source else self._texts.get(code, {}).get(text.address, "")
            if words:
                draft = text.address in self.drafts.get(code, ())
                ruby = self._ruby(text.address, code, words)
                return Rendered(words, code, code != lang, ruby, draft)
        return Rendered(text.source, SOURCE_LANG, lang != SOURCE_LANG)

    def _ruby(self, address: str, code: Lang, words: str) -> str:
        """Return the words with furigana; what is behind the sentence is never served."""
        ruby = self._furigana.get(address, "") if code == EASY else ""
        return ruby if plain(ruby) == words else ""

    def languages(self) -> dict[Lang, str]:
        """Return the languages on offer: code → own name, in the order of the menu."""
        return dict(self._offered)

    def language_of(self, typed: str) -> Lang:
        """Return the language a typed own name, English name, code or menu number means."""
        word = fold(typed)
        if word.isascii() and word.isdigit():
            codes = list(self._offered)
            return codes[int(word) - 1] if 1 <= int(word) <= len(codes) else ""
        return self._names.get(word) or self._names.get(without_marks(word), "")


def _filled(
    words: str,
    text: Text,
    lang: Lang,
    render: Callable[[Text, Lang], Rendered],
    *,
    furigana: bool,
) -> str:
    def worded(argument: Text) -> str:
        return render(argument, lang).words(furigana=furigana)

    for name, value in text.args.items():
        if isinstance(value, Text):
            said = worded(value)
        elif isinstance(value, tuple):
            said = BY_CODE[lang].separator.join(map(worded, value))
        else:
            said = value
        words = words.replace("{" + name + "}", said)
    return words


def load_catalogs(
    locales: Path, book: DialogBook, *, refuse_drafts: bool = False
) -> tuple[Catalogs, list[str]]:
    """Read the residents' catalogs and return them with every problem found.

    A language is on offer only while every sentence of the dialog is translated in it: a
    half-done language stays hidden instead of mixing languages in a crisis. `refuse_drafts` hides
    those, too, whose sentences about life, consent or money nobody has reviewed; where Japanese
    is among them, that is a problem.
    """
    texts: dict[Lang, dict[str, str]] = {}
    drafts: dict[Lang, frozenset[str]] = {}
    problems: list[str] = []
    offered: list[Lang] = []
    for language in LANGUAGES:
        path = po_path(locales, language, "residents")
        try:
            catalog = read_catalog(path)
        except (OSError, PoFileError, UnicodeDecodeError) as error:
            problems.append(f"{language.folder}/residents.po: {error}")
            continue
        read = _checked(language, catalog, book)
        problems.extend(read.problems)
        drafts[language.code] = frozenset(read.drafts)
        texts[language.code] = read.words
        refused = refuse_drafts and bool(read.drafts)
        if len(read.words) == len(book.texts) and not refused:
            offered.append(language.code)
    if SOURCE_LANG not in offered:
        problems.append(
            f"Japanese: {len(drafts.get(SOURCE_LANG, ()))} sentences about life, consent or money "
            "are drafts; review them, or unset TSUNAGI_REFUSE_DRAFTS"
        )
    furigana, _ = _read_furigana(locales)
    return Catalogs(texts, tuple(offered), furigana, drafts), problems


def easy_texts(locales: Path, book: DialogBook) -> dict[str, str]:
    """Return what easy Japanese says, by address, without what is only typed, never shown.

    Raises PoFileError or OSError.
    """
    catalog = read_catalog(po_path(locales, BY_CODE[EASY], "residents"))
    words = _checked(BY_CODE[EASY], catalog, book).words
    return {address: said for address, said in words.items() if not address.endswith(".typed")}


def furigana_drift(locales: Path, texts: Mapping[str, str]) -> list[str]:
    """Return what keeps the furigana from fitting `texts` (see easy_texts).

    A sentence that changed is served without furigana until `make i18n` made them anew, so none
    of this keeps the program from starting.
    """
    made, problems = _read_furigana(locales)
    for address, said in texts.items():
        if address in made and plain(made[address]) != said:
            problems.append(f"{address}: the furigana are of another sentence")
        elif address not in made and has_kanji(said):
            problems.append(f"{address}: no furigana")
    return problems


def _read_furigana(locales: Path) -> tuple[dict[str, str], list[str]]:
    path = locales / BY_CODE[EASY].folder / FURIGANA
    try:
        made: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return {}, [f"{BY_CODE[EASY].folder}/{FURIGANA}: {error}"]
    return made, []


@dataclass
class _Read:
    """A catalog as it may be served; `drafts` are sensitive sentences that nobody reviewed."""

    words: dict[str, str] = field(default_factory=dict)
    drafts: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)


def _checked(language: Language, catalog: Catalog, book: DialogBook) -> _Read:
    read = _Read()
    sensitive = book.crisis | book.consent | book.money
    for address, text in book.texts.items():
        message = catalog.get(text.source, context=address)
        said = served(message) if message is not None else ""
        if language.code == SOURCE_LANG:
            said = text.source if message is not None else ""
        if message is None or not said:
            continue
        where = f"{language.folder}/residents.po: {address}"
        if sorted(PLACEHOLDER.findall(said)) != sorted(PLACEHOLDER.findall(text.source)):
            read.problems.append(f"{where}: the placeholders differ from the source")
            continue
        if address in book.labels and (count := grapheme_count(said)) > LABEL_LIMIT:
            read.problems.append(f"{where}: the label has {count} graphemes, at most {LABEL_LIMIT}")
            continue
        state = review_of(message).state
        if address in book.crisis and state not in {DRAFT, REVIEWED}:
            # Nobody meets words about life that not even their writer has looked at again.
            read.problems.append(f"{where}: words of a crisis without a review state")
            continue
        if address in sensitive and state != REVIEWED:
            read.drafts.add(address)
        read.words[address] = said
    return read
