"""The commands about dialogs and catalogs: play them, check them, draw them, collect sentences."""

import json
import sys
from pathlib import Path

import click

from bot.cli_tools import checked


@click.command()
@click.option("--lang", default="ja", show_default=True, help="Language to begin in.")
@click.option("--answers", type=click.Path(exists=True, path_type=Path), help="Play this file.")
def chat(lang: str, answers: Path | None) -> None:
    """Play the dialog in the terminal; at the end a transcript to keep as a test is printed.

    Type a number, a label, a code or anything else; an empty line or Ctrl-D ends.
    """
    from bot.authoring.play import play  # noqa: PLC0415  # other commands stay quick
    from bot.config import Settings  # noqa: PLC0415
    from handlers.wiring import load_content, make_context  # noqa: PLC0415

    given = answers.read_text(encoding="utf-8").splitlines() if answers is not None else None
    content = checked(load_content)
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


@click.command()
def check() -> None:
    """Check dialogs, catalogs and rules, try every way through, print what is reviewed."""
    from bot.authoring.proving import explore_book  # noqa: PLC0415
    from bot.cli_reviews import behind, hard_japanese, reviews, unsayable  # noqa: PLC0415
    from bot.config import Settings  # noqa: PLC0415
    from handlers.wiring import load_content, make_context  # noqa: PLC0415

    content = checked(load_content)
    click.echo(f"dialog {content.book.dialog.id} {content.book.dialog.version}: in order")
    for line in reviews(content.book, content.catalogs.languages()):
        click.echo(line)
    context = make_context(content, Settings().timezone)()
    found = explore_book(
        content.book, context, lambda text, lang: content.catalogs.render(text, lang).text
    )
    for line in found.lines():
        click.echo(line)
    stale = behind(content.book)
    if stale:
        click.echo("catalogs are behind the dialogs, run `make i18n`:\n- " + "\n- ".join(stale))
    hard = hard_japanese(content.book)
    if hard:
        click.echo("easy Japanese that is not easy:\n- " + "\n- ".join(hard))
    said = unsayable(content.book, content.catalogs)
    if said:
        click.echo("sentences that nobody may say:\n- " + "\n- ".join(said))
    if stale or hard or said or found.failures:
        sys.exit(1)


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="Write here instead of the terminal.")
@click.option("--branch", help="Draw this branch alone (a file name in dialogs/branches/).")
def graph(out: Path | None, branch: str | None) -> None:
    """Draw the dialog as SVG: the questions, where each answer leads, all branches."""
    from bot.authoring.graph import svg  # noqa: PLC0415
    from handlers.wiring import load_content  # noqa: PLC0415

    content = checked(load_content)
    titles = content.book.branches
    if branch is not None and branch not in titles:
        raise click.ClickException(f"There is no branch {branch}; there are {', '.join(titles)}.")
    title = content.book.title if branch is None else titles[branch]
    picture = svg(content.book.dialog, titles, title=title, only=[branch] if branch else ())
    if out is None:
        click.echo(picture)
        return
    out.write_text(picture, encoding="utf-8")
    click.echo(f"{out}: open it in a browser; it prints on A3")


@click.command()
def i18n() -> None:
    """Collect new sentences of the dialogs into the catalogs, and give easy Japanese readings."""
    from bot.adapters.catalogs import easy_texts, po_path  # noqa: PLC0415
    from bot.adapters.languages import LANGUAGES, SOURCE_LANG  # noqa: PLC0415
    from bot.authoring import furigana  # noqa: PLC0415
    from bot.authoring import i18n as catalogs  # noqa: PLC0415
    from bot.authoring.loader import load_book  # noqa: PLC0415
    from bot.authoring.schema import BranchSpec, DialogSpec  # noqa: PLC0415
    from handlers.translation import LOCALES  # noqa: PLC0415
    from handlers.wiring import DIALOGS  # noqa: PLC0415

    book = checked(lambda: load_book(DIALOGS))
    made = catalogs.template(book.texts, book.notes)
    for language in LANGUAGES:
        path = po_path(LOCALES, language, "residents")
        source = language.code == SOURCE_LANG
        catalogs.save(path, catalogs.update(path, made, source=source))
    catalogs.save(LOCALES / "residents.pot", made)
    for name, spec in (("dialog", DialogSpec), ("branch", BranchSpec)):
        schema = json.dumps(spec.model_json_schema(), ensure_ascii=False, indent=1)
        (DIALOGS / f"{name}.schema.json").write_text(schema + "\n", encoding="utf-8")
    try:
        read = furigana.update(LOCALES / "ja_easy", easy_texts(LOCALES, book))
    except furigana.NoTokenizerError:
        click.echo("furigana: left as they are, the tokenizer comes with the development tools")
    else:
        for problem in read.problems:
            click.echo(f"- {problem}")
        if read.new:
            click.echo("new readings, please read them: " + "、".join(read.new))
    click.echo("catalogs, furigana and the schemas in dialogs/ are up to date")
