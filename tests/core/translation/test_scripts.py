"""Letters that leave no doubt about a language, and those that do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.translation.scripts import CAPITALS, language_by_script


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("돈이 없어요", "ko"),
        ("ㅠㅠ 도와줘", "ko"),
        ("ฉันไม่มีเงิน", "th"),
        ("ပိုက်ဆံ မရှိဘူး", "my"),
        ("मसँग पैसा छैन।", "ne"),
        ("मेरे पास पैसे नहीं हैं", "ne"),
        ("お金がありません", "ja"),
        ("家賃の支払いについてのお知らせです。", "ja"),
        ("アパート", "ja"),
        ("돈이 없어요 OK?", "ko"),
        ("मसँग ५०० yen मात्र छ", "ne"),
    ],
)
def test_a_script_of_its_own_gives_a_language_away(text, lang):
    assert language_by_script(text) == lang


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "12345",
        "५०००",
        "😭🙏",
        "I have no money",
        "Tôi không có tiền",
        "No tengo dinero",
        "我没有钱",
        "家賃滞納",
        "我在ハローワーク工作过很长时间了",
        "I live near 市役所 and コンビニ in Osaka now",
        "bhada ३५००० rupiya",
        "OK ๑๒๓",
        "・・・",
    ],
)
def test_latin_letters_han_digits_and_mixtures_leave_it_open(text):
    assert language_by_script(text) == ""


@given(st.text())
def test_no_text_breaks_it_and_no_other_language_is_named(text):
    assert language_by_script(text) in {"", "ko", "th", "my", "ne", "ja"}


def test_capitals_are_the_large_letters_of_latin_scripts():
    assert set("AZÀÑĐƠƯẠỞ") <= set(CAPITALS)
    assert not set("azàñđơưạở×Ωあ1") & set(CAPITALS)
