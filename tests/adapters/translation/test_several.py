"""Several engines are one: what can be relied on goes first, what is away makes way."""

from dataclasses import dataclass, field

import pytest

from bot.adapters.translation.libretranslate import LibreTranslateEngine
from bot.adapters.translation.several import AWAY_SECONDS, SeveralEngines
from bot.core.translation.engines import Candidate, Route
from bot.errors import TranslationError
from tests.support.libretranslate import running_libretranslate

PAIR = ("vi", "ja")


@dataclass
class OneWay:
    """Implements ports.Engine with one route, which it may lose; it signs what it makes."""

    made_by: str
    way: Route | None
    away: bool = False
    fails: bool = False
    asked: list[str] = field(default_factory=list)

    def route(self, source, target):
        if self.away:
            raise TranslationError("away")
        if self.way is None or (source, target) != (self.way.languages[0], self.way.languages[-1]):
            return None
        return self.way

    def translate(self, sentences, route, *, alternatives=1):
        assert route == self.way
        if self.fails:
            raise TranslationError("fails")
        self.asked.extend(sentences)
        return [[Candidate(f"{each} by {self.made_by}")] * alternatives for each in sentences]

    def read_back(self, pairs, route):
        assert route == self.way
        return [-float(len(self.made_by)) for _ in pairs]


def engine(name, *, drafts_only=False, remote=False, languages=PAIR):
    return OneWay(name, Route(languages, name, drafts_only, remote))


def chosen(*engines):
    """The name of the engine that serves the pair, whatever order they are given in."""
    found = {SeveralEngines(order).route(*PAIR) for order in (engines, engines[::-1])}
    assert len(found) == 1
    route = found.pop()
    return route.engine if route is not None else None


def way(several):
    route = several.route(*PAIR)
    assert route is not None
    return route


LOCAL = engine("local")
PIVOT = engine("pivot", languages=("vi", "en", "ja"))
SERVER = engine("server", remote=True)
DRAFTS = engine("drafts", drafts_only=True)
DRAFTS_PIVOT = engine("drafts pivot", drafts_only=True, languages=("vi", "en", "ja"))
OTHER = engine("other pair", languages=("ko", "ja"))


@pytest.mark.parametrize(
    ("engines", "best"),
    [
        ((SERVER, LOCAL, DRAFTS), "local"),
        ((SERVER, DRAFTS), "server"),
        ((DRAFTS, OTHER), "drafts"),
        ((PIVOT, SERVER), "pivot"),
        ((PIVOT, LOCAL), "local"),
        ((DRAFTS_PIVOT, DRAFTS), "drafts"),
        ((PIVOT, DRAFTS), "pivot"),
        ((OTHER,), None),
        ((), None),
    ],
)
def test_the_engine_that_can_be_relied_on_most_serves_a_pair(engines, best):
    assert chosen(*engines) == best


def test_each_pair_goes_its_own_way():
    several = SeveralEngines([OTHER, DRAFTS, SERVER])
    assert several.route("ko", "ja") == OTHER.way
    assert several.route("vi", "ja") == SERVER.way
    assert several.route("ja", "vi") is None


def test_the_engine_that_gave_the_route_translates_and_reads_back():
    drafts, server = engine("drafts", drafts_only=True), engine("server", remote=True)
    several = SeveralEngines([drafts, server])
    route = way(several)
    assert several.translate(["a", "b"], route) == [
        [Candidate("a by server")],
        [Candidate("b by server")],
    ]
    assert len(several.translate(["a"], route, alternatives=3)[0]) == 3
    assert several.read_back([("a", "x")], route) == [-6.0]
    assert drafts.asked == []


def test_a_route_given_before_still_leads_to_its_engine():
    drafts, server = engine("drafts", drafts_only=True), engine("the server", remote=True)
    several = SeveralEngines([drafts, server])
    before = way(several)
    server.away = True
    now = way(several)
    assert several.read_back([("a", "x")], before) == [-10.0]
    assert several.read_back([("a", "x")], now) == [-6.0]
    assert several.translate(["a"], before) == [[Candidate("a by the server")]]
    assert several.translate(["a"], now) == [[Candidate("a by drafts")]]


def test_an_engine_that_is_away_makes_way_and_is_taken_again():
    server = engine("server", remote=True)
    several = SeveralEngines([server, DRAFTS])
    server.away = True
    assert several.route(*PAIR) == DRAFTS.way
    server.away = False
    assert several.route(*PAIR) == server.way


def test_where_everything_is_away_there_is_no_way():
    away = engine("server", remote=True)
    away.away = True
    assert SeveralEngines([away]).route(*PAIR) is None


# --- with a server over HTTP ---------------------------------------------------------------------


def test_a_server_goes_before_drafts():
    with running_libretranslate() as server:
        several = SeveralEngines([DRAFTS, LibreTranslateEngine(server.url)])
        route = way(several)
        assert (route.remote, route.drafts_only) == (True, False)
        assert several.translate(["abc"], route) == [[Candidate("ja: cba")]]


def test_a_server_that_was_never_there_leaves_its_pairs_to_drafts():
    with running_libretranslate() as server:
        url = server.url
    assert SeveralEngines([DRAFTS, LibreTranslateEngine(url)]).route(*PAIR) == DRAFTS.way


def test_a_server_that_breaks_later_leaves_its_pairs_to_drafts():
    with running_libretranslate() as server:
        several = SeveralEngines([DRAFTS, LibreTranslateEngine(server.url)])
        route = way(several)
        assert route.remote
    with pytest.raises(TranslationError):
        several.translate(["abc"], route)
    assert several.route(*PAIR) == DRAFTS.way


# --- a server that fails -------------------------------------------------------------------------


def test_after_a_while_a_server_that_failed_is_asked_again():
    now = [0.0]
    server = engine("server", remote=True)
    several = SeveralEngines([DRAFTS, server], clock=lambda: now[0])
    route = way(several)
    server.fails = True
    with pytest.raises(TranslationError):
        several.translate(["a"], route)
    assert several.route(*PAIR) == DRAFTS.way
    now[0] += AWAY_SECONDS
    assert several.route(*PAIR) == server.way


def test_where_only_the_server_serves_a_pair_it_is_asked_again_at_once():
    server = engine("server", remote=True)
    several = SeveralEngines([server])
    route = way(several)
    server.fails = True
    with pytest.raises(TranslationError):
        several.translate(["a"], route)
    assert several.route(*PAIR) == route, "the next try would find no way and give up for good"


def test_a_fault_on_this_machine_may_be_one_texts_and_changes_no_way():
    local = engine("local")
    several = SeveralEngines([DRAFTS, local])
    local.fails = True
    with pytest.raises(TranslationError):
        several.translate(["a"], way(several))
    assert several.route(*PAIR) == local.way
