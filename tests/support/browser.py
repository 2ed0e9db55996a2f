"""A real Chromium for tests: found, or fetched with `python -m tests.support.browser`."""

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# The first draws Chinese, Japanese and Korean, the second every other script we offer.
DEBIAN_FONTS = ("fonts-noto-cjk", "fonts-noto-core")
DEBIAN_PACKAGES = ("chromium", "libatomic1", *DEBIAN_FONTS)  # libatomic1 for Playwright's driver
FONT_LANGUAGES = ("ja", "zh-cn", "zh-tw", "ko", "vi", "ne", "my", "th")
"""As fontconfig calls them: the languages with letters of their own."""
MEND = (
    "The browser tests need a Chromium that Playwright can drive: "
    f"`sudo apt-get install {' '.join(DEBIAN_PACKAGES)}` on Debian, "
    "`.venv/bin/playwright install chromium` elsewhere."
)

# The tests' browser talks to the server under test and to nobody else.
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowserError(RuntimeError):
    """No Chromium here; the message says how to get one."""

    def __init__(self) -> None:
        super().__init__(MEND)


@functools.cache
def find_chromium() -> Path:
    """Returns a Chromium that starts: the system's, else Playwright's own.

    Raises:
        NoBrowserError: there is none; its message is the mend.
    """
    for path in _candidates():
        if _starts(path):
            return path
    raise NoBrowserError


def launch(playwright: Playwright, *, headless: bool = True) -> Browser:
    """Starts Chromium; the caller closes it.

    Raises:
        NoBrowserError: there is none to start.
    """
    # Chromium refuses its sandbox to root, and containers give none to anybody.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 or "CI" in os.environ else []
    return playwright.chromium.launch(
        executable_path=find_chromium(), headless=headless, args=[*ARGUMENTS, *sandbox]
    )


def ensure_chromium() -> Path:
    """Returns a Chromium that can be driven, fetching what is missing (up to some minutes).

    Root on Debian takes the system's packages, with the libraries and fonts they need; anybody
    else takes Playwright's build, or the packages where sudo asks for no password.

    Raises:
        NoBrowserError: none is here and none could be fetched.
    """
    steps = (
        [_from_debian, _from_playwright] if os.geteuid() == 0 else [_from_playwright, _from_debian]
    )
    ready = _ready()
    while ready is None and steps:
        steps.pop(0)()
        find_chromium.cache_clear()
        ready = _ready()
    if ready is None:
        raise NoBrowserError
    if missing_fonts():
        _from_debian(DEBIAN_FONTS)
    return ready


def missing_fonts() -> list[str]:
    """The languages of ours whose letters this machine cannot draw, as far as fontconfig knows."""
    listed = {lang: _run(["fc-list", f":lang={lang}"], seconds=60) for lang in FONT_LANGUAGES}
    return [lang for lang, fonts in listed.items() if fonts is not None and not fonts.strip()]


def _ready() -> Path | None:
    """The browser, if both it and Playwright's driver start."""
    if _run([sys.executable, "-m", "playwright", "--version"], seconds=60) is None:
        return None
    try:
        return find_chromium()
    except NoBrowserError:
        return None


def _candidates() -> Iterator[Path]:
    for name in NAMES:
        found = shutil.which(name)
        if found is not None:
            yield Path(found)
    yield from (Path(place) for place in PLACES)
    # Asked in a process of its own: the caller may hold a Playwright already.
    own = "from playwright.sync_api import sync_playwright as s\nwith s() as p: "
    own += "print(p.chromium.executable_path)"
    asked = _run([sys.executable, "-c", own], seconds=60)
    if asked is not None:
        yield Path(asked.strip())


def _starts(path: Path) -> bool:
    """Some systems put a stub in place of the browser, which only tells how to get it."""
    return path.is_file() and _run([str(path), "--version"], seconds=60) is not None


def _from_debian(packages: Sequence[str] = DEBIAN_PACKAGES) -> None:
    if shutil.which("apt-get") is None:
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and (shutil.which("sudo") is None or _run([*prefix, "true"], seconds=10) is None):
        return
    _say(f"For the browser tests: installing {' '.join(packages)}")
    prefix += ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    _run([*prefix, "update"], seconds=300)
    _run([*prefix, "install", "-y", "--no-install-recommends", *packages], seconds=900)


def _from_playwright() -> None:
    _say("For the browser tests: fetching Playwright's Chromium")
    _run([sys.executable, "-m", "playwright", "install", "chromium"], seconds=300)


def _run(command: list[str], *, seconds: int) -> str | None:
    """What the command printed, or None if it failed or took too long."""
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=seconds)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        _say(f"Browser: {ensure_chromium().name}")
    except NoBrowserError as error:
        sys.exit(str(error))
