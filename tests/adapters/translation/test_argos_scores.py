"""How sure the real engine says it is, and which sentences a package lets through."""

import json

import pytest

from bot.adapters.translation.argos import ArgosEngine
from bot.core.translation.gate import Gate
from tests.support.packs import MODELS, put_pack, put_package

GATE = {"targets": ["ja"], "bias": 2, "score": 4.5, "reverse": 0.5, "length": -1, "at_least": 0.7}
NO_SENTENCE_SHOWN = 1.0
EVERYDAY = [
    "Tôi là học sinh.",
    "Tôi không có tiền.",
    "Bạn tên là gì?",
    "Anh ấy làm việc ở bệnh viện.",
    "xóa tất cả các sự kiện ngày hai mươi sáu tháng mười hai",
]
NONSENSE = ["xqz bblr wqk zzt", "asdf qwer zxcv lkj poiu", "blà zôt krưng mẫp vlộc"]


@pytest.fixture(scope="module")
def compact(tmp_path_factory):
    return ArgosEngine([MODELS], tmp_path_factory.mktemp("var"))


@pytest.fixture
def models(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    return folder


def engine_over(models):
    return ArgosEngine([models], models.parent / "var")


def way(engine, source, target):
    route = engine.route(source, target)
    assert route is not None
    return route


def best(engine, texts, source, target):
    return [made[0] for made in engine.translate(texts, way(engine, source, target))]


def put_gate(folder, **changes):
    (folder / "gate.json").write_text(json.dumps(GATE | changes), encoding="utf-8")


# --- scores --------------------------------------------------------------------------------------


def test_alternatives_come_the_surest_first_and_are_different(compact):
    for options in compact.translate(EVERYDAY, way(compact, "vi", "ja"), alternatives=6):
        assert 2 <= len(options) <= 6
        scores = [each.score for each in options]
        assert scores == sorted(scores, reverse=True)
        assert len({each.text for each in options}) == len(options)


def test_a_score_is_the_mean_over_the_tokens_whatever_the_length(compact):
    texts = ["私は学生です。", "家賃が払えません。", "昨日、母と一緒に新しい病院へ行きました。"]
    made = best(compact, texts, "ja", "vi")
    pairs = [(each.text, text) for each, text in zip(made, texts, strict=True)]
    # The same model reads the translation as a source that was made of the Japanese.
    again = compact.read_back(pairs, way(compact, "vi", "ja"))
    assert all(each.score <= 0 for each in made)
    assert [each.score for each in made] == pytest.approx(again, abs=0.1)


def test_nonsense_scores_lower_than_everyday_words(compact):
    sure = [each.score for each in best(compact, EVERYDAY, "vi", "ja")]
    unsure = [each.score for each in best(compact, NONSENSE, "vi", "ja")]
    assert max(unsure) < min(sure)


def test_a_pivots_score_is_the_lower_one_of_both_legs(compact):
    texts = [*EVERYDAY, *NONSENSE]
    first = best(compact, texts, "vi", "en")
    second = best(compact, [each.text for each in first], "en", "ne")
    lower = [min(one.score, other.score) for one, other in zip(first, second, strict=True)]
    made = best(compact, texts, "vi", "ne")
    assert [each.text for each in made] == [each.text for each in second]
    assert [each.score for each in made] == pytest.approx(lower, abs=0.02)
    assert {one.score < other.score for one, other in zip(first, second, strict=True)} == {
        True,
        False,
    }, "each leg is the weaker one for some sentence"


def test_an_alternative_of_a_pivot_is_no_surer_than_the_first_leg(compact):
    [first] = best(compact, [EVERYDAY[3]], "vi", "en")
    [options] = compact.translate([EVERYDAY[3]], way(compact, "vi", "ne"), alternatives=4)
    assert len(options) > 1
    assert all(each.score <= first.score + 0.02 for each in options)


# --- reading back --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "source", "whole", "part"),
    [
        (
            "vi",
            "Tôi là học sinh và tôi không có tiền.",
            "私は学生で、お金がありません。",
            "私は学生です。",
        ),
        (
            "en",
            "My mother is a doctor and my father is a teacher.",
            "母は医者で、父は先生です。",
            "母は医者です。",
        ),
        (
            "ne",
            "म विद्यार्थी हुँ र मसँग पैसा छैन।",
            "私は学生で、お金がありません。",
            "私は学生です。",
        ),
    ],
)
def test_a_translation_that_lost_a_clause_reads_back_worse(compact, lang, source, whole, part):
    route = way(compact, lang, "ja")
    right, lost = compact.read_back([(source, whole), (source, part)], route)
    assert lost < right - 0.5
    assert right < 0


def test_reading_back_many_is_the_same_as_one_by_one(compact):
    route = way(compact, "vi", "ja")
    made = best(compact, EVERYDAY * 5, "vi", "ja")
    pairs = list(zip(EVERYDAY * 5, [each.text for each in made], strict=True))
    alone = [compact.read_back([pair], route)[0] for pair in pairs]
    assert compact.read_back(pairs, route) == pytest.approx(alone, abs=0.1)
    assert compact.read_back([], route) == []


def test_without_a_direct_way_back_nothing_is_read(models, compact):
    put_pack(models / "compact", "vi_ja", "ja_en", "en_vi")
    engine = engine_over(models)
    pairs = [("Tôi đói.", "お腹が空いた。")] * 2
    assert engine.read_back(pairs, way(engine, "vi", "ja")) == [None, None]
    assert compact.read_back(pairs, way(compact, "vi", "ne")) == [None, None]


# --- gates ---------------------------------------------------------------------------------------


def test_a_gate_comes_from_the_package(models):
    put_gate(put_pack(models / "compact", "vi_ja"))
    put_package(models / "en_ja", "en_ja")
    engine = engine_over(models)
    assert way(engine, "vi", "ja").gate == Gate(2.0, 4.5, 0.5, -1.0, 0.7)
    assert way(engine, "en", "ja").gate is None


def test_a_package_for_everybody_may_have_a_gate_too(models):
    put_gate(put_package(models / "en_ja", "en_ja"))
    assert way(engine_over(models), "en", "ja").gate == Gate(2.0, 4.5, 0.5, -1.0, 0.7)


def test_a_direction_that_nobody_judged_shows_nothing(models):
    put_gate(put_pack(models / "compact", "vi_ja", "ja_vi"))
    gate = way(engine_over(models), "ja", "vi").gate
    assert gate is not None
    assert gate.at_least == NO_SENTENCE_SHOWN
    assert gate.confidence((0.0, 0.0, 0.0)) < gate.at_least


def test_on_a_pivot_the_stricter_gate_decides(models):
    put_gate(put_package(models / "vi_en", "vi_en"), targets=["en"], at_least=0.9)
    put_gate(put_package(models / "en_ja", "en_ja"))
    route = way(engine_over(models), "vi", "ja")
    assert route.is_pivot
    assert route.gate is not None
    assert route.gate.at_least == 0.9


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("nothing", "gate.json is not JSON"),
        ("[]", "gate.json holds no object"),
        (json.dumps(GATE | {"score": None}), "gate.json: score must be a number"),
        (json.dumps(GATE | {"bias": True}), "gate.json: bias must be a number"),
        (json.dumps(GATE | {"at_least": 0}), "gate.json: at_least must lie between 0 and 1"),
        (json.dumps(GATE | {"at_least": 1.1}), "gate.json: at_least must lie between 0 and 1"),
        (json.dumps(GATE | {"targets": "ja"}), "gate.json: targets must be a list of languages"),
    ],
)
@pytest.mark.parametrize("put", [put_pack, put_package], ids=["pack", "package"])
def test_a_broken_gate_makes_the_package_unusable_and_is_named(models, put, content, told):
    broken = put(models / "broken", "vi_ja")
    (broken / "gate.json").write_text(content, encoding="utf-8")
    put_package(models / "whole", "en_ja")
    engine = engine_over(models)
    assert engine.route("vi", "ja") is None
    assert engine.problems() == [f"broken: {told}"]
    assert engine.route("en", "ja") is not None, "a broken package hides no other"
