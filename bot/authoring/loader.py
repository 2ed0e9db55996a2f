"""dialogs/*.yaml → a checked Dialog, or DialogInvalidError with every problem at once."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.authoring.build import Builder
from bot.authoring.checks import check_dialog
from bot.authoring.detectors import load_detectors
from bot.authoring.release import release_hash
from bot.authoring.schema import (
    BranchSpec,
    CardSpec,
    DialogSpec,
    HotlineSpec,
    PhrasesSpec,
    PromiseSpec,
)
from bot.authoring.triage_parameters import UniqueKeyLoader, load_triage_parameters
from bot.core.detecting import Detectors
from bot.core.dialog import Dialog
from bot.core.model import Text
from bot.core.triage import TriageParameters
from bot.errors import DialogInvalidError

_HOTLINES = TypeAdapter(dict[str, HotlineSpec])
_CARDS = TypeAdapter(dict[str, CardSpec])
Spec = TypeVar("Spec", bound=BaseModel)
Entry = TypeVar("Entry")
BRANCHES = "branches"
PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}")
"""An argument in a fixed sentence: a telephone number in capitals, else a word of the program."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A branch promises that these answers, with all else skipped, raise the flag."""

    branch: str
    flag: str
    lang: str
    answers: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class DialogBook:
    """Everything the dialog files say, checked: one dialog, its texts, detectors and rules.

    `texts` holds every fixed sentence of residents by address, `notes` what translators are told,
    `labels` the addresses of buttons (at most 20 graphemes in every language). `crisis`, `consent`
    and `money` are the addresses that a draft translation serves least well. `branches`: file name
    → title, in the order of the dialog file.
    """

    dialog: Dialog
    texts: Mapping[str, Text]
    notes: Mapping[str, str]
    labels: frozenset[str]
    crisis: frozenset[str]
    consent: frozenset[str]
    money: frozenset[str]
    branches: Mapping[str, str]
    promises: tuple[Promise, ...]
    title: str
    detectors: Detectors
    triage: TriageParameters


def load_book(folder: Path, *, languages: Collection[str] = ()) -> DialogBook:
    """Read and check all dialog files under `folder`.

    `languages`: those that the text detectors must know. Raises DialogInvalidError listing every
    problem of every file. Files are read with YAML's base loader: with the safe loader `{id: no}`
    would become a boolean.
    """
    problems: list[str] = []
    spec = _read(folder / "screening.yaml", DialogSpec, problems)
    phrases = _read(folder / "phrases.yaml", PhrasesSpec, problems)
    hotlines = _read_map(folder / "hotlines.yaml", _HOTLINES, problems)
    cards = _read_map(folder / "programmes.yaml", _CARDS, problems)
    detectors = load_detectors(folder / "detectors", problems, languages=languages)
    parameters: TriageParameters | None = None
    try:
        parameters = load_triage_parameters(folder / "triage.yaml")
    except DialogInvalidError as error:
        problems.extend(error.problems)
    if spec is None or phrases is None or parameters is None or problems:
        raise DialogInvalidError(problems)
    branches = _branches(folder, spec, problems)
    if problems:
        raise DialogInvalidError(problems)
    builder = Builder(spec, branches, phrases, cards, hotlines, release_hash(folder))
    said = builder.sentences
    dialog = builder.dialog(problems)
    if dialog is not None:
        problems.extend(check_dialog(dialog, said.labels, detectors))
    problems.extend(_unknown_placeholders(said.texts, hotlines, said.numbers))
    if dialog is None or problems:
        raise DialogInvalidError(problems)
    return DialogBook(
        dialog=dialog,
        texts=said.texts,
        notes=said.notes,
        labels=frozenset(said.labels),
        crisis=frozenset(said.crisis),
        consent=frozenset(said.consent),
        money=frozenset(said.money),
        branches={each.branch: each.title for each in branches},
        promises=tuple(
            Promise(each.branch, told.flag, told.lang, _answers(told))
            for each in branches
            for told in each.promises
        ),
        title=spec.title,
        detectors=detectors,
        triage=parameters,
    )


def _branches(folder: Path, spec: DialogSpec, problems: list[str]) -> list[BranchSpec]:
    """Read the branch files that the dialog names; one that it does not name is refused."""
    found: list[BranchSpec] = []
    for name in spec.branches:
        branch = _read(folder / BRANCHES / f"{name}.yaml", BranchSpec, problems)
        if branch is not None and branch.branch != name:
            problems.append(f"{BRANCHES}/{name}.yaml: branch: must be {name}")
        elif branch is not None:
            found.append(branch)
    known = {f"{name}.yaml" for name in spec.branches}
    problems.extend(
        f"{BRANCHES}/{path.name}: not named in {spec.id}.yaml: branches"
        for path in sorted((folder / BRANCHES).glob("*.yaml"))
        if path.name not in known
    )
    return found


def _answers(promise: PromiseSpec) -> dict[str, tuple[str, ...]]:
    return {question: tuple(codes) for question, codes in promise.when.items()}


def _read(path: Path, kind: type[Spec], problems: list[str]) -> Spec | None:
    content = _yaml(path, problems)
    if content is None:
        return None
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        problems.extend(_told(path, error))
        return None


def _read_map(
    path: Path, adapter: TypeAdapter[dict[str, Entry]], problems: list[str]
) -> dict[str, Entry]:
    content = _yaml(path, problems)
    if content is None:
        return {}
    try:
        return adapter.validate_python(content)
    except ValidationError as error:
        problems.extend(_told(path, error))
        return {}


def _yaml(path: Path, problems: list[str]) -> object | None:
    try:
        with path.open(encoding="utf-8") as file:
            content: object = yaml.load(file, UniqueKeyLoader)  # noqa: S506  # a subclass of BaseLoader
    except FileNotFoundError:
        problems.append(f"{_where(path)}: the file is missing")
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problems.append(f"{_where(path)}: {' '.join(str(error).split())}")
    else:
        if content:
            return content
        # An empty list of detectors would be a safety net that is not there.
        problems.append(f"{_where(path)}: the file is empty")
    return None


def _where(path: Path) -> str:
    return f"{BRANCHES}/{path.name}" if path.parent.name == BRANCHES else path.name


def _told(path: Path, error: ValidationError) -> list[str]:
    return [
        f"{_where(path)}: {'.'.join(str(part) for part in each['loc'])}: {each['msg']}"
        for each in error.errors()
    ]


def _unknown_placeholders(
    texts: Mapping[str, Text], hotlines: Mapping[str, HotlineSpec], numbers: Mapping[str, str]
) -> list[str]:
    """Refuse `{NAME}` of a telephone number that does not exist or is not verified."""
    problems = []
    for address, text in texts.items():
        for name in PLACEHOLDER.findall(text.source):
            if name.isupper() and name not in numbers:
                what = "is not verified" if name in hotlines else "is unknown"
                problems.append(f"{address}: the telephone number {{{name}}} {what}")
    return problems
