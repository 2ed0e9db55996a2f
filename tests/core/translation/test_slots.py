"""What may stand in a slot of a prepared sentence, and how it comes over."""

import pytest

from bot.core.translation.slots import (
    DATE,
    KINDS,
    LABELS,
    NUMBER,
    TIME,
    carried,
    digits_only,
    open_slots,
    same_slots,
    shown,
    slots_of,
)


def put(slot, words, *, source="ja", target="vi"):
    return carried(slot, words, source, target, digits_only)


def test_every_slot_has_a_kind_and_a_japanese_name():
    assert KINDS.keys() == LABELS.keys()
    assert len(set(LABELS.values())) == len(LABELS)


def test_counselors_see_japanese_names_in_place_of_slots():
    assert shown("{date}の{time}に{place}で") == "〔日付〕の〔時刻〕に〔場所〕で"
    assert shown("{amount}円を{n}回") == "〔金額〕円を〔数〕回"
    assert shown("お元気ですか。") == "お元気ですか。"


def test_slots_are_named_in_their_order():
    assert slots_of("{date}から{date}まで{n}日") == ["date", "date", "n"]
    assert slots_of("なし") == []


def test_the_same_slots_may_stand_in_another_order():
    assert same_slots("{date}の{time}", "{time}, {date}")
    assert not same_slots("{date}から{date}", "{date}")
    assert not same_slots("{date}", "{time}")


@pytest.mark.parametrize(
    ("text", "still_open"),
    [
        ("〔日付〕の〔時刻〕はいかがですか。", ["〔日付〕", "〔時刻〕"]),
        ("{date}の14:00はいかがですか。", ["{date}"]),
        ("12月5日の14:00はいかがですか。", []),
        ("〔12月5日〕の14:00はいかがですか。", []),
        ("書類〔A〕と{B}を持ってきてください。", []),
    ],
)
def test_a_slot_is_open_until_its_name_is_gone(text, still_open):
    assert open_slots(text) == still_open


# --- figures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("3", "3"),
        ("45000", "45000"),
        ("45,000", "45000"),
        ("45.000", "45000"),
        ("45 000", "45000"),
        ("1,234,567", "1234567"),
        ("４５，０００", "45000"),
        ("४५,०००", "45000"),
        ("၄၅၀၀၀", "45000"),
        ("๔๕๐๐๐", "45000"),
        ("5万", "50000"),
        ("5万5千", "55000"),
        ("5万5000", "55000"),
        ("1.5万", "15000"),
        ("8千", "8000"),
        ("〔45,000〕", "45000"),
    ],
)
def test_a_number_may_be_grouped_and_in_any_digits(typed, plain):
    assert put("amount", typed) == plain
    assert put("n", typed) == plain


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "いくら",
        "3つ",
        "3か月",
        "45,00",
        "4,5000",
        "1.5",
        "-3",
        "3/4",
        "万",
        "5万千",
        "9" * 13,
    ],
)
def test_other_words_are_no_number(typed):
    assert put("amount", typed) is None


# --- times and dates ---------------------------------------------------------------------------


def test_without_knowledge_of_languages_only_clock_times_are_carried_over():
    assert put("time", "14:00") == "14:00"
    assert put("time", "１４：００") == "14:00"
    assert put("time", "24:00") is None
    assert put("time", "午後2時") is None
    assert put("date", "12月5日") is None


def test_numbers_dates_and_times_go_through_the_rewording():
    asked = []

    def rewording(kind, words, source, target):
        asked.append((kind, words, source, target))
        return None if words == "いつか" else f"[{words}]"

    assert carried("date", "〔12月5日〕", "ja", "vi", rewording) == "[12月5日]"
    assert carried("time", " 2時 ", "ja", "vi", rewording) == "[2時]"
    assert carried("amount", "5万", "ja", "vi", rewording) == "[5万]"
    assert carried("date", "いつか", "ja", "vi", rewording) is None
    assert carried("place", "公園", "ja", "vi", rewording) == "公園"
    assert [kind for kind, *_ in asked] == [DATE, TIME, NUMBER, DATE]
    assert asked[0] == ("date", "12月5日", "ja", "vi")


# --- telephone numbers, names, places ----------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("03-1234-5678", "03-1234-5678"),
        ("０３－１２３４－５６７８", "03-1234-5678"),
        ("+81 90 1234 5678", "+81 90 1234 5678"),
        ("०९०१२३४५६७८", "09012345678"),
        ("#7119", "#7119"),
        ("12", None),
        ("市役所", None),
        ("03-1234-5678か090", None),
    ],
)
def test_a_telephone_number_keeps_its_digits(typed, kept):
    assert put("phone", typed) == kept


@pytest.mark.parametrize("words", ["佐藤", "グエン・ヴァン・アン", "Nguyễn Văn An", "3丁目の公園"])
def test_names_and_places_come_over_as_they_are(words):
    assert put("place", words) == words


def test_a_name_has_no_figures():
    assert put("name", "佐藤") == "佐藤"
    assert put("name", "佐藤2") is None


@pytest.mark.parametrize(
    "words",
    ["あ" * 31, "行きます。それから市役所", "市役所、区役所", "a b c d e", "駅\n公園", "---"],
)
def test_half_a_sentence_is_no_place(words):
    assert put("place", words) is None


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Shinjuku", True),
        ("Việt Nam", True),
        ("東京", True),
        ("ネパール", True),
        ("see a doctor", False),
        ("pregnant", False),
        ("အင်းစိန်", False),
        ("अस्पताल", False),
        ("โรงพยาบาล", False),
    ],
)
def test_what_a_counselor_could_not_read_is_left_to_the_translator(words, kept):
    assert (put("place", words, source="en", target="ja") == words) is kept
