"""TSUNAGI_REFUSE_DRAFTS: in production, unreviewed words about life, consent or money stay out."""

import pytest

from bot.config import Settings, load_settings
from bot.errors import DialogInvalidError
from deploy.server import serve_all
from handlers.runtime import Tasks
from handlers.wiring import build, load_content
from tests.support.dialogs import CATALOGS, LANGS

PRODUCTION = {
    "MODE": "production",
    "SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "LINE_CHANNEL_SECRET": "channel-secret",
    "LINE_CHANNEL_ACCESS_TOKEN": "channel-token",
    "BASE_URL": "https://soudan.example",
}
while_japanese_is_a_draft = pytest.mark.skipif(
    not CATALOGS.drafts["ja"], reason="everything that matters is reviewed in Japanese"
)


@pytest.fixture
def configured(monkeypatch, tmp_path):
    """Set these settings and no others, and read them as the program does."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TSUNAGI_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)

    def read(**values: str) -> Settings:
        for name, value in {**values, "VAR_DIR": str(tmp_path)}.items():
            monkeypatch.setenv(f"TSUNAGI_{name}", value)
        return load_settings()

    return read


@pytest.fixture
def built():
    """Build programs, and close their stores in the end."""
    programs = []

    def make(settings):
        programs.append(build(settings, Tasks(0)))
        return programs[-1]

    yield make
    for each in programs:
        each.store.close()


def test_it_is_off_unless_it_is_asked_for(configured):
    assert not configured(**PRODUCTION).refuse_drafts


def test_it_is_read_from_the_environment(configured):
    assert configured(**PRODUCTION, REFUSE_DRAFTS="true").refuse_drafts


@while_japanese_is_a_draft
def test_production_that_refuses_drafts_does_not_start_while_japanese_is_one(configured, tmp_path):
    settings = configured(**PRODUCTION, REFUSE_DRAFTS="true")
    with pytest.raises(DialogInvalidError) as refused:
        build(settings, Tasks(0))
    [problem] = refused.value.problems
    drafts = len(CATALOGS.drafts["ja"])
    assert f"Japanese: {drafts} sentences about life, consent or money are drafts" in problem
    assert "unset TSUNAGI_REFUSE_DRAFTS" in problem
    assert list(tmp_path.iterdir()) == [], "no database was made"


def test_production_that_takes_drafts_starts_in_every_language(configured, built):
    program = built(configured(**PRODUCTION))
    assert tuple(program.content.catalogs.languages()) == LANGS


def test_a_demo_takes_drafts_whatever_the_setting_says(configured, built):
    program = built(configured(REFUSE_DRAFTS="true"))
    assert tuple(program.content.catalogs.languages()) == LANGS


@while_japanese_is_a_draft
def test_loading_the_content_tells_all_problems_together():
    with pytest.raises(DialogInvalidError, match="TSUNAGI_REFUSE_DRAFTS"):
        load_content(refuse_drafts=True)


@while_japanese_is_a_draft
def test_the_server_itself_refuses_to_start_on_drafts(configured, capsys):
    settings = configured(**PRODUCTION, REFUSE_DRAFTS="true")
    with pytest.raises(SystemExit):
        serve_all(settings)
    assert "TSUNAGI_REFUSE_DRAFTS" in capsys.readouterr().err
