"""A LibreTranslate server as an Engine, for the worker: text goes out to it and nowhere else."""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import urllib3
from urllib3.response import BaseHTTPResponse

from bot.core.model import Lang
from bot.core.translation.engines import Candidate, Route
from bot.errors import TranslationError

CONNECT_SECONDS = 3.0
READ_SECONDS = 30.0
LANGUAGES_SECONDS = 3600.0
"""How long the list of languages is believed; it is asked for anew after a failure, too."""
LONGEST_WAIT_SECONDS = 5.0
"""A server that asks for more patience has failed for now: the message is tried again later."""
DEFAULT_WAIT_SECONDS = 1.0
MOST_SENTENCES = 25
MOST_CHARACTERS = 2_000
"""Of one request, below the limits that public servers set; a longer sentence goes alone."""
LARGEST_ANSWER = 4 * 1024**2

_OFFERED_AS: Mapping[Lang, tuple[str, ...]] = {
    "ja-easy": ("ja",),
    "zh-Hans": ("zh-Hans", "zh", "zh-CN"),
    "zh-Hant": ("zh-Hant", "zt", "zh-TW"),
    "pt-BR": ("pt-BR", "pb", "pt"),
    "tl": ("tl", "fil"),
}
"""What servers of different ages call a language, the best first; others have our code."""
_READ_AS: Mapping[Lang, tuple[str, ...]] = {"zh-Hant": ("zh-Hans", "zh")}
"""What a language may be read as besides; nobody is answered in the wrong script."""

_OK = 200
_NOT_NOW = frozenset({429, 503})
_SAME: Mapping[Lang, Lang] = {"ja-easy": "ja"}


class LibreTranslateEngine:
    """An `Engine` over a server at `url` (scheme, host, perhaps a path). Safe between threads.

    The caller has masked names and numbers: `Route.remote` is always true, whoever runs the
    server. It gives no scores. Nothing of a text, an answer or the key is in an error or a log.
    """

    def __init__(
        self,
        url: str,
        api_key: str = "",
        *,
        read_seconds: float = READ_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url.rstrip("/")
        self._name = f"LibreTranslate {urlsplit(url).hostname}"
        self._api_key = api_key
        self._monotonic = monotonic
        self._http = urllib3.PoolManager(
            maxsize=8,
            retries=False,
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=read_seconds),
        )
        self._lock = Lock()
        self._targets: Mapping[str, frozenset[str]] | None = None
        self._asked_at = 0.0

    def route(self, source: Lang, target: Lang) -> Route | None:
        """Return the way between two languages, None where the server does not offer it.

        `languages` are ours (`zh-Hant`, not `zt`); whether the server goes by English between
        them it does not tell. Raises TranslationError where the list of languages was never read
        and cannot be.
        """
        pair = _SAME.get(source, source), _SAME.get(target, target)
        if pair[0] == pair[1] or self._codes(*pair) is None:
            return None
        return Route(pair, self._name, remote=True)

    def read_back(self, pairs: Sequence[tuple[str, str]], route: Route) -> list[float | None]:
        """Return None for each pair: a server tells no likelihoods."""
        del route
        return [None] * len(pairs)

    def translate(
        self, sentences: Sequence[str], route: Route, *, alternatives: int = 1
    ) -> list[list[Candidate]]:
        """Return up to `alternatives` translations of each sentence, the best first.

        Sentences go out in lists of up to MOST_SENTENCES. Raises TranslationError naming a status
        or the class of a fault only.
        """
        codes = self._codes(route.languages[0], route.languages[-1])
        if codes is None:
            raise TranslationError("language no longer offered")
        made: list[list[Candidate]] = []
        for part in _parts(sentences):
            question = {
                "q": part,
                "source": codes[0],
                "target": codes[1],
                "format": "text",
                **({"alternatives": alternatives - 1} if alternatives > 1 else {}),
                **({"api_key": self._api_key} if self._api_key else {}),
            }
            try:
                answer = self._asked("POST", "/translate", json.dumps(question).encode())
            except TranslationError:
                self._forget()
                raise
            made += _candidates(answer, len(part), alternatives)
        return made

    def _codes(self, source: Lang, target: Lang) -> tuple[str, str] | None:
        """Return what the server calls the two languages, None where it does not offer the pair."""
        targets = self._offered()
        sources = (*_OFFERED_AS.get(source, (source,)), *_READ_AS.get(source, ()))
        return next(
            (
                (first, second)
                for first in sources
                for second in _OFFERED_AS.get(target, (target,))
                if second in targets.get(first, ())
            ),
            None,
        )

    def _offered(self) -> Mapping[str, frozenset[str]]:
        """Return source → targets; an old list goes on while the server cannot be asked."""
        with self._lock:
            known, at = self._targets, self._asked_at
        if known is not None and self._monotonic() - at < LANGUAGES_SECONDS:
            return known
        fresh: Mapping[str, frozenset[str]]
        try:
            fresh = _targets(self._asked("GET", "/languages", None))
        except TranslationError:
            if known is None:
                raise
            fresh = known
        with self._lock:
            self._targets, self._asked_at = fresh, self._monotonic()
        return fresh

    def _forget(self) -> None:
        """Have the languages asked for before the next route: the server may have changed."""
        with self._lock:
            self._asked_at = float("-inf")

    def _asked(self, method: str, path: str, body: bytes | None) -> Any:
        """Return the JSON of an answer; one more try where the server asks for a short wait."""
        for last in (False, True):
            try:
                response = self._http.request(
                    method,
                    self._url + path,
                    body=body,
                    headers={"Content-Type": "application/json", "Accept": "application/json"},
                    preload_content=False,
                    redirect=False,  # a text goes to this server and nowhere else
                )
                try:
                    content = response.read(LARGEST_ANSWER + 1)
                finally:
                    response.close()
            except urllib3.exceptions.HTTPError as error:
                raise TranslationError(type(error).__name__) from None
            if response.status == _OK:
                return _parsed(content)
            wait = _wait(response)
            if last or response.status not in _NOT_NOW or wait > LONGEST_WAIT_SECONDS:
                raise TranslationError(f"status {response.status}")
            time.sleep(wait)
        raise AssertionError("the second answer is returned or raised")


def _parsed(content: bytes) -> Any:
    if len(content) <= LARGEST_ANSWER:
        with suppress(ValueError):
            return json.loads(content)
    raise TranslationError("unexpected answer")


def _wait(response: BaseHTTPResponse) -> float:
    """Return for how many seconds the server asks."""
    said = response.headers.get("Retry-After")
    if said is None:
        return DEFAULT_WAIT_SECONDS
    try:
        return float(urllib3.Retry().parse_retry_after(said))
    except urllib3.exceptions.InvalidHeader:
        return DEFAULT_WAIT_SECONDS


def _parts(sentences: Sequence[str]) -> Iterator[list[str]]:
    """Cut a list into requests that no server finds too long."""
    part: list[str] = []
    characters = 0
    for sentence in sentences:
        full = len(part) == MOST_SENTENCES or characters + len(sentence) > MOST_CHARACTERS
        if part and full:
            yield part
            part, characters = [], 0
        part.append(sentence)
        characters += len(sentence)
    if part:
        yield part


def _targets(answer: Any) -> dict[str, frozenset[str]]:
    """Read GET /languages; old servers name no targets and translate between all."""
    if not isinstance(answer, list) or not all(
        isinstance(each, dict) and isinstance(each.get("code"), str) for each in answer
    ):
        raise TranslationError("unexpected answer")
    everything = [each["code"] for each in answer]
    return {
        each["code"]: frozenset(
            each["targets"] if isinstance(each.get("targets"), list) else everything
        )
        for each in answer
    }


def _candidates(answer: Any, count: int, alternatives: int) -> list[list[Candidate]]:
    """Read POST /translate; a list of another length would put words beside others' sentences."""
    first = answer.get("translatedText") if isinstance(answer, dict) else None
    if not (
        isinstance(first, list)
        and len(first) == count
        and all(isinstance(each, str) for each in first)
    ):
        raise TranslationError("unexpected answer")
    others = answer.get("alternatives")
    if not (isinstance(others, list) and len(others) == count):
        others = [()] * count  # an old server knows none
    return [
        [Candidate(text) for text in dict.fromkeys((best, *_texts(more)))][:alternatives]
        for best, more in zip(first, others, strict=True)
    ]


def _texts(more: Any) -> list[str]:
    return [each for each in more if isinstance(each, str)] if isinstance(more, list) else []
