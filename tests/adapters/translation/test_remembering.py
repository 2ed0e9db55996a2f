"""What was just translated is not translated again, and is not kept for long."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock

import pytest

from bot.adapters.translation import remembering
from bot.adapters.translation.remembering import SECONDS, SENTENCES, RememberingEngine
from bot.core.translation.engines import Candidate, Route
from bot.errors import TranslationError

WAY = Route(("vi", "ja"), "counting")
BACK = Route(("ja", "vi"), "counting")


@dataclass
class CountingEngine:
    """Implements ports.Engine: says each sentence backwards, and counts what it is asked."""

    asked: list[list[str]] = field(default_factory=list)
    broken: bool = False
    lock: Lock = field(default_factory=Lock)

    def route(self, source, target):
        return replace(WAY, languages=(source, target))

    def translate(self, sentences, route, *, alternatives=1):
        with self.lock:
            self.asked.append(list(sentences))
        if self.broken:
            raise TranslationError
        score = -float(len(route.languages[0]))
        return [[Candidate(each[::-1], score)] * alternatives for each in sentences]

    def read_back(self, pairs, route):
        del route
        return [-float(len(source)) for source, _ in pairs]


@dataclass
class Hours:
    """A clock that stands still until a test moves it."""

    now: float = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def inner():
    return CountingEngine()


@pytest.fixture
def clock():
    return Hours()


@pytest.fixture
def engine(inner, clock):
    return RememberingEngine(inner, clock)


def texts(made):
    return [options[0].text for options in made]


def test_a_sentence_asked_for_again_is_not_translated_again(engine, inner):
    first = engine.translate(["abc", "def"], WAY)
    assert texts(first) == ["cba", "fed"]
    assert engine.translate(["def", "abc"], WAY) == first[::-1]
    assert inner.asked == [["abc", "def"]]


def test_only_what_is_new_is_translated_each_in_its_place(engine, inner):
    engine.translate(["abc"], WAY)
    assert texts(engine.translate(["xyz", "abc", "def"], WAY)) == ["zyx", "cba", "fed"]
    assert inner.asked == [["abc"], ["xyz", "def"]]


def test_a_sentence_that_stands_twice_is_translated_once(engine, inner):
    assert texts(engine.translate(["abc", "abc", "def", "abc"], WAY)) == [
        "cba",
        "cba",
        "fed",
        "cba",
    ]
    assert inner.asked == [["abc", "def"]]


def test_another_way_or_another_number_of_alternatives_is_another_question(engine, inner):
    assert len(engine.translate(["abc"], WAY)[0]) == 1
    assert len(engine.translate(["abc"], WAY, alternatives=3)[0]) == 3
    engine.translate(["abc"], BACK)
    engine.translate(["abc"], replace(WAY, engine="counting 2"))
    assert len(inner.asked) == 4


def test_nothing_asked_is_nothing_done(engine, inner):
    assert engine.translate([], WAY) == []
    assert inner.asked == []


def test_way_and_reading_back_are_the_engines_own(engine):
    assert engine.route("ko", "ja") == replace(WAY, languages=("ko", "ja"))
    assert engine.read_back([("abc", "x"), ("ab", "y")], WAY) == [-3.0, -2.0]


def test_a_failure_is_passed_on_and_not_remembered(engine, inner):
    inner.broken = True
    with pytest.raises(TranslationError):
        engine.translate(["abc"], WAY)
    inner.broken = False
    assert texts(engine.translate(["abc"], WAY)) == ["cba"]


# --- for how long, and how much ------------------------------------------------------------------


def test_a_sentence_is_forgotten_after_its_time(engine, inner, clock):
    engine.translate(["abc"], WAY)
    clock.now += SECONDS
    engine.translate(["abc"], WAY)
    assert len(inner.asked) == 1
    clock.now += 1
    engine.translate(["abc"], WAY)
    assert len(inner.asked) == 2


def test_asking_again_does_not_keep_a_sentence_longer(engine, inner, clock):
    for _ in range(5):
        engine.translate(["abc"], WAY)
        clock.now += SECONDS / 4
    engine.translate(["abc"], WAY)
    assert len(inner.asked) == 2


def test_what_is_past_its_time_leaves_the_memory_with_the_next_sentence(engine, clock):
    engine.translate(["abc", "def"], WAY)
    clock.now += SECONDS / 2
    engine.translate(["ghi"], WAY)
    engine.translate(["abc"], WAY)  # used last, and still as old as "def"
    clock.now += SECONDS / 2 + 1
    engine.translate(["jkl"], WAY)
    assert {sentence for _, sentence, _ in engine._kept} == {"ghi", "jkl"}


def test_beyond_the_limit_the_sentence_used_longest_ago_goes(engine, inner, monkeypatch):
    monkeypatch.setattr(remembering, "SENTENCES", 3)
    engine.translate(["a1", "b1", "c1"], WAY)
    engine.translate(["a1"], WAY)
    engine.translate(["d1"], WAY)
    assert len(engine._kept) == 3
    engine.translate(["a1", "c1", "d1"], WAY)
    assert len(inner.asked) == 2
    engine.translate(["b1"], WAY)
    assert inner.asked[2:] == [["b1"]]


def test_more_sentences_at_once_than_are_kept_all_come_back(engine, monkeypatch):
    monkeypatch.setattr(remembering, "SENTENCES", 3)
    many = [f"s{number}" for number in range(10)]
    assert texts(engine.translate(many, WAY)) == [each[::-1] for each in many]
    assert len(engine._kept) == 3


def test_the_limits_leave_room_for_greetings_and_hold_little():
    assert 500 <= SENTENCES <= 10_000
    assert SECONDS <= 3_600


def test_threads_share_it(engine, inner, monkeypatch):
    monkeypatch.setattr(remembering, "SENTENCES", 20)

    def ask(number):
        wanted = [f"sentence {(number * 7 + each) % 40}" for each in range(10)]
        return texts(engine.translate(wanted, WAY)) == [each[::-1] for each in wanted]

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(400)))
    assert len(engine._kept) <= 20
    assert all(len(set(each)) == len(each) for each in inner.asked)
