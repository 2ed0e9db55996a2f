"""Everything that `tsunagi check` proves about a dialog, in one report."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from bot.authoring.checks import LABEL_LIMIT
from bot.authoring.counting import tally
from bot.authoring.exploration import Exploration, Failure
from bot.authoring.explore import STATES_AT_MOST, Explorer
from bot.authoring.loader import DialogBook, Promise
from bot.authoring.walking import broken, common
from bot.core.dialog import Ask, Chat, Dialog
from bot.core.graphemes import grapheme_count
from bot.core.model import Lang, Text
from bot.core.moves import Context

Render = Callable[[Text, Lang], str]


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences that residents may see, `labels` the addresses of buttons among them."""

    texts: Collection[Text]
    labels: Collection[str]
    render: Render


def explore_book(book: DialogBook, context: Context, render: Render) -> Exploration:
    """Explore the dialog of a book in the languages of the context, with its sentences.

    `context` carries the real triage: it judges the common path and the promises. `render` gives
    a sentence in a language, '' where there are no words.
    """
    wording = Wording(tuple(book.texts.values()), book.labels, render)
    return explore(book.dialog, context, wording=wording, promises=book.promises)


def explore(
    dialog: Dialog,
    context: Context,
    *,
    wording: Wording | None = None,
    promises: Collection[Promise] = (),
    states_at_most: int = STATES_AT_MOST,
) -> Exploration:
    """Explore every state and every move of a dialog (see `merging` for what that means).

    Takes seconds for a dialog of some dozens of questions. Never raises on a dialog whose `next`
    and `goto` all lead to nodes; whatever goes wrong in the engine is a failure of the report.
    """
    explorer = Explorer(dialog, context.languages, states_at_most=states_at_most)
    explorer.walk()
    failures = list(explorer.failures.values())
    whole = not any(each.kind == "unfinished" for each in failures)
    counted = tally(dialog, explorer.merger, explorer.places)
    if counted.round_at >= 0:
        node = explorer.places[counted.round_at].state.node
        failures.append(
            Failure("round", f"{node} is met again and again", explorer.path(counted.round_at))
        )
    if whole:
        failures.extend(_dead_ends(explorer))
        failures.extend(_unreached(explorer))
    quiet = [common(dialog, each[0], context) for each in explorer.classes]
    failures.extend(failure for _, found in quiet for failure in found)
    if wording is not None:
        failures.extend(_wordless(explorer, context.languages, wording))
    failures.extend(broken(dialog, promises, context))
    options = _options(dialog)
    return Exploration(
        dialog=f"{dialog.id} {dialog.version}",
        states=len(explorer.places),
        transitions=sum(len(each.edges) for each in explorer.places),
        paths=None if counted.round_at >= 0 else counted.paths.get((), 0),
        longest=counted.longest,
        most_numbered=counted.numbered,
        nodes=(len(dialog.nodes.keys() & explorer.nodes_seen.keys()), len(dialog.nodes)),
        options=(len(options & explorer.options_seen), len(options)),
        most_quick_replies=explorer.most_quick_replies,
        languages=explorer.classes,
        sentences=0 if wording is None else len(wording.texts) * len(context.languages),
        promises=len(promises),
        common=tuple(figures for figures, _ in quiet),
        failures=tuple(failures),
    )


def _dead_ends(explorer: Explorer) -> Iterator[Failure]:
    """Yield the nearest places from which no answer ever leads to the free chat."""
    before: dict[int, list[int]] = {}
    for here, place in enumerate(explorer.places):
        for edge in place.edges:
            if edge.move.kind != "control":
                before.setdefault(edge.target, []).append(here)
    ends = [
        here
        for here, place in enumerate(explorer.places)
        if isinstance(explorer.dialog.nodes[place.state.node], Chat)
    ]
    saved = set(ends)
    while ends:
        for here in before.get(ends.pop(), ()):
            if here not in saved:
                saved.add(here)
                ends.append(here)
    told: set[str] = set()
    for here, place in enumerate(explorer.places):
        node = place.state.node
        if here not in saved and node not in told:
            told.add(node)
            what = f"no answer leads from {node} to the free chat"
            yield Failure("dead_end", what, explorer.path(here))


def _options(dialog: Dialog) -> set[tuple[str, str]]:
    return {
        (name, option.code)
        for name, node in dialog.nodes.items()
        if isinstance(node, Ask)
        for option in node.options
    }


def _unreached(explorer: Explorer) -> Iterator[Failure]:
    for name in explorer.dialog.nodes:
        if name not in explorer.nodes_seen:
            yield Failure("unreached", f"{name} is never reached")
    for name, code in sorted(_options(explorer.dialog) - explorer.options_seen):
        if name in explorer.nodes_seen:
            what = f"{name}={code} is never on offer"
            yield Failure("unreached", what, explorer.path_to(name))


def _wordless(explorer: Explorer, languages: Iterable[Lang], wording: Wording) -> Iterator[Failure]:
    """Yield the sentences without words and the labels that are too long, in every language."""
    for text in wording.texts:
        for lang in languages:
            words = wording.render(text, lang)
            path = _way_to(explorer, text.address)
            if not words.strip():
                unsafe = text.address in explorer.crisis_words
                what = f"{text.address} has no words in {lang}"
                yield Failure("unsafe" if unsafe else "empty", what, path)
            elif text.address in wording.labels and grapheme_count(words) > LABEL_LIMIT:
                what = f"{text.address} has {grapheme_count(words)} graphemes in {lang}"
                yield Failure("label", f"{what}, at most {LABEL_LIMIT}", path)


def _way_to(explorer: Explorer, address: str) -> tuple[str, ...]:
    dialog, _, rest = address.partition(".")
    return explorer.path_to(rest.partition(".")[0]) if dialog == explorer.dialog.id else ()
