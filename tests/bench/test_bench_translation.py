"""The benchmark of the translation measures what it says, in small sizes."""

import pytest

from bot.adapters.storage import open_store
from bot.adapters.translation.argos import ArgosEngine
from bot.adapters.translation.argos_library import argos_library
from bot.core.model import Level
from bot.service.translating import AT_ONCE
from handlers.wiring import load_content
from tests.bench import argos, translation, waiting
from tests.support.toy_engine import ToyEngine, toy_interpreter

CONTENT = load_content()
FOUND = {
    "planted": 200,
    "caught": 190,
    "right": 100,
    "false_alarms": 3,
    "by_language": {"vi": {"caught": 0.95, "false_alarms": 0.03}},
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return ArgosEngine([translation.MODELS], tmp_path_factory.mktemp("var"))


def test_our_engine_is_measured_beside_the_librarys_own_call(engine, tmp_path):
    figures = argos.speed(engine, tmp_path, "vi", "ja", sentences=6)
    assert (figures["pair"], figures["sentences"]) == ("vi>ja", 6)
    assert figures["times_argos"] == pytest.approx(
        figures["per_second"] / figures["argos_per_second"], rel=0.1
    )
    # Both translate in earnest: of six sentences most become the same words.
    assert figures["same_words"] >= 3


def test_the_librarys_own_call_keeps_its_own_settings(engine, tmp_path):
    stock = argos.stock_translate(engine, tmp_path, "vi", "ja", {"inter_threads": 1})
    settings = argos_library(tmp_path).settings
    assert (settings.beam_size, settings.batch_size) == (4, 32)
    assert "学生" in stock("Tôi là học sinh.")


def test_a_message_is_clocked_from_stored_to_written_down(tmp_path):
    toy = ToyEngine()
    said = [f"Tôi đói bụng quá số {number}." for number in range(7)]
    figures = waiting.measure(
        tmp_path, CONTENT, toy_interpreter(toy), said, rounds=2, others=AT_ONCE + 2
    )
    assert figures["urgent_was_first"]
    assert {*figures} >= {"calm_ms", "urgent_ms", "urgent_late_ms"}
    for name in ("calm_ms", "urgent_ms", "urgent_late_ms"):
        assert 0 < figures[name]["p50"] <= figures[name]["p95"] <= figures[name]["max"]
    # What a batch does not take goes with the next; an urgent message goes by itself.
    batches = {len(each) // waiting.SENTENCES_IN_A_MESSAGE for each in toy.asked[1:]}
    assert batches == {AT_ONCE, 3, 2, 1}


def test_who_comes_while_the_worker_is_at_it_waits_for_the_next_batch(tmp_path):
    said = [f"Tôi đói bụng quá số {number}." for number in range(7)]
    store = open_store(f"sqlite:///{tmp_path / 'queue.sqlite3'}")
    queue = waiting.Queue(store, CONTENT, toy_interpreter(ToyEngine()), said)
    assert queue.arrival(AT_ONCE + 2, Level.U1, late=False).before == AT_ONCE + 2
    assert queue.arrival(AT_ONCE + 2, Level.U4, late=False).before == 0
    assert queue.arrival(AT_ONCE + 2, Level.U4, late=True).before == AT_ONCE
    store.close()


def test_the_interpreter_is_measured_beside_the_bare_engine(engine):
    figures = translation.parts(engine, CONTENT.knowledge, sentences=4)
    assert figures["interpreter_to_engine"] > 1
    assert figures["asked_per_sentence"] >= 1
    assert 0 < figures["own_share"] < 1
    assert figures["checks_us"] > 0
    assert figures["phrase_lookup_us"] > 0


def test_what_the_checks_find_is_counted_over_all_languages():
    for found in (translation.numbers(), translation.negation()):
        assert 0 < found["caught"] <= found["planted"]
        assert 0 <= found["false_alarms"] < found["right"]
        assert {"vi", "ne", "zh-Hans"} <= set(found["by_language"])


def test_the_report_on_translation_says_which_targets_were_missed():
    speed = {
        "pair": "vi>ja",
        "per_second": 400.0,
        "one_by_one_per_second": 100.0,
        "argos_per_second": 50.0,
        "argos_with_our_threads_per_second": 80.0,
        "times_argos": 8.0,
        "times_argos_with_our_threads": 5.0,
    }
    took = {"best": 300.0, "p50": 400.0, "p95": 900.0, "max": 950.0}
    figures = {
        "speed": [speed, speed | {"pair": "ja>vi", "times_argos": 4.5}],
        "waiting": {
            "rounds": 2,
            "others": 20,
            "sentences_in_a_message": 3,
            "urgent_was_first": True,
            "calm_ms": took | {"p95": 1_200.0},
            "urgent_ms": took,
            "urgent_late_ms": took,
        },
        "parts": {
            "checks_us": 150.0,
            "phrase_lookup_us": 20.0,
            "interpreter_ms_per_sentence": 9.0,
            "interpreter_to_engine": 3.0,
            "asked_per_sentence": 2.0,
            "own_share": 0.1,
        },
        "memory": {"start": 20.0, "warm": 90.0},
        "numbers": FOUND,
        "negation": FOUND,
    }
    told = list(translation.report(figures))
    assert [line for line in told if "MISSED" in line] == [told[2], told[4]]
    assert "4.5" in told[2]
    assert "p95 1200" in told[4]
    assert "U4 was written down first: always" in "\n".join(told)
    assert "190 of 200 planted errors (95.0%)" in "\n".join(told)
