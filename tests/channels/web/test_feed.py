"""The residents' live feed, step by step on an office whose time the test moves."""

import itertools
from dataclasses import replace

import pytest

from handlers.web.feed import LIFE_MS, Places, follow
from tests.channels.web.office import an_app
from tests.channels.web.resident import Resident


@pytest.fixture
def stepped(office):
    """Services whose waiting is a step of 15 seconds."""
    return replace(
        office.services,
        wait_for_update=lambda _after, seconds: office.pass_time(int(seconds * 1000)),
    )


def news(chunks):
    return [each for each in chunks if each.startswith("id:")]


def test_an_update_is_told_with_its_id_and_never_with_words(office, resident, stepped):
    resident.begin()
    before = office.services.reading.last_update()
    stream = follow(stepped, resident.address, before)
    assert next(stream).startswith("retry:")
    resident.say("ひみつ")
    told = next(stream)
    assert told.startswith(f"id: {before + 1}\ndata: ")
    assert "ひみつ" not in told


def test_what_happened_while_the_line_was_down_is_told_on_return(office, resident, stepped):
    resident.begin()
    before = office.services.reading.last_update()
    resident.say("一")
    resident.say("二")
    stream = follow(stepped, resident.address, before)
    assert len(news([next(stream) for _ in range(3)])) == 2


def test_the_news_of_others_are_not_told_and_do_not_keep_it_busy(office, resident, stepped):
    resident.begin()
    asked = []

    def wait(after, seconds):
        asked.append(after)
        stepped.wait_for_update(after, seconds)

    services = replace(stepped, wait_for_update=wait)
    stream = follow(services, resident.address, office.services.reading.last_update())
    next(stream)
    Resident(an_app(office)).begin().say("よその人")
    assert next(stream) == ": still here\n\n"
    next(stream)
    assert asked[-1] == office.services.reading.last_update()


def test_a_quiet_stream_shows_a_sign_of_life_within_20_seconds(office, resident, stepped):
    resident.begin()
    stream = follow(stepped, resident.address, office.services.reading.last_update())
    heard = [office.now[0] for _ in stream]
    assert max(b - a for a, b in itertools.pairwise(heard)) <= 20_000


def test_a_stream_ends_after_five_minutes(office, resident, stepped):
    resident.begin()
    began = office.now[0]
    list(follow(stepped, resident.address, 0))
    assert LIFE_MS <= office.now[0] - began <= LIFE_MS + 15_000


def test_a_stream_ends_when_the_process_is_stopping(office, resident, stepped):
    resident.begin()
    stopping = iter([False, True])
    services = replace(stepped, closing=lambda: next(stopping))
    began = office.now[0]
    list(follow(services, resident.address, office.services.reading.last_update()))
    assert office.now[0] - began <= 15_000


def test_a_browser_that_comes_back_goes_on_after_its_last_event(office, resident):
    resident.begin()
    before = office.services.reading.last_update()
    resident.say("一")
    answer = resident.get("/chat/events?after=0", **{"Last-Event-ID": str(before)})
    assert answer.mimetype == "text/event-stream"
    chunks = iter(answer.response)
    assert next(chunks).startswith(b"retry:")
    assert next(chunks).startswith(f"id: {before + 1}\n".encode())
    answer.close()


@pytest.mark.parametrize("given", ["9" * 18, "9" * 400, "-1", "x", "٣"])
def test_an_impossible_place_in_the_feed_means_now(office, resident, given):
    resident.begin()
    answer = resident.get(f"/chat/events?after={given}")
    chunks = iter(answer.response)
    next(chunks)
    resident.say("一")
    assert next(chunks).startswith(f"id: {office.services.reading.last_update()}\n".encode())
    answer.close()


def test_more_streams_than_places_are_sent_to_ask_now_and_then(office):
    app = an_app(office, max_streams=1)
    first, second = Resident(app).begin(), Resident(app).begin()
    stream = first.get("/chat/events")
    assert second.get("/chat/events").status_code == 503
    stream.close()
    last = second.get("/chat/events")
    assert last.status_code == 200
    last.close()


def test_a_place_is_free_again_once_it_is_given_back():
    places = Places(1)
    assert places.take()
    assert not places.take()
    places.give_back()
    assert places.take()
