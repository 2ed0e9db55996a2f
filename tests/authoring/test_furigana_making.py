"""Making furigana: the table first, the tokenizer for the rest, problems told by address."""

import json
import re

import pytest

from bot.authoring.furigana import FURIGANA, READINGS, annotate, load_table, make, tokenizer, update

TABLE = {
    "家賃": "やちん",
    "行方": "ゆくえ",
    "方": "かた",
    "N日": "にち",
    "N日後": "にちご",
    "+者": "しゃ",
}


def toy(words):
    """A tokenizer that cuts at spaces and knows these readings only."""

    def read(text):
        return [(each, words.get(each, "")) for each in re.findall(r"\s+|\S+", text)]

    return read


@pytest.fixture(scope="module")
def read():
    return tokenizer()


def test_a_row_of_the_table_wins_over_the_tokenizer():
    assert annotate("家賃", TABLE, toy({"家賃": "イエチン"})) == "家賃(やちん)"


def test_the_longest_row_wins():
    table = {"生活": "せいかつ", "生活保護": "せいかつほご"}
    assert annotate("生活保護", table, toy({})) == "生活保護(せいかつほご)"


def test_okurigana_stay_outside_of_the_brackets(read):
    assert annotate("申し込みを 手伝います", {}, read) == "申(もう)し込(こ)みを 手伝(てつだ)います"


def test_a_row_of_one_kanji_leaves_longer_words_alone(read):
    table = {"話": "はなし", "家": "いえ"}
    assert annotate("家族と 話して 話を 聞く", table, read) == (
        "家族(かぞく)と 話(はな)して 話(はなし)を 聞(き)く"
    )


def test_neighbours_become_one_word_with_one_reading(read):
    assert annotate("労働基準監督署", {}, read) == "労働基準監督署(ろうどうきじゅんかんとくしょ)"


def test_a_row_may_cut_a_word_of_the_tokenizer():
    assert annotate(
        "家賃額", TABLE, lambda text: [(text, {"額": "ガク"}.get(text, "イエチンガク"))]
    ) == ("家賃額(やちんがく)")


def test_an_ending_is_read_as_an_ending(read):
    assert (
        annotate("消費者と 者", TABLE | {"者": "もの"}, read) == "消費者(しょうひしゃ)と 者(もの)"
    )


def test_numbers_choose_their_reading(read):
    assert annotate("3日後、10日、{days}日後", TABLE, read) == (
        "3日後(みっかご)、10日(とおか)、{days}日後(にちご)"
    )


def test_every_occurrence_has_its_reading(read):
    assert annotate("家賃と 家賃", TABLE, read) == "家賃(やちん)と 家賃(やちん)"


def test_what_nobody_can_read_is_told_with_its_address():
    made = make({"a.b": "家賃と 凪", "c": "かな"}, TABLE, toy({}), {})
    assert made.problems == [f"a.b: add to {READINGS}: 凪"]
    assert list(made.texts) == ["a.b"]


def test_readings_written_by_hand_are_refused():
    made = make({"a": "家賃(やちん)です"}, TABLE, toy({}), {})
    assert len(made.problems) == 1
    assert made.texts == {}


def test_words_that_only_the_tokenizer_knows_are_shown_once_for_review():
    cut = toy({"妻": "ツマ"})
    made = make({"a": "家賃 妻"}, TABLE, cut, {})
    assert made.new == ["妻(つま)"]
    assert make({"a": "家賃 妻"}, TABLE, cut, made.texts).new == []


@pytest.mark.parametrize(
    "line", ["家賃", "家賃\tヤチン", "家賃\t", "話す\tはなした", "手当\tてあて\tx"]
)
def test_a_line_that_is_no_row_is_told(tmp_path, line):
    path = tmp_path / READINGS
    path.write_text(f"# heading\n\n手\tて\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"{READINGS}:4"):
        load_table(path)


def test_a_word_that_stands_twice_is_told(tmp_path):
    path = tmp_path / READINGS
    path.write_text("方\tかた\n方\tほう\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"{READINGS}:2"):
        load_table(path)


def test_the_file_is_made_anew_without_what_is_gone(tmp_path):
    (tmp_path / READINGS).write_text("家賃\tやちん\n", encoding="utf-8")
    update(tmp_path, {"a": "家賃", "b": "家賃です"})
    update(tmp_path, {"a": "家賃です"})
    made = json.loads((tmp_path / FURIGANA).read_text(encoding="utf-8"))
    assert made == {"a": "家賃(やちん)です"}
