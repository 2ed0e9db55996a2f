"""Words as HTML: telephone numbers to tap, and Japanese names among words of other languages."""

import re

import pytest

from bot.core.model import Author, Bubble, Choice
from bot.service.reading import ResidentThread, ThreadLine
from handlers.web.showing import shown
from handlers.web.view import thread_view


def japanese_in(text: str, lang: str) -> list[str]:
    return re.findall(r'<span lang="ja">(.*?)</span>', shown(text, lang=lang), re.DOTALL)


@pytest.mark.parametrize(
    "number", ["110", "189", "#9110", "0570-078374", "0120-279-338", "03-1234-5678"]
)
def test_a_telephone_number_can_be_tapped(number):
    assert f"tel:{number.replace('#', '%23')}" in shown(f"電話：{number}（無料）")


@pytest.mark.parametrize("number", ["2570-078374", "0570-0783745", "1000", "2022-7-1", "1101"])
def test_another_number_cannot(number):
    assert "tel:" not in shown(f"{number}です")


@pytest.mark.parametrize("lang", ["ko", "my", "th", "en"])
def test_a_japanese_name_in_another_language_is_marked_as_japanese(lang):
    assert japanese_in("… (生活保護)", lang) == ["生活保護"]
    assert japanese_in("自立相談支援 (じりつそうだんしえん)\n…", lang) == [
        "自立相談支援 (じりつそうだんしえん"
    ]


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hant"])
def test_among_chinese_words_kana_tell_what_is_japanese(lang):
    assert japanese_in("自立咨询支援\n自立相談支援（じりつそうだんしえん）\n钱、工作", lang) == [
        "自立相談支援（じりつそうだんしえん）"
    ]
    assert japanese_in("请打电话：よりそいホットライン 0120-279-338", lang) == [
        "よりそいホットライン"
    ]
    assert japanese_in("社会福祉协议会", lang) == []


def test_a_japanese_text_is_not_marked_again_and_everything_is_escaped():
    assert japanese_in("生活保護", "ja") == []
    assert "<b>" not in shown("<b>生活保護</b>", lang="en")


@pytest.mark.parametrize(
    ("label", "detail", "more"),
    [
        ("영주자", "영주자（永住者）", ("", "永住者")),
        ("永住者", "永住者（永住者）", ("", "")),
        ("အထူး (特別永住者)", "အထူး (特別永住者)（特別永住者）", ("", "")),
        ("편지", "법원에서 보낸 편지", ("법원에서 보낸 편지", "")),
    ],
)
def test_under_its_label_an_official_name_is_told_once(label, detail, more):
    choice = Choice("Q", "PR", label, "answer", detail)
    bubble = Bubble("?", "ko", session="s", question="Q", choices=(choice,))
    line = ThreadLine(1, bubble.author is Author.RESIDENT, bubble, "text", 0, unsent=False)
    offers = thread_view(ResidentThread("ko", (line,), 1, with_person=False), str, ()).offers
    assert offers is not None
    assert (offers.answers[0].detail, offers.answers[0].japanese) == more
