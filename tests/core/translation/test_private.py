"""What must not leave this machine, and what would be hidden from the engine for nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.translation.private import private_spans


def hidden(text):
    return [text[start:end] for start, end in private_spans(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Vietnamese
        ("Tôi là Nguyễn Văn An.", ["Nguyễn Văn An"]),
        ("Tôi tên là Lan.", ["Lan"]),
        ("tên tôi là nguyễn văn đình và tôi đói", ["nguyễn văn đình"]),
        ("Chị Đỗ Thị Ươm ở đây.", ["Chị Đỗ Thị Ươm"]),
        # English
        ("my name is Lan and I need help", ["Lan"]),
        ("My name is nguyen van an", ["nguyen van an"]),
        ("Mr. Tanaka came", ["Mr. Tanaka"]),
        ("J. R. Smith", ["J. R. Smith"]),
        ("then O'Brien Mary-Jane called", ["O'Brien Mary-Jane"]),
        # Spanish, Portuguese
        ("me llamo Ana y no tengo comida", ["Ana"]),
        ("Mi nombre es María de la Cruz", ["María de la Cruz"]),
        ("meu nome é João da Silva e moro aqui", ["João da Silva"]),
        ("me chamo Ângela", ["Ângela"]),
        ("la dra. Ríos Pérez", ["Ríos Pérez"]),
        # Indonesian, Tagalog
        ("nama saya Budi dan saya lapar", ["Budi"]),
        ("ang pangalan ko po ay Maria", ["Maria"]),
        ("ako po si Jun at gutom ako", ["Jun"]),
        # Nepali, Burmese, Thai
        ("मेरो नाम राम बहादुर थापा हो।", ["राम बहादुर थापा"]),
        ("मेरो नाम केशव हो", ["केशव"]),
        ("ကျွန်တော့်နာမည်က အောင်ကျော် ပါ", ["အောင်ကျော်"]),
        ("ကျွန်မနာမည် စုစု ပါ", ["စုစု"]),
        ("ผมชื่อ สมชาย ครับ", ["สมชาย"]),
        # Chinese, Korean, Japanese
        ("我叫李明，没有钱", ["李明"]),
        ("我的名字是李明", ["李明"]),
        ("김민수 씨가 왔어요", ["김민수"]),
        ("박지영씨에게 말했어요", ["박지영"]),
        ("제 이름은 김민수입니다", ["김민수입니다"]),
        ("田中さんと花子ちゃんが来ました。", ["田中", "花子"]),
        ("佐々木様、スズキ氏です", ["佐々木", "スズキ"]),
        ("私の名前は何志明です", ["何志明です"]),
    ],
)
def test_names_are_found_by_what_gives_them_away(text, names):
    assert hidden(text) == names


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("phòng 203, gọi 090-1234-5678", ["203", "090-1234-5678"]),
        ("5.000 yên, 10:30, 12/5", ["5.000", "10:30", "12/5"]),
        ("家賃は５５，０００円、１２月５日", ["５５", "０００", "１２", "５"]),
        ("मसँग ३,५०० येन छ", ["३,५००"]),
        ("၃၅၀၀ ယန်း ရှိတယ်", ["၃၅၀၀"]),
        ("มีเงิน ๓๕๐๐ เยน", ["๓๕๐๐"]),
        ("visa N3 và phòng B12", ["3", "12"]),
        ("방 101호, 7천 엔", ["101", "7"]),
    ],
)
def test_every_number_is_found_in_the_figures_of_any_script(text, numbers):
    assert hidden(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "Tôi đói bụng quá.",
        "tôi sống ở Nhật",
        "I am hungry and cold.",
        "No tengo trabajo. Ayuda!",
        "Não tenho dinheiro",
        "Saya tidak punya uang",
        "Wala akong pera",
        "मसँग पैसा छैन।",
        "तपाईंको नाम के हो?",
        "ပိုက်ဆံ မရှိဘူး။",
        "ชื่ออะไรครับ",
        "我叫他来帮忙",
        "我没有钱。",
        "오늘 날씨가 좋아요",
        "아저씨가 화냈어요",
        "마음씨가 좋아요",
        "大家さんに言われました。",
        "お母さんと赤ちゃんがいます。",
        "皆さん、お客様、お子さん",
        "お名前は何ですか。",
        "明日、来てください。",
    ],
)
def test_ordinary_words_are_left_to_the_engine(text):
    assert hidden(text) == []


def test_a_name_that_is_found_in_two_ways_is_hidden_once_and_whole():
    assert hidden("My name is Nguyễn Văn An, room 203") == ["Nguyễn Văn An", "203"]


@given(st.text(max_size=60))
def test_spans_come_in_order_apart_and_leave_no_digit(text):
    spans = private_spans(text)
    ends = [0, *(place for span in spans for place in span), len(text)]
    assert ends == sorted(ends)
    assert all(start < end for start, end in spans)
    rest = "".join(text[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True))
    assert not any(sign.isascii() and sign.isdigit() for sign in rest)
