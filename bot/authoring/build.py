"""Checked file contents → the values of the core, with an address for every sentence."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.authoring import schema
from bot.authoring.conditions import condition
from bot.authoring.nodes import NodeBuilder, Sentences
from bot.core.dialog import Card, Control, Dialog, Interrupt, Line, Node, reachable, targets
from bot.core.model import Text


class Builder:
    """Builds a Dialog; afterwards `sentences` lists its words."""

    def __init__(
        self,
        spec: schema.DialogSpec,
        branches: Sequence[schema.BranchSpec],
        phrases: schema.PhrasesSpec,
        cards: Mapping[str, schema.CardSpec],
        hotlines: Mapping[str, schema.HotlineSpec],
        version: str,
    ) -> None:
        self._spec = spec
        self._branches = branches
        self._phrases = phrases
        self._cards = cards
        self._lines = {name: each for name, each in hotlines.items() if each.status != "unverified"}
        self._version = version
        self.sentences = Sentences(
            spec.id, {name: each.number for name, each in self._lines.items()}
        )

    def dialog(self, problems: list[str]) -> Dialog | None:
        """Return the dialog, or None after adding to `problems` what stands in its way."""
        spec = self._spec
        nodes: dict[str, Node] = {}
        stop_text: Text | None = None
        branch_of: dict[str, str] = {}
        made = NodeBuilder(self.sentences, spec.chat)
        for branch, name, node in self._specs():
            file = f"branches/{branch}.yaml" if branch else f"{spec.id}.yaml"
            if name in branch_of:
                problems.append(f"{file}: nodes.{name}: stands in another file already")
                continue
            branch_of[name] = branch
            if isinstance(node, schema.StopSpec):
                stop_text = self.sentences.text(f"{spec.id}.{name}.text", node.text, node.note)
                continue
            try:
                nodes[name] = made.node(name, node)
            except ValueError as error:
                problems.append(f"{file}: nodes.{name}: {error}")
        interrupts = []
        for each in spec.interrupts:
            try:
                when = condition(each.when)
            except ValueError as error:
                problems.append(f"{spec.id}.yaml: interrupts.{each.id}: {error}")
                continue
            interrupts.append(Interrupt(each.id, when, each.goto, each.detour))
        phrases = self._all_phrases()
        controls = {
            code: Control(
                code,
                self.sentences.label(f"phrases.control.{code}", each.text),
                self.sentences.text(
                    f"phrases.control.{code}.typed",
                    "|".join(each.typed),
                    "Words a resident may type instead of the button, separated by |.",
                ),
            )
            for code, each in self._phrases.control.items()
        }
        cards = {code: self._card(code, each) for code, each in self._cards.items()}
        summaries = [n for n, node in spec.nodes.items() if isinstance(node, schema.SummarySpec)]
        if stop_text is None or spec.stop not in spec.nodes:
            problems.append(f"{spec.id}.yaml: stop: no node of kind stop")
        if len(summaries) != 1:
            problems.append(f"{spec.id}.yaml: exactly one node of kind summary is needed")
        if problems or stop_text is None:
            return None
        return Dialog(
            id=spec.id,
            version=f"{spec.version}-{self._version}",
            start=spec.start,
            chat=spec.chat,
            human=spec.human,
            summary=summaries[0],
            stop_text=stop_text,
            nodes=in_flow_order(nodes, spec.start, [each.goto for each in interrupts]),
            interrupts=tuple(interrupts),
            controls=controls,
            phrases=phrases,
            cards=cards,
            lines={code: self._line(code, each) for code, each in self._lines.items()},
            main_path=frozenset(reachable(nodes, spec.start)),
            branch_of=branch_of,
        )

    def _specs(self) -> Iterator[tuple[str, str, schema.AnyNodeSpec]]:
        for name, node in self._spec.nodes.items():
            yield "", name, node
        for each in self._branches:
            for name, node in each.nodes.items():
                yield each.branch, name, node

    def _all_phrases(self) -> dict[str, Text]:
        topics = dict(self._phrases.topic)
        for branch in self._branches:
            topics |= branch.topics
        groups = {
            "bot": self._phrases.bot,
            "card": self._phrases.card,
            "topic": topics,
            "web": self._phrases.web,
        }
        return {
            f"{group}.{key}": self.sentences.text(f"phrases.{group}.{key}", words)
            for group, entries in groups.items()
            for key, words in entries.items()
        }

    def _card(self, code: str, spec: schema.CardSpec) -> Card:
        base = f"programmes.{code}"
        if spec.money in {"loan", "gift"}:
            self.sentences.money |= {f"{base}.text", f"{base}.name"}
        return Card(
            code,
            self.sentences.text(f"{base}.name", spec.name),
            spec.reading,
            self.sentences.text(f"{base}.text", spec.text),
            self.sentences.text(f"{base}.desk", spec.desk),
            takes=f"card.takes_{spec.takes}",
            money=f"card.money_{spec.money}",
            bring=tuple(f"card.bring_{each}" for each in spec.bring),
            lines=tuple(spec.lines),
            valid_from=date.fromisoformat(spec.valid_from),
            valid_to=date.fromisoformat(spec.valid_to) if spec.valid_to else None,
            last_checked=date.fromisoformat(spec.last_checked),
        )

    def _line(self, code: str, spec: schema.HotlineSpec) -> Line:
        base = f"hotlines.{code}"
        return Line(
            code,
            self.sentences.text(f"{base}.name", spec.name),
            spec.number,
            self.sentences.text(f"{base}.hours", spec.hours),
            spec.languages,
            valid_to=date.fromisoformat(spec.valid_to) if spec.valid_to else None,
        )


def in_flow_order(
    nodes: Mapping[str, Node], start: str, branches: Sequence[str]
) -> dict[str, Node]:
    """Return the nodes in the order in which a resident may meet them, branches last."""
    ordered: dict[str, Node] = {}
    for first in (start, *branches, *nodes):
        finished: list[str] = []
        _visit(nodes, first, set(ordered), finished)
        ordered |= {name: nodes[name] for name in reversed(finished)}
    return ordered


def _visit(nodes: Mapping[str, Node], name: str, seen: set[str], finished: list[str]) -> None:
    if name in seen or name not in nodes:
        return
    seen.add(name)
    for target in targets(nodes[name]):
        _visit(nodes, target, seen, finished)
    finished.append(name)
