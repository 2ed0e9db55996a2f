"""The `tsunagi` command: start the program, play a dialog, check the content, manage the team."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from bot import logs
from bot.config import Settings, load_settings
from bot.errors import BotError, DialogInvalidError, SettingsError

Loaded = TypeVar("Loaded")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Tsunagi: first-contact consultation on LINE and the web, in the resident's language."""


@main.command()
def serve() -> None:
    """Start web and worker in one process (SQLite by default); Ctrl-C stops them."""
    from deploy.server import serve_all  # noqa: PLC0415  # commands that need no server stay quick

    serve_all(_settings())


@main.command()
def web() -> None:
    """Start web processes only (PostgreSQL); run `tsunagi worker` beside them."""
    from deploy.server import serve_web  # noqa: PLC0415

    serve_web(_settings())


@main.command()
def worker() -> None:
    """Start a worker only: turns left over, delivery, translation, housekeeping."""
    from deploy.server import run_worker  # noqa: PLC0415

    run_worker(_settings())


@main.command()
@click.option("--lang", default="ja", show_default=True, help="Language to begin in.")
@click.option("--answers", type=click.Path(exists=True, path_type=Path), help="Play this file.")
def chat(lang: str, answers: Path | None) -> None:
    """Play the dialog in the terminal; at the end a transcript to keep as a test is printed.

    Type a number, a label, a code or anything else; an empty line or Ctrl-D ends.
    """
    from bot.authoring.play import play  # noqa: PLC0415
    from handlers.wiring import load_content, make_context  # noqa: PLC0415

    given = answers.read_text(encoding="utf-8").splitlines() if answers is not None else None
    content = _checked(load_content)
    context = make_context(content, Settings().timezone)
    transcript = play(
        content.book, content.catalogs, context, lang=lang, given=given, show=click.echo, ask=_asked
    )
    click.echo("\n--- transcript ---")
    click.echo(transcript)


def _asked() -> str | None:
    try:
        return str(click.prompt("you", default="", show_default=False)) or None
    except click.Abort:
        return None


@main.command()
def check() -> None:
    """Check dialogs, catalogs and rules; print what is translated and reviewed."""
    from bot.adapters.catalogs import LANGUAGES, SOURCE_LANG, po_path  # noqa: PLC0415
    from bot.authoring.i18n import drift, review_share  # noqa: PLC0415
    from handlers.wiring import LOCALES, load_content  # noqa: PLC0415

    content = _checked(load_content)
    click.echo(f"dialog {content.book.dialog.id} {content.book.dialog.version}: in order")
    stale: list[str] = []
    for language in LANGUAGES:
        if language.code == SOURCE_LANG:
            continue
        path = po_path(LOCALES, language, "residents")
        share = review_share(path)
        stale.extend(f"{language.code}: {each}" for each in drift(path, content.book.texts))
        click.echo(
            f"{language.code:8} {share.translated}/{share.total} translated, "
            f"{share.reviewed} reviewed{_offered(language.code, content.catalogs.languages())}"
        )
    if stale:
        click.echo("catalogs are behind the dialogs, run `make i18n`:\n- " + "\n- ".join(stale))
        sys.exit(1)


def _offered(code: str, offered: dict[str, str]) -> str:
    return "" if code in offered else "  (not on offer: sentences are missing)"


@main.command()
def i18n() -> None:
    """Collect new sentences of the dialogs into the catalogs."""
    from bot.adapters.catalogs import LANGUAGES, SOURCE_LANG, po_path  # noqa: PLC0415
    from bot.authoring import i18n as catalogs  # noqa: PLC0415
    from bot.authoring.loader import load_book  # noqa: PLC0415
    from bot.authoring.schema import DialogSpec  # noqa: PLC0415
    from handlers.wiring import DIALOGS, LOCALES  # noqa: PLC0415

    book = _checked(lambda: load_book(DIALOGS))
    made = catalogs.template(book.texts, book.notes)
    for language in LANGUAGES:
        if language.code != SOURCE_LANG:
            path = po_path(LOCALES, language, "residents")
            catalogs.save(path, catalogs.update(path, made))
    catalogs.save(LOCALES / "residents.pot", made)
    schema = json.dumps(DialogSpec.model_json_schema(), ensure_ascii=False, indent=1)
    (DIALOGS / "dialog.schema.json").write_text(schema + "\n", encoding="utf-8")
    click.echo("catalogs and dialogs/dialog.schema.json are up to date")


@main.group()
def counselor() -> None:
    """Manage counselors' accounts."""


@counselor.command("add")
@click.argument("login")
@click.option("--name", default="", help="Name as residents see it.")
@click.option("--role", default="counselor", show_default=True)
@click.password_option(help="At least 8 characters.")
def counselor_add(login: str, name: str, role: str, password: str) -> None:
    """Add a counselor."""
    from bot.adapters.schema import migrate  # noqa: PLC0415
    from bot.adapters.storage import open_store  # noqa: PLC0415
    from handlers.wiring import make_signing_in  # noqa: PLC0415

    store = open_store(_settings().database)
    migrate(store.engine)
    try:
        make_signing_in(store).add(login, name or login, password, role=role)
    except BotError:
        raise click.ClickException(
            f"{login} was not added: the login is taken, or the password is under 8 characters."
        ) from None
    click.echo(f"{login} can sign in at {_settings().address}/desk")


@main.group()
def export() -> None:
    """Print data for other programs."""


@export.command("case")
@click.argument("case_id", type=int)
def export_case(case_id: int) -> None:
    """Print the assessment of a case as JSON (triage 4.5)."""
    from bot.adapters.storage import open_store  # noqa: PLC0415

    store = open_store(_settings().database)
    try:
        with store.reading() as work:
            conversation = work.conversations.get(case_id)
    except BotError:
        raise click.ClickException(f"There is no case {case_id}.") from None
    click.echo(json.dumps(conversation.assessment, ensure_ascii=False, indent=1))


def _settings() -> Settings:
    try:
        settings = load_settings()
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
    logs.configure(format=settings.log_format)
    # What residents wrote is for this account alone: the database, its folder, unpacked models.
    os.umask(0o077)
    return settings


def _checked(load: Callable[[], Loaded]) -> Loaded:
    """Return what `load` gives; list every problem of the files and exit 1 where they are wrong."""
    try:
        return load()
    except DialogInvalidError as error:
        click.echo("The dialogs or catalogs cannot be used:", err=True)
        for problem in error.problems:
            click.echo(f"- {problem}", err=True)
        sys.exit(1)
