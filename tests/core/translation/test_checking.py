"""What speaks against a machine translation, and what only looks as if it did."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.translation.knowledge_files import load_grammars
from bot.core.translation.checking import LENGTHS, Doubt, denies, doubts, is_in_script
from bot.core.translation.grammar import Grammar
from bot.core.translation.terms import Term

GRAMMARS, PROBLEMS = load_grammars(Path(__file__).parents[3] / "locales" / "translation")


def grammar(lang):
    return GRAMMARS.get(lang, Grammar(lang))


def codes(source, target, source_lang, target_lang, terms=()):
    found = doubts(source, target, (grammar(source_lang), grammar(target_lang)), terms)
    return [each.code for each in found]


def test_the_real_grammars_stand_behind_these_checks():
    assert PROBLEMS == []
    assert {short.split("-")[0] for short in GRAMMARS} == set(LENGTHS)


# --- empty, echo ---------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["", " ", "\n", "　"])
def test_nothing_is_no_translation(target):
    assert codes("Tôi đói.", target, "vi", "ja") == ["empty"]


@pytest.mark.parametrize(
    ("lang", "source"),
    [
        ("vi", "Tôi đói bụng quá trời ơi."),
        ("en", "I am so hungry today."),
        ("es", "Tengo mucha hambre hoy."),
        ("pt-BR", "Estou com muita fome hoje."),
        ("id", "Saya sangat lapar hari ini."),
        ("tl", "Gutom na gutom po ako."),
        ("ne", "म भोकाएको छु।"),
        ("my", "ကျွန်တော် ဗိုက်ဆာတယ်။"),
        ("th", "ฉันหิวข้าวมาก"),
        ("ko", "배가 너무 고파요."),
        ("zh-Hans", "我今天很饿。"),
        ("vi", "TÔI ĐÓI BỤNG QUÁ TRỜI ƠI"),
        ("en", "HELP ME I AM SO HUNGRY"),
    ],
)
def test_the_source_again_is_no_translation(lang, source):
    assert "echo" in codes(source, source, lang, "ja")


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("vi", "OK", "OK"),
        ("en", "Wi-Fi", "Wi-Fi"),
        ("en", "LINE Pay", "LINE Pay"),
        ("vi", "Nguyễn Văn An", "Nguyễn Văn An"),
        ("es", "María García", "María García"),
        ("tl", "Jollibee", "Jollibee"),
        ("en", "my name is Alexander", "名前はAlexanderです"),
        (
            "en",
            "look at https://www.example.or.jp/consultation/rent_and_food?lang=en",
            "https://www.example.or.jp/consultation/rent_and_food?lang=en を見てください",
        ),
    ],
)
def test_names_and_links_that_stay_are_no_echo(lang, source, target):
    assert codes(source, target, lang, "ja") == []


# --- repeated ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "lang"),
    [
        ("私は私は私は私は私は", "ja"),
        ("お金、お金、お金、お金がない", "ja"),
        ("仕事がありません。仕事がありません。仕事がありません。", "ja"),
        ("Tôi tôi tôi không có tiền.", "vi"),
        ("I don't have money, I don't have money, I don't have money", "en"),
        ("ငါငါငါငါငါငါငါငါ", "my"),
    ],
)
def test_a_loop_is_seen(target, lang):
    source = "没有工作，也没有钱，怎么办才好呢。" if lang == "ja" else "仕事もお金もありません。"
    assert "repeated" in codes(source, target, "zh-Hans" if lang == "ja" else "ja", lang)


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("en", "I have been waiting for a very long time", "ずっと ずっと 待っています"),
        ("en", "I live above the bar gogo", "gogoというバーの上に住んでいます"),
        ("en", "Yes, yes, yes", "はい、はい、はい"),
        ("vi", "Dạ vâng, dạ vâng, dạ vâng ạ", "はい、はい、はい"),
        ("en", "It rains more and more", "雨がますます強くなります"),
        ("id", "Anak-anak sakit", "子どもたちが病気です"),
        ("en", "help help help help", "助けて助けて助けて助けて"),
        ("en", "the fever goes up and down", "熱が上がったり下がったりします"),
    ],
)
def test_words_that_are_said_twice_for_a_reason_are_fine(lang, source, target):
    assert codes(source, target, lang, "ja") == []


# --- script --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "lang"),
    [
        ("Estoy muy cansado hoy", "ja"),
        ("나는 배가 고파요", "ja"),
        ("म भोकाएको छु", "ja"),
        ("ฉันหิวข้าว", "ja"),
        ("お腹が空きました", "vi"),
        ("I am hungry today", "ne"),
        ("お腹が空きました", "ko"),
        ("お腹がすきました", "my"),
        ("हजुर भोको हुनुहुन्छ", "th"),
        ("おなかがすいています", "zh-Hans"),
        ("TÔI ĐÓI BỤNG QUÁ TRỜI", "ja"),
    ],
)
def test_letters_of_another_language_are_seen(target, lang):
    assert not is_in_script(target, lang)


@pytest.mark.parametrize(
    ("target", "lang"),
    [
        ("Alexanderです。", "ja"),
        ("Nguyễn Thị Hươngさんです。", "ja"),
        ("私はTran Van Anです。", "ja"),
        ("東京のABC Housingです", "ja"),
        ("https://www.example.com/a/very/long/way を見て", "ja"),
        ("a.b@example.jpへ", "ja"),
        ("5,000円", "ja"),
        ("😭🙏", "th"),
        ("", "ko"),
        ("Hello Workमा जानुहोस्", "ne"),
        ("Ngày mai đến văn phòng nhé", "vi"),
        ("Añadió café à São Paulo", "pt-BR"),
        ("我住在Sunshine公寓", "zh-Hans"),
    ],
)
def test_names_links_and_figures_belong_to_every_script(target, lang):
    assert is_in_script(target, lang)


# --- length --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letters", "fine"), [(7, False), (8, True), (20, True), (58, True), (59, False)]
)
def test_japanese_for_twenty_letters_worth_is_eight_to_fifty_eight_long(letters, fine):
    source = "ナ" * 20
    assert ("length" not in codes(source, "カ" * letters, "ja", "ja")) is fine


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("vi", "Hôm qua tôi đi làm về rồi ăn cơm với gia đình và ngủ sớm.", "寝る。"),
        ("my", "မနေ့က အလုပ်က ပြန်လာပြီး ထမင်းစားပြီး စောစော အိပ်ခဲ့တယ်။", "寝る"),
        ("zh-Hans", "我昨天下班回家以后和家人一起吃了晚饭然后很早就睡觉了", "寝る。"),
        ("en", "I sleep now.", "昨日は仕事から帰って、家族とごはんを食べて、早く寝ました。"),
    ],
)
def test_what_lost_or_invented_a_clause_is_too_short_or_long(lang, source, target):
    assert "length" in codes(source, target, lang, "ja")


@pytest.mark.parametrize(
    ("lang", "source", "target"),
    [
        ("en", "Yes", "はい、そうです"),
        ("ko", "네", "はい"),
        ("my", "ဟုတ်ကဲ့ခင်ဗျာ", "はい"),
        ("th", "ขอบคุณมากครับ", "ありがとう"),
        ("zh-Hans", "谢谢", "ありがとう。"),
        ("vi", "Ừ", "うん"),
    ],
)
def test_short_answers_have_no_length(lang, source, target):
    assert codes(source, target, lang, "ja") == []


def test_a_long_link_makes_no_sentence_short():
    link = "https://www.example.or.jp/" + "consultation/" * 20
    said = f"ကျေးဇူးပြုပြီး ဒီစာမျက်နှာကို ကြည့်ပါ {link}"
    assert codes(f"このページを見てください {link}", said, "ja", "my") == []


# --- numbers and negations -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "source", "right", "wrong"),
    [
        ("en", "I owe 55,000 yen.", "55,000円の借金があります。", "5,500円の借金があります。"),
        ("es", "Debo 30.000 yenes.", "3万円の借金があります。", "3,000円の借金があります。"),
        ("pt-BR", "Devo 55 mil ienes.", "5万5千円の借金です。", "55円の借金です。"),
        ("id", "Utang saya 55 ribu yen.", "借金は55,000円です。", "借金は55円です。"),
        ("tl", "May utang akong 3,500 yen.", "3,500円の借金があります。", "35円です。"),
        ("ne", "मेरो ३,५०० येन ऋण छ।", "3,500円の借金があります。", "3,000円の借金です。"),
        ("my", "အကြွေး ၃၅၀၀ ယန်း ရှိတယ်။", "3,500円の借金があります。", "35,000円です。"),
        ("th", "เป็นหนี้ ๓๕๐๐ เยน", "3,500円の借金があります。", "3,000円の借金です。"),
        ("ko", "빚이 7천 엔 있어요.", "7千円の借金があります。", "7円の借金があります。"),
        ("zh-Hans", "我欠两万日元。", "2万円の借金があります。", "2千円の借金があります。"),
        ("vi", "Tôi nợ 30 nghìn yên.", "3万円の借金があります。", "3千円の借金があります。"),
    ],
)
def test_a_changed_amount_is_seen_and_a_kept_one_is_not(lang, source, right, wrong):
    assert codes(source, right, lang, "ja") == []
    assert "numbers" in codes(source, wrong, lang, "ja")


@pytest.mark.parametrize(
    ("lang", "source", "right", "wrong"),
    [
        ("en", "I have no food.", "食べ物がありません。", "食べ物があります。"),
        ("es", "No tengo trabajo.", "仕事がありません。", "仕事があります。"),
        ("pt-BR", "Não tenho dinheiro.", "お金がありません。", "お金があります。"),
        ("id", "Saya tidak punya uang.", "お金がないです。", "お金があります。"),
        ("tl", "Wala akong pera.", "お金がありません。", "お金があります。"),
        ("ne", "मसँग पैसा छैन।", "お金がありません。", "お金があります。"),
        ("my", "ပိုက်ဆံ မရှိဘူး။", "お金がありません。", "お金があります。"),
        ("th", "ฉันไม่มีเงิน", "お金がありません。", "お金があります。"),
        ("ko", "돈이 없어요.", "お金がありません。", "お金があります。"),
        ("zh-Hans", "我没有钱。", "お金がありません。", "お金があります。"),
        ("vi", "Tôi không có tiền.", "お金がありません。", "お金があります。"),
        ("vi", "Tôi phải trả tiền.", "払わなければなりません。", "払いません。"),
        ("zh-Hans", "我不得不搬家。", "引っ越さなければなりません。", "引っ越しません。"),
        ("en", "I only have 500 yen.", "500円しかありません。", "500円はありません。"),
    ],
)
def test_a_lost_or_invented_negation_is_seen_and_must_and_only_are_none(lang, source, right, wrong):
    assert codes(source, right, lang, "ja") == []
    assert "negation" in codes(source, wrong, lang, "ja")


def test_decomposed_vietnamese_denies_as_composed():
    assert denies("Tôi kho\u0302ng co\u0301 tiền", grammar("vi"))


# --- terms, order, robustness --------------------------------------------------------------------


def test_a_lost_term_is_named_as_it_stood_in_the_source():
    terms = [Term(("trục xuất",), ("退去強制", "強制送還"))]
    both = grammar("vi"), grammar("ja")
    assert doubts("Tôi sợ bị trục xuất.", "強制送還が怖いです。", both, terms) == []
    [lost] = doubts("Tôi sợ bị trục xuất.", "退学が怖いです。", both, terms)
    assert (lost, str(lost)) == (Doubt("term", ("trục xuất",)), "term:trục xuất")


def test_what_makes_a_sentence_worthless_is_named_before_what_changes_it():
    source = "Tôi không có 5.000 yên để trả tiền nhà."
    assert codes(source, "Tengo dinero tengo dinero tengo dinero", "vi", "ja") == [
        *("repeated", "script", "numbers", "negation"),
    ]


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(sorted(GRAMMARS)))
def test_no_text_whatsoever_breaks_a_check(source, target, lang):
    found = doubts(source, target, (grammar(lang), grammar("ja")))
    assert {each.code for each in found} <= {
        *("empty", "echo", "repeated", "script", "length", "numbers", "negation")
    }
    assert ("empty" in [each.code for each in found]) is (not target.strip())
