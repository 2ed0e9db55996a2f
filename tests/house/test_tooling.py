"""The tools hold what they promise: lean locks, a sealed network, a real database and browser."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from pytest_socket import SocketConnectBlockedError

from tests.support.browser import DEBIAN_FONTS, FONT_LANGUAGES, ensure_chromium, missing_fonts

ROOT = Path(__file__).parents[2]
LOCKS = ("runtime.txt", "dev.txt")
HEAVY = re.compile(r"^(torch|stanza|spacy|nvidia|cuda|triton|tensorflow|transformers)\b")
PINNED = re.compile(r"^([a-z0-9.-]+)==([^ ]+)(?: ; (.+))? \\$")


def pins(lock: str) -> set[tuple[str, str, str]]:
    """Each package of a lock: its name, version and marker."""
    found = set()
    for line in (ROOT / "requirements" / lock).read_text().splitlines():
        if line and not line.startswith((" ", "#")):
            pin = PINNED.match(line)
            assert pin is not None, line
            found.add((pin[1], pin[2], pin[3] or ""))
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_holds_a_heavy_package(lock):
    assert [name for name, _, _ in pins(lock) if HEAVY.match(name)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_a_hash_and_no_lock_names_a_place(lock):
    text = (ROOT / "requirements" / lock).read_text()
    for block in re.split(r"\n(?=[a-z])", text)[1:]:
        assert "--hash=sha256:" in block
    assert re.search(r"://|find-links|index-url|trusted-host", text) is None


def test_the_tools_lock_holds_the_runtime_lock():
    assert pins("runtime.txt") <= pins("dev.txt")


def test_the_translation_engine_brings_no_heavy_module_with_it(tmp_path):
    code = (
        "import sys, argostranslate.translate; "
        "print([name for name in ('torch', 'stanza', 'spacy') if name in sys.modules])"
    )
    folders = {
        name: str(tmp_path)
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **folders, "HTTPS_PROXY": "http://127.0.0.1:9"},
    )
    assert done.stdout.strip() == "[]"


def test_a_test_reaches_the_loopback_and_nothing_beyond():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    # An address that is not on the list, and that leads nowhere should the guard be gone.
    with pytest.warns(UserWarning, match=r"127\.0\.0\.2"), pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("127.0.0.2", 9), timeout=1)


def test_a_database_is_empty_and_of_the_test_s_own(postgres, postgres_url):
    other = postgres.create_database()
    assert other != postgres_url
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        count = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone()
    assert count == (0,)


LETTERS = {
    "ja": "今相",
    "zh-cn": "请语",
    "zh-tw": "請體",
    "ko": "한국",
    "vi": "ởụ",
    "ne": "कख",
    "my": "မန",
    "th": "กท",
}


@pytest.mark.parametrize(("lang", "pair"), LETTERS.items())
def test_the_browser_has_letters_for_the_scripts_we_offer(browser, lang, pair):
    """Without a font, every letter of a script is the same empty box."""
    assert set(LETTERS) == set(FONT_LANGUAGES)
    if lang in missing_fonts():
        pytest.skip(f"no font for {lang}: install {' '.join(DEBIAN_FONTS)}, or what they hold")
    pictures = []
    with browser.new_context(viewport={"width": 60, "height": 60}) as context:
        page = context.new_page()
        for letter in pair:
            page.set_content(f"<p style='font: 40px sans-serif; margin: 0'>{letter}</p>")
            pictures.append(page.screenshot())
    assert pictures[0] != pictures[1]


def test_a_browser_that_is_there_is_not_fetched_again():
    assert ensure_chromium() == ensure_chromium()


def test_every_make_target_says_what_it_does():
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony is not None
    described = set(re.findall(r"^([a-z0-9-]+):.*## ", makefile, re.MULTILINE))
    assert set(phony[1].split()) == described
