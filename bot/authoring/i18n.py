"""Sentences of the dialog files ↔ gettext catalogs: template, update, review states."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, unescape, write_po

from bot.core.model import Text

REVIEW = "review: "
"""A translator comment `# review: draft` or `# review: reviewed NAME DATE` stands at each entry."""


_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


DRAFT = "draft"
REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Review:
    """The review state of an entry: draft, reviewed or '' (none); `by` is who reviewed it when."""

    state: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ReviewShare:
    """How much of a catalog, or of a part of it, is translated and reviewed."""

    total: int = 0
    translated: int = 0
    reviewed: int = 0
    stateless: int = 0

    def plus(self, *, translated: bool, review: Review) -> "ReviewShare":
        """Return the share with one more entry."""
        return ReviewShare(
            self.total + 1,
            self.translated + translated,
            self.reviewed + (translated and review.state == REVIEWED),
            self.stateless + (translated and not review.state),
        )


def review_of(message: Message) -> Review:
    """Return the review state that stands at an entry."""
    for comment in message.user_comments:
        if comment.startswith(REVIEW):
            state, _, by = comment.removeprefix(REVIEW).partition(" ")
            return Review(state, by) if state in {DRAFT, REVIEWED} else Review()
    return Review()


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


def update(path: Path, made: Catalog, *, source: bool = False) -> Catalog:
    """Merge the template into a language's catalog: a changed source makes its entry fuzzy.

    The entry keeps the old source beside it; a fuzzy entry is not served. `source`: the catalog
    of the source language, which holds nothing but review states; a changed sentence is a draft.
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
        if source:
            same = known is not None and known.id == message.id
            reviewed = known.user_comments if known is not None and same else [REVIEW + DRAFT]
            merged.add(
                message.id,
                context=message.context,
                auto_comments=message.auto_comments,
                user_comments=reviewed,
                locations=message.locations,
            )
            continue
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


def review_shares(
    path: Path, part_of: Callable[[str], str], *, source: bool = False
) -> dict[str, ReviewShare]:
    """Count translated and reviewed entries of a catalog by part (`part_of` an address).

    `source`: the catalog of the source language, whose sentences need no translation.
    """
    with path.open("rb") as file:
        entries = [message for message in read_po(file) if message.id]
    shares: dict[str, ReviewShare] = {}
    for each in entries:
        part = part_of(str(each.context))
        translated = source or (bool(each.string) and not each.fuzzy)
        shares[part] = shares.get(part, ReviewShare()).plus(
            translated=translated, review=review_of(each)
        )
    return shares


def drift(path: Path, texts: Mapping[str, Text]) -> list[str]:
    """Return the addresses whose entry in a catalog is missing or of another source."""
    with path.open("rb") as file:
        known = {message.context: message.id for message in read_po(file) if message.id}
    return [address for address, text in texts.items() if known.get(address) != text.source] + [
        f"{address} (no longer used)" for address in known if address not in texts
    ]
