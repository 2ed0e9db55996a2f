"""Glossary and phrasebook as they stand now: the files, and over them what the desk changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo

from bot.core.model import Lang
from bot.core.translation.knowledge import Knowledge
from bot.core.translation.phrases import JAPANESE
from bot.core.translation.prepared import Prepared
from bot.core.translation.slots import shown
from bot.core.understanding import fold
from bot.errors import MoveNotAllowedError
from bot.service.ports import Clock, Transaction, Work
from bot.service.records import WordEdit
from bot.service.word_checks import Rules, Wish, WordsNotFoundError, changes_of, tidied
from bot.service.words import PHRASE, Words, known_from, new_words, overlaid, wordings

CHANGES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Change:
    """A line of an entry's history, and who made it."""

    edit: WordEdit
    who: str


@dataclass(frozen=True, slots=True)
class _Made:
    """What was joined last. `last` is the newest change in it."""

    last: int
    knowledge: Knowledge
    entries: Sequence[Words]


class WordBook:
    """What is known, read anew when somebody changed it at the desk. Safe between threads."""

    def __init__(
        self,
        base: Knowledge,
        reading: Transaction,
        transaction: Transaction,
        now: Clock,
        *,
        languages: Sequence[Lang] = (JAPANESE,),
        refused: Callable[[Lang, str], str] = lambda _lang, _text: "",
        zone: tzinfo = UTC,
    ) -> None:
        """Stand on `base`, what the files say.

        `languages` may be edited, in the order in which they are shown. `refused` gives the reason
        why a sentence may be said to nobody, '' where it may. `zone` is the office's.
        """
        self._base = base
        self._reading = reading
        self._transaction = transaction
        self._now = now
        self._rules = Rules(tuple(languages), refused)
        self._zone = zone
        self._made: _Made | None = None

    @property
    def languages(self) -> Sequence[Lang]:
        """The languages that may be edited, in the order in which they are shown."""
        return self._rules.languages

    # --- what is known -------------------------------------------------------------------------

    def knowledge(self) -> Knowledge:
        """Return glossary, phrasebook and grammars as they stand now."""
        return self._newest().knowledge

    def lookup(self, japanese: str, lang: Lang) -> str:
        """Return a prepared sentence in `lang`, '' where there is none (ports.Phrasebook)."""
        return Prepared(self.knowledge().phrases).lookup(japanese, lang)

    def sentences(self, lang: Lang) -> list[tuple[str, str]]:
        """Return (Japanese, translation) of all prepared sentences (ports.Phrasebook)."""
        return Prepared(self.knowledge().phrases).sentences(lang)

    # --- what the desk looks through -----------------------------------------------------------

    def words(self, kind: str, search: str = "", *, taken_away: bool = False) -> list[Words]:
        """Return terms (`TERM`) or sentences (`PHRASE`) that hold `search` in any language.

        Width and case do not matter; slots are found as they are shown. `taken_away`: instead those
        that nobody uses any longer.
        """
        wanted = fold(search)
        return [
            each
            for each in self._newest().entries
            if each.kind == kind
            and each.taken_away is taken_away
            and (
                not wanted
                or any(wanted in fold(shown(text)) for text in (*each.texts.values(), each.former))
            )
        ]

    def find(self, kind: str, key: str) -> Words | None:
        """Return one term or sentence, also one that was taken away, or None."""
        return _found(self._newest().entries, kind, key)

    def history(self, kind: str, key: str) -> list[Change]:
        """Return the last changes of an entry, the newest first."""
        with self._reading() as work:
            edits = work.word_edits.history(kind, key, limit=CHANGES_SHOWN)
            names = {each.id: each.name for each in work.team.all()} if edits else {}
        return [Change(each, names.get(each.counselor_id, "")) for each in edits]

    # --- what the desk changes -----------------------------------------------------------------

    def edit(self, by: int, kind: str, key: str, wishes: Mapping[Lang, Wish]) -> None:
        """Store what changed, and who stands for it. An entry that was taken away is used again.

        Raises WordsNotFoundError, WordsRefusedError where anything is wrong (then nothing was
        stored), and MoveNotAllowedError where nothing changed.
        """
        with self._transaction() as work:
            work.word_edits.lock()
            words = _found(self._newest_in(work).entries, kind, key)
            if words is None:
                raise WordsNotFoundError
            self._store(work, by, words, wishes)

    def add(self, by: int, kind: str, wishes: Mapping[Lang, Wish], *, new_id: str) -> str:
        """Store a new term or sentence and return its key: a term's is the term, a sentence's new.

        Raises WordsRefusedError where anything is wrong: then nothing was stored.
        """
        japanese = wordings(tidied(kind, wishes[JAPANESE].text)) if JAPANESE in wishes else ()
        key = f"desk.{new_id}" if kind == PHRASE else next(iter(japanese), "")
        with self._transaction() as work:
            work.word_edits.lock()
            self._store(work, by, new_words(kind, key), wishes)
        return key

    def take_away(self, by: int, kind: str, key: str) -> None:
        """Let nobody use an entry any longer; `edit` with Japanese words brings it back.

        Raises WordsNotFoundError; MoveNotAllowedError where nobody uses it as it is.
        """
        with self._transaction() as work:
            work.word_edits.lock()
            words = _found(self._newest_in(work).entries, kind, key)
            if words is None:
                raise WordsNotFoundError
            if words.taken_away:
                raise MoveNotAllowedError
            self._add(work, by, words, JAPANESE, "", reviewed=False)

    def _store(self, work: Work, by: int, words: Words, wishes: Mapping[Lang, Wish]) -> None:
        changes = changes_of(words, wishes, self._newest_in(work).entries, self._rules)
        if not changes:
            raise MoveNotAllowedError
        for lang, (text, reviewed) in changes.items():
            self._add(work, by, words, lang, text, reviewed=reviewed)

    def _add(
        self, work: Work, by: int, words: Words, lang: Lang, text: str, *, reviewed: bool
    ) -> None:
        edit = WordEdit(words.kind, words.key, lang, text, reviewed, by, self._now())
        work.word_edits.add(edit)

    # --- joining -------------------------------------------------------------------------------

    def _newest(self) -> _Made:
        with self._reading() as work:
            return self._newest_in(work)

    def _newest_in(self, work: Work) -> _Made:
        last = work.word_edits.last_id()
        made = self._made
        if made is None or made.last != last:
            made = self._made = self._join(work, last)
        return made

    def _join(self, work: Work, last: int) -> _Made:
        edits = work.word_edits.standing() if last else []
        names = {each.id: each.name for each in work.team.all()} if edits else {}
        entries = [
            replace(each, former=_former(work, each) or each.former) if each.taken_away else each
            for each in overlaid(self._base, edits, names, self._zone)
        ]
        return _Made(last, known_from(self._base, entries) if edits else self._base, entries)


def _found(entries: Sequence[Words], kind: str, key: str) -> Words | None:
    return next((each for each in entries if (each.kind, each.key) == (kind, key)), None)


def _former(work: Work, words: Words) -> str:
    """Return the last Japanese that the desk gave an entry before it was taken away."""
    edits = work.word_edits.history(words.kind, words.key)
    return next((each.text for each in edits if each.lang == JAPANESE and each.text), "")
