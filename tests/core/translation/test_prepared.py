"""What a counselor looks through, sends, and hands in for the phrasebook."""

import pytest

from bot.core.translation.phrases import Phrase, PhraseTable
from bot.core.translation.prepared import Prepared, stored


def phrase(key, japanese, vietnamese, side="counselor"):
    return Phrase(key, side, "draft 2026-11-25", {"ja": (japanese,), "vi": (vietnamese,)})


COME = phrase("come", "{n}人で来てください。", "Hãy đến {n} người.")
CALL = phrase("call", "{phone}に電話してください。", "Hãy gọi {phone}.")
WAIT = phrase("wait", "少し待ってください。", "Xin chờ một chút.")
HUNGRY = phrase("food.none", "食べるものがありません。", "Tôi hết đồ ăn.", side="resident")
BOOK = Prepared(PhraseTable([COME, CALL, WAIT, HUNGRY]))


def test_a_counselor_sees_their_own_sentences_in_order_with_slots_to_fill():
    assert BOOK.sentences("vi") == [
        ("〔数〕人で来てください。", "Hãy đến 〔数〕 người."),
        ("〔電話番号〕に電話してください。", "Hãy gọi 〔電話番号〕."),
        ("少し待ってください。", "Xin chờ một chút."),
    ]
    assert BOOK.sentences("th") == []


def test_of_two_translations_of_one_sentence_the_first_is_said():
    both = Prepared(PhraseTable([WAIT, phrase("again", "少し待ってください。", "Chờ tí.")]))
    assert both.sentences("vi") == [("少し待ってください。", "Xin chờ một chút.")]
    assert both.lookup("少し待ってください。", "vi") == "Xin chờ một chút."


@pytest.mark.parametrize(
    ("japanese", "said"),
    [
        ("少し待ってください", "Xin chờ một chút."),
        (" 少し待って ください。 ", "Xin chờ một chút."),
        ("3人で来てください。", "Hãy đến 3 người."),
        ("〔3〕人で来てください。", "Hãy đến 3 người."),
        ("03-1234-5678に電話してください。", "Hãy gọi 03-1234-5678."),
        ("〔数〕人で来てください。", ""),
        ("{n}人で来てください。", ""),
        ("たくさんの人で来てください。", ""),
        ("少しも待たないでください。", ""),
        ("食べるものがありません。", ""),
        ("", ""),
    ],
)
def test_a_sentence_is_sent_only_when_every_slot_holds_what_belongs_there(japanese, said):
    assert BOOK.lookup(japanese, "vi") == said


def test_a_language_without_the_sentence_has_nothing_to_send():
    assert BOOK.lookup("少し待ってください。", "th") == ""


def test_what_counselors_write_is_kept_with_slots():
    assert stored("〔日付〕の〔時刻〕に〔場所〕") == "{date}の{time}に{place}"
    assert stored("〔名前〕さん、〔金額〕円、〔何か〕") == "{name}さん、{amount}円、〔何か〕"
