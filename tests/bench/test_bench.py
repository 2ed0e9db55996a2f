"""The benchmark's own parts: a generator that miscounts would make every figure worthless."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from tests.bench.figures import percentile, ratios, table
from tests.bench.load import Level, Platform, offers_of
from tests.bench.residents import Offer, Walk
from tests.bench.wire import Messages, listen

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
