"""Other versions of the real dialog, and an office that is given a new release."""

from dataclasses import replace

from bot.core.dialog import Ask, Chat, Decide, Dialog
from bot.core.model import Text
from bot.service.counseling import Counseling
from bot.service.flows import Flow, Versions
from bot.service.journal import Desk
from bot.service.moving import MigrationMap
from bot.service.reading import Reading
from bot.service.releasing import Releasing
from tests.support.dialogs import CATALOGS, DIALOG, make_context
from tests.support.service_tools import Office, SmallPhrasebook


def version(name: str, dialog: Dialog = DIALOG) -> Dialog:
    """The same dialog under another name."""
    return replace(dialog, version=name)


def reworded(name: str, question: str, dialog: Dialog = DIALOG) -> Dialog:
    """A version in which one question has other words."""
    node = dialog.nodes[question]
    assert isinstance(node, Ask)
    # An address of its own: catalogs remember words by address.
    text = Text(f"{node.text.address}.{name}", f"{name}：{node.text.source}")
    return replace(
        version(name, dialog), nodes={**dialog.nodes, question: replace(node, text=text)}
    )


def renamed(name: str, old: str, new: str, dialog: Dialog = DIALOG) -> Dialog:
    """A version in which one question has another id, so that the old one is gone."""

    def to(target: str) -> str:
        return new if target == old else target

    nodes = {}
    for each in dialog.nodes.values():
        node = each
        if isinstance(node, Ask):
            options = tuple(replace(option, goto=to(option.goto)) for option in node.options)
            node = replace(node, options=options)
        if isinstance(node, Decide):
            node = replace(node, cases=tuple((when, to(goto)) for when, goto in node.cases))
        if not isinstance(node, Chat):
            node = replace(node, next=to(node.next))
        nodes[to(node.id)] = replace(node, id=to(node.id))
    phrases = {**dialog.phrases, f"topic.{new}": dialog.phrases[f"topic.{old}"]}
    main_path = frozenset(map(to, dialog.main_path))
    return replace(version(name, dialog), nodes=nodes, phrases=phrases, main_path=main_path)


def words_of(dialog: Dialog, question: str = "Q5") -> str:
    node = dialog.nodes[question]
    assert isinstance(node, Ask)
    return node.text.source


def flow_of(dialog: Dialog) -> Flow:
    context = make_context()
    return Flow(dialog, CATALOGS, context.triage, context.detectors)


class Releases:
    """What an office was given one after the other; `deploy` starts a process on the newest."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.known: dict[str, Dialog] = {}
        self.rebuilt: list[str] = []

    def deploy(self, dialog: Dialog, *maps: MigrationMap) -> Releasing:
        office = self.office
        self.known[dialog.version] = dialog
        desk = Desk(
            dialog, office.renderer, office.new_id, versions=Versions(self._rebuild, maps=maps)
        )
        office.desk = desk
        office.tools = replace(office.tools, desk=desk)
        office.counseling = Counseling(office.transaction, desk, office.clock, SmallPhrasebook())
        office.reading = Reading(office.transaction, desk)
        releasing = Releasing(
            office.transaction, office.transaction, desk, office.context, office.clock
        )
        releasing.register(dialog.version.encode())
        return releasing

    def _rebuild(self, name: str, packed: bytes) -> Flow:
        assert packed == name.encode()
        self.rebuilt.append(name)
        return flow_of(self.known[name])
