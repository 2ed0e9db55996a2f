"""gettext catalogs: the languages on offer, and fixed sentences rendered in them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

from bot.authoring.checks import LABEL_LIMIT
from bot.authoring.loader import PLACEHOLDER, DialogBook
from bot.core.graphemes import grapheme_count
from bot.core.model import Lang, Rendered, Text
from bot.core.understanding import fold, without_marks

SOURCE_LANG = "ja"


@dataclass(frozen=True, slots=True)
class Language:
    """A language: own name in its own script, HTML `lang`, fallbacks in order, list separator."""

    code: Lang
    name: str
    html: str
    falls_back: tuple[Lang, ...]
    separator: str = "; "

    @property
    def folder(self) -> str:
        """The folder under locales/."""
        return self.code.replace("-", "_")


LANGUAGES = (
    Language("ja", "日本語", "ja", (), "、"),
    Language("ja-easy", "やさしい日本語", "ja", ("ja",), "、"),
    Language("en", "English", "en", ("ja-easy", "ja")),
    Language("vi", "Tiếng Việt", "vi", ("en", "ja-easy", "ja")),
    Language("ne", "नेपाली", "ne", ("en", "ja-easy", "ja")),
)
"""The menu, in its order. A new language is one row here and one catalog (CONTRIBUTING.md)."""

BY_CODE: Mapping[Lang, Language] = {each.code: each for each in LANGUAGES}


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
    """Implements ports.Renderer over the residents' catalogs."""

    def __init__(self, texts: dict[Lang, dict[str, str]], offered: tuple[Lang, ...]) -> None:
        self._texts = texts
        self._offered = {code: BY_CODE[code].name for code in offered}
        self._names = _names(offered)
        self._whole: dict[tuple[str, Lang], Rendered] = {}

    def render(self, text: Text, lang: Lang) -> Rendered:
        """Return the sentence in `lang`, or in the first fallback that has it, marked so.

        Arguments that are sentences themselves are rendered in the language really served.
        """
        plain = self._whole.get((text.address, lang))
        if plain is None:
            plain = self._find(text, lang)
            self._whole[text.address, lang] = plain
        if not text.args:
            return plain
        return Rendered(
            _filled(plain.text, text, plain.lang, self.render), plain.lang, plain.fallback
        )

    def _find(self, text: Text, lang: Lang) -> Rendered:
        language = BY_CODE.get(lang, BY_CODE[SOURCE_LANG])
        for code in (language.code, *language.falls_back):
            if code == SOURCE_LANG:
                return Rendered(text.source, code, code != lang)
            words = self._texts.get(code, {}).get(text.address, "")
            if words:
                return Rendered(words, code, code != lang)
        return Rendered(text.source, SOURCE_LANG, lang != SOURCE_LANG)

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


def _filled(words: str, text: Text, lang: Lang, render: Callable[[Text, Lang], Rendered]) -> str:
    for name, value in text.args.items():
        if isinstance(value, Text):
            said = render(value, lang).text
        elif isinstance(value, tuple):
            said = BY_CODE[lang].separator.join(render(each, lang).text for each in value)
        else:
            said = value
        words = words.replace("{" + name + "}", said)
    return words


def _names(offered: Iterable[Lang]) -> dict[str, Lang]:
    english = {
        "japanese": "ja",
        "にほんご": "ja",
        "easy japanese": "ja-easy",
        "english": "en",
        "vietnamese": "vi",
        "nepali": "ne",
        "nepalese": "ne",
        "やさしいにほんご": "ja-easy",
    }
    names: dict[str, Lang] = {}
    for code in offered:
        names[fold(code)] = code
        names[fold(BY_CODE[code].name)] = code
        names[without_marks(fold(BY_CODE[code].name))] = code
    return names | {name: code for name, code in english.items() if code in names.values()}


def load_catalogs(locales: Path, book: DialogBook) -> tuple[Catalogs, list[str]]:
    """Read the residents' catalogs and return them with every problem found.

    A language is on offer only while every sentence of the dialog is translated in it: a
    half-done language stays hidden instead of mixing languages in a crisis.
    """
    texts: dict[Lang, dict[str, str]] = {}
    problems: list[str] = []
    offered: list[Lang] = []
    for language in LANGUAGES:
        if language.code == SOURCE_LANG:
            offered.append(language.code)
            continue
        path = po_path(locales, language, "residents")
        try:
            catalog = read_catalog(path)
        except (OSError, PoFileError, UnicodeDecodeError) as error:
            problems.append(f"{language.folder}/residents.po: {error}")
            continue
        words, found = _checked(language, catalog, book)
        problems.extend(found)
        texts[language.code] = words
        if len(words) == len(book.texts):
            offered.append(language.code)
    return Catalogs(texts, tuple(offered)), problems


def _checked(
    language: Language, catalog: Catalog, book: DialogBook
) -> tuple[dict[str, str], list[str]]:
    words: dict[str, str] = {}
    problems: list[str] = []
    for address, text in book.texts.items():
        message = catalog.get(text.source, context=address)
        said = served(message) if message is not None else ""
        if not said:
            continue
        where = f"{language.folder}/residents.po: {address}"
        if sorted(PLACEHOLDER.findall(said)) != sorted(PLACEHOLDER.findall(text.source)):
            problems.append(f"{where}: the placeholders differ from the source")
            continue
        if address in book.labels and (count := grapheme_count(said)) > LABEL_LIMIT:
            problems.append(f"{where}: the label has {count} graphemes, at most {LABEL_LIMIT}")
            continue
        words[address] = said
    return words, problems
