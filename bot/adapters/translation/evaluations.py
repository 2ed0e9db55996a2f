"""How well each package did in the last evaluation, for choosing and for showing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

EVALUATIONS = "models-eval.json"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What one package reached in one direction; chrF and BLEU from 0 to 100, more is better.

    `floor` is the score of a sentence below which most sentences were far from the reference.
    """

    package: str
    chrf: float
    bleu: float
    floor: float | None = None


def read_evaluations(var_dir: Path) -> dict[str, list[Evaluation]]:
    """Return the evaluations in `var_dir/models-eval.json`: "source>target" → one a package.

    The file holds an object of such keys with lists of {"package", "chrf", "bleu"}, package being
    the name and version as shown. Empty where there is no file; what is malformed is left out, so
    that a broken file never stops a translation.
    """
    try:
        content = json.loads((var_dir / EVALUATIONS).read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {
        direction: [
            Evaluation(str(each["package"]), float(each["chrf"]), float(each["bleu"]), _floor(each))
            for each in entries
            if isinstance(each, dict)
            and "package" in each
            and all(isinstance(each.get(name), int | float) for name in ("chrf", "bleu"))
        ]
        for direction, entries in content.items()
        if isinstance(entries, list)
    }


def write_evaluations(var_dir: Path, found: Sequence[tuple[str, Evaluation]]) -> None:
    """Store evaluations by direction ("vi>ja"), beside those of other packages."""
    known = read_evaluations(var_dir)
    for direction, new in found:
        others = [each for each in known.get(direction, []) if each.package != new.package]
        known[direction] = [*others, new]
    content = {
        direction: [asdict(each) for each in entries] for direction, entries in known.items()
    }
    var_dir.mkdir(parents=True, exist_ok=True)
    fresh = var_dir / f".{EVALUATIONS}"
    fresh.write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")
    fresh.replace(var_dir / EVALUATIONS)


def floor_by_package(evaluations: Mapping[str, Sequence[Evaluation]]) -> dict[str, float]:
    """Return the floors by `routes.figure_key`, of those packages that have one."""
    return {
        f"{each.package} {direction}": each.floor
        for direction, entries in evaluations.items()
        for each in entries
        if each.floor is not None
    }


def chrf_by_package(evaluations: Mapping[str, Sequence[Evaluation]]) -> dict[str, float]:
    """Return the chrF figures by `routes.figure_key`: "argos vi_en 1.9 vi>en" → 58.1."""
    return {
        f"{each.package} {direction}": each.chrf
        for direction, entries in evaluations.items()
        for each in entries
    }


def _floor(entry: Mapping[str, object]) -> float | None:
    value = entry.get("floor")
    return float(value) if isinstance(value, int | float) else None
