"""`tsunagi models eval`: how well each direction translates, and what of it would be shown."""

import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from bot.authoring.evaluation import gates, sets
from bot.authoring.evaluation.figures import Figures, measured
from bot.cli_tools import checked, usable_settings
from bot.config import CHECKOUT
from bot.core.model import Lang
from bot.core.translation.checking import doubts
from bot.core.translation.gate import features
from bot.core.translation.knowledge import Knowledge
from bot.core.translation.splitting import split_sentences
from bot.service.ports import Engine, Spelling

SETS = CHECKOUT / "deploy" / "evaluation"
_HEAD = (
    "direction    set           texts  chrF  BLEU  numbers  negation  shown  chrF of shown  sent/s"
)


@click.command("eval")
@click.argument("directions", nargs=-1)
@click.option("--sets", "folder", type=click.Path(path_type=Path, exists=True), default=SETS)
@click.option("--lines", default=200, show_default=True, help="Everyday sentences a direction.")
@click.option("--gate", "fit_gate", is_flag=True, help="Fit the gate of a test model anew.")
def evaluate(directions: tuple[str, ...], folder: Path, lines: int, *, fit_gate: bool) -> None:
    """Measure DIRECTIONS (such as vi_ja; all installed ones if none is named).

    Prints chrF and BLEU against people's translations, whether numbers and negations came through,
    how much passes all checks, and the speed; stores the figures, so that of several packages of
    one direction the better one is used from the next start on.
    """
    from bot.adapters.translation.evaluations import (  # noqa: PLC0415
        Evaluation,
        write_evaluations,
    )
    from handlers.translation import load_knowledge, make_local_engine, make_writing  # noqa: PLC0415

    settings = usable_settings()
    knowledge = checked(load_knowledge)
    engine, spelling = make_local_engine(settings), make_writing()
    pairs = [_pair(each) for each in directions] or engine.directions()
    found: list[Figures] = []
    click.echo(_HEAD)
    with click.progressbar(length=2 * len(pairs), file=sys.stderr, label="measuring") as bar:
        for source, target in pairs:
            for kind, cases in (
                ("everyday", sets.everyday(folder, source, target, lines)),
                ("consultation", sets.consultation(folder, source, target)),
            ):
                figures = measured(
                    cases,
                    source,
                    target,
                    kind=kind,
                    engine=engine,
                    knowledge=knowledge,
                    spelling=spelling,
                )
                bar.update(1)
                if figures is not None:
                    found.append(figures)
                    click.echo(_line(figures))
    if not found:
        raise click.ClickException("No direction was measured: is a package installed for it?")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    click.echo(f"memory of this process: {peak:.0f} MB")
    write_evaluations(
        settings.var_dir,
        [
            (
                ">".join(each.route.languages),
                Evaluation(each.route.engine, each.chrf, each.bleu, each.floor),
            )
            for each in found
            if each.kind == "everyday" and not each.route.is_pivot
        ],
    )
    if fit_gate:
        _print_gate(engine, knowledge, spelling, folder)


def _pair(direction: str) -> tuple[Lang, Lang]:
    source, _, target = direction.partition("_")
    if not source or not target:
        raise click.BadParameter(f"{direction}: write it like vi_ja")
    return sets.CODES.get(source, source), sets.CODES.get(target, target)


def _line(figures: Figures) -> str:
    def share(value: float | None) -> str:
        return "   –" if value is None else f"{100 * value:3.0f}%"

    shown = "   –" if figures.shown_chrf is None else f"{figures.shown_chrf:4.1f}"
    return (
        f"{figures.source + '>' + figures.target:<12} {figures.kind:<13} {figures.texts:5}"
        f"  {figures.chrf:4.1f}  {figures.bleu:4.1f}     {share(figures.numbers)}"
        f"      {share(figures.negations)}   {share(figures.shown)}           {shown}"
        f"   {figures.sentences_a_second:5.0f}  {figures.route}"
    )


def _print_gate(engine: Engine, knowledge: Knowledge, spelling: Spelling, folder: Path) -> None:
    """Fit the gate to the judged sentences and say what it would show."""
    examples = _examples(engine, knowledge, spelling, sets.judged(folder))
    gate, shown = gates.fitted(examples)
    click.echo("\ngate.json:")
    values = {name: getattr(gate, name) for name in type(gate).__slots__}
    click.echo(json.dumps({"targets": ["ja"], **values}, indent=1))
    for name, each in zip(("all judged", "everyday", "consultation"), shown, strict=True):
        click.echo(
            f"{name:<13} {each.total:5} sentences, {100 * each.share:4.1f} % shown"
            f" ({each.shown}), {100 * each.precision:5.1f} % of these right or usable"
        )


def _examples(
    engine: Engine, knowledge: Knowledge, spelling: Spelling, judged: Sequence[sets.Judged]
) -> list[gates.Example]:
    """Return judged sentences that the engine still translates as it did when they were judged.

    Messages of several sentences are left out: a verdict belongs to the whole of them.
    """
    found: list[gates.Example] = []
    for lang in dict.fromkeys(each.lang for each in judged):
        route = engine.route(lang, "ja")
        single = [
            each for each in judged if each.lang == lang and len(split_sentences(each.source)) == 1
        ]
        if route is None or not single:
            continue
        sources = [spelling.for_engine(each.source, lang) for each in single]
        made = [options[0] for options in engine.translate(sources, route)]
        reverses = engine.read_back(
            [(source, one.text) for source, one in zip(sources, made, strict=True)], route
        )
        for each, source, one, reverse in zip(single, sources, made, reverses, strict=True):
            if one.text != each.output:
                continue
            grammars = knowledge.grammar(lang), knowledge.grammar("ja")
            found.append(
                gates.Example(
                    lang,
                    each.kind,
                    each.verdict != "wrong",
                    not doubts(source, one.text, grammars),
                    features(source, lang, one.score, reverse),
                )
            )
    return found
