"""All that people have written down about translating: it goes before and after every engine."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.core.model import Lang, Provenance, Sentence
from bot.core.translation.grammar import Grammar
from bot.core.translation.phrases import JAPANESE, Phrase, PhraseTable
from bot.core.translation.protecting import Formats
from bot.core.translation.rewording import rewording_by
from bot.core.translation.scripts import language_by_script
from bot.core.translation.terms import Glossary, GlossaryTerm
from bot.core.understanding import fold

SAME_AS = {"ja-easy": "ja", "zh-Hant": "zh-Hans"}
"""Easy Japanese is Japanese to an engine, traditional Chinese goes through simplified."""

# Other signs, spaces and emoji may follow: "no puedo?!", "no puedo? 😭".
_QUESTION = re.compile(r"(?:[?？]|か(?=\W*$))\W*$")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Grammars, ways of writing amounts and dates, glossary and prepared sentences."""

    grammars: Mapping[Lang, Grammar]
    formats_by_lang: Mapping[Lang, Formats]
    glossary: Glossary
    phrases: PhraseTable
    empty: Formats = field(default_factory=Formats)

    def grammar(self, lang: Lang) -> Grammar:
        """Return what is known of a language; an unknown one has no cues."""
        known = engine_language(lang)
        return self.grammars.get(known) or Grammar(known)

    def formats(self, lang: Lang) -> Formats:
        """Return how a language writes amounts, dates and times."""
        return self.formats_by_lang.get(engine_language(lang), self.empty)

    def prepared(self, text: str, source: Lang, target: Lang) -> Sentence | None:
        """Return the text with words a person prepared: a short answer or a phrase; else None."""
        if engine_language(target) == JAPANESE:
            grammar = self.grammar(source)
            answer = grammar.answers.get(fold(text))
            if answer is not None and _asks(text) == _asks(answer):
                reviewed = grammar.review.startswith("reviewed")
                return _prepared(text, answer, "short answers", reviewed=reviewed)
        found = self.phrases.find(text, source, target)
        if found is None:
            return None
        reviewed = found.review.startswith("reviewed")
        return _prepared(text, found.text, found.key, reviewed=reviewed)

    def is_written_in(self, text: str, target: Lang, source: Lang) -> bool:
        """Tell whether a text needs no translation: its letters are the target's, not the source's.

        A Vietnamese resident who pastes a Japanese letter is read as they sent it.
        """
        lang = language_by_script(text)
        return lang != "" and lang == engine_language(target) != engine_language(source)

    def language_of(self, text: str, expected: Lang) -> Lang:
        """Return the language to translate from: the chosen one, unless the letters forbid it."""
        lang = language_by_script(text)
        return lang if lang and lang != engine_language(expected) else expected


def knowledge_of(
    grammars: Mapping[Lang, Grammar],
    formats: Mapping[Lang, Formats],
    terms: Iterable[GlossaryTerm],
    phrases: Iterable[Phrase],
) -> Knowledge:
    """Join what was written down; values in slots are said as the formats have them."""
    bare = Knowledge(grammars, formats, Glossary(terms), PhraseTable(()))
    return replace(bare, phrases=PhraseTable(phrases, rewording_by(bare.grammar, bare.formats)))


def engine_language(lang: Lang) -> Lang:
    """Return the language an engine is asked for instead of easy Japanese, traditional Chinese."""
    return SAME_AS.get(lang, lang)


def memory_key(text: str) -> str:
    """Return a sentence in the form that the translation memory looks up."""
    return fold(text)


def _asks(text: str) -> bool:
    """Tell a question: "no puedo?" is not the answer 「できません。」."""
    return _QUESTION.search(text) is not None


def _prepared(text: str, words: str, key: str, *, reviewed: bool) -> Sentence:
    return Sentence(text, words, Provenance.PHRASE, origin=key, reviewed=reviewed)
