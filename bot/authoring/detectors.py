"""dialogs/detectors/*.yaml → the text detectors, or every problem of the folder at once."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, StringConstraints, ValidationError

from bot.authoring.schema import Strict
from bot.authoring.triage_parameters import UniqueKeyLoader
from bot.core.detecting import NEAR, Detectors, DetectorWords, Pair

NEEDED = ("suicide", "violence", "medical")
"""A language without words in these would have a hole in its safety net."""

Form = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Forms = Annotated[list[Form], Field(min_length=1)]
ByLanguage = Annotated[dict[Annotated[str, Field(min_length=1)], Forms], Field(min_length=1)]


class PairSpec(Strict):
    """Two parts that mean something only within so many characters of each other."""

    first: Forms
    then: Forms
    within: Annotated[int, Field(ge=0, le=100)] = NEAR
    either: bool = False


PairsByLanguage = Annotated[
    dict[Annotated[str, Field(min_length=1)], Annotated[list[PairSpec], Field(min_length=1)]],
    Field(min_length=1),
]


class DetectorSpec(Strict):
    """One text detector: its words by language, pairs of words, idioms it stays quiet on.

    `raises` names a detector that every hit hits too; its idioms hold here as well.
    """

    raises: str = ""
    words: ByLanguage
    pairs: PairsByLanguage | None = None
    quiet: ByLanguage | None = None


def load_detectors(
    folder: Path, problems: list[str], *, languages: Collection[str] = ()
) -> Detectors:
    """Read every file of `folder`: `suicide.yaml` becomes the detector `suicide`.

    Adds to `problems` what is wrong: no file at all, unreadable ones, unknown keys, empty lists, a
    `raises` that does not exist, words that cannot be compiled, and a language of `languages`
    without words in a detector of NEEDED. A detector with a problem is left out.
    """
    specs: dict[str, DetectorSpec] = {}
    for path in sorted(folder.glob("*.yaml")):
        spec = _read(path, problems)
        if spec is not None:
            specs[path.stem] = spec
    if not specs:
        problems.append(f"{folder.name}/: no detectors")
    problems.extend(_holes(specs, languages))
    told: dict[str, DetectorWords] = {}
    for name, spec in specs.items():
        where = f"{folder.name}/{name}.yaml"
        if spec.raises and (spec.raises not in specs or specs[spec.raises].raises):
            problems.append(
                f"{where}: raises: no detector {spec.raises} that raises nothing itself"
            )
            continue
        told[name] = _told(spec, specs.get(spec.raises))
    try:
        return Detectors(told)
    except ValueError:
        wrong = {name: list(_wrong_forms(specs[name])) for name in told}
        problems.extend(
            f"{folder.name}/{name}.yaml: {each}" for name in wrong for each in wrong[name]
        )
        return Detectors({name: each for name, each in told.items() if not wrong[name]})


def _read(path: Path, problems: list[str]) -> DetectorSpec | None:
    where = f"{path.parent.name}/{path.name}"
    try:
        told = yaml.load(path.read_text(encoding="utf-8"), UniqueKeyLoader)  # noqa: S506
        return DetectorSpec.model_validate(told)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        problems.append(f"{where}: {' '.join(str(error).split())}")
    except ValidationError as error:
        problems.extend(
            f"{where}: {'.'.join(str(part) for part in each['loc'])}: {each['msg']}"
            for each in error.errors()
        )
    return None


def _holes(specs: Mapping[str, DetectorSpec], languages: Collection[str]) -> Iterator[str]:
    for name in NEEDED:
        known: Collection[str] = specs[name].words if name in specs else ()
        yield from (
            f"detectors/{name}.yaml: words: {lang} is missing"
            for lang in languages
            if lang not in known
        )


def _wrong_forms(spec: DetectorSpec) -> Iterator[str]:
    for form in _all_forms(spec):
        try:
            Detectors({"": DetectorWords({"": (form,)})})
        except ValueError as error:
            yield str(error)


def _all_forms(spec: DetectorSpec) -> Iterator[str]:
    for forms in (*spec.words.values(), *(spec.quiet or {}).values()):
        yield from forms
    for pairs in (spec.pairs or {}).values():
        for pair in pairs:
            yield from (*pair.first, *pair.then)


def _told(spec: DetectorSpec, above: DetectorSpec | None) -> DetectorWords:
    quiet: dict[str, list[str]] = {}
    for each in (spec, above):
        for lang, forms in ((each.quiet if each else None) or {}).items():
            quiet.setdefault(lang, []).extend(forms)
    return DetectorWords(
        spec.words,
        pairs={
            lang: [Pair(each.first, each.then, each.within, each.either) for each in pairs]
            for lang, pairs in (spec.pairs or {}).items()
        },
        quiet=quiet,
        raises=spec.raises,
    )
