"""Sentences of real chat texts: every boundary that matters, and none that is not one."""

import pytest

from bot.core.translation.splitting import (
    LONGEST,
    Segment,
    join_sentences,
    pieces,
    segment,
    split_sentences,
)

# "|" marks each boundary.
CHATS = [
    "家賃が払えません。|仕事もありません！|どうすればいいですか？",
    "「お前は首だ。|明日から来るな。」と言われました。|怖いです。",
    "助けて😭|お願いします🙏🏽|赤ちゃんがいます👨‍👩‍👧",
    "助けて‼️|お願い",
    "家賃が…払えません。|あの…|助けて",
    "時給は５．５ドルです．|足りません",
    "OK!|じゃあ行きます",
    "房东让我搬走。|我没有钱！|怎么办？",
    "돈이 없어요.|도와주세요.|배고파요",
    "Tôi mất việc.|Tôi ở TP. Hồ Chí Minh.|Tiền nhà là 55.000 yên.|Tôi phải làm gì?",
    "म विद्यार्थी हुँ।|मसँग पैसा छैन।|मद्दत गर्नुहोस्",
    "डा. राम कहाँ हुनुहुन्छ?|भोक लागेको छ",
    "ฉันไม่มีเงินค่ะ|ฉันหิวครับ|ช่วยด้วย",
    "ปี พ.ศ. 2567 นี้",
    "ငါ့မှာ ပိုက်ဆံမရှိဘူး။|ကူညီပါ။",
    "I lost my job last month.|I cannot pay my rent of 5.5 man yen.|Please help!",
    "i lost my job.|i cant pay.|help",
    "I am hungry...|I have no money... and I am cold",
    "Mr. Tanaka said No. 5 is open.|No.|I can't go.",
    "The office opens at 8:30 a.m. and closes at 5:15 p.m. on weekdays.|Thanks",
    "It opens at 9 a.m. Monday.|I work at 9 a.m.|I cannot come.",
    "See https://example.jp/a.b/c?x=1&y=Z.|Mail me at a.b@city.lg.jp.|Thanks!",
    "詳しくはhttps://example.jp/form_a.htmlを見てください。|電話は03-1234-5678です。",
    "1. Rent is due on 12.5.|2024 was hard.",
    'He said "go away."|I left.',
    "U.S.A. visa",
    "I was born in the U.K. and live here",
]


@pytest.mark.parametrize("chat", CHATS)
def test_a_text_is_cut_where_its_sentences_end(chat):
    assert split_sentences(chat.replace("|", " ")) == chat.split("|")


@pytest.mark.parametrize(
    "chat",
    [
        "家賃が払えません。|仕事もありません！|どうすればいいですか？",
        "「帰れ。」と言われました。|怖いです。",
        "あの…助けて😭|お願いします‼️|OK!|じゃあ行きます",
        "房东让我搬走。|我没有钱！|怎么办？",
        "돈이 없어요.|도와주세요",
        "मसँग पैसा छैन।|मद्दत",
        "I lost my job.|I cannot pay.|Really?|Yes",
        "Node.js, U.S.A, 5.5, 10:30, a.b",
    ],
)
def test_sentences_typed_without_a_space_between_are_cut_too(chat):
    assert split_sentences(chat.replace("|", "")) == chat.split("|")


def test_a_danda_typed_as_a_bar_ends_a_sentence():
    assert split_sentences("पैसा छैन | मद्दत") == ["पैसा छैन |", "मद्दत"]
    assert split_sentences("cash | card") == ["cash | card"]


def test_a_line_break_ends_a_sentence_and_blank_lines_hold_none():
    assert split_sentences("\nI have no job\n\n \nand no money\n") == [
        "I have no job",
        "and no money",
    ]


@pytest.mark.parametrize("text", ["", "  ", "\n\n"])
def test_a_text_of_nothing_has_no_sentences(text):
    assert split_sentences(text) == []


@pytest.mark.parametrize("chat", CHATS)
def test_nothing_but_space_is_lost(chat):
    text = chat.replace("|", " ")
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        *("a" * 9_000, ". " * 9_000, "a.b" * 6_000, "_" * 9_000, "a@" * 9_000, "1-" * 9_000),
        *("!" * 9_000, "😭" * 9_000, " " * 9_000, "a. A" * 5_000, "\n" * 9_000),
    ],
    ids=lambda text: repr(text[:4]),
)
@pytest.mark.timeout(5)
def test_a_hostile_text_takes_no_longer_than_another(text):
    for sentence in split_sentences(text):
        for piece in pieces(sentence):
            segment(piece)


def test_a_short_sentence_is_one_piece():
    assert pieces("I have no money, no job, nothing.") == ["I have no money, no job, nothing."]


@pytest.mark.parametrize(
    "sentence",
    ["家賃が払えなくて、" * 60, "I have no money, " * 60, "word " * 200, "あ" * 900, "x" * 900],
    ids=lambda sentence: sentence[:4],
)
def test_a_long_sentence_is_cut_into_pieces_an_engine_does_not_truncate(sentence):
    cut = pieces(sentence)
    assert "".join("".join(cut).split()) == "".join(sentence.split())
    assert all(len(piece) <= LONGEST for piece in cut)
    assert all(len(piece) <= LONGEST // 2 for piece in cut if piece[0] > "\u2e7f")
    if "," in sentence or "、" in sentence:
        assert all(piece[-1] in ",、" for piece in cut)


@pytest.mark.parametrize(
    "text", ["😭🙏", "12345", "10:30 - 11:00", "https://a.jp/b_c", "03-1234-5678", "!?", "a_b@c.jp"]
)
def test_what_holds_no_words_is_left_as_it_is(text):
    assert segment(text) == Segment(text, "", "")


def test_emoji_around_a_sentence_are_kept_from_the_engine():
    assert segment("😭 help me 🙏🏽") == Segment("😭 ", "help me", " 🙏🏽")
    assert segment("助けて😭。") == Segment("", "助けて", "😭。")
    assert segment("55,000円") == Segment("", "55,000円", "")


def test_sentences_are_joined_as_the_script_wants():
    assert join_sentences(["払えません。", "助けて！", "はい", "いいえ"], "ja") == (
        "払えません。助けて！はい いいえ"
    )
    assert join_sentences(["我没有钱。", "😭", "请帮助我。"], "zh") == "我没有钱。😭请帮助我。"
    assert join_sentences(["Tôi mất việc.", "Tôi đói."], "vi") == "Tôi mất việc. Tôi đói."
    assert join_sentences(["ฉันไม่มีเงิน", "ฉันหิว"], "th") == "ฉันไม่มีเงิน ฉันหิว"
    assert join_sentences(["ပိုက်ဆံမရှိဘူး။", "ကူညီပါ။"], "my") == "ပိုက်ဆံမရှိဘူး။ ကူညီပါ။"
