"""Fixed names of schemes and desks: found in a text, and missed in a translation without them."""

import pytest

from bot.core.translation.terms import Glossary, GlossaryTerm, Term, folded, missing_terms


def term(key, *, enforced=True, **words):
    by_lang = {lang.replace("_", "-"): tuple(said.split("|")) for lang, said in words.items()}
    return GlossaryTerm(key, "", "", {"ja": (key,)} | by_lang, enforced=enforced, review="")


EVICTION = term("強制退去", ja="強制退去|強制立ち退き|~立ち退", en="forced eviction|eviction")
DEPORTATION = term("退去強制", ja="退去強制|強制送還", en="deportation|deported")
CARD = term(
    "在留カード",
    en="residence card|zairyu card",
    es="tarjeta de residencia",
    vi="thẻ lưu trú",
    ne="रेसिडेन्स कार्ड",
    ko="재류카드|체류 카드",
    my="နေထိုင်ခွင့်ကတ်",
    th="บัตรไซริว",
)
STATUS = term(
    "在留資格",
    ja="在留資格|~ビザ",
    en="status of residence|~visa",
    pt_BR="status de residência|~visto",
    th="สถานะการพำนัก",
)
STUDENT = term("在留資格「留学」", ja="在留資格「留学」|留学ビザ", en="student visa")
HELLO_WORK = term("ハローワーク", en="Hello Work", zh_Hans="Hello Work", ne="हेलो वर्क")
WELFARE_OFFICE = term("福祉事務所", en="welfare office")
CARD_LOAN = term("カードローン", enforced=False, en="card loan")
GLOSSARY = Glossary(
    (EVICTION, DEPORTATION, CARD, STATUS, STUDENT, HELLO_WORK, WELFARE_OFFICE, CARD_LOAN)
)


def found(text, source, target):
    """Return the preferred wordings, in the other language, of the terms in a text."""
    return [each.targets[0] for each in GLOSSARY.terms_in(text, source, target)]


def lost(source, target, source_lang, target_lang):
    return missing_terms(source, target, GLOSSARY.terms_in(source, source_lang, target_lang))


def test_the_glossary_gives_its_terms_in_the_order_of_the_file():
    assert GLOSSARY.terms[:2] == (EVICTION, DEPORTATION)


def test_of_two_terms_one_within_the_other_the_longest_is_found():
    assert found("私の在留資格「留学」は来月までです。", "ja", "en") == ["student visa"]


def test_a_term_beside_the_longer_one_that_holds_it_is_found_too():
    said = "在留資格「留学」から、ほかの在留資格に変えたい。"
    assert found(said, "ja", "en") == ["student visa", "status of residence"]


@pytest.mark.parametrize(
    ("text", "source", "target", "only"),
    [
        ("強制退去と言われました。", "ja", "en", "forced eviction"),
        ("退去強制と言われました。", "ja", "en", "deportation"),
        ("I am afraid of forced eviction.", "en", "ja", "強制退去"),
        ("I am afraid of deportation.", "en", "ja", "退去強制"),
    ],
)
def test_eviction_and_deportation_are_two_terms(text, source, target, only):
    assert found(text, source, target) == [only]


def test_a_translation_that_deports_somebody_who_loses_the_flat_misses_the_term():
    assert lost("強制退去になりました。", "I was deported.", "ja", "en") == ("強制退去",)
    assert lost("I got an eviction notice.", "強制送還の通知が来ました。", "en", "ja") == (
        "eviction",
    )


def test_a_translation_that_evicts_somebody_who_is_deported_misses_the_term():
    assert lost("退去強制になりました。", "I was evicted: eviction.", "ja", "en") == ("退去強制",)
    assert lost("I will be deported.", "強制退去になります。", "en", "ja") == ("deported",)


def test_any_accepted_wording_will_do():
    assert lost("在留カードを持っています。", "I have my Zairyu Card.", "ja", "en") == ()


def test_a_lost_term_is_named_as_it_stands_in_the_text():
    assert lost("My ZAIRYU  card is lost.", "カードをなくしました。", "en", "ja") == (
        "zairyu card",
    )


def test_terms_that_are_only_for_reading_are_not_looked_for():
    assert found("カードローンがあります。", "ja", "en") == []


def test_a_term_without_words_in_one_of_the_languages_is_not_looked_for():
    assert found("福祉事務所に行きます。", "ja", "th") == []


def test_a_common_word_is_accepted_but_not_looked_for():
    assert found("My visa is fine.", "en", "ja") == []
    assert found("Eu nunca tinha visto isso.", "pt-BR", "ja") == []
    assert lost("在留資格は何ですか。", "What visa do you have?", "ja", "en") == ()
    assert lost("在留資格は何ですか。", "Qual é o seu visto?", "ja", "pt-BR") == ()


def test_a_term_named_twice_in_different_words_is_one_term():
    assert found("Bring your residence card, the zairyu card.", "en", "ja") == ["在留カード"]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Please bring your residence cards.", "en"),
        ("Traigan sus tarjetas de residencia.", "es"),
        ("Please bring your residence-card.", "en"),
        ("Anh/chị mang theo Thẻ Lưu Trú nhé.", "vi"),
        ("anh mang the\u0309 lu\u031bu tru\u0301 theo", "vi"),
        ("रेसिडेन्स कार्डमा लेखिएको छ।", "ne"),
        ("체류카드를 가져오세요.", "ko"),
        ("재류 카드를 가져오세요.", "ko"),
        ("နေထိုင်ခွင့် ကတ် ယူလာပါ။", "my"),
        ("နေထိုင်ခွင့်\u200bကတ် ယူလာပါ။", "my"),
        ("กรุณานำบัตรไซริวมาด้วย", "th"),
    ],
)
def test_a_term_is_found_as_people_write_it(text, lang):
    assert found(text, lang, "ja") == ["在留カード"]
    assert lost("在留カードを持ってきてください。", text, "ja", lang) == ()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The residence cardboard is here.", "en"),
        ("A nonresidence card is here.", "en"),
        ("Hello Workers!", "en"),
        ("Othello work is hard.", "en"),
        ("अहेलो वर्क", "ne"),
    ],
)
def test_part_of_another_word_is_not_a_term(text, lang):
    assert found(text, lang, "ja") == []


def test_latin_names_are_found_between_letters_that_leave_no_spaces():
    assert found("请去Hello Work登记求职。", "zh-Hans", "ja") == ["ハローワーク"]
    assert lost("ハローワークに行ってください。", "请去Hello Work登记。", "ja", "zh-Hans") == ()


def test_the_signs_of_a_pattern_in_a_term_are_only_signs():
    odd = (Term(("a.b (c)?",), ("x*",)),)
    assert missing_terms("a.b (c)?", "x*", odd) == ()
    assert missing_terms("a.b (c)?", "xxx", odd) == ("a.b (c)?",)


def test_folding_leaves_width_case_spaces_and_unseen_signs_aside():
    assert folded(" Ｈｅｌｌｏ\u3000\u200bWORK\n") == "hello work"
