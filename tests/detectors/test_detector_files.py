"""What a folder of detectors must hold, and what is told where it does not."""

import pytest

from bot.authoring.detectors import NEEDED, load_detectors
from bot.core.detecting import detect

GOOD = "words:\n  en: [want to die]\n"


@pytest.fixture
def problems_of(tmp_path):
    def load(*languages: str, **files: str) -> list[str]:
        for name in NEEDED:
            (tmp_path / f"{name}.yaml").write_text(GOOD, encoding="utf-8")
        for name, text in files.items():
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        problems: list[str] = []
        load_detectors(tmp_path, problems, languages=languages)
        return problems

    return load


def test_good_files_have_no_problems(problems_of):
    assert problems_of("en", more="raises: suicide\nwords: {ja: [死にたい]}\n") == []


def test_a_language_without_words_is_a_hole_in_the_net(problems_of):
    assert [each.split(": ")[-1] for each in problems_of("en", "vi")] == ["vi is missing"] * 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("words: {en: []}\n", "words.en"),
        ("words: {}\n", "words"),
        ("quiet: {en: [a]}\n", "words"),
        (GOOD + "loud: {en: [a]}\n", "loud"),
        (GOOD + GOOD, "words stands twice"),
        ("", "Input should be"),
        ("words: [", "flow"),
        ("words: {en: ['(a']}\n", "brackets do not match in (a"),
        ("words: {en: ['。']}\n", "nothing to look for"),
        (GOOD + "raises: nothing\n", "no detector nothing"),
        (GOOD + "raises: more\n", "no detector more"),
        (GOOD + "pairs: {en: [{first: [a]}]}\n", "then"),
        (GOOD + "pairs: {en: [{first: [a], then: [b], within: 500}]}\n", "within"),
    ],
)
def test_a_wrong_file_is_told_by_name(problems_of, text, told):
    problems = problems_of("en", more=text)
    assert problems
    assert all("more.yaml" in each for each in problems)
    assert any(told in each for each in problems)


def test_every_problem_of_every_file_is_told_at_once(problems_of):
    problems = problems_of(one="words: {en: ['(a', 'b)']}\n", two="words: {}\n")
    assert len(problems) == 3


def test_an_empty_folder_is_no_net(tmp_path):
    problems: list[str] = []
    assert list(load_detectors(tmp_path / "detectors", problems)) == []
    assert problems == ["detectors/: no detectors"]


def test_idioms_of_the_detector_above_hold_below_it_too(tmp_path):
    (tmp_path / "suicide.yaml").write_text(
        "words: {ja: [死ぬ]}\nquiet: {ja: [死ぬほど]}\n", encoding="utf-8"
    )
    (tmp_path / "acute.yaml").write_text(
        "raises: suicide\nwords: {ja: [今夜死ぬ]}\n", encoding="utf-8"
    )
    problems: list[str] = []
    detectors = load_detectors(tmp_path, problems)
    assert problems == []
    assert detect("今夜死ぬほど忙しい", detectors) == []
    assert [name for name, _ in detect("今夜死ぬ", detectors)] == ["acute", "suicide"]
