"""What an exploration found: figures, and failures with the shortest way to each."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.model import Lang


@dataclass(frozen=True, slots=True)
class Failure:
    """Something a resident could run into; `path` is a shortest way there, a step each.

    `kind`: raises, nowhere, loop, deaf, forgets, unsafe, dead_end, round, unreached, crowded,
    common, label, empty, promise or unfinished.
    """

    kind: str
    what: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        way = f"  [{' → '.join(self.path)}]" if self.path else ""
        return f"{self.kind}: {self.what}{way}"


@dataclass(frozen=True, slots=True)
class Common:
    """The quiet way of somebody who asks for themselves: how much is asked and said on it."""

    lang: Lang
    numbered: int
    asked: tuple[str, ...]
    bubbles: int


@dataclass(frozen=True, slots=True)
class Exploration:
    """The figures of an exploration and all its failures.

    `paths` counts different answers (tapped, from the first question to the free chat), exactly;
    None where questions go round. `longest` and `most_numbered` are over all of these ways.
    `languages` are the classes of languages that no condition tells apart.
    """

    dialog: str
    states: int
    transitions: int
    paths: int | None
    longest: int
    most_numbered: int
    nodes: tuple[int, int]
    options: tuple[int, int]
    most_quick_replies: int
    languages: tuple[tuple[Lang, ...], ...]
    sentences: int
    promises: int
    common: tuple[Common, ...]
    failures: tuple[Failure, ...]

    def lines(self) -> Iterator[str]:
        """Yield the report, a line each, failures last."""
        paths = "without end" if self.paths is None else f"{self.paths:,}"
        yield f"explored {self.states:,} states and {self.transitions:,} transitions"
        yield f"  which stand for {paths} paths; the longest asks {self.longest} questions"
        yield (
            f"  nodes {self.nodes[0]}/{self.nodes[1]}, options {self.options[0]}/{self.options[1]}"
            f", at most {self.most_quick_replies} quick replies"
        )
        classes = " | ".join(" ".join(each) for each in self.languages)
        yield f"  languages that are asked alike: {classes}"
        yield f"  {self.sentences:,} sentences looked at, {self.promises} promised flags tried"
        for each in self.common:
            yield (
                f"  the common path ({each.lang}): {each.numbered} numbered questions, "
                f"{len(each.asked)} places, {each.bubbles} bubbles"
            )
        for failure in self.failures:
            yield f"- {failure}"
