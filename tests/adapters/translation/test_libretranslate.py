"""A LibreTranslate server as an engine: what leaves the machine, and what happens when it fails."""

import logging
import socket
import time

import pytest

from bot.adapters.translation import libretranslate
from bot.adapters.translation.libretranslate import LibreTranslateEngine
from bot.core.translation.engines import Candidate, Route
from bot.errors import TranslationError
from tests.support.libretranslate import KEY, offering, running_libretranslate

SECRET = "私の秘密"


@pytest.fixture
def server():
    with running_libretranslate() as running:
        yield running


@pytest.fixture
def engine(server):
    return LibreTranslateEngine(server.url)


def way(engine, source="ja", target="vi"):
    route = engine.route(source, target)
    assert route is not None
    return route


def test_all_sentences_go_out_together_and_come_back_in_their_places(server, engine):
    route = engine.route("vi", "ja")
    assert route == Route(("vi", "ja"), "LibreTranslate 127.0.0.1", remote=True)
    assert engine.translate(["abc", "xyz"], route) == [
        [Candidate("ja: cba")],
        [Candidate("ja: zyx")],
    ]
    assert server.asked == [
        ("GET", "/languages", None),
        (
            "POST",
            "/translate",
            {"q": ["abc", "xyz"], "source": "vi", "target": "ja", "format": "text"},
        ),
    ]


def test_what_leaves_the_machine_is_the_sentences_the_languages_and_the_key(server):
    server.key = KEY
    engine = LibreTranslateEngine(server.url + "/", KEY)
    engine.translate(["〔1〕さんの家賃"], way(engine), alternatives=3)
    assert server.questions == [
        {
            "q": ["〔1〕さんの家賃"],
            "source": "ja",
            "target": "vi",
            "format": "text",
            "alternatives": 2,
            "api_key": KEY,
        }
    ]


def test_alternatives_come_the_best_first_and_never_twice(server, engine):
    route = engine.route("vi", "ja")
    (options,) = engine.translate(["abc"], route, alternatives=3)
    assert [each.text for each in options] == ["ja: cba", "ja1: cba", "ja2: cba"]
    assert {each.score for each in options} == {None}
    server.fail(200, '{"translatedText": ["a"], "alternatives": [["a", "b", "c"]]}')
    (options,) = engine.translate(["abc"], route, alternatives=2)
    assert [each.text for each in options] == ["a", "b"]
    server.knows_alternatives = False
    (options,) = engine.translate(["abc"], route, alternatives=3)
    assert [each.text for each in options] == ["ja: cba"]


@pytest.mark.parametrize(
    ("codes", "pair", "asked"),
    [
        (("ja", "en"), ("ja-easy", "en"), ("ja", "en")),
        (("ja", "zh", "zt"), ("zh-Hans", "ja"), ("zh", "ja")),
        (("ja", "zh", "zt"), ("ja", "zh-Hant"), ("ja", "zt")),
        (("ja", "zh-Hans", "zh-Hant"), ("ja", "zh-Hans"), ("ja", "zh-Hans")),
        (("ja", "zh-Hans", "zh-Hant"), ("zh-Hant", "ja"), ("zh-Hant", "ja")),
        (("ja", "zh"), ("zh-Hant", "ja"), ("zh", "ja")),
        (("ja", "pt", "pb"), ("ja", "pt-BR"), ("ja", "pb")),
        (("ja", "pt", "pt-BR"), ("ja", "pt-BR"), ("ja", "pt-BR")),
        (("ja", "pt"), ("pt-BR", "ja"), ("pt", "ja")),
        (("ja", "tl"), ("tl", "ja"), ("tl", "ja")),
        (("ja", "fil"), ("ja", "tl"), ("ja", "fil")),
    ],
)
def test_languages_are_called_what_this_server_calls_them(server, engine, codes, pair, asked):
    server.offered = offering(codes)
    engine.translate(["a"], engine.route(*pair))
    question = server.questions[0]
    assert (question["source"], question["target"]) == asked


def test_a_route_names_our_languages_and_the_engine(server, engine):
    server.offered = offering(("ja", "zt"))
    assert str(engine.route("zh-Hant", "ja-easy")) == "LibreTranslate 127.0.0.1 (zh-Hant→ja)"


@pytest.mark.parametrize("pair", [("ne", "ja"), ("ja", "my"), ("ja", "ja"), ("ja-easy", "ja")])
def test_a_pair_that_the_server_does_not_offer_has_no_route(engine, pair):
    assert engine.route(*pair) is None


def test_nobody_is_answered_in_simplified_script_who_reads_traditional(server, engine):
    server.offered = offering(("ja", "zh"))
    assert engine.route("ja", "zh-Hant") is None


def test_an_old_server_that_names_no_targets_translates_between_all(server, engine):
    server.offered = [{"code": "ja", "name": "Japanese"}, {"code": "vi", "name": "Vietnamese"}]
    assert engine.translate(["a"], way(engine)) == [[Candidate("vi: a")]]


def test_long_texts_go_in_several_requests(server, engine):
    sentences = [f"{number} " + "x" * 150 for number in range(60)] + ["y" * 3000]
    made = engine.translate(sentences, way(engine))
    assert [options[0].text for options in made] == [f"vi: {each[::-1]}" for each in sentences]
    for question in server.questions[:-1]:
        assert len(question["q"]) <= libretranslate.MOST_SENTENCES
        assert sum(map(len, question["q"])) <= libretranslate.MOST_CHARACTERS
    assert server.questions[-1]["q"] == ["y" * 3000]
    asked = len(server.asked)
    assert engine.translate([], way(engine)) == []
    assert len(server.asked) == asked


def test_the_languages_are_asked_for_once_an_hour(server):
    now = [0.0]
    engine = LibreTranslateEngine(server.url, monotonic=lambda: now[0])
    for now[0] in (0.0, 3599.0):
        assert engine.route("ja", "vi") is not None
    assert len(server.asked) == 1
    now[0] = 3600.0
    server.offered = offering(("ja", "en"))
    assert engine.route("ja", "vi") is None
    assert len(server.asked) == 2


def test_after_a_failure_the_languages_are_asked_for_anew(server, engine):
    route = way(engine)
    server.offered = offering(("ja", "en"))
    with pytest.raises(TranslationError, match="status 400"):
        engine.translate(["a"], route)
    assert engine.route("ja", "vi") is None
    with pytest.raises(TranslationError, match="no longer offered"):
        engine.translate(["a"], route)


def test_known_languages_stay_known_while_the_list_cannot_be_read(server, engine):
    route = way(engine)
    server.fail(500)
    with pytest.raises(TranslationError):
        engine.translate(["a"], route)
    server.fail(500)
    assert engine.route("ja", "vi") == route
    assert engine.translate(["a"], route) == [[Candidate("vi: a")]]


def test_a_list_of_languages_that_was_never_read_is_an_error(server, engine):
    for body in ("[", '{"error": "x"}', "[1]", '[{"name": "x"}]'):
        server.fail(200, body)
        with pytest.raises(TranslationError, match="unexpected answer"):
            engine.route("ja", "vi")
    assert engine.route("ja", "vi") is not None


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_once_more_after_the_wait_it_names(server, engine, status):
    route = way(engine)
    server.fail(status, Retry_After="1")
    started = time.monotonic()
    assert engine.translate(["a"], route) == [[Candidate("vi: a")]]
    assert 1.0 <= time.monotonic() - started < 3.0
    server.fail(status, Retry_After="0")
    server.fail(status, Retry_After="0")
    with pytest.raises(TranslationError, match=f"status {status}"):
        engine.translate(["a"], route)
    assert len(server.questions) == 4


def test_a_server_that_asks_for_a_long_wait_is_left_alone(server, engine):
    route = way(engine)
    server.fail(429, Retry_After="60")
    started = time.monotonic()
    with pytest.raises(TranslationError, match="status 429"):
        engine.translate(["a"], route)
    assert time.monotonic() - started < 1.0
    assert len(server.questions) == 1


def test_a_wait_that_cannot_be_read_is_a_short_one(server, engine):
    route = way(engine)
    server.fail(503, Retry_After="soon")
    assert engine.translate(["a"], route) == [[Candidate("vi: a")]]


def test_a_slow_server_is_given_up(server):
    engine = LibreTranslateEngine(server.url, read_seconds=0.2)
    route = way(engine)
    server.hold_s = 30.0
    started = time.monotonic()
    with pytest.raises(TranslationError, match="ReadTimeoutError"):
        engine.translate(["a"], route)
    assert time.monotonic() - started < 5.0


def test_a_server_that_is_not_there_is_an_error():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        engine = LibreTranslateEngine(f"http://127.0.0.1:{nobody.getsockname()[1]}")
        with pytest.raises(TranslationError, match="NewConnectionError"):
            engine.route("ja", "vi")


def test_a_text_is_never_sent_on_to_another_address(server, engine):
    route = way(engine)
    server.fail(307, Location=f"{server.url}/elsewhere")
    with pytest.raises(TranslationError, match="status 307"):
        engine.translate(["a"], route)
    assert [path for _, path, _ in server.asked] == ["/languages", "/translate"]


@pytest.mark.parametrize(
    "body",
    [
        "not json",
        "[]",
        "{}",
        '{"translatedText": "one text"}',
        '{"translatedText": ["only one"]}',
        '{"translatedText": ["a", null]}',
        '{"translatedText": ["a", "b"]}' + " " * libretranslate.LARGEST_ANSWER,
    ],
    ids=["text", "list", "nothing", "one-text", "too-few", "null", "endless"],
)
def test_an_answer_that_does_not_fit_the_question_is_an_error(server, engine, body):
    route = way(engine)
    server.fail(200, body)
    with pytest.raises(TranslationError, match="unexpected answer"):
        engine.translate(["a", "b"], route)


@pytest.mark.parametrize("status", [400, 403, 500])
def test_neither_text_nor_key_is_in_an_error_or_a_log(server, caplog, status):
    caplog.set_level(logging.DEBUG)
    engine = LibreTranslateEngine(server.url, KEY)
    route = way(engine)
    server.fail(status, f'{{"error": "Cannot translate text: {SECRET}"}}')
    with pytest.raises(TranslationError) as caught:
        engine.translate([SECRET], route)
    told = "".join(map(str, (caught.value, caught.value.__cause__, caught.value.__context__)))
    engine.translate([SECRET], route)
    for word in (SECRET, KEY):
        assert word not in told
        assert word not in caplog.text
