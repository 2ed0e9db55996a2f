"""What people wrote down about translating is read whole, or every fault is told by its file."""

import re

import pytest
import yaml

from bot.adapters.languages import BY_CODE, EASY
from bot.adapters.translation.knowledge_files import load_formats, load_glossary, load_grammars
from bot.core.translation.checking import denies
from bot.core.translation.knowledge import SAME_AS
from tests.support.dialogs import LOCALES

FOLDER = LOCALES / "translation"
GRAMMAR = {
    "language": "vi",
    "review": "draft 2026-11-25",
    "negation": {
        "cues": [r"\bkhông\b"],
        "neutral": [r"\bkhông chỉ\b"],
        "obligation": [r"\bkhông thể không\b"],
    },
    "numbers": {
        "digits": "",
        "group": ".",
        "decimal": ",",
        "words": {"hai": 2, "ba người": 3},
        "scales": {"nghìn": 1000},
        "months": {"tháng hai": 2},
        "weekdays": {"thứ hai": 1},
        "am": ["sáng"],
        "pm": ["chiều", "tối"],
    },
    "answers": [
        {"ja": "はい。", "says": ["vâng", "Dạ vâng"]},
        {"ja": "いいえ。", "says": ["không", "Không ạ"]},
    ],
}
COLUMNS = ("ja", "reading", "easy", "enforced", "review", "vi", "en")
TERM = ("退去強制", "たいきょきょうせい", "国へ 帰される こと", "yes", "draft 2026-11-25")
WORDS = ("trục xuất khỏi Nhật | trục xuất", "deportation|~removal")


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def put_grammar(folder, name="vi.yaml", **changes):
    content = yaml.safe_dump(GRAMMAR | changes, allow_unicode=True)
    (folder / name).write_text(content, encoding="utf-8")


def put_glossary(folder, *rows, columns=COLUMNS):
    file = folder / "glossary.tsv"
    lines = ["\t".join(row) for row in (columns, *rows)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


# --- grammars ------------------------------------------------------------------------------------


def test_a_grammar_is_read_whole(folder):
    put_grammar(folder)
    grammars, problems = load_grammars(folder)
    assert problems == []
    grammar = grammars["vi"]
    assert (grammar.lang, grammar.review) == ("vi", "draft 2026-11-25")
    assert denies("tôi không có tiền", grammar)
    assert not denies("không chỉ tôi", grammar)
    assert not denies("tôi không thể không đi", grammar)
    numbers = grammar.numbers
    assert (numbers.group, numbers.decimal, numbers.digits) == (".", ",", "")
    assert (numbers.words, numbers.scales) == ({"hai": 2, "ba người": 3}, {"nghìn": 1000})
    assert (numbers.months, numbers.weekdays) == ({"tháng hai": 2}, {"thứ hai": 1})
    assert (numbers.am, numbers.pm) == (("sáng",), ("chiều", "tối"))
    assert grammar.answers == {
        "vâng": "はい。",
        "dạ vâng": "はい。",
        "không": "いいえ。",
        "không ạ": "いいえ。",
    }


def test_what_a_language_does_not_need_may_be_left_out(folder):
    put_grammar(folder, negation={"cues": []}, numbers={"group": "."}, answers=None)
    grammars, problems = load_grammars(folder)
    assert problems == []
    assert (grammars["vi"].neutral, grammars["vi"].answers) == ((), {})


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"language": "ne"}, "says that it is about ne"),
        ({"review": "seen"}, "review must be"),
        ({"review": "draft"}, "review must be"),
        ({"negation": {"cues": ["("]}}, "unterminated subpattern"),
        ({"negation": {"neutral": []}}, "'cues' is missing"),
        ({"negation": None}, ""),
        ({"numbers": {"words": {"hai": "two"}}}, "two"),
        ({"answers": [{"says": ["vâng"]}]}, "'ja' is missing"),
        ({"answers": [{"ja": "はい。"}]}, "'says' is missing"),
        (
            {"answers": [{"ja": "はい。", "says": ["Vâng!"]}, {"ja": "ええ。", "says": ["vâng"]}]},
            "'vâng' means two things",
        ),
    ],
)
def test_a_broken_grammar_is_told_by_its_name_and_hides_no_other(folder, changes, told):
    put_grammar(folder, **changes)
    put_grammar(folder, "en.yaml", language="en")
    grammars, [problem] = load_grammars(folder)
    assert problem.startswith("vi.yaml: ")
    assert told in problem
    assert "en" in grammars


@pytest.mark.parametrize("content", [b"", b"a: [", b"- list", b"text", b"\xff\xfe\xff"])
def test_a_file_that_is_no_grammar_is_told_by_its_name(folder, content):
    (folder / "vi.yaml").write_bytes(content)
    grammars, [problem] = load_grammars(folder)
    assert grammars == {}
    assert problem.startswith("vi.yaml: ")


def test_every_problem_is_told_at_once(folder):
    put_grammar(folder, review="seen", language="ne")
    put_grammar(folder, "ko.yaml", negation={})
    _, problems = load_grammars(folder)
    assert [each.split(":")[0] for each in problems] == ["ko.yaml", "vi.yaml", "vi.yaml"]


def test_the_file_of_formats_is_no_grammar(folder):
    (folder / "formats.yaml").write_text("{}", encoding="utf-8")
    assert load_grammars(folder) == ({}, [])


# --- formats -------------------------------------------------------------------------------------

FORMATS = {
    "yen": "{n} yên",
    "group": ".",
    "date": "ngày {d} tháng {m}",
    "date_with_year": "{d}/{m}/{y}",
    "time": "{h}:{mm}",
    "hour": "{h} giờ",
}


def put_formats(folder, content):
    file = folder / "formats.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return file


def test_formats_are_read(folder):
    formats, problems = load_formats(put_formats(folder, {"vi": FORMATS}))
    assert problems == []
    assert (formats["vi"].yen, formats["vi"].group, formats["vi"].hour) == (
        "{n} yên",
        ".",
        "{h} giờ",
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"yen": "yên"}, "yen must hold {n}"),
        ({"date": None}, "date is missing"),
        ({"time": "{h}"}, "time must hold"),
        ({"group": "điểm"}, "group must be one sign"),
        ({"century": "{c}"}, "century is not known"),
    ],
)
def test_a_broken_format_is_told_by_its_language_and_hides_no_other(folder, changes, told):
    file = put_formats(folder, {"vi": FORMATS | changes, "en": FORMATS})
    formats, [problem] = load_formats(file)
    assert problem.startswith("formats.yaml: vi: ")
    assert told in problem
    assert set(formats) == {"en"}


def test_a_block_that_is_no_block_is_told(folder):
    _, [problem] = load_formats(put_formats(folder, {"vi": "text"}))
    assert problem.startswith("formats.yaml: vi: ")


@pytest.mark.parametrize("content", [None, b"a: [", b"", b"- list", b"\xff\xfe\xff"])
def test_formats_that_cannot_be_read_are_told(folder, content):
    file = folder / "formats.yaml"
    if content is not None:
        file.write_bytes(content)
    formats, [problem] = load_formats(file)
    assert formats == {}
    assert problem.startswith("formats.yaml: ")


# --- glossary ------------------------------------------------------------------------------------


def test_a_term_is_read_with_all_its_wordings(folder):
    glossary, problems = load_glossary(put_glossary(folder, (*TERM, *WORDS)))
    assert problems == []
    [term] = glossary.terms
    assert (term.key, term.reading, term.easy) == TERM[:3]
    assert (term.enforced, term.review) == (True, "draft 2026-11-25")
    assert term.words["vi"] == ("trục xuất khỏi Nhật", "trục xuất")
    assert term.words["en"] == ("deportation", "~removal")
    [found] = glossary.terms_in("Tôi sợ bị trục xuất.", "vi", "ja")
    assert found.targets[0] == "退去強制"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("", *TERM[1:], *WORDS), "the Japanese term is missing"),
        ((*TERM[:3], "maybe", TERM[4], *WORDS), "enforced must be yes or no"),
        ((*TERM[:4], "draft", *WORDS), "review must be"),
        (TERM[:4], "columns are missing"),
        ((*TERM, *WORDS, "more"), "columns are missing or too many"),
        ((*TERM, "~trục xuất", "deportation"), "vi: the first wording is written"),
        (("|", *TERM[1:], *WORDS), "the Japanese term is missing"),
    ],
)
def test_a_broken_line_is_told_by_its_number_and_hides_no_other(folder, row, told):
    other = ("通訳", *TERM[1:], "phiên dịch", "interpreter")
    glossary, [problem] = load_glossary(put_glossary(folder, row, other))
    assert problem.startswith("glossary.tsv: line 2: ")
    assert told in problem
    assert [each.key for each in glossary.terms] == ["通訳"]


def test_a_term_that_stands_twice_is_told(folder):
    file = put_glossary(folder, (*TERM, *WORDS), ("退去強制 | 強制退去", *TERM[1:], *WORDS))
    glossary, problems = load_glossary(file)
    assert problems == ["glossary.tsv: line 3: this term stands here twice"]
    assert len(glossary.terms) == 1


# --- the project's own ---------------------------------------------------------------------------


def test_the_projects_own_files_load_without_a_problem():
    _, problems = load_grammars(FOLDER)
    formats, more = load_formats(FOLDER / "formats.yaml")
    glossary, others = load_glossary(LOCALES / "glossary.tsv")
    assert [*problems, *more, *others] == []
    assert formats["ja"].yen == "{n}円"
    assert len(glossary.terms) > 100


@pytest.mark.parametrize("lang", [each for each in BY_CODE if each not in SAME_AS])
def test_every_language_on_offer_has_a_grammar(lang):
    assert set(SAME_AS) == {EASY, "zh-Hant"}
    grammars, _ = load_grammars(FOLDER)
    grammar = grammars[lang]
    assert grammar.cues
    assert re.fullmatch(r"(draft|reviewed by .+) \d{4}-\d{2}-\d{2}", grammar.review)
    assert lang == "ja" or len(grammar.answers) > 50


def test_every_language_on_offer_has_formats():
    formats, _ = load_formats(FOLDER / "formats.yaml")
    assert set(BY_CODE) - set(SAME_AS) <= set(formats)
