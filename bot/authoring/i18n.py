"""Sentences of the dialog files ↔ gettext catalogs: template, update, review states."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, unescape, write_po

from bot.core.model import Text

REVIEW = "review: "
"""A translator comment `# review: draft` or `# review: reviewed NAME DATE` stands at each entry."""


_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


@dataclass(frozen=True, slots=True)
class ReviewShare:
    """How much of a catalog is translated and reviewed."""

    total: int
    translated: int
    reviewed: int


def template(texts: Mapping[str, Text], notes: Mapping[str, str]) -> Catalog:
    """Return the template: source sentence as msgid, address as msgctxt, notes for translators."""
    catalog = Catalog(
        project="tsunagi",
        version="1",
        charset="utf-8",
        fuzzy=False,
        creation_date=datetime.fromisoformat("2026-11-25T00:00+09:00"),
    )
    for address, text in texts.items():
        comments = [notes[address]] if address in notes else []
        catalog.add(
            text.source,
            context=address,
            auto_comments=comments,
            locations=[(f"dialogs/{address.split('.')[0]}.yaml", None)],  # type: ignore[list-item]
        )
    return catalog


def update(path: Path, made: Catalog) -> Catalog:
    """Merge the template into a language's catalog: a changed source makes its entry fuzzy.

    The entry keeps the old source beside it; a fuzzy entry is not served.
    """
    old: Catalog = Catalog(fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file)
    by_address = {message.context: message for message in old if message.id}
    merged = Catalog(
        project="tsunagi",
        version="1",
        charset="utf-8",
        fuzzy=False,
        creation_date=made.creation_date,
        revision_date=made.creation_date,
    )
    for message in made:
        if not message.id:
            continue
        known = by_address.get(message.context)
        changed = known is not None and known.id != message.id and bool(known.string)
        merged.add(
            message.id,
            string=known.string if known is not None else "",
            context=message.context,
            flags=({"fuzzy"} if changed else set()) | (known.flags if known is not None else set()),
            auto_comments=message.auto_comments,
            user_comments=[
                each
                for each in (known.user_comments if known is not None else [])
                if not each.startswith("|")
            ],
            locations=message.locations,
            previous_id=_translated_source(known, changed=changed),
        )
    return merged


def _translated_source(known: Message | None, *, changed: bool) -> list[str]:
    """Return the source that a fuzzy entry's words translate, over several changes of it."""
    if known is None or not (changed or known.fuzzy):
        return []
    # Babel writes `#| msgid …`, but reads it as comments that begin with a bar.
    lines = [each[1:].strip() for each in known.user_comments if each.startswith("|")]
    if lines:
        return ["".join(unescape(each) for each in _QUOTED.findall(" ".join(lines)))]
    return [str(known.id)] if changed else []


def save(path: Path, catalog: Catalog) -> None:
    """Write a catalog in a stable form, so that differences show only what changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=100, include_previous=True, omit_header=False)


def review_share(path: Path) -> ReviewShare:
    """Count translated and reviewed entries of a catalog."""
    with path.open("rb") as file:
        entries = [message for message in read_po(file) if message.id]
    translated = [each for each in entries if each.string and not each.fuzzy]
    reviewed = [
        each
        for each in translated
        if any(comment.startswith(REVIEW + "reviewed") for comment in each.user_comments)
    ]
    return ReviewShare(len(entries), len(translated), len(reviewed))


def drift(path: Path, texts: Mapping[str, Text]) -> list[str]:
    """Return the addresses whose entry in a catalog is missing or of another source."""
    with path.open("rb") as file:
        known = {message.context: message.id for message in read_po(file) if message.id}
    return [address for address, text in texts.items() if known.get(address) != text.source] + [
        f"{address} (no longer used)" for address in known if address not in texts
    ]
