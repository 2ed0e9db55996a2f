"""Sentences that nobody may say to a resident: promises, refusals, cheering up (triage 4.7)."""

import re
from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from bot.authoring.schema import Strict
from bot.authoring.triage_parameters import UniqueKeyLoader
from bot.errors import DialogInvalidError

FILE = "forbidden.yaml"
HELD_TO = {"ja-easy": "ja"}
"""Languages that are held to the forms of another."""


class FormsSpec(Strict):
    """The forbidden forms of one language, as regular expressions."""

    promises: tuple[str, ...]
    refuses: tuple[str, ...]
    cheers: tuple[str, ...] = ()


_FILE = TypeAdapter(dict[str, FormsSpec])
Forms = Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]


def load_forbidden(folder: Path) -> Forms:
    """Read the forms by language. Raises DialogInvalidError where the file cannot be used."""
    path = folder / FILE
    try:
        told = yaml.load(path.read_text(encoding="utf-8"), UniqueKeyLoader)  # noqa: S506
        specs = _FILE.validate_python(told)
        return {
            lang: tuple(
                (kind, re.compile(form, re.IGNORECASE))
                for kind, forms in spec.model_dump().items()
                for form in forms
            )
            for lang, spec in specs.items()
        }
    except (OSError, UnicodeDecodeError, yaml.YAMLError, re.error, ValidationError) as error:
        raise DialogInvalidError([f"{FILE}: {' '.join(str(error).split())}"]) from error


def forbidden(lang: str, texts: Mapping[str, str], forms: Forms) -> list[str]:
    """Return every sentence of `texts` (by address) that has a forbidden form.

    Easy Japanese is looked at without the spaces between its phrases.
    """
    return [
        f"{lang}: {address}: {kind}: {found[0]}"
        for address, said in texts.items()
        for kind, form in forms.get(HELD_TO.get(lang, lang), ())
        if (found := form.search(said.replace(" ", "") if lang in HELD_TO else said))
    ]
