"""The real engine with the real compact pack, and with packages made of its parts."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.adapters.translation.argos import ArgosEngine
from bot.core.translation.engines import Route
from bot.errors import TranslationError
from tests.support.packs import MODELS, put_archive, put_pack, put_package

DIRECTIONS = 42
"""Of the compact pack: its languages to and from Japanese, and to and from English."""
EVERYDAY = [
    "私は学生です。",
    "家賃が払えません。",
    "お金がありません。",
    "駅はどこですか。",
    "病院へ行きたいです。",
    "明日、電話してください。",
    "私の兄は東京で働いています。",
    "昨日から何も食べていないので、とてもお腹が空いています。",
    "はい",
]


@pytest.fixture(scope="module")
def compact(tmp_path_factory):
    return ArgosEngine([MODELS], tmp_path_factory.mktemp("var"))


@pytest.fixture
def models(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    return folder


@pytest.fixture
def build(models, tmp_path):
    """An engine over `models`, made after the test has filled it."""
    return lambda **more: ArgosEngine([models], tmp_path / "var", **more)


def way(engine, source, target):
    route = engine.route(source, target)
    assert route is not None
    return route


def said(engine, text, source, target):
    [[best]] = engine.translate([text], way(engine, source, target))
    return best.text


# --- translating ---------------------------------------------------------------------------------


def test_the_pack_translates_and_is_for_drafts_only(compact):
    route = way(compact, "ja", "en")
    assert (route.languages, route.engine) == (("ja", "en"), "compact 1.0")
    assert (route.drafts_only, route.remote) == (True, False)
    assert str(route) == "compact 1.0 (ja→en)"
    assert "rent" in said(compact, "家賃が払えません。", "ja", "en")


@pytest.mark.parametrize(
    ("source", "text", "part"),
    [
        ("en", "I cannot pay the rent.", "家賃"),
        ("vi", "Tôi không có tiền.", "お金"),
        ("ne", "म विद्यार्थी हुँ।", "学生です"),
        ("zh-Hans", "我没有钱。", "お金"),
    ],
)
def test_residents_are_read_in_japanese(compact, source, text, part):
    assert part in said(compact, text, source, "ja")


def test_easy_japanese_and_traditional_chinese_are_japanese_and_chinese_to_a_package(compact):
    assert way(compact, "zh-Hant", "ja-easy") == way(compact, "zh-Hans", "ja")
    assert way(compact, "zh-Hant", "ja-easy").languages == ("zh", "ja")
    assert way(compact, "ja-easy", "pt-BR").languages == ("ja", "pt")


def test_every_direction_is_told_in_our_codes_and_served_directly(compact):
    directions = compact.directions()
    assert len(directions) == len(set(directions)) == DIRECTIONS
    assert {("zh-Hans", "ja"), ("ja", "pt-BR")} <= set(directions)
    assert not any(way(compact, *pair).is_pivot for pair in directions)


def test_a_pair_without_a_package_goes_through_english(compact):
    route = way(compact, "vi", "ne")
    assert (route.languages, route.engine) == (("vi", "en", "ne"), "compact 1.0")
    assert "विद्यार्थी" in said(compact, "Tôi là học sinh.", "vi", "ne")


def test_a_pair_that_nothing_serves_has_no_way(compact):
    assert compact.route("fr", "ja") is None


def test_nothing_is_translated_between_forms_of_one_language(compact):
    assert compact.route("ja", "ja-easy") is None
    assert compact.route("zh-Hant", "zh-Hans") is None


def test_many_sentences_at_once_become_the_same_as_one_by_one(compact):
    route = way(compact, "ja", "vi")
    together = compact.translate(EVERYDAY * 3, route)
    alone = [compact.translate([sentence], route)[0] for sentence in EVERYDAY] * 3
    assert [one.text for [one] in together] == [one.text for [one] in alone]
    assert [one.score for [one] in together] == pytest.approx(
        [one.score for [one] in alone], abs=0.05
    )
    assert len({one.text for [one] in together}) == len(EVERYDAY)
    assert compact.translate([], route) == []


# --- memory, threads, silence --------------------------------------------------------------------


def test_threads_share_one_engine(tmp_path):
    engine = ArgosEngine([MODELS], tmp_path)
    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(lambda text: said(engine, text, "ja", "en"), EVERYDAY[:3] * 4))
    assert made == made[:3] * 4
    assert len(set(made)) == 3
    assert (len(engine._loaded), len(engine._shared)) == (1, 2)


def test_all_directions_of_the_pack_hold_one_model_in_memory(compact):
    compact.warm()
    assert len(compact.installed()) == DIRECTIONS
    assert compact.problems() == []
    translators = {id(loaded.translator) for loaded in compact._loaded.values()}
    tokenizers = {id(loaded.tokenizer) for loaded in compact._loaded.values()}
    assert len(compact._loaded) == DIRECTIONS
    assert (len(translators), len(tokenizers)) == (1, 1)


def test_no_text_reaches_a_log(compact, caplog):
    caplog.set_level(logging.DEBUG)
    route = way(compact, "en", "ja")
    [[best]] = compact.translate(["My secret is the rent."], route)
    compact.read_back([("My secret is the rent.", best.text)], route)
    assert "secret" not in caplog.text
    assert best.text not in caplog.text


@pytest.mark.parametrize(
    "ask",
    [
        lambda engine, route: engine.translate(["fine", "secret \ud800 rent"], route),
        lambda engine, route: engine.read_back([("secret \ud800 rent", "家賃")], route),
    ],
    ids=["translate", "read back"],
)
def test_a_broken_text_is_an_error_that_does_not_quote_it(compact, ask):
    with pytest.raises(TranslationError) as caught:
        ask(compact, way(compact, "en", "ja"))
    assert "secret" not in str(caught.value)
    assert "rent" in said(compact, "家賃が払えません。", "ja", "en"), "it goes on with others"


# --- packages ------------------------------------------------------------------------------------


def test_an_ordinary_package_is_for_everybody(models, build):
    put_package(models / "translate-ja_en-1_9", "ja_en", package_version="1.9")
    engine = build()
    assert way(engine, "ja", "en") == Route(("ja", "en"), "argos ja_en 1.9")
    assert "rent" in said(engine, "家賃が払えません。", "ja", "en")


def test_an_archive_translates_too(models, build):
    put_archive(models / "ja_en.argosmodel", "ja_en")
    engine = build()
    assert way(engine, "ja", "en") == Route(("ja", "en"), "argos ja_en 1.0")
    assert "rent" in said(engine, "家賃が払えません。", "ja", "en")


def test_packages_of_every_folder_are_used(models, tmp_path):
    put_package(models / "ja_en", "ja_en")
    engine = ArgosEngine([models, MODELS], tmp_path / "var")
    assert way(engine, "ja", "en").engine == "argos ja_en 1.0"
    assert way(engine, "ja", "vi").engine == "compact 1.0"


def test_the_better_by_our_own_evaluation_is_used(models, build):
    put_package(models / "a", "ja_en", package_version="1.10")
    put_package(models / "b", "ja_en", package_version="1.9")
    assert way(build(), "ja", "en").engine == "argos ja_en 1.10"
    figures = {"argos ja_en 1.10 ja>en": 30.0, "argos ja_en 1.9 ja>en": 40.0}
    assert way(build(figures=figures), "ja", "en").engine == "argos ja_en 1.9"


def test_packages_for_everybody_go_before_drafts_even_by_a_pivot(models, build):
    put_pack(models / "compact", "vi_ja", "vi_en", "en_ja")
    put_package(models / "vi_en", "vi_en", package_version="0.5")
    assert way(build(), "vi", "ja").drafts_only
    put_package(models / "en_ja", "en_ja", package_version="0.6")
    route = way(build(), "vi", "ja")
    assert route == Route(("vi", "en", "ja"), "argos vi_en 0.5 + argos en_ja 0.6")


def test_one_draft_package_on_the_way_makes_a_draft(models, build):
    put_pack(models / "compact", "en_ja")
    put_package(models / "vi_en", "vi_en")
    route = way(build(), "vi", "ja")
    assert (route.engine, route.drafts_only) == ("argos vi_en 1.0 + compact 1.0", True)


def test_in_production_a_package_for_drafts_is_none(models, build):
    put_pack(models / "compact", "ja_en")
    engine = build(drafts=False)
    assert engine.route("ja", "en") is None
    assert (engine.installed(), engine.directions()) == ([], [])


def test_a_model_that_does_not_load_makes_way_for_another(models, build):
    put_package(models / "good", "ja_en", package_version="1.0")
    broken = put_package(models / "broken", "ja_en", package_version="2.0")
    (broken / "model").unlink()
    (broken / "model").mkdir()
    (broken / "model" / "model.bin").write_bytes(b"no model")
    engine = build()
    assert way(engine, "ja", "en").engine == "argos ja_en 1.0"
    assert "rent" in said(engine, "家賃が払えません。", "ja", "en")
    assert engine.problems() == ["argos ja_en 2.0: not loaded (RuntimeError)"]


def test_a_missing_folder_of_packages_is_said(tmp_path):
    engine = ArgosEngine([tmp_path / "none"], tmp_path / "var")
    assert engine.route("ja", "en") is None
    assert engine.problems() == ["none: no such folder of translation packages, or not readable"]
