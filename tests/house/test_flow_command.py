"""`tsunagi flow` as an operator uses it: look, try, do; numbers only."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.schema import migrate
from bot.adapters.storage import Store, open_store
from bot.core.conversation import Conversation
from bot.core.model import Author, Channel
from bot.core.state import State
from bot.service.records import Message
from tests.support.dialogs import DIALOG

ROOT = Path(__file__).parents[2]
OLD = "1-0123456789ab"
WORDS = "誰にも言わないで"


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'tsunagi.sqlite3'}")
    migrate(opened.engine)
    yield opened
    opened.close()


def stands(store: Store, address: str, version: str, node: str) -> int:
    """A resident who stands there, and who has told something."""
    with store.transaction() as work:
        resident = work.residents.lock(Channel.WEB, address, at=1)
        state = State(DIALOG.id, version, "s1", node, lang="ja", detected=("abuse",))
        talk = work.conversations.add(replace(Conversation(resident.id, 1), state=state.to_json()))
        work.messages.add([Message(talk.id, Author.RESIDENT, WORDS, "ja", 2)])
    return talk.id


def tsunagi_flow(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    call = "import sys; from bot.cli_flow import flow; flow(sys.argv[1:])"
    env = {**os.environ, "TSUNAGI_DATABASE_URL": f"sqlite:///{tmp_path / 'tsunagi.sqlite3'}"}
    done = subprocess.run(
        [sys.executable, "-c", call, *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert WORDS not in done.stdout + done.stderr
    return done


def test_an_operator_looks_tries_and_retires_a_version(store, tmp_path):
    lost = stands(store, "a" * 64, OLD, "Q5_GONE")
    stays = stands(store, "b" * 64, OLD, "Q5")
    here = stands(store, "c" * 64, DIALOG.version, "Q5")

    looked = tsunagi_flow(tmp_path)
    assert looked.returncode == 0, looked.stderr
    assert f"{OLD}  2 residents  (not stored" in looked.stdout
    assert "    1 wait on Q5_GONE, which is removed" in looked.stdout

    tried = tsunagi_flow(tmp_path, "retire", OLD)
    assert tried.returncode == 0, tried.stderr
    assert "     1 go on: their question is the same" in tried.stdout
    assert "     1 handed to a person" in tried.stdout
    assert "nothing was changed" in tried.stdout
    with store.reading() as work:
        assert not work.conversations.get(lost).in_queue

    done = tsunagi_flow(tmp_path, "retire", OLD, "--yes")
    assert done.returncode == 0, done.stderr
    with store.reading() as work:
        assert work.conversations.get(lost).in_queue
        assert not work.conversations.get(stays).in_queue
        assert not work.conversations.get(here).in_queue


def test_a_version_that_nobody_knows_is_said_to_be_unknown(store, tmp_path):
    assert store
    refused = tsunagi_flow(tmp_path, "retire", "9-nowhere")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Nobody is on 9-nowhere" in refused.stderr


def test_the_current_version_is_not_retired(store, tmp_path):
    assert store
    refused = tsunagi_flow(tmp_path, "retire", DIALOG.version, "--yes")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "is the current version" in refused.stderr
