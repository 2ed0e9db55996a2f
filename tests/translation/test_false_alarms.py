"""What people translated passes all checks together, nearly always."""

from functools import cache

import pytest

from bot.authoring.evaluation.sets import consultation
from bot.core.translation.checking import doubts
from bot.core.translation.knowledge import Knowledge
from handlers.translation import load_knowledge
from tests.translation.measure_negation import SETS

LANGS = ("en", "zh-Hans", "ko", "vi", "ne", "pt-BR", "es", "tl", "id", "my", "th")
ALARMS = 0.1


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


def alarms(source: str, target: str) -> tuple[int, int, list[str]]:
    """How many of how many human translations are doubted, and why."""
    known = knowledge()
    pairs = [(each.source, each.target) for each in consultation(SETS, source, target)]
    pairs += [(each.texts[source][0], each.texts[target][0]) for each in known.phrases.phrases]
    grammars = known.grammar(source), known.grammar(target)
    found = [
        str(doubts(said, words, grammars, known.glossary.terms_in(said, source, target)))
        for said, words in pairs
        if doubts(said, words, grammars, known.glossary.terms_in(said, source, target))
    ]
    return len(found), len(pairs), found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("into_japanese", [True, False], ids=["into ja", "out of ja"])
def test_peoples_translations_pass(lang, into_japanese):
    source, target = (lang, "ja") if into_japanese else ("ja", lang)
    doubted, of, why = alarms(source, target)
    assert of > 700
    assert doubted <= ALARMS * of, why
