"""Translation with the real engine and the real compact pack, and with packages made of it."""

import logging
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.adapters.translation.argos import ArgosTranslator
from bot.core.model import Translation
from bot.errors import TranslationError
from tests.support.packs import MODELS, ROOT, put_archive, put_pack, put_package


@pytest.fixture(scope="module")
def compact(tmp_path_factory):
    return ArgosTranslator(MODELS, tmp_path_factory.mktemp("var"))


@pytest.fixture
def models(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    return folder


@pytest.fixture
def build(models, tmp_path):
    """A translator over `models`, made after the test has filled it."""
    return lambda: ArgosTranslator(models, tmp_path / "var")


def test_the_pack_translates_and_is_for_drafts_only(compact):
    made = compact.translate("家賃が払えません。", "ja", "en")
    assert "rent" in made.text
    assert (made.engine, made.route, made.drafts_only) == ("compact 1.0", ("ja", "en"), True)


@pytest.mark.parametrize(
    ("source", "text", "part"),
    [
        ("en", "I cannot pay the rent.", "家賃"),
        ("vi", "Tôi là học sinh. Tôi không có tiền.", "お金"),
        ("ne", "म विद्यार्थी हुँ। मसँग खानेकुरा किन्ने पैसा छैन।", "学生です。"),
        ("zh-Hans", "我没有钱。", "お金"),
    ],
)
def test_residents_are_read_in_japanese(compact, source, text, part):
    made = compact.translate(text, source, "ja")
    assert part in made.text
    assert "。 " not in made.text  # Japanese sentences follow one another without a space


def test_easy_japanese_is_japanese_to_the_engine(compact):
    made = compact.translate("I have no money.", "en", "ja-easy")
    assert made.route == ("en", "ja")
    same = compact.translate("お金がありません。", "ja-easy", "ja")
    assert same == Translation("お金がありません。", "", ("ja",), drafts_only=False)


def test_a_pair_without_a_package_goes_through_english(compact):
    made = compact.translate("Tôi là học sinh.", "vi", "ne")
    assert made.route == ("vi", "en", "ne")
    assert made.engine == "compact 1.0"
    assert "विद्यार्थी" in made.text


def test_a_pair_that_nothing_serves_is_not_translated(compact):
    assert compact.translate("Je n'ai pas d'argent.", "fr", "ja") is None


def test_every_sentence_and_line_of_a_text_comes_out_in_its_place(compact):
    text = "\n\nI cannot pay the rent. I have no money.\r\n\n  Please help me. \n"
    lines = compact.translate(text, "en", "ja").text.split("\n")
    assert [bool(line.strip()) for line in lines] == [False, False, True, False, True, False]
    assert lines[2].count("。") == 2
    assert lines[2].endswith("\r")
    assert lines[4].startswith("  ")
    assert lines[4].endswith(" ")


@pytest.mark.parametrize("text", ["", "   ", "\n", "😭🙏", "12345", "https://example.jp/a_b?c_d=1"])
def test_what_holds_no_words_comes_back_unchanged_and_from_no_engine(compact, text):
    made = compact.translate(text, "vi", "ja")
    assert made == Translation(text, "", ("vi", "ja"), drafts_only=False)


@pytest.mark.parametrize(
    "token",
    ["https://example.jp/form_a.html?x_y=1", "abc_def@mail.jp", "03-1234-5678", "😭", "user_name"],
)
@pytest.mark.parametrize("pair", [("en", "ja"), ("en", "vi")])
def test_what_must_be_exact_survives_inside_a_sentence(compact, token, pair):
    made = compact.translate(f"Please look at {token} tomorrow. Thank you.", *pair)
    assert made.text.count(token) == 1


def test_a_long_text_keeps_its_end(compact):
    made = compact.translate("I have no money, " * 30 + "and I need food.", "en", "vi")
    assert "tiền" in made.text
    assert "ăn" in made.text[-80:]


def test_no_text_reaches_a_log(compact, caplog):
    caplog.set_level(logging.DEBUG)
    compact.translate("My secret is the rent.", "en", "ja")
    assert "secret" not in caplog.text


def test_threads_share_one_translator(tmp_path):
    translator = ArgosTranslator(MODELS, tmp_path)
    texts = ["家賃が払えません。", "お金がありません。", "私は学生です。"] * 4
    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(lambda text: translator.translate(text, "ja", "en"), texts))
    assert made == made[:3] * 4
    assert len(set(made)) == 3


def test_all_directions_of_the_pack_hold_one_model_in_memory(compact):
    compact.warm()
    assert len(compact.installed()) == 42
    assert compact.problems() == []
    translators = {id(engine.translator) for engine in compact._engines.values()}
    tokenizers = {id(engine.pkg.tokenizer) for engine in compact._engines.values()}
    assert (len(translators), len(tokenizers)) == (1, 1)


def test_a_broken_text_is_an_error_that_does_not_quote_it(compact):
    with pytest.raises(TranslationError) as caught:
        compact.translate("secret \ud800 rent", "en", "ja")
    assert "secret" not in str(caught.value)


def test_an_ordinary_package_is_for_everybody(models, build):
    put_package(models / "translate-ja_en-1_9", "ja_en", package_version="1.9")
    made = build().translate("家賃が払えません。", "ja", "en")
    assert "rent" in made.text
    assert (made.engine, made.drafts_only) == ("argos ja_en 1.9", False)


def test_an_archive_translates_too(models, build):
    put_archive(models / "ja_en.argosmodel", "ja_en")
    made = build().translate("家賃が払えません。", "ja", "en")
    assert "rent" in made.text
    assert (made.engine, made.drafts_only) == ("argos ja_en 1.0", False)


def test_the_higher_version_of_a_direction_is_used(models, build):
    put_package(models / "a", "ja_en", package_version="1.10")
    put_package(models / "b", "ja_en", package_version="1.9")
    assert build().translate("はい", "ja", "en").engine == "argos ja_en 1.10"


def test_packages_for_everybody_go_before_drafts_even_by_a_pivot(models, build):
    put_pack(models / "compact", "vi_ja", "vi_en", "en_ja")
    put_package(models / "vi_en", "vi_en", package_version="0.5")
    assert build().translate("Tôi đói.", "vi", "ja").drafts_only
    put_package(models / "en_ja", "en_ja", package_version="0.6")
    made = build().translate("Tôi đói.", "vi", "ja")
    assert made.route == ("vi", "en", "ja")
    assert (made.engine, made.drafts_only) == ("argos vi_en 0.5 + argos en_ja 0.6", False)


def test_one_draft_package_on_the_way_makes_a_draft(models, build):
    put_pack(models / "compact", "en_ja")
    put_package(models / "vi_en", "vi_en")
    made = build().translate("Tôi đói.", "vi", "ja")
    assert (made.engine, made.drafts_only) == ("argos vi_en 1.0 + compact 1.0", True)


def test_a_model_that_does_not_load_makes_way_for_another(models, build):
    put_package(models / "good", "ja_en", package_version="1.0")
    broken = put_package(models / "broken", "ja_en", package_version="2.0")
    (broken / "model").unlink()
    (broken / "model").mkdir()
    (broken / "model" / "model.bin").write_bytes(b"no model")
    translator = build()
    assert translator.translate("はい", "ja", "en").engine == "argos ja_en 1.0"
    assert translator.problems() == ["argos ja_en 2.0: not loaded (RuntimeError)"]


def test_a_missing_folder_of_packages_is_said(tmp_path):
    translator = ArgosTranslator(tmp_path / "none", tmp_path / "var")
    assert translator.translate("はい", "ja", "en") is None
    assert translator.problems() == [
        "none: no such folder of translation packages, or not readable"
    ]


OFFLINE = """
import os, sys

def guard(event, arguments):
    if event.startswith(("socket.", "urllib.")):
        raise SystemExit(f"reached for the network: {event}")

sys.addaudithook(guard)
from pathlib import Path
from bot.adapters.translation.argos import ArgosTranslator

surroundings = dict(os.environ)
translator = ArgosTranslator(Path(sys.argv[1]), Path(sys.argv[2]))
assert "argostranslate" not in sys.modules, "loaded before it was needed"
translator.warm()
print(translator.translate("家賃が払えません。", "ja", "en").text)
assert surroundings.items() <= os.environ.items(), "the process was changed"
assert "XDG_DATA_HOME" not in os.environ
foreign = "torch stanza spacy onnxruntime minisbd requests".split()
print([name for name in foreign if name in sys.modules])
"""


def test_nothing_is_fetched_and_the_home_stays_untouched(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE, MODELS, tmp_path / "var"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"HOME": str(home), "PATH": os.environ["PATH"], "ARGOS_DEBUG": "1", "LANG": "C.UTF-8"},
    )
    assert done.stderr == ""
    text, foreign = done.stdout.splitlines()
    assert "rent" in text
    assert foreign == "[]"
    assert list(home.iterdir()) == []
