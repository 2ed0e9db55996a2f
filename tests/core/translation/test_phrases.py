"""Typed sentences find what people prepared, with what was filled in, and nothing else."""

import pytest

from bot.core.translation.phrases import Filled, Found, Phrase, PhraseTable

DRAFT, REVIEWED = "draft 2026-11-25", "reviewed 2026-12-01"


def counselor(key, *japanese, review=DRAFT, **texts):
    said = {lang: (text,) for lang, text in texts.items()}
    return Phrase(key, "counselor", review, {"ja": japanese, **said})


def resident(key, japanese, **texts):
    said = {lang: (f"({text})", text) for lang, text in texts.items()}
    return Phrase(key, "resident", DRAFT, {"ja": (japanese, f"「{japanese}」"), **said})


def rewording(kind, words, _source, _target):
    """Knows one date, one time and plain figures in every language."""
    known = {
        ("date", "12月5日"): "ngày 5 tháng 12",
        ("date", "12月8日"): "ngày 8 tháng 12",
        ("date", "5 de diciembre"): "12月5日",
        ("date", "12月31日"): "31 de diciembre",
        ("time", "14時"): "las 14:00",
        ("time", "2pm"): "14時",
    }
    if kind == "number":
        return words if words.isdecimal() else None
    return known.get((kind, words))


TABLE = PhraseTable(
    [
        counselor(
            "eaten", "今日は食べましたか。", "ご飯は食べましたか。", vi="Ăn chưa?", en="Eaten?"
        ),
        counselor("when", "{date}の{time}はいかがですか。", es="¿El {date} a las {time}?"),
        counselor("until", "{date}まで休みです。", vi="Nghỉ đến {date}."),
        counselor("from_to", "{date}から{date}まで休みです。", vi="Nghỉ từ {date} đến {date}."),
        counselor("owes", "家賃{n}か月分、{amount}円ですね。", vi="{amount} yên, {n} tháng?"),
        counselor("call", "{phone}に電話してください。", vi="Gọi {phone}.", review=REVIEWED),
        counselor("any_call", "110に電話してください。", vi="Gọi 110!"),
        counselor("place", "場所は{place}です。", vi="Ở {place}."),
        counselor("bare", "{place}です。", vi="{place}."),
        resident("paid", "家賃は払いました。", vi="Tôi đã trả tiền nhà.", en="I've paid."),
        resident("not_paid", "家賃は払っていません。", vi="Tôi chưa trả tiền nhà."),
        resident("yen", "収入は月{amount}円です。", ne="महिनाको {amount} येन हो।"),
        resident("yen_too", "収入は月{amount}円です。", th="เดือนละ {amount} เยน"),
        resident("come", "{date}に行けます。", es="¿Puedo ir? Sí, el {date}."),
        resident("letter", "手紙が読めません。", **{"zh-Hans": "我看不懂信。"}),
        resident("letters", "手紙は全部読めません。", **{"zh-Hant": "我看不懂信件。"}),
    ],
    rewording,
)


def said(text, source="ja", target="vi"):
    found = TABLE.find(text, source, target)
    return found.text if found is not None else None


# --- the same sentence -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "今日は食べましたか。",
        "今日は食べましたか",
        " 今日は　食べましたか？ ",
        "ご飯は食べましたか。",
        "ご飯は食べましたか!!",
    ],
)
def test_a_counselors_sentence_is_found_in_each_of_its_wordings(typed):
    assert said(typed) == "Ăn chưa?"


@pytest.mark.parametrize(
    ("typed", "source"),
    [
        ("I've paid.", "en"),
        ("I’ve paid", "en"),
        ("I'VE   PAID!!", "en"),
        ("ｉ＇ｖｅ　ｐａｉｄ", "en"),
        ("Tôi đã trả tiền nhà", "vi"),
        ("to\u0302i đa\u0303 tra\u0309 tie\u0302\u0300n nha\u0300.", "vi"),
    ],
)
def test_case_width_spaces_and_marks_typed_apart_do_not_matter(typed, source):
    assert said(typed, source, "ja") == "家賃は払いました。"


def test_a_resident_gets_the_first_japanese_wording():
    assert TABLE.find("Tôi chưa trả tiền nhà", "vi", "ja") == Found(
        "not_paid", "家賃は払っていません。", DRAFT
    )


@pytest.mark.parametrize(
    "typed",
    ["", "。", "食べましたか。", "今日は食べませんでしたか。", "今日は食べましたか。はい。"],
)
def test_every_other_sign_matters(typed):
    assert said(typed) is None


def test_spaces_part_words_where_a_language_writes_them():
    assert said("Tôiđã trả tiền nhà", "vi", "ja") is None
    assert said("เดือน ละ 500 เยน", "th", "ja") == "収入は月500円です。"


def test_who_chose_one_way_of_writing_chinese_may_type_the_other():
    assert said("我看不懂信", "zh-Hant", "ja") == "手紙が読めません。"
    assert said("我看不懂信件", "zh-Hans", "ja") == "手紙は全部読めません。"


def test_easy_japanese_is_japanese():
    assert said("今日は 食べましたか。", "ja-easy", "en") == "Eaten?"
    assert said("I've paid", "en", "ja-easy") == "家賃は払いました。"


def test_each_side_is_looked_for_among_its_own_sentences():
    assert said("家賃は払いました。", "ja", "vi") is None
    assert said("Ăn chưa?", "vi", "ja") is None


@pytest.mark.parametrize(
    ("source", "target"),
    [("ja", "ja"), ("ja-easy", "ja"), ("vi", "en"), ("ja", "xx"), ("xx", "ja")],
)
def test_nothing_is_found_between_other_languages(source, target):
    assert said("今日は食べましたか。", source, target) is None


# --- slots -------------------------------------------------------------------------------------


def test_what_was_filled_in_comes_over_and_is_told():
    found = TABLE.find("家賃3か月分、45000円ですね。", "ja", "vi")
    assert found == Found(
        "owes",
        "45000 yên, 3 tháng?",
        DRAFT,
        (Filled("n", "3", "3"), Filled("amount", "45000", "45000")),
    )


def test_the_review_state_comes_along():
    found = TABLE.find("03-1234-5678に電話してください。", "ja", "vi")
    assert found is not None
    assert (found.text, found.review) == ("Gọi 03-1234-5678.", REVIEWED)


def test_a_sentence_without_slots_goes_before_one_with_them():
    assert said("110に電話してください。") == "Gọi 110!"


def test_of_two_the_one_with_more_fixed_words_is_taken():
    assert (
        said("12月5日から12月8日まで休みです。") == "Nghỉ từ ngày 5 tháng 12 đến ngày 8 tháng 12."
    )
    assert said("12月5日まで休みです。") == "Nghỉ đến ngày 5 tháng 12."


def test_the_brackets_of_the_desk_may_stay_around_the_words():
    assert said("〔12月5日〕まで休みです。") == "Nghỉ đến ngày 5 tháng 12."


def test_what_is_not_of_its_kind_fills_no_slot():
    assert said("あさってまで休みです。") is None
    assert said("家賃3か月分、たくさん円ですね。") is None
    assert said("〔日付〕まで休みです。") is None
    assert said("場所はわかりません。でも公園です。") is None


def test_a_slot_must_be_filled():
    assert said("まで休みです。") is None
    assert said("家賃か月分、45000円ですね。") is None


def test_a_sentence_with_hardly_any_fixed_words_fits_nothing():
    assert said("公園です。") is None
    assert said("場所は公園です。") == "Ở 公園."


def test_a_name_keeps_its_case_and_spaces():
    assert said("場所は Nguyễn Văn An です。") == "Ở Nguyễn Văn An."


def test_a_word_that_the_sentence_says_already_is_not_said_twice():
    assert said("12月31日の14時はいかがですか。", target="es") == "¿El 31 de diciembre a las 14:00?"


def test_signs_that_open_a_spanish_question_may_be_left_out():
    assert said("puedo ir? sí, el 5 de diciembre", "es", "ja") == "12月5日に行けます。"


def test_a_nepali_particle_may_be_written_onto_a_number():
    for typed in ("महिनाको 500 येन हो।", "महिनाको 500येन हो"):
        assert said(typed, "ne", "ja") == "収入は月500円です。"


def test_slots_that_touch_each_other_are_told_apart():
    table = PhraseTable(
        [counselor("at", "{date}{time}に来てください。", es="{date}, {time}")], rewording
    )
    found = table.find("12月31日14時に来てください。", "ja", "es")
    assert found is not None
    assert found.text == "31 de diciembre, las 14:00"


def test_a_long_message_is_no_sentence_with_a_slot():
    assert said("場所は" + "とても長い話です" * 200 + "です。") is None


def test_without_a_rewording_only_figures_are_carried_over():
    table = PhraseTable([counselor("until", "{date}まで{n}日です。", vi="{n} ngày, {date}")])
    assert table.find("12月5日まで3日です。", "ja", "vi") is None
    owes = PhraseTable([counselor("owes", "合計は{amount}円です。", vi="{amount} yên")])
    found = owes.find("合計は５万５千円です。", "ja", "vi")
    assert found is not None
    assert found.text == "55000 yên"


def test_a_sentence_that_is_not_there_in_a_language_is_not_found():
    assert said("家賃3か月分、45000円ですね。", target="th") is None
    assert said("今日は食べましたか。", target="my") is None
