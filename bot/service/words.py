"""Terms and prepared sentences as the desk sees them: the files, and over them its own changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from bot.core.model import Lang
from bot.core.translation.knowledge import Knowledge, knowledge_of
from bot.core.translation.phrases import COUNSELOR, JAPANESE, Phrase
from bot.core.translation.terms import GlossaryTerm
from bot.service.records import WordEdit

TERM, PHRASE = "term", "phrase"
WORDINGS = "|"
"""Parts several wordings of one term or sentence; the first is the one that is written."""
REVIEWED, DRAFT = "reviewed", "draft"
"""What a review state begins with."""


@dataclass(frozen=True, slots=True)
class Words:
    """A term or a prepared sentence as the desk shows it.

    `texts` holds all wordings of a language, parted by `|`; `states` who stands for them: "draft
    DATE" or "reviewed by NAME DATE" (in files, the name may be missing). `side` is '' for a term.
    Nobody uses an entry without Japanese; `former` is the Japanese that it had before.
    """

    kind: str
    key: str
    side: str
    texts: Mapping[Lang, str]
    states: Mapping[Lang, str]
    enforced: bool = False
    former: str = ""

    @property
    def japanese(self) -> str:
        """The Japanese wordings, or those from before the entry was taken away."""
        return self.texts.get(JAPANESE, "") or self.former

    @property
    def taken_away(self) -> bool:
        """Whether the desk decided that nobody shall use this entry."""
        return not self.texts.get(JAPANESE)

    def is_reviewed(self, lang: Lang) -> bool:
        """Tell whether a person who reads the language stands for its words."""
        return self.states.get(lang, "").startswith(REVIEWED)


def new_words(kind: str, key: str) -> Words:
    """Return an entry without words, as the desk adds it.

    A sentence is said by counselors. A term is enforced: it was added because machines get it
    wrong.
    """
    return Words(kind, key, COUNSELOR if kind == PHRASE else "", {}, {}, enforced=kind == TERM)


def wordings(text: str) -> tuple[str, ...]:
    """Return the wordings of a text, without empty ones."""
    return tuple(part.strip() for part in text.split(WORDINGS) if part.strip())


def overlaid(
    base: Knowledge, edits: Sequence[WordEdit], names: Mapping[int, str], zone: tzinfo
) -> list[Words]:
    """Return the entries of the files with the newest changes over them, new ones at the end.

    `names` are counselors' by id. Dates in review states are those of `zone`.
    """
    words = {(TERM, each.key): _of_term(each) for each in base.glossary.terms}
    words |= {(PHRASE, each.key): _of_phrase(each) for each in base.phrases.phrases}
    for edit in edits:
        place = edit.kind, edit.key
        before = words.get(place) or new_words(edit.kind, edit.key)
        words[place] = _edited(before, edit, names, zone)
    return list(words.values())


def known_from(base: Knowledge, entries: Iterable[Words]) -> Knowledge:
    """Return what `base` knows, with these terms and sentences instead of its own."""
    terms = {each.key: each for each in base.glossary.terms}
    used = [each for each in entries if not each.taken_away]
    return knowledge_of(
        base.grammars,
        base.formats_by_lang,
        [_term(each, terms.get(each.key)) for each in used if each.kind == TERM],
        [_phrase(each) for each in used if each.kind == PHRASE],
    )


def _edited(words: Words, edit: WordEdit, names: Mapping[int, str], zone: tzinfo) -> Words:
    day = datetime.fromtimestamp(edit.at / 1000, zone).date().isoformat()
    who = names.get(edit.counselor_id, "")
    state = f"{REVIEWED} by {who} {day}" if edit.reviewed else f"{DRAFT} {day}"
    texts = {lang: text for lang, text in words.texts.items() if lang != edit.lang}
    states = {lang: text for lang, text in words.states.items() if lang != edit.lang}
    former = words.former
    if edit.text:
        texts[edit.lang], states[edit.lang] = edit.text, state
    elif edit.lang == JAPANESE:
        former = words.texts.get(JAPANESE, "")
    return replace(words, texts=texts, states=states, former=former)


def _of_term(term: GlossaryTerm) -> Words:
    texts = {lang: WORDINGS.join(each) for lang, each in term.words.items()}
    states = dict.fromkeys(texts, term.review)
    return Words(TERM, term.key, "", texts, states, term.enforced)


def _of_phrase(phrase: Phrase) -> Words:
    texts = {lang: WORDINGS.join(each) for lang, each in phrase.texts.items()}
    states = {lang: phrase.review_in(lang) for lang in texts}
    return Words(PHRASE, phrase.key, phrase.side, texts, states)


def _term(words: Words, base: GlossaryTerm | None) -> GlossaryTerm:
    reading, easy = (base.reading, base.easy) if base is not None else ("", "")
    state = words.states.get(JAPANESE, "")
    return GlossaryTerm(words.key, reading, easy, _by_language(words), words.enforced, state)


def _phrase(words: Words) -> Phrase:
    state = words.states.get(JAPANESE, "")
    return Phrase(words.key, words.side, state, _by_language(words), words.states)


def _by_language(words: Words) -> dict[Lang, tuple[str, ...]]:
    return {lang: wordings(text) for lang, text in words.texts.items()}
