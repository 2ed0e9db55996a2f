"""The benchmark's own parts: a generator that miscounts would make every figure worthless."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from bot.core.engine import take
from bot.core.events import Answered
from tests.bench import core
from tests.bench.figures import percentile, ratios, table
from tests.bench.load import Level, Platform, offers_of
from tests.bench.residents import Offer, Walk
from tests.bench.walks import Player
from tests.bench.wire import Messages, listen
from tests.detectors import measure as labelled
from tests.support.dialogs import BOOK, DIALOG, make_context, words

Result = TypeVar("Result")

HEAD = b"POST /v2/bot/message/reply HTTP/1.1\r\nAuthorization: Bearer key\r\nContent-Length: "


def call(payload):
    return json.dumps(payload, separators=(",", ":")).encode()


def in_a_thread(play: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run a coroutine away from the main thread, which the browser of other tests may occupy."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(play())).result()


def test_messages_are_whole_however_the_bytes_are_cut():
    stream = b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabcHTTP/1.1 400 X\r\n\r\n"
    for size in (1, 5, len(stream)):
        messages = Messages()
        found = []
        for start in range(0, len(stream), size):
            found += messages.feed(stream[start : start + size])
        assert [(head[9:12], body) for head, body in found] == [(b"200", b"abc"), (b"400", b"")]


def test_a_resident_ends_a_question_that_takes_several_with_done():
    walk = Walk(1)
    menu = [Offer("s", "LANG", "ja"), Offer("s", "LANG", "en")]
    question = [Offer("s", "Q3", "C01"), Offer("s", "Q3", "DONE")]
    assert walk.choose(menu) == menu[1]
    assert [walk.choose(question), walk.choose(question)] == question
    assert walk.choose([Offer("s", "CHAT", "HUMAN")]) is None
    with pytest.raises(ValueError, match="without a button"):
        walk.choose([])


def test_buttons_are_read_in_their_order():
    body = call(
        {"messages": [{"quickReply": [{"data": "s=x&q=Q1&a=A"}, {"data": "s=x&q=Q1&a=B"}]}]}
    )
    assert [each.code for each in offers_of(body)] == ["A", "B"]


def test_a_second_reply_and_a_reply_to_nobody_count_as_doubled():
    async def play():
        line = Platform(secret="secret", token="key")
        token, turn = line.begin("U1")
        line.handle(HEAD, call({"replyToken": token}))
        assert turn.by == "reply"
        line.handle(HEAD, call({"replyToken": token}))
        line.end("U1", token)
        line.handle(HEAD.replace(b"reply", b"push"), call({"to": "U1"}))
        line.handle(HEAD.replace(b"key", b"lock"), call({"to": "U1"}))
        return line.faults

    assert in_a_thread(play) == {"doubled": 2, "wrong token": 1}


def test_a_level_counts_what_is_lost():
    async def play():
        line = Platform(secret="secret", token="key")
        # The platform's own stand-in answers 200 to anything, and never replies to anybody.
        server, port = await listen(line.handle)
        level = Level(line, port, 2, warm_up=0.0, seconds=0.15, patience=0.1)
        try:
            measured = await level.walk_residents()
        finally:
            server.close()
        return measured

    measured = in_a_thread(play)
    assert measured.turns == 0
    assert measured.faults["lost"] >= 2


def test_percentiles_are_milliseconds_by_nearest_rank():
    assert percentile([], 0.5) == 0.0
    assert percentile([0.003, 0.001, 0.002], 0.5) == 2.0
    assert percentile([each / 1_000 for each in range(101)], 0.99) == 99.0


def test_ratios_and_table_survive_a_level_without_figures():
    nothing = {
        "turns_per_second": 0.0,
        "cpu_ms_per_turn": 0.0,
        "accepted_ms": {"p50": 0.0, "p99": 0.0},
    }
    assert set(ratios(nothing, nothing).values()) == {0.0}
    assert table([["a", "1"], ["bb", "10"]]) == "a    1\nbb  10"


# --- the engine alone -----------------------------------------------------------------------------


def player():
    return Player(DIALOG, make_context(), words)


def follow(step):
    return take(DIALOG, step.state, step.doing, context=make_context(), words=words)


@pytest.mark.parametrize("walk", [Player.quiet, Player.long])
def test_a_measured_conversation_ends_in_the_free_chat(walk):
    assert follow(walk(player(), "en")[-1]).state.node == DIALOG.chat


def test_the_long_conversation_goes_through_branches_and_many_answers():
    state = follow(player().long("en")[-1]).state
    branches = {DIALOG.branch_of[question] for question in state.answers}
    assert len(state.answers) > core.ANSWERS
    assert branches >= {"housing", "work", "withdrawal", "student", "debt", "medical", "contact"}


def test_what_is_typed_in_the_quiet_conversation_is_understood():
    for step in player().typed("ja"):
        turn = follow(step)
        assert any(isinstance(each, Answered) for each in turn.events) or turn.state.picked, step
        assert turn.state.misses == 0


def test_the_best_of_the_repeats_counts_for_every_item():
    met: list[str] = []
    best = core.best_each(met.append, ["a", "b"], 3)
    assert met.count("a") == met.count("b") == 3 * core.REPEATS
    assert len(best) == 2
    assert all(0 < each < 1e6 for each in best)


@pytest.mark.parametrize("cries", [True, False])
def test_texts_for_the_detectors_are_of_one_length(cries):
    for lang in labelled.languages():
        texts = core.texts_of(lang, cries=cries)
        assert texts
        assert {len(each) for each in texts} == {core.LETTERS}


def test_what_detectors_hear_is_told_for_each_of_them_in_every_language():
    heard = core.heard(BOOK.detectors)
    assert list(heard) == list(BOOK.detectors)
    for by_lang in heard.values():
        assert set(by_lang) == {*labelled.languages(), "all"}
        cries = [each["cries"] for lang, each in by_lang.items() if lang != "all"]
        assert by_lang["all"]["cries"] == sum(cries)


def test_the_report_says_which_target_was_missed():
    slow = {"us": 120.0, "with_triage_us": 1.0, "slowest_us": 1.0, "slowest_at": "Q1"}
    figures = {
        "engine": {"quiet": slow | {"steps": 1, "to_bare": 1.0}},
        "assess": {"answers": 30, "us": 1.0, "flags": 1, "cards": 1},
        "detect": {},
        "heard": {"suicide": {"all": {"recall": 0.5, "precision": 1.0, "cries": 2}}},
        "loading": {"book_ms": 1, "book_to_bare_yaml": 1.0, "with_catalogs_ms": 1, "book_mib": 1.0},
    }
    told = "\n".join(core.report(figures))
    assert "over 1 turns, MISSED 100" in told
    assert "50/100" in told
    assert "Exploration" not in told
