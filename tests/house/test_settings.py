"""Settings: documented one by one, frozen, and strict where people are served."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.config import CHECKOUT, DEMO_SECRET, Settings, load_settings
from bot.errors import SettingsError

BUNDLED = CHECKOUT / "deploy" / "models" / "compact"
EXAMPLE = CHECKOUT / ".env.example"
LINE = re.compile(r"^# (TSUNAGI_[A-Z_]+)=(.*)$", re.MULTILINE)
EXAMPLES_ONLY = {"models_dir"}  # shown with an example, since the default is decided by the mode

PRODUCTION = {
    "MODE": "production",
    "SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "LINE_CHANNEL_SECRET": "channel-secret",
    "LINE_CHANNEL_ACCESS_TOKEN": "channel-token",
    "BASE_URL": "https://soudan.example",
}


@pytest.fixture
def environment(monkeypatch, tmp_path):
    """A process environment without settings; call it with some to set them."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TSUNAGI_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)

    def put(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"TSUNAGI_{name}", value)

    return put


def test_the_example_file_lists_every_setting_once_and_no_other():
    names = [name for name, _ in LINE.findall(EXAMPLE.read_text(encoding="utf-8"))]
    assert sorted(names) == sorted(f"TSUNAGI_{name.upper()}" for name in Settings.model_fields)


def test_the_example_file_has_nothing_switched_on():
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []


def test_every_setting_is_explained_above_its_line():
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if LINE.match(line):
            above = lines[number - 1]
            explained = above.startswith("# ") and not above.startswith("# ---")
            assert explained, line


@pytest.mark.usefixtures("environment")
def test_the_example_file_shows_the_defaults(tmp_path):
    shown = dict(LINE.findall(EXAMPLE.read_text(encoding="utf-8")))
    for name in EXAMPLES_ONLY:
        del shown[f"TSUNAGI_{name.upper()}"]
    file = tmp_path / "settings"
    file.write_text("".join(f"{name}={value}\n" for name, value in shown.items()))
    given = Settings(_env_file=file).model_dump()
    given["var_dir"] = CHECKOUT / given["var_dir"]
    assert given == Settings(_env_file=None).model_dump()


@pytest.mark.usefixtures("environment")
def test_a_demo_starts_without_any_setting_on_sqlite_and_with_the_pretend_line():
    settings = load_settings()
    assert settings.database == f"sqlite:///{CHECKOUT / 'var' / 'tsunagi.sqlite3'}"
    assert settings.pretends_line
    assert settings.address == "http://127.0.0.1:8000"
    assert settings.model_dirs[0] == BUNDLED


def test_settings_of_a_dot_env_file_count_and_the_environment_goes_before_them(environment):
    Path(".env").write_text("TSUNAGI_PORT=8001\nTSUNAGI_LOG_FORMAT=json\n")
    environment(PORT="8002")
    settings = load_settings()
    assert (settings.port, settings.log_format) == (8002, "json")


def test_production_refuses_what_is_missing_and_names_all_of_it_at_once(environment):
    environment(MODE="production")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    for name in PRODUCTION.keys() - {"MODE"}:
        assert f"TSUNAGI_{name}" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", DEMO_SECRET),
        ("SECRET_KEY", ""),
        ("LINE_CHANNEL_SECRET", ""),
        ("LINE_CHANNEL_ACCESS_TOKEN", ""),
        ("BASE_URL", "http://soudan.example"),
        ("BASE_URL", ""),
    ],
)
def test_production_refuses_a_default_secret_and_an_address_without_https(environment, name, value):
    environment(**{**PRODUCTION, name: value})
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert [each for each in PRODUCTION if f"TSUNAGI_{each}:" in str(refused.value)] == [name]


def test_production_with_everything_set_starts_without_pretence_and_without_the_test_model(
    environment,
):
    environment(**PRODUCTION, VAR_DIR="data")
    settings = load_settings()
    assert not settings.pretends_line
    assert settings.model_dirs == (Path("data/models"),)
    assert settings.channel_secret == "channel-secret"


@pytest.mark.parametrize("name", ["LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN"])
def test_half_a_line_channel_is_refused_in_a_demo_too(environment, name):
    environment(**{name: "half"})
    with pytest.raises(SettingsError, match="both or neither"):
        load_settings()


def test_a_refusal_never_repeats_a_secret(environment):
    environment(MODE="production", LINE_CHANNEL_SECRET="do-not-print-me")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert "do-not-print-me" not in str(refused.value)


def test_secrets_do_not_show_when_settings_are_printed(environment):
    environment(**PRODUCTION)
    shown = repr(load_settings())
    assert PRODUCTION["SECRET_KEY"] not in shown
    assert PRODUCTION["LINE_CHANNEL_ACCESS_TOKEN"] not in shown
    assert PRODUCTION["LINE_CHANNEL_SECRET"] not in shown


def test_every_setting_that_is_a_secret_is_typed_as_one():
    for name, field in Settings.model_fields.items():
        if re.search(r"secret|token|key|password", name):
            assert field.annotation is SecretStr, name


@pytest.mark.usefixtures("environment")
def test_settings_cannot_be_changed_after_they_were_read():
    settings = load_settings()
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]


def test_a_demo_uses_installed_packages_beside_the_bundled_one_and_never_installs_into_it(
    environment, tmp_path
):
    environment(VAR_DIR=str(tmp_path))
    assert load_settings().models == tmp_path / "models"
    assert load_settings().model_dirs == (BUNDLED,)
    (tmp_path / "models").mkdir()
    assert load_settings().model_dirs == (BUNDLED, tmp_path / "models")
    environment(MODELS_DIR="elsewhere")
    assert load_settings().models == Path("elsewhere")
    assert load_settings().model_dirs == (Path("elsewhere"),)


@pytest.mark.parametrize(
    "url",
    [
        *("https://translate.example", "https://translate.example:8443/lt/"),
        *("http://127.0.0.1:5000", "http://localhost:5000", "http://[::1]:5000"),
        *("http://192.168.1.20:5000", "http://10.0.0.7", "http://[fd00::7]:5000"),
        *("http://libretranslate:5000", "http://mt.internal:5000"),
    ],
)
def test_a_translation_server_is_reached_by_https_or_within_the_own_network(environment, url):
    environment(LIBRETRANSLATE_URL=url)
    assert load_settings().libretranslate_url == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        *("http://translate.example", "http://8.8.8.8:5000", "http://[2001:4860::1]/"),
        *("http://localhost.example", "http://127.0.0.1.example", "http://0.0.0.0:5000"),
        *("ftp://localhost", "translate.example", "https://", "https://host:port"),
        *("https://me:secret@translate.example", "https://translate.example/?api_key=secret"),
    ],
)
def test_a_translation_server_that_strangers_could_listen_to_is_refused(environment, url):
    environment(LIBRETRANSLATE_URL=url)
    with pytest.raises(SettingsError, match="TSUNAGI_LIBRETRANSLATE_URL") as refused:
        load_settings()
    assert "secret" not in str(refused.value)
