"""`tsunagi models`: which translation packages there are, and how they come and go."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import click

from bot.adapters.languages import EASY, LANGUAGES, SOURCE_LANG
from bot.adapters.translation.evaluations import Evaluation, chrf_by_package, read_evaluations
from bot.adapters.translation.packages import ARGOS_CODES, InstalledPackage, find_packages
from bot.adapters.translation.records import changed_files, read_record, sha256_of
from bot.adapters.translation.routes import best_route
from bot.cli_tools import usable_settings
from bot.errors import InstallationError

MEGABYTE = 1_000_000
SHORT = 12
"""Digits of a SHA-256 in the table; the whole one stands in installed.json."""
NONE = "-"


@click.group()
def models() -> None:
    """Show, install and remove translation packages."""


@models.command("list")
@click.option("--verify", is_flag=True, help="Read all files; exit 1 where one was changed.")
def list_models(*, verify: bool) -> None:
    """Show every package, and the way that is taken from and to Japanese."""
    settings = usable_settings()
    drafts = settings.mode == "demo"
    found, problems = find_packages(settings.model_dirs, settings.var_dir)
    evaluations = read_evaluations(settings.var_dir)
    click.echo(f"Looked for in {', '.join(str(each) for each in settings.model_dirs)}\n")
    rows = [_package_row(each, evaluations, drafts=drafts, verify=verify) for each in found]
    _table(("from → to", "package", "shown to", "MB", "SHA-256", "chrF/BLEU", "lies in"), rows)
    usable = [each for each in found if drafts or not each.drafts_only]
    _table(
        ("from → to", "way", "", "packages", "shown to"),
        _way_rows(usable, chrf_by_package(evaluations)),
    )
    _lines("Not usable", problems)
    changed = _changes({each.origin for each in found}) if verify else []
    _lines("Changed since the installation", changed)
    if not found:
        click.echo("No package is installed: `tsunagi models install vi_en` fetches one.")
    if changed:
        raise click.exceptions.Exit(1)
    if verify:
        click.echo("Every file with a record is as it was installed.")


@models.command("install")
@click.argument("source", metavar="FILE-OR-URL-OR-DIRECTION")
@click.option("--sha256", default="", metavar="HEX", help="Refuse an archive with another one.")
def install_model(source: str, sha256: str) -> None:
    """Install a package: an .argosmodel file, a folder, an address, or a direction.

    A direction such as vi_en is looked up in the official Argos index (TSUNAGI_ARGOS_INDEX). This
    is the only command that fetches anything. Workers take the package up at their next start.
    """
    from bot.adapters.translation.installing import install  # noqa: PLC0415  # `list` stays quick
    from handlers.wiring import now_ms  # noqa: PLC0415

    settings = usable_settings()
    installed_at = datetime.fromtimestamp(now_ms() // 1000, tz=UTC).isoformat()
    try:
        with _bar() as progress:
            done = install(
                source,
                settings.models,
                installed_at=installed_at,
                index=settings.argos_index,
                sha256=sha256,
                progress=progress,
            )
    except InstallationError as error:
        raise click.ClickException(str(error)) from None
    directions = ", ".join(f"{each.source}→{each.target}" for each in done.headings)
    click.echo(f"{'replaced' if done.replaced else 'installed'} {done.name} ({directions})")
    click.echo(f"in {done.folder}, {_megabytes(done.record.bytes)} MB")
    if done.record.archive_sha256:
        click.echo(f"SHA-256 of the archive {done.record.archive_sha256}")
    click.echo(f"shown to {_readers(drafts_only=done.drafts_only, drafts=settings.mode == 'demo')}")
    click.echo("Restart the program (or its workers) to use it.")


@models.command("remove")
@click.argument("name")
def remove_model(name: str) -> None:
    """Remove the package that lies under NAME in the folder of packages (last column of list)."""
    from bot.adapters.translation.installing import remove  # noqa: PLC0415

    try:
        remove(name, usable_settings().models)
    except InstallationError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"removed {name}. Workers use it until their next start.")


def _package_row(
    package: InstalledPackage,
    evaluations: Mapping[str, Sequence[Evaluation]],
    *,
    drafts: bool,
    verify: bool,
) -> tuple[str, ...]:
    record = read_record(package.origin)
    digest = record.model_sha256 if record else ""
    if verify:
        digest = _model_sha256((package.folder / "model").resolve())
    figures = [
        f"{each.chrf:.1f}/{each.bleu:.1f}"
        for each in evaluations.get(f"{package.source}>{package.target}", [])
        if each.package == package.name
    ]
    return (
        f"{package.source} → {package.target}",
        package.name,
        _readers(drafts_only=package.drafts_only, drafts=drafts),
        _megabytes(_bytes_in(package.folder)),
        digest[:SHORT] or NONE,
        *(figures[-1:] or [NONE]),
        package.origin.name,
    )


def _way_rows(
    packages: Sequence[InstalledPackage], figures: Mapping[str, float]
) -> list[tuple[str, ...]]:
    """Return the way of each language on offer into Japanese and back, as the engine takes it."""
    others = [each.code for each in LANGUAGES if each.code not in {SOURCE_LANG, EASY}]
    pairs = [pair for code in others for pair in ((code, SOURCE_LANG), (SOURCE_LANG, code))]
    rows: list[tuple[str, ...]] = []
    for pair in pairs:
        start, end = (ARGOS_CODES.get(code, code) for code in pair)
        way = best_route(packages, start, end, figures)
        if way is None:
            rows.append((f"{pair[0]} → {pair[1]}", NONE, "no translation", NONE, NONE))
            continue
        rows.append(
            (
                f"{pair[0]} → {pair[1]}",
                "→".join((start, *(each.target for each in way))),
                "direct" if len(way) == 1 else f"by {way[0].target}",
                " + ".join(dict.fromkeys(each.name for each in way)),
                _readers(drafts_only=any(each.drafts_only for each in way), drafts=True),
            )
        )
    return rows


def _readers(*, drafts_only: bool, drafts: bool) -> str:
    """Say who sees what a package makes; production never uses one that is for drafts only."""
    if not drafts_only:
        return "everybody"
    return "counselors only" if drafts else "nobody here"


@cache
def _model_sha256(model: Path) -> str:
    """Return the SHA-256 of a model, which all directions of a pack share."""
    return sha256_of(model / "model.bin")


def _changes(origins: Iterable[Path]) -> list[str]:
    """Return a line for each package with a record whose files are others now."""
    lines = []
    for origin in sorted(origins):
        record = read_record(origin)
        if record and (changed := changed_files(origin, record)):
            lines.append(f"{origin.name}: {', '.join(changed)}")
    return lines


def _bytes_in(folder: Path) -> int:
    """Return the bytes of all files, of what is linked in too."""
    return sum(
        (Path(place) / name).stat().st_size
        for place, _, names in os.walk(folder, followlinks=True)
        for name in names
    )


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.0f}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under heads, each column as wide as it needs to be."""
    if not rows:
        return
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    for row in (heads, *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
    click.echo()


def _lines(head: str, lines: Sequence[str]) -> None:
    if lines:
        click.echo(f"{head}:")
        for line in lines:
            click.echo(f"- {line}")


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Yield what shows how many bytes have come, on the terminal only."""
    with click.progressbar(length=1, label="Reading", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total or done + 1  # a server that tells no length keeps the bar open
            bar.update(done - bar.pos)

        yield progress
