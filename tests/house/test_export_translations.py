"""`tsunagi export translations`: what counselors approved leaves as lines for retraining."""

import json

from click.testing import CliRunner

from bot.adapters.schema import migrate
from bot.adapters.storage import open_store
from bot.cli import main
from bot.service.records import Approved, Counselor


def exported(tmp_path, monkeypatch, *approved):
    url = f"sqlite:///{tmp_path / 'tsunagi.sqlite3'}"
    store = open_store(url)
    migrate(store.engine)
    with store.transaction() as work:
        work.team.add(Counselor("sato", "佐藤", "hash"))
        for each in approved:
            work.memory.add(each)
    store.close()
    monkeypatch.setenv("TSUNAGI_DATABASE_URL", url)
    done = CliRunner().invoke(main, ["export", "translations"])
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_approved_sentence_comes_with_what_it_replaced(tmp_path, monkeypatch):
    kept = Approved(
        "vi",
        "ja",
        "tôi đói",
        "Tôi đói.",
        "おなかがすいています。",
        1,
        1_795_575_600_000,
        machine="おなかがいっぱいです。",
        engine="compact 1.0 (vi→ja)",
    )
    [line] = exported(tmp_path, monkeypatch, kept)
    assert line == {
        "source_lang": "vi",
        "target_lang": "ja",
        "source": "Tôi đói.",
        "target": "おなかがすいています。",
        "machine": "おなかがいっぱいです。",
        "engine": "compact 1.0 (vi→ja)",
        "approved_by": "sato",
        "at": "2026-11-25T03:00:00+00:00",
    }


def test_without_corrections_there_is_nothing_to_export(tmp_path, monkeypatch):
    assert exported(tmp_path, monkeypatch) == []


def test_more_than_a_page_is_exported_whole(tmp_path, monkeypatch):
    many = [Approved("vi", "ja", f"k{n}", f"s{n}", f"t{n}", 1, n) for n in range(1_005)]
    assert len(exported(tmp_path, monkeypatch, *many)) == 1_005
