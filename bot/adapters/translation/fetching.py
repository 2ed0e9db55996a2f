"""Fetches a translation package: the only place that asks the network for one."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.response import BaseHTTPResponse

from bot.adapters.translation.archives import LARGEST, write_hashed
from bot.adapters.translation.contents import TRANSLATES
from bot.adapters.translation.packages import version_numbers
from bot.addresses import stays_near, without_secrets
from bot.errors import InstallationError

DIRECTION = re.compile(r"(?:translate-)?([a-z]{2,3}(?:-[A-Za-z]+)?)_([a-z]{2,3}(?:-[A-Za-z]+)?)")
"""`vi_en`, or as the index calls it `translate-vi_en`."""
ELSEWHERE = "download the file on another machine and give its path"

_TIMEOUT = urllib3.Timeout(connect=10.0, read=60.0)
_CHUNK = 1024**2
_LARGEST_INDEX = 16 * 1024**2
_MOST_REDIRECTS = 5
_OK = 200
_GONE = frozenset({404, 410})

Progress = Callable[[int, int], None]
"""Called with the bytes so far and the bytes in all, 0 where the server does not say."""


def download(
    url: str, place: Path, *, checked: bool, progress: Progress, most: int = LARGEST
) -> str:
    """Write what a URL gives to a new file and return its SHA-256.

    `checked`: the caller knows the SHA-256 beforehand; without it plain http is refused, save
    within the operator's own network, since anybody on the way could put in another model.
    More than `most` bytes are refused. Proxies of the environment (https_proxy, no_proxy) are used.
    Raises InstallationError.
    """
    with _opened(url, checked=checked) as response:
        total = _length(response)
        _refuse_above(most, total, url)

        def chunks() -> Iterator[bytes]:
            done = 0
            for chunk in response.stream(_CHUNK, decode_content=False):
                done += len(chunk)
                _refuse_above(most, done, url)
                progress(done, total)
                yield chunk

        return write_hashed(chunks(), place)


def links_of(direction: str, index: str) -> list[str]:
    """Return where the index says that the newest package of a direction lies, http(s) only.

    `index` is the URL of an index.json of Argos: a list of what stands in each metadata.json.
    Raises InstallationError where the direction is not in it, naming those that would do.
    """
    wanted = DIRECTION.fullmatch(direction)
    if wanted is None:
        raise InstallationError(f"{direction} is neither a file, an address nor a direction")
    entries = [each for each in _index(index) if each.get("type", TRANSLATES) == TRANSLATES]
    source, target = wanted.groups()
    found = [
        each for each in entries if (each.get("from_code"), each.get("to_code")) == (source, target)
    ]
    if not found:
        raise InstallationError(
            f"{direction} is not in the index. {_instead(entries, source, target)}"
        )
    newest = max(found, key=lambda each: version_numbers(str(each.get("package_version", ""))))
    links = newest.get("links")
    usable = [str(link) for link in links if is_url(str(link))] if isinstance(links, list) else []
    if not usable:
        raise InstallationError(f"the index gives no http address for {direction}; {ELSEWHERE}")
    return usable


def is_url(source: str) -> bool:
    """Tell whether this is an address that can be fetched."""
    return urlsplit(source).scheme in {"http", "https"}


def _instead(entries: list[dict[str, object]], source: str, target: str) -> str:
    pairs = {(each.get("from_code"), each.get("to_code")) for each in entries}
    for pivot in ("en", *sorted(str(first) for first, _ in pairs)):
        if (source, pivot) in pairs and (pivot, target) in pairs:
            return f"Install {source}_{pivot} and {pivot}_{target}: both together serve it."
    return "No two packages together serve it either."


def _index(url: str) -> list[dict[str, object]]:
    with _opened(url, checked=False) as response:
        content = response.read(_LARGEST_INDEX + 1)
    try:
        entries = json.loads(content) if len(content) <= _LARGEST_INDEX else None
    except ValueError:
        entries = None
    if not isinstance(entries, list):
        raise InstallationError(f"{without_secrets(url)} is no index of Argos packages")
    return [each for each in entries if isinstance(each, dict)]


@contextmanager
def _opened(url: str, *, checked: bool) -> Iterator[BaseHTTPResponse]:
    """Yield the answer to a GET, after redirections; what breaks is an InstallationError."""
    host = urlsplit(url).hostname or url
    try:
        for _ in range(_MOST_REDIRECTS):
            host = urlsplit(url).hostname or url
            _refuse_unsafe(url, checked=checked)
            with _pool(url) as pool:
                response = pool.request(
                    *("GET", url),
                    headers={"User-Agent": "tsunagi", "Accept-Encoding": "identity"},
                    preload_content=False,
                    redirect=False,
                    retries=False,
                )
                try:
                    onward = response.get_redirect_location()
                    if not onward:
                        _refuse_status(response.status, url)
                        yield response
                        return
                    url = urljoin(url, onward)
                finally:
                    response.close()
        raise InstallationError(f"{host} sends from one address to the next; {ELSEWHERE}")
    except urllib3.exceptions.LocationValueError:
        raise InstallationError(f"{without_secrets(url)} is not a usable address") from None
    except urllib3.exceptions.SSLError:
        raise InstallationError(
            f"{host} shows no certificate that this machine trusts; {ELSEWHERE}"
        ) from None
    except (
        urllib3.exceptions.NewConnectionError,
        urllib3.exceptions.ConnectTimeoutError,
        urllib3.exceptions.ProxyError,
    ):
        raise InstallationError(f"cannot reach {host}: {ELSEWHERE}") from None
    except urllib3.exceptions.HTTPError:
        raise InstallationError(f"{host} broke off in the middle: try again") from None


def _pool(url: str) -> urllib3.PoolManager:
    parts = urlsplit(url)
    proxy = getproxies().get(parts.scheme)
    if proxy and not proxy_bypass(parts.hostname or ""):
        return urllib3.ProxyManager(proxy, timeout=_TIMEOUT)
    return urllib3.PoolManager(timeout=_TIMEOUT)


def _refuse_unsafe(url: str, *, checked: bool) -> None:
    if not is_url(url):
        raise InstallationError(f"{without_secrets(url)} is not an http address")
    if urlsplit(url).scheme == "http" and not checked and not stays_near(url):
        raise InstallationError(
            f"{without_secrets(url)} is not encrypted: use https, or give --sha256"
        )


def _refuse_status(status: int, url: str) -> None:
    if status in _GONE:
        raise InstallationError(
            f"{without_secrets(url)} is not there ({status}): look up its present address"
        )
    if status != _OK:
        raise InstallationError(
            f"{without_secrets(url)} answers {status}: try later, or {ELSEWHERE}"
        )


def _refuse_above(most: int, size: int, url: str) -> None:
    if size > most:
        raise InstallationError(f"{without_secrets(url)} gives more than {most} bytes")


def _length(response: BaseHTTPResponse) -> int:
    said = response.headers.get("Content-Length", "")
    return int(said) if said.isdecimal() else 0
