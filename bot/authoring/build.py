"""Checked file contents → the values of the core, with an address for every sentence."""

from collections.abc import Mapping

from bot.authoring import schema
from bot.core.dialog import (
    ALWAYS,
    Ask,
    Card,
    Chat,
    Condition,
    Control,
    Decide,
    Dialog,
    Fix,
    HandOver,
    Interrupt,
    Language,
    Node,
    Option,
    Result,
    Say,
    reachable,
)
from bot.core.model import Level, Text

_OPERATORS = {"all", "any", "not"}


class Builder:
    """Builds a Dialog; afterwards `texts`, `notes`, `labels` and `crisis` list its sentences."""

    def __init__(
        self,
        spec: schema.DialogSpec,
        phrases: schema.PhrasesSpec,
        cards: Mapping[str, schema.CardSpec],
        numbers: Mapping[str, str],
        version: str,
    ) -> None:
        self._spec = spec
        self._phrases = phrases
        self._cards = cards
        self._numbers = numbers
        self._version = version
        self.texts: dict[str, Text] = {}
        self.notes: dict[str, str] = {}
        self.labels: set[str] = set()
        self.crisis: set[str] = set()

    def dialog(self, problems: list[str]) -> Dialog | None:
        """Return the dialog, or None after adding to `problems` what stands in its way."""
        spec = self._spec
        nodes: dict[str, Node] = {}
        stop_text: Text | None = None
        for name, node in spec.nodes.items():
            if isinstance(node, schema.StopSpec):
                stop_text = self._text(f"{spec.id}.{name}.text", node.text, node.note)
                continue
            try:
                nodes[name] = self._node(name, node)
            except ValueError as error:
                problems.append(f"{spec.id}.yaml: nodes.{name}: {error}")
        interrupts = []
        for each in spec.interrupts:
            try:
                when = condition(each.when)
            except ValueError as error:
                problems.append(f"{spec.id}.yaml: interrupts.{each.id}: {error}")
                continue
            interrupts.append(Interrupt(each.id, when, each.goto))
        phrases = self._all_phrases()
        controls = {
            code: Control(
                code,
                self._label(f"phrases.control.{code}", each.text),
                self._text(
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
            nodes=nodes,
            interrupts=tuple(interrupts),
            controls=controls,
            phrases=phrases,
            cards=cards,
            main_path=frozenset(reachable(nodes, spec.start)),
        )

    def _all_phrases(self) -> dict[str, Text]:
        groups = {
            "bot": self._phrases.bot,
            "topic": self._phrases.topic,
            "web": self._phrases.web,
        }
        return {
            f"{group}.{key}": self._text(f"phrases.{group}.{key}", words)
            for group, entries in groups.items()
            for key, words in entries.items()
        }

    def _card(self, code: str, spec: schema.CardSpec) -> Card:
        base = f"programmes.{code}"
        return Card(
            code,
            self._text(f"{base}.name", spec.name),
            spec.reading,
            self._text(f"{base}.text", spec.text),
            self._text(f"{base}.desk", spec.desk),
            spec.last_checked,
        )

    def _node(self, name: str, node: schema.AnyNodeSpec) -> Node:
        base = f"{self._spec.id}.{name}"
        match node:
            case schema.AskSpec():
                return self._ask(name, base, node)
            case schema.SummarySpec():
                return Ask(
                    name,
                    self._text(f"{base}.text", node.text, node.note),
                    self._text(f"{base}.why", node.why),
                    tuple(self._option(base, each) for each in node.options),
                    next=self._spec.chat,
                    skip_code="",
                )
            case schema.SaySpec():
                if node.crisis:
                    self.crisis.add(f"{base}.text")
                text = self._text(f"{base}.text", node.text, node.note)
                return Say(name, text, node.next, node.crisis)
            case schema.DecideSpec():
                cases = tuple((condition(each.when), each.goto) for each in node.cases)
                return Decide(name, cases, node.next)
            case schema.HandOverSpec():
                text_or_none = self._text(f"{base}.text", node.text) if node.text else None
                return HandOver(name, node.reason, text_or_none, node.next)
            case schema.LanguageSpec():
                text = self._text(f"{base}.text", node.text, node.note)
                return Language(name, text, node.next)
            case schema.FixSpec():
                return Fix(name, self._text(f"{base}.text", node.text, node.note), node.next)
            case schema.ResultSpec():
                return self._result(name, base, node)
            case schema.ChatSpec():
                return Chat(
                    name,
                    self._text(f"{base}.text", node.text, node.note),
                    self._text(f"{base}.waiting", node.waiting),
                    self._text(f"{base}.alone", node.alone),
                )
            case schema.StopSpec():
                raise ValueError("a stop node is not a place to stand at")

    def _ask(self, name: str, base: str, node: schema.AskSpec) -> Ask:
        if bool(node.options) == bool(node.of):
            raise ValueError("give either options or `of` (the question whose answers are listed)")
        return Ask(
            name,
            self._text(f"{base}.text", node.text, node.note),
            self._text(f"{base}.why", node.why),
            tuple(self._option(base, each) for each in node.options),
            next=node.next,
            many=node.type == "multi",
            value=node.value or "",
            when=condition(node.when) if node.when is not None else ALWAYS,
            skip_code=node.skip_code if node.skip else "",
            of=node.of or "",
        )

    def _option(self, base: str, spec: schema.OptionSpec) -> Option:
        address = f"{base}.{spec.code}"
        detail = self._text(f"{address}.detail", spec.detail) if spec.detail else None
        return Option(
            spec.code,
            self._label(address, spec.label),
            detail,
            only=spec.only,
            goto=spec.goto or "",
            low=spec.low,
            high=spec.high,
        )

    def _result(self, name: str, base: str, node: schema.ResultSpec) -> Result:
        missing = [level.name for level in Level if level.name not in node.texts]
        missing += [level.name for level in Level if level.name not in node.sent]
        if missing:
            raise ValueError(f"no words for {', '.join(sorted(set(missing)))}")
        self.crisis.add(f"{base}.texts.U4")
        return Result(
            name,
            {Level[key]: self._text(f"{base}.texts.{key}", v) for key, v in node.texts.items()},
            {Level[key]: self._text(f"{base}.sent.{key}", v) for key, v in node.sent.items()},
            self._text(f"{base}.unsent", node.unsent),
            self._text(f"{base}.worse", node.worse),
            node.next,
        )

    def _label(self, address: str, words: str) -> Text:
        self.labels.add(address)
        return self._text(address, words, "A button: at most 20 graphemes.")

    def _text(self, address: str, words: str, note: str = "") -> Text:
        named = {name: number for name, number in self._numbers.items() if f"{{{name}}}" in words}
        text = Text(address, words, named)
        self.texts[address] = text
        if note:
            self.notes[address] = note
        return text


def condition(spec: Mapping[str, object]) -> Condition:
    """Turn `{Q1: [A, B]}`, `{all: […]}`, `{any: […]}`, `{not: …}`, `{lang: […]}` into a condition.

    Several keys in one mapping must all hold. Raises ValueError on any other shape.
    """
    parts = tuple(_atom(key, value) for key, value in spec.items())
    if not parts:
        raise ValueError("an empty condition")
    return parts[0] if len(parts) == 1 else Condition("all", parts)


def _atom(key: str, value: object) -> Condition:
    if key in _OPERATORS:
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, dict) for item in items) or (key == "not" and len(items) != 1):
            raise ValueError(f"`{key}` takes conditions, not {value!r}")
        return Condition(key, tuple(condition(item) for item in items if isinstance(item, dict)))
    if not isinstance(value, list) or not value:
        raise ValueError(f"`{key}` takes a list of codes, not {value!r}")
    values = frozenset(str(item) for item in value)
    if key in {"lang", "detected", "alerted"}:
        return Condition(key, values=values)
    return Condition("answered", question=key, values=values)
