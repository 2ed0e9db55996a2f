"""What makes a dialog refusable: dead ends, unknown codes, a crisis without safety words."""

from collections.abc import Collection, Iterator

from bot.core.condition import Condition
from bot.core.dialog import Ask, Chat, Decide, Dialog, HandOver, Language, Say, reachable, targets
from bot.core.graphemes import grapheme_count

LABEL_LIMIT = 20
"""Graphemes a quick reply's label may have (LINE: action-object-label-spec)."""

QUESTION_LIMIT = 60
"""Characters of a question in Japanese (triage 4.1); START and SUMMARY are longer texts."""

NEEDED_CONTROLS = ("SKIP", "BACK", "STOP", "HUMAN", "LANG", "DONE", "RESTART", "CONTINUE", "WHY")


def check_dialog(dialog: Dialog, labels: Collection[str], detectors: Collection[str]) -> list[str]:
    """Return every problem of a dialog, each naming its place; an empty list means it may run.

    `labels` are the addresses of buttons, `detectors` the names of the text detectors.
    """
    problems = [*_wrong_targets(dialog)]
    if problems:
        return problems
    return [
        *_unreachable(dialog),
        *_unknown_codes(dialog, detectors),
        *_wrong_kinds(dialog),
        *_long_labels(dialog, labels),
        *_crisis_without_safety(dialog),
        *_headings(dialog),
    ]


def _wrong_targets(dialog: Dialog) -> Iterator[str]:
    for name in (dialog.start, dialog.chat, dialog.human):
        if name not in dialog.nodes:
            yield f"{dialog.id}: no node {name}"
    for name, node in dialog.nodes.items():
        for target in targets(node):
            if target not in dialog.nodes:
                yield f"{dialog.id}.{name}: leads to the unknown node {target}"
    for each in dialog.interrupts:
        if each.goto not in dialog.nodes:
            yield f"{dialog.id}: interrupt {each.id} leads to the unknown node {each.goto}"
    for code in NEEDED_CONTROLS:
        if code not in dialog.controls:
            yield f"phrases.yaml: control.{code} is missing"


def _unreachable(dialog: Dialog) -> Iterator[str]:
    starts = [dialog.start, dialog.human, dialog.chat, *(each.goto for each in dialog.interrupts)]
    seen = reachable(dialog.nodes, *starts)
    for name in dialog.nodes:
        if name not in seen:
            yield f"{dialog.id}.{name}: cannot be reached"


def _unknown_codes(dialog: Dialog, detectors: Collection[str]) -> Iterator[str]:
    codes = {
        name: {each.code for each in node.options} | {node.skip_code}
        for name, node in dialog.nodes.items()
        if isinstance(node, Ask)
    }
    for where, condition in _conditions(dialog):
        if condition.op == "detected":
            for name in sorted(condition.values - set(detectors)):
                yield f"{where}: no detector {name}"
        if condition.op != "answered":
            continue
        if condition.question not in codes:
            yield f"{where}: looks at the unknown question {condition.question}"
            continue
        for code in sorted(condition.values - codes[condition.question]):
            yield f"{where}: {condition.question} has no answer {code}"


def _conditions(dialog: Dialog) -> Iterator[tuple[str, Condition]]:
    for each in dialog.interrupts:
        yield from _flat(f"{dialog.id}: interrupt {each.id}", each.when)
    for name, node in dialog.nodes.items():
        if isinstance(node, Ask):
            yield from _flat(f"{dialog.id}.{name}", node.when)
        elif isinstance(node, Decide):
            for when, _ in node.cases:
                yield from _flat(f"{dialog.id}.{name}", when)


def _flat(where: str, condition: Condition) -> Iterator[tuple[str, Condition]]:
    yield where, condition
    for part in condition.parts:
        yield from _flat(where, part)


def _wrong_kinds(dialog: Dialog) -> Iterator[str]:
    if not isinstance(dialog.nodes[dialog.start], Language):
        yield f"{dialog.id}: start must be the language menu"
    if not isinstance(dialog.nodes[dialog.human], HandOver):
        yield f"{dialog.id}: human must be a hand_over"
    if not isinstance(dialog.nodes[dialog.chat], Chat):
        yield f"{dialog.id}: chat must be a chat"
    for name, node in dialog.nodes.items():
        if not isinstance(node, Ask):
            continue
        seen: set[str] = set()
        for each in node.options:
            if each.code in seen:
                yield f"{dialog.id}.{name}: the code {each.code} stands twice"
            seen.add(each.code)
            if each.code in dialog.controls:
                yield f"{dialog.id}.{name}: {each.code} is the name of a control"
        if node.of and not isinstance(dialog.nodes.get(node.of), Ask):
            yield f"{dialog.id}.{name}: `of` names no question"
        # A consent says what is told to whom, and what is not: it may be longer.
        main = name not in {dialog.summary, "START"} and not node.consent
        if main and len(node.text.source) > QUESTION_LIMIT:
            yield (
                f"{dialog.id}.{name}: the question has {len(node.text.source)} characters, "
                f"at most {QUESTION_LIMIT}"
            )


def _long_labels(dialog: Dialog, labels: Collection[str]) -> Iterator[str]:
    every = [each.label for each in dialog.controls.values()]
    for node in dialog.nodes.values():
        if isinstance(node, Ask):
            every.extend(each.label for each in node.options)
    for label in every:
        length = grapheme_count(label.source)
        if label.address in labels and length > LABEL_LIMIT:
            yield f"{label.address}: the label has {length} graphemes, at most {LABEL_LIMIT}"


def _crisis_without_safety(dialog: Dialog) -> Iterator[str]:
    """Every way into a hand-over for a crisis must pass safety words first (house rule 9.7)."""
    unsafe = {dialog.start, *(each.goto for each in dialog.interrupts)}
    open_ends = list(unsafe)
    while open_ends:
        node = dialog.nodes[open_ends.pop()]
        if isinstance(node, Say) and node.crisis:
            continue
        if isinstance(node, HandOver) and node.reason == "crisis":
            yield f"{dialog.id}.{node.id}: can be reached without safety words in front"
            continue
        for target in targets(node):
            if target not in unsafe:
                unsafe.add(target)
                open_ends.append(target)


def _headings(dialog: Dialog) -> Iterator[str]:
    for name, node in dialog.nodes.items():
        if not isinstance(node, Ask) or (node.options and all(each.goto for each in node.options)):
            continue  # a choice of the way leaves no answer to tell
        if name not in {dialog.summary, "START"} and f"topic.{name}" not in dialog.phrases:
            yield f"phrases.yaml: topic.{name} is missing (heading of the answer in the summary)"
