"""dialogs/*.yaml → a checked Dialog, or DialogInvalidError with every problem at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.authoring.build import Builder
from bot.authoring.checks import check_dialog
from bot.authoring.schema import CardSpec, DetectorSpec, DialogSpec, HotlineSpec, PhrasesSpec
from bot.authoring.triage_parameters import UniqueKeyLoader, load_triage_parameters
from bot.core.dialog import Dialog
from bot.core.model import Text
from bot.core.moves import Detectors
from bot.core.triage import TriageParameters
from bot.errors import DialogInvalidError

_HOTLINES = TypeAdapter(dict[str, HotlineSpec])
_CARDS = TypeAdapter(dict[str, CardSpec])
_DETECTORS = TypeAdapter(dict[str, DetectorSpec])
Spec = TypeVar("Spec", bound=BaseModel)
Entry = TypeVar("Entry")
PLACEHOLDER = re.compile(r"\{([A-Za-z_]+)\}")
"""An argument in a fixed sentence: a telephone number in capitals, else a word of the program."""


@dataclass(frozen=True, slots=True)
class DialogBook:
    """Everything the dialog files say, checked: one dialog, its texts, detectors and rules.

    `texts` holds every fixed sentence of residents by address, `notes` what translators are told,
    `labels` the addresses of buttons (at most 20 graphemes in every language).
    """

    dialog: Dialog
    texts: Mapping[str, Text]
    notes: Mapping[str, str]
    labels: frozenset[str]
    crisis: frozenset[str]
    detectors: Detectors
    triage: TriageParameters


def load_book(folder: Path) -> DialogBook:
    """Read and check all dialog files under `folder`.

    Raises DialogInvalidError listing every problem of every file. Files are read with YAML's base
    loader: with the safe loader `{id: no}` would become a boolean.
    """
    problems: list[str] = []
    spec = _read(folder / "screening.yaml", DialogSpec, problems)
    phrases = _read(folder / "phrases.yaml", PhrasesSpec, problems)
    hotlines = _read_map(folder / "hotlines.yaml", _HOTLINES, problems)
    cards = _read_map(folder / "programmes.yaml", _CARDS, problems)
    detectors = _read_map(folder / "detectors.yaml", _DETECTORS, problems)
    parameters: TriageParameters | None = None
    try:
        parameters = load_triage_parameters(folder / "triage.yaml")
    except DialogInvalidError as error:
        problems.extend(error.problems)
    if spec is None or phrases is None or parameters is None or problems:
        raise DialogInvalidError(problems)
    numbers = {name: each.number for name, each in hotlines.items() if each.status != "unverified"}
    builder = Builder(spec, phrases, cards, numbers, _version(folder))
    dialog = builder.dialog(problems)
    if dialog is not None:
        problems.extend(check_dialog(dialog, builder.labels, detectors))
    problems.extend(_unknown_placeholders(builder.texts, hotlines, numbers))
    if dialog is None or problems:
        raise DialogInvalidError(problems)
    return DialogBook(
        dialog=dialog,
        texts=builder.texts,
        notes=builder.notes,
        labels=frozenset(builder.labels),
        crisis=frozenset(builder.crisis),
        detectors={
            name: (
                {lang: tuple(words) for lang, words in each.words.items()},
                tuple(each.quiet),
            )
            for name, each in detectors.items()
        },
        triage=parameters,
    )


def _version(folder: Path) -> str:
    """Name this release of the dialog by its content, so that a change never goes unnoticed."""
    return sha256((folder / "screening.yaml").read_bytes()).hexdigest()[:12]


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
        problems.append(f"{path.name}: the file is missing")
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        problems.append(f"{path.name}: {' '.join(str(error).split())}")
    else:
        if content:
            return content
        # An empty list of detectors would be a safety net that is not there.
        problems.append(f"{path.name}: the file is empty")
    return None


def _told(path: Path, error: ValidationError) -> list[str]:
    return [
        f"{path.name}: {'.'.join(str(part) for part in each['loc'])}: {each['msg']}"
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
