"""Settings: read once from the environment, frozen; a half-configured start is refused."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.addresses import is_address, stays_near
from bot.errors import SettingsError

DEMO_SECRET = "demo-only-not-secret"  # noqa: S105  # named for what it is; production refuses it
DEMO_LINE_SECRET = "demo-line-channel-secret"  # noqa: S105
DEMO_LINE_TOKEN = "demo-line-access-token"  # noqa: S105
ARGOS_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
"""The official list of Argos packages, as the library's own settings name it."""
REFUSED = "The settings do not allow a start:"
CHECKOUT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Every setting of the program, prefix TSUNAGI_; .env.example lists and explains them."""

    model_config = SettingsConfigDict(
        env_prefix="TSUNAGI_",
        env_file=".env",
        env_ignore_empty=True,
        frozen=True,
        extra="ignore",
    )

    mode: Literal["demo", "production"] = "demo"
    port: int = Field(default=8000, ge=1, le=65_535)
    host: str = "127.0.0.1"
    base_url: str = ""
    var_dir: Path = CHECKOUT / "var"
    database_url: str = ""
    models_dir: Path | None = None
    argos_index: str = ARGOS_INDEX
    libretranslate_url: str = ""
    libretranslate_api_key: SecretStr = SecretStr("")
    secret_key: SecretStr = SecretStr(DEMO_SECRET)
    line_channel_secret: SecretStr = SecretStr("")
    line_channel_access_token: SecretStr = SecretStr("")
    line_api_host: str = ""
    refuse_drafts: bool = False
    """In production: do not offer languages with unreviewed words about life, consent or money."""
    web_processes: int = Field(default=2, ge=1, le=32)
    timezone: str = "Asia/Tokyo"
    log_format: Literal["text", "json"] = "text"

    @property
    def database(self) -> str:
        """The database URL; a SQLite file under `var_dir` unless one is given."""
        return self.database_url or f"sqlite:///{self.var_dir / 'tsunagi.sqlite3'}"

    @property
    def models(self) -> Path:
        """Where translation packages are installed; never the bundled test model."""
        return self.models_dir or self.var_dir / "models"

    @property
    def model_dirs(self) -> tuple[Path, ...]:
        """Where translation packages lie: in demo mode the bundled test model too."""
        if self.mode == "production" or self.models_dir:
            return (self.models,)
        bundled = CHECKOUT / "deploy" / "models" / "compact"
        return (bundled, self.models) if self.models.exists() else (bundled,)

    @field_validator("libretranslate_url")
    @classmethod
    def _is_private(cls, url: str) -> str:
        """Refuse an address at which strangers could read what residents wrote."""
        if url and not is_address(url):
            raise ValueError("give scheme and host, without a password or a query")
        if url.startswith("http://") and not stays_near(url):
            raise ValueError("use https: messages of residents would pass unencrypted")
        return url.rstrip("/")

    @property
    def address(self) -> str:
        """The public address, without a slash at the end."""
        return (self.base_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @property
    def pretends_line(self) -> bool:
        """Tell whether LINE is the built-in pretend LINE: demo mode without credentials."""
        return self.mode == "demo" and not self.line_channel_secret.get_secret_value()

    @property
    def channel_secret(self) -> str:
        """The LINE channel secret in force."""
        return (
            DEMO_LINE_SECRET if self.pretends_line else self.line_channel_secret.get_secret_value()
        )

    @property
    def access_token(self) -> str:
        """The LINE channel access token in force."""
        token = self.line_channel_access_token.get_secret_value()
        return DEMO_LINE_TOKEN if self.pretends_line else token


def load_settings() -> Settings:
    """Read and check the settings. Raises SettingsError naming everything that is missing."""
    try:
        settings = Settings()
    except ValidationError as error:
        problems = [
            f"TSUNAGI_{'_'.join(str(part) for part in each['loc']).upper()}: {each['msg']}"
            for each in error.errors()
        ]
        raise SettingsError("\n- ".join([REFUSED, *problems])) from None
    missing: list[str] = []
    if settings.mode == "production":
        if settings.secret_key.get_secret_value() in {"", DEMO_SECRET}:
            missing.append("TSUNAGI_SECRET_KEY: set a long random value (openssl rand -hex 32)")
        if not settings.line_channel_secret.get_secret_value():
            missing.append("TSUNAGI_LINE_CHANNEL_SECRET: from the LINE Developers console")
        if not settings.line_channel_access_token.get_secret_value():
            missing.append("TSUNAGI_LINE_CHANNEL_ACCESS_TOKEN: from the LINE Developers console")
        if not settings.base_url.startswith("https://"):
            missing.append("TSUNAGI_BASE_URL: the public https:// address")
    secret = settings.line_channel_secret.get_secret_value()
    token = settings.line_channel_access_token.get_secret_value()
    if bool(secret) != bool(token) and settings.mode == "demo":
        missing.append("TSUNAGI_LINE_CHANNEL_SECRET and _ACCESS_TOKEN: set both or neither")
    if missing:
        raise SettingsError("\n- ".join([REFUSED, *missing]))
    return settings
