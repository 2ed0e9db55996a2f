"""Burmese in Zawgyi becomes Unicode; nothing else is touched."""

import pytest

from bot.adapters.zawgyi import readable

# Zawgyi and Unicode of the same sentence: the code points differ, the letters people see do not.
PAIRS = (
    ("ကၽြန္ေတာ္ ေသခ်င္တယ္", "ကျွန်တော် သေချင်တယ်"),
    ("ေသခ်င္တယ္", "သေချင်တယ်"),
    ("အလုပ္မရွိဘူး။ ပိုက္ဆံ မရွိဘူး", "အလုပ်မရှိဘူး။ ပိုက်ဆံ မရှိဘူး"),
)


@pytest.mark.parametrize(("zawgyi", "unicode"), PAIRS)
def test_zawgyi_becomes_unicode(zawgyi, unicode):
    assert readable(zawgyi) == unicode


@pytest.mark.parametrize("text", [unicode for _, unicode in PAIRS])
def test_unicode_burmese_stays_as_it_is(text):
    assert readable(text) == text


@pytest.mark.parametrize(
    "text", ["", "hello", "死にたい", "ဟုတ်ကဲ့", "၅၀၀၀", "မင်္ဂလာပါ", "ใช่", "090-1234-5678"]
)
def test_other_words_stay_as_they_are(text):
    assert readable(text) == text
