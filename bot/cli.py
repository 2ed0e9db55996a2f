"""The `tsunagi` command: start the program, play a dialog, check the content, manage the team."""

import json
from datetime import UTC, datetime

import click

from bot.cli_content import chat, check, graph, i18n
from bot.cli_evaluation import evaluate
from bot.cli_flow import flow
from bot.cli_models import models
from bot.cli_tools import usable_settings
from bot.errors import BotError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Tsunagi: first-contact consultation on LINE and the web, in the resident's language."""


@main.command()
def serve() -> None:
    """Start web and worker in one process (SQLite by default); Ctrl-C stops them."""
    from deploy.server import serve_all  # noqa: PLC0415  # commands that need no server stay quick

    serve_all(usable_settings())


@main.command()
def web() -> None:
    """Start web processes only (PostgreSQL); run `tsunagi worker` beside them."""
    from deploy.server import serve_web  # noqa: PLC0415

    serve_web(usable_settings())


@main.command()
def worker() -> None:
    """Start a worker only: turns left over, delivery, translation, housekeeping."""
    from deploy.server import run_worker  # noqa: PLC0415

    run_worker(usable_settings())


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

    store = open_store(usable_settings().database)
    migrate(store.engine)
    try:
        make_signing_in(store).add(login, name or login, password, role=role)
    except BotError:
        raise click.ClickException(
            f"{login} was not added: the login is taken, or the password is under 8 characters."
        ) from None
    click.echo(f"{login} can sign in at {usable_settings().address}/desk")


@main.group()
def export() -> None:
    """Print data for other programs."""


@export.command("case")
@click.argument("case_id", type=int)
def export_case(case_id: int) -> None:
    """Print the assessment of a case as JSON (triage 4.5)."""
    from bot.adapters.storage import open_store  # noqa: PLC0415

    store = open_store(usable_settings().database)
    try:
        with store.reading() as work:
            conversation = work.conversations.get(case_id)
    except BotError:
        raise click.ClickException(f"There is no case {case_id}.") from None
    click.echo(json.dumps(conversation.assessment, ensure_ascii=False, indent=1))


@export.command("translations")
def export_translations() -> None:
    """Print what counselors approved and corrected, one JSON object a line, for retraining.

    These are sentences that residents and counselors wrote: treat the file like the database.
    """
    from bot.adapters.schema import migrate  # noqa: PLC0415
    from bot.adapters.storage import open_store  # noqa: PLC0415

    store = open_store(usable_settings().database)
    migrate(store.engine)
    after = 0
    with store.reading() as work:
        names = {each.id: each.login for each in work.team.all()}
        while page := work.memory.all(after=after):
            for each in page:
                line = {
                    "source_lang": each.source_lang,
                    "target_lang": each.target_lang,
                    "source": each.source,
                    "target": each.target,
                    "machine": each.machine,
                    "engine": each.engine,
                    "approved_by": names.get(each.counselor_id, ""),
                    "at": datetime.fromtimestamp(each.at / 1000, UTC).isoformat(),
                }
                click.echo(json.dumps(line, ensure_ascii=False))
            after = page[-1].id


for command in (chat, check, graph, i18n, flow, models):
    main.add_command(command)
models.add_command(evaluate)
