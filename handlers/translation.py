"""Joins what translates: packages, a server where one is set, and what people wrote down."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.languages import BY_CODE, EASY
from bot.adapters.phrasebook import read_phrases
from bot.adapters.storage import Store
from bot.adapters.translation.knowledge_files import load_formats, load_glossary, load_grammars
from bot.authoring.forbidden import forbidden, load_forbidden
from bot.config import CHECKOUT, Settings
from bot.core.model import Lang
from bot.core.translation.knowledge import Knowledge, knowledge_of
from bot.errors import DialogInvalidError
from bot.service.interpreting import Interpreter
from bot.service.ports import Clock, Engine, LocalEngine, Spelling
from bot.service.wordbook import WordBook

LOCALES = CHECKOUT / "locales"


def load_knowledge() -> Knowledge:
    """Load what people wrote down about translating. Raises DialogInvalidError with every problem.

    What the desk changed since goes over it (bot/service/wordbook.py).
    """
    knowledge, problems = knowledge_and_problems()
    if problems:
        raise DialogInvalidError(problems)
    return knowledge


def knowledge_and_problems() -> tuple[Knowledge, list[str]]:
    """Return what people wrote down about translating, with every problem of the files."""
    folder = LOCALES / "translation"
    grammars, problems = load_grammars(folder)
    formats, more = load_formats(folder / "formats.yaml")
    glossary, others = load_glossary(LOCALES / "glossary.tsv")
    phrases, wrong = read_phrases(LOCALES / "phrasebook.jsonl")
    known = knowledge_of(grammars, formats, glossary.terms, phrases)
    return known, [*problems, *more, *others, *wrong]


def guessed(text: str) -> Lang:
    """Return the language a text is in where that is sure, else ''.

    The tables, and the model for Latin letters, are read when the first text needs them.
    """
    return _hint()(text)


@cache
def _hint() -> Callable[[str], Lang]:
    from bot.adapters.translation.language_hint import LanguageHint  # noqa: PLC0415
    from bot.adapters.translation.spelling import load_devanagari, load_tones  # noqa: PLC0415

    folder = LOCALES / "translation"
    return LanguageHint(load_tones(folder), load_devanagari(folder)).guessed


def make_interpreter(settings: Settings, knowledge: Callable[[], Knowledge]) -> Interpreter:
    """Return what translates messages, with every package loaded."""
    from bot.adapters.translation.remembering import RememberingEngine  # noqa: PLC0415
    from bot.adapters.translation.several import SeveralEngines  # noqa: PLC0415

    local = make_local_engine(settings)
    local.warm()
    engines: list[Engine] = [local]
    if settings.libretranslate_url:
        from bot.adapters.translation.libretranslate import (  # noqa: PLC0415
            LibreTranslateEngine,
        )

        key = settings.libretranslate_api_key.get_secret_value()
        engines.append(LibreTranslateEngine(settings.libretranslate_url, key))
    engine = RememberingEngine(SeveralEngines(engines))
    return Interpreter(engine, knowledge, make_writing())


def make_local_engine(settings: Settings) -> LocalEngine:
    """Return the packages as an engine. Imported here only, so that web processes stay light."""
    from bot.adapters.translation.argos import ArgosEngine  # noqa: PLC0415
    from bot.adapters.translation.evaluations import (  # noqa: PLC0415
        chrf_by_package,
        floor_by_package,
        read_evaluations,
    )

    evaluations = read_evaluations(settings.var_dir)

    return ArgosEngine(
        settings.model_dirs,
        settings.var_dir,
        drafts=settings.mode == "demo",
        figures=chrf_by_package(evaluations),
        floors=floor_by_package(evaluations),
    )


def make_writing() -> Spelling:
    """Return what writes languages for engines and readers."""
    from bot.adapters.translation.writing import Writing  # noqa: PLC0415

    return Writing(LOCALES / "translation")


def make_wordbook(
    settings: Settings, knowledge: Knowledge, store: Store, dialogs: Path, now: Clock
) -> WordBook:
    """Return what is known, with what the desk changes. Raises DialogInvalidError."""
    forms = load_forbidden(dialogs)

    def refused(lang: Lang, text: str) -> str:
        found = forbidden(lang, {"desk": text}, forms)
        return found[0].removeprefix(f"{lang}: desk: ") if found else ""

    return WordBook(
        knowledge,
        store.reading,
        store.transaction,
        now,
        # Easy Japanese is Japanese to glossary and phrasebook.
        languages=tuple(code for code in BY_CODE if code != EASY),
        refused=refused,
        zone=ZoneInfo(settings.timezone),
    )
