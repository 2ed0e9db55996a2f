"""What is typed into a slot is said in the other language, or the sentence is another one."""

from pathlib import Path

import pytest

from bot.adapters.translation.knowledge_files import load_formats, load_grammars
from bot.core.translation.grammar import Grammar
from bot.core.translation.protecting import Formats
from bot.core.translation.rewording import rewording_by
from bot.core.translation.slots import DATE, NUMBER, TIME

FOLDER = Path(__file__).parents[3] / "locales" / "translation"
GRAMMARS, _ = load_grammars(FOLDER)
FORMATS, _ = load_formats(FOLDER / "formats.yaml")
REWORDING = rewording_by(
    lambda lang: GRAMMARS.get(lang, Grammar(lang)), lambda lang: FORMATS.get(lang, Formats())
)


@pytest.mark.parametrize(
    ("words", "source", "target", "said"),
    [
        ("5000", "ja", "vi", "5.000"),
        ("5,000", "ja", "vi", "5.000"),
        ("5.000", "vi", "ja", "5,000"),
        ("5万", "ja", "vi", "50.000"),
        ("5.5万", "ja", "vi", "55.000"),
        ("5万5千", "ja", "vi", "55.000"),
        ("５０００", "ja", "vi", "5.000"),
        ("၅၀၀၀", "my", "ja", "5,000"),
        ("55 nghìn", "vi", "ja", "55,000"),
        ("hai", "vi", "ja", "2"),
        ("三万", "ja", "vi", "30.000"),
        ("1234567", "ja", "my", "1,234,567"),
        ("0", "ja", "vi", "0"),
    ],
)
def test_a_number_is_grouped_as_its_reader_does(words, source, target, said):
    assert REWORDING(NUMBER, words, source, target) == said


@pytest.mark.parametrize(
    ("kind", "words", "source", "target", "said"),
    [
        (DATE, "12月5日", "ja", "vi", "ngày 5 tháng 12"),
        (DATE, "12月5日の", "ja", "vi", "ngày 5 tháng 12"),
        (DATE, "ngày 5 tháng 12", "vi", "ja", "12月5日"),
        (DATE, "5 tháng 12", "vi", "ja", "12月5日"),
        (DATE, "ng\u0061\u0300y 5 th\u0061\u0301ng 12", "vi", "ja", "12月5日"),
        (DATE, "วันที่ 5 ธันวาคม", "th", "ja", "12月5日"),
        (DATE, "tanggal 5 Desember 2026", "id", "ja", "2026年12月5日"),
        (DATE, "5 de diciembre", "es", "ja", "12月5日"),
        (DATE, "2026年12月5日", "ja", "vi", "ngày 5 tháng 12 năm 2026"),
        (DATE, "December 5", "en", "ja", "12月5日"),
        (TIME, "14時", "ja", "vi", "14 giờ"),
        (TIME, "14:30", "vi", "ja", "14時30分"),
        (TIME, "午後2時", "ja", "vi", "14 giờ"),
        (TIME, "9 am", "en", "ja", "9時"),
    ],
)
def test_dates_and_times_are_said_as_their_reader_says_them(kind, words, source, target, said):
    assert REWORDING(kind, words, source, target) == said


@pytest.mark.parametrize(
    ("kind", "words", "source"),
    [
        (DATE, "12/5", "en"),
        (TIME, "5:15 or 6:15", "en"),
        (DATE, "12月5日と6日", "ja"),
        (DATE, "14:30", "ja"),
        (TIME, "12月5日", "ja"),
        (NUMBER, "12月5日", "ja"),
        (NUMBER, "5000人くらい", "ja"),
        (NUMBER, "5000 6000", "ja"),
        (NUMBER, "5.5", "en"),
        (NUMBER, "たくさん", "ja"),
        (NUMBER, "", "ja"),
        (DATE, "来週", "ja"),
        (DATE, "sau ngày 5 tháng 12", "vi"),
        (DATE, "December 5 or later", "en"),
        (DATE, "", "ja"),
        (TIME, "", "ja"),
    ],
)
def test_what_may_mean_two_things_or_is_of_another_kind_is_not_carried_over(kind, words, source):
    assert REWORDING(kind, words, source, "vi") is None


def test_without_a_way_of_writing_dates_there_is_no_wording_and_figures_are_grouped_by_commas():
    assert REWORDING(DATE, "12月5日", "ja", "xx") is None
    assert REWORDING(NUMBER, "5000", "ja", "xx") == "5,000"
