"""The glossary: whole, without notes in its wordings, of one mind with itself and the catalogs."""

from collections import Counter

import pytest

from bot.adapters.languages import EASY, LANGUAGES, SOURCE_LANG
from bot.adapters.translation.knowledge_files import load_glossary
from bot.authoring.forbidden import forbidden, load_forbidden
from bot.core.translation.terms import ACCEPTED_ONLY, folded, missing_terms, pattern_of
from tests.support.dialogs import BOOK, DIALOGS, LOCALES, words

FILE = LOCALES / "glossary.tsv"
GLOSSARY, PROBLEMS = load_glossary(FILE)
ENFORCED = [each for each in GLOSSARY.terms if each.enforced]
OFFERED = [each.code for each in LANGUAGES if each.code != EASY]
FOREIGN = [lang for lang in OFFERED if lang != SOURCE_LANG]
EVICTION, DEPORTATION = "強制退去", "退去強制"
APART = [(EVICTION, DEPORTATION), (DEPORTATION, EVICTION)]


def by_key(key):
    return next(each for each in GLOSSARY.terms if each.key == key)


def accepted(term, lang):
    return [word.removeprefix(ACCEPTED_ONLY) for word in term.words[lang]]


def looked_for(term, lang):
    return [word for word in term.words[lang] if not word.startswith(ACCEPTED_ONLY)]


def preferred(term):
    """Return how a found term is written in Japanese."""
    return term.words[SOURCE_LANG][0]


def test_the_glossary_loads_without_problems():
    assert PROBLEMS == []
    assert len(GLOSSARY.terms) >= 140


def test_every_term_has_a_reading_easy_words_and_a_wording_in_every_language():
    for term in GLOSSARY.terms:
        assert term.reading, term.key
        assert term.easy, term.key
        assert sorted(term.words) == sorted(OFFERED), term.key


def test_schemes_desks_and_residence_statuses_are_enforced_and_everyday_words_are_not():
    keys = {each.key for each in ENFORCED}
    assert len(keys) >= 40
    assert {EVICTION, DEPORTATION, "生活保護", "緊急小口資金", "在留資格", "法テラス"} <= keys
    assert keys.isdisjoint({"相談", "家賃", "借金", "税金", "警察", "留学", "同意"})


@pytest.mark.parametrize("lang", OFFERED)
def test_no_wording_carries_a_note(lang):
    signs = set("()（）[]【】?？=<>*")
    for term in GLOSSARY.terms:
        for word in accepted(term, lang):
            assert not signs & set(word), (term.key, word)
            assert word == word.strip(), (term.key, word)


@pytest.mark.parametrize("lang", OFFERED)
def test_no_term_says_a_wording_twice(lang):
    for term in GLOSSARY.terms:
        said = Counter(map(folded, accepted(term, lang)))
        assert [word for word, times in said.items() if times > 1] == [], term.key


@pytest.mark.parametrize("lang", OFFERED)
def test_no_two_enforced_terms_share_a_wording(lang):
    owners: dict[str, str] = {}
    for term in ENFORCED:
        for word in accepted(term, lang):
            spaceless = folded(word).replace(" ", "")
            assert owners.setdefault(spaceless, term.key) == term.key, word


@pytest.mark.parametrize("lang", OFFERED)
def test_a_wording_alone_is_read_as_its_own_term_and_as_no_other(lang):
    target = "en" if lang == SOURCE_LANG else SOURCE_LANG
    for term in ENFORCED:
        for word in looked_for(term, lang):
            found = GLOSSARY.terms_in(word, lang, target)
            assert [each.targets[0] for each in found] == [term.words[target][0]], word


@pytest.mark.parametrize("lang", OFFERED)
@pytest.mark.parametrize(("one", "other"), APART)
def test_no_word_of_an_eviction_stands_in_one_of_a_deportation_nor_the_other_way(lang, one, other):
    for word in accepted(by_key(one), lang):
        for within in accepted(by_key(other), lang):
            assert not pattern_of(word).search(folded(within)), (word, within)


@pytest.mark.parametrize("lang", FOREIGN)
@pytest.mark.parametrize(("one", "other"), APART)
def test_a_translation_that_takes_one_for_the_other_is_not_believed(lang, one, other):
    term, wrong = by_key(one), by_key(other)
    for word in looked_for(term, lang):
        found = GLOSSARY.terms_in(word, lang, SOURCE_LANG)
        for said in looked_for(wrong, SOURCE_LANG):
            assert missing_terms(word, said, found) == (word,)
        assert missing_terms(word, preferred(term), found) == ()
    found = GLOSSARY.terms_in(one, SOURCE_LANG, lang)
    for said in looked_for(wrong, lang):
        assert missing_terms(one, said, found) == (one,)
    assert missing_terms(one, term.words[lang][0], found) == ()


TAKEN_FOR_THE_OTHER = [
    ("en", "ja", "I was evicted last week.", "先週、国外退去させられました。"),
    ("en", "ja", "I was deported last week.", "先週、強制退去になりました。"),
    ("ja", "en", "強制退去になります。", "You will be deported."),
    ("ja", "zh-Hans", "強制退去になります。", "您会被赶出日本。"),
    ("ja", "ko", "強制退去になります。", "강제퇴거 명령을 받게 됩니다."),
    ("ja", "vi", "強制退去になります。", "Anh/chị sẽ bị trục xuất."),
    ("ja", "my", "退去強制になります。", "အိမ်ကနေ နှင်ထုတ်ခံရပါမယ်။"),
    ("ja", "es", "退去強制になります。", "Le van a desalojar: es un desalojo."),
]


@pytest.mark.parametrize(("source", "target", "text", "wrong"), TAKEN_FOR_THE_OTHER)
def test_sentences_that_take_one_for_the_other_are_not_believed(source, target, text, wrong):
    assert missing_terms(text, wrong, GLOSSARY.terms_in(text, source, target)) != ()


@pytest.mark.parametrize("lang", OFFERED)
def test_no_wording_promises_refuses_or_cheers(lang):
    said = {
        f"{term.key} {number}": word
        for term in GLOSSARY.terms
        for number, word in enumerate(accepted(term, lang))
    }
    assert forbidden(lang, said, load_forbidden(DIALOGS)) == []


def test_no_easy_word_promises_refuses_or_cheers():
    said = {term.key: term.easy for term in GLOSSARY.terms}
    assert forbidden(EASY, said, load_forbidden(DIALOGS)) == []


@pytest.mark.parametrize("lang", FOREIGN)
def test_the_fixed_sentences_name_what_the_glossary_names(lang):
    told = words(lang)
    lost = {}
    for address, text in BOOK.texts.items():
        source = words(SOURCE_LANG)(text)
        found = GLOSSARY.terms_in(source, SOURCE_LANG, lang)
        if missing := missing_terms(source, told(text), found):
            lost[address] = missing
    assert lost == {}


FAULTS = [
    ("強制退去", "強制退去|", ""),
    ("yes", "perhaps", "line 2: enforced must be yes or no"),
    ("draft 2026-11-25", "soon", "line 2: review must be `draft DATE`"),
    ("forced eviction", "~forced eviction", "line 2: en: the first wording is written"),
    ("\tforced eviction", "", ""),
    (
        "\tforced eviction",
        "\tforced eviction\tmore\tand more",
        "line 2: columns are missing or too",
    ),
    ("強制退去\tき", "\tき", "line 2: the Japanese term is missing"),
]


@pytest.mark.parametrize(("right", "wrong", "problem"), FAULTS)
def test_a_faulty_line_is_told_with_its_number(tmp_path, right, wrong, problem):
    line = "強制退去\tきょうせいたいきょ\tやさしい\tyes\tdraft 2026-11-25\tforced eviction"
    assert right in line
    file = tmp_path / "glossary.tsv"
    header = "ja\treading\teasy\tenforced\treview\ten\n"
    file.write_text(f"{header}{line.replace(right, wrong)}\n", encoding="utf-8")
    glossary, problems = load_glossary(file)
    assert len(problems) == (1 if problem else 0)
    assert all(problem in each for each in problems)
    assert len(glossary.terms) == (0 if problem else 1)


def test_a_term_that_stands_twice_is_told(tmp_path):
    lines = FILE.read_text(encoding="utf-8").splitlines()
    file = tmp_path / "glossary.tsv"
    file.write_text("\n".join([*lines[:3], lines[1]]) + "\n", encoding="utf-8")
    glossary, problems = load_glossary(file)
    assert problems == ["glossary.tsv: line 4: this term stands here twice"]
    assert len(glossary.terms) == 2
