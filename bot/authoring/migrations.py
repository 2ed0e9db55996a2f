"""dialogs/migrations.yaml → migration maps, or every problem of the file at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from bot.authoring.schema import Address, Strict
from bot.authoring.triage_parameters import UniqueKeyLoader
from bot.core.dialog import Ask, Dialog
from bot.errors import DialogInvalidError
from bot.service.moving import PLACES, MigrationMap

FILE = "migrations.yaml"

Source = Annotated[str, StringConstraints(pattern=r"^[0-9]+(-[0-9a-f]{12})?$")]


class MapSpec(Strict):
    """One map; it leads to the version that the file is released with.

    `from`: a version, or its number alone. `nodes`: older place → present place. `answers`: older
    question → older code → present code.
    """

    source: Source = Field(alias="from")
    nodes: dict[Address, Address] = Field(default_factory=dict)
    answers: dict[Address, dict[Address, Address]] = Field(default_factory=dict)
    note: str = ""


_MAPS = TypeAdapter(list[MapSpec])


def load_maps(folder: Path, dialog: Dialog) -> tuple[MigrationMap, ...]:
    """Read the migration maps under `folder`; without the file, or with an empty one, none.

    Raises DialogInvalidError listing every problem: unreadable, two maps for one version, a place
    where nobody can stand or an answer code that `dialog` does not have.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), UniqueKeyLoader)  # noqa: S506
        specs = _MAPS.validate_python(content or [])
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DialogInvalidError([f"{FILE}: {' '.join(str(error).split())}"]) from error
    except ValidationError as error:
        raise DialogInvalidError(
            [f"{FILE}: {'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
        ) from error
    problems = [f"{FILE}: {each}" for each in _problems(specs, dialog)]
    if problems:
        raise DialogInvalidError(problems)
    return tuple(MigrationMap(each.source, each.nodes, each.answers) for each in specs)


def _problems(specs: list[MapSpec], dialog: Dialog) -> Iterator[str]:
    seen: set[str] = set()
    for each in specs:
        if each.source in seen:
            yield f"{each.source}: two maps for one version"
        seen.add(each.source)
        if each.source == dialog.version:
            yield f"{each.source}: this is the present version"
        for name in each.nodes.values():
            if not isinstance(dialog.nodes.get(name), PLACES):
                yield f"{each.source}: nobody can stand at {name}"
        for question, codes in each.answers.items():
            node = dialog.nodes.get(each.nodes.get(question, question))
            source = dialog.nodes.get(node.of) if isinstance(node, Ask) and node.of else node
            if not isinstance(node, Ask) or not isinstance(source, Ask):
                yield f"{each.source}: {question} leads to no question"
                continue
            known = {option.code for option in source.options} | {node.skip_code}
            for code in codes.values():
                if code not in known:
                    yield f"{each.source}: {question}: no answer {code}"
