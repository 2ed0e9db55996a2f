"""`tsunagi flow`: which versions of the dialog residents are on, and how one is retired."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from bot.cli_tools import checked, usable_settings
from bot.errors import MoveNotAllowedError, NotFoundError
from bot.service.moving import How
from bot.service.releasing import Plan, Releasing, VersionLine

FATES = {
    How.MAPPED: "moved by the migration map",
    How.GOES_ON: "go on: their question is the same",
    How.ANEW: "begin again: they have told nothing yet",
    How.PERSON: "handed to a person: their question changed or is gone",
}


@click.group(invoke_without_command=True)
@click.pass_context
def flow(context: click.Context) -> None:
    """Show the versions of the dialog, and how many residents wait on a changed question."""
    if context.invoked_subcommand is not None:
        return
    with _releasing() as releasing:
        lines = list(releasing.overview())
    for line in lines:
        _show(line)
    if not lines:
        click.echo("No conversation is running, and no version is stored yet: start the program.")


@flow.command()
@click.argument("version")
@click.option("--yes", is_flag=True, help="Do it; without this only the numbers are shown.")
def retire(version: str, *, yes: bool) -> None:
    """Move everybody who is on VERSION to the current one.

    Each is moved at their next message. Those whose question changed or is gone, and whom no map
    in dialogs/migrations.yaml names, enter the counselors' queue at once and are told so.
    """
    with _releasing() as releasing:
        try:
            plan = releasing.retire(version) if yes else releasing.plan(version)
        except NotFoundError:
            raise click.ClickException(f"Nobody is on {version}, and it is not stored.") from None
        except MoveNotAllowedError:
            raise click.ClickException(f"{version} is the current version.") from None
    _show_plan(plan)
    click.echo("done" if yes else "nothing was changed; --yes does it")


def _show(line: VersionLine) -> None:
    marks = [
        "current" if line.current else "",
        "retired" if line.retired else "",
        "" if line.usable else "not stored, or of no use any more",
    ]
    told = ", ".join(filter(None, marks))
    click.echo(f"{line.version}  {line.residents} residents{f'  ({told})' if told else ''}")
    for question, fates in line.waiting.items():
        for fate, count in fates.items():
            click.echo(f"    {count} wait on {question}, which is {fate.value}")


def _show_plan(plan: Plan) -> None:
    for how, words in FATES.items():
        click.echo(f"{plan.fates.get(how, 0):6} {words}")
    for question, count in plan.persons_by_question.items():
        click.echo(f"       {count} at {question}")
    click.echo(f"{plan.stopped:6} stopped at such a question: handed to a person if they come back")
    click.echo(f"{plan.held:6} are with a counselor now")


@contextmanager
def _releasing() -> Iterator[Releasing]:
    from bot.adapters.schema import migrate  # noqa: PLC0415  # other commands stay quick
    from bot.adapters.storage import open_store  # noqa: PLC0415
    from handlers.wiring import load_content, make_releasing  # noqa: PLC0415

    settings = usable_settings()
    content = checked(load_content)
    store = open_store(settings.database)
    try:
        migrate(store.engine)
        yield make_releasing(settings, content, store)
    finally:
        store.close()
