"""Talk: what follows in one conversation, on the version of the dialog that it stands on."""

from collections.abc import Callable
from dataclasses import replace

from bot.core.dialog import Chat
from bot.core.engine import Doing, take
from bot.core.events import Alerted, Asked, Forgot, Said, Stopped
from bot.core.model import Lang, Pick, Text
from bot.core.moves import Context, Turn, begin_again, hand_to_person
from bot.core.state import State
from bot.service.journal import Desk
from bot.service.moving import How, Move, moved
from bot.service.ports import Work


class Talk:
    """One turn of a conversation that stands at `state`.

    `desk` and `context` are those of the current version. A conversation that began on another one
    goes on with it while it is served; else it is moved to the current version. Afterwards `desk`
    is the one whose words answer.
    """

    def __init__(self, work: Work, state: State, *, desk: Desk, context: Context) -> None:
        self.desk = desk
        self._state = state
        self._shown = desk
        self._current = desk, context
        self._context = context
        self._move: Move | None = None
        if state.version != desk.dialog.version:
            self._find_version(work)

    def heard_at(self, *, tapped: bool) -> tuple[Desk, str]:
        """Return the version and the node by which the resident's own words are understood.

        A tap means what the button said that was on show; typed words are read as they are
        answered.
        """
        if self._move is None or tapped:
            return self._shown, self._state.node
        return self.desk, self._move.state.node

    def silent(self) -> Turn:
        """Return the turn in which nothing happens: somebody else speaks."""
        return Turn(self._state, ())

    def welcomed(self) -> Turn:
        """Return what is said to somebody who comes, or comes back."""

        def welcome(state: State) -> Turn:
            dialog = self.desk.dialog
            if not state.lang or state.node == dialog.start:
                return Turn(state, (Asked(dialog.start),))
            return Turn(state, (Said(dialog.phrase("bot.welcome_back")), Asked(state.node)))

        return self._on(welcome, None)

    def reminded(self, phrase: str) -> Turn:
        """Return the open question again, after the fixed sentence `phrase`."""
        return self._on(
            lambda state: Turn(state, (Asked(state.node, self.desk.dialog.phrase(phrase)),)), None
        )

    def took(self, doing: Doing) -> Turn:
        """Return what follows from what the resident did."""
        if self._move is not None and isinstance(doing, Pick):
            doing = self._move.pick(doing)
        did = doing
        return self._on(lambda state: self._take(state, did), did)

    def gives_receipt(self, turn: Turn, *, given: bool) -> bool:
        """Tell whether the resident knows that a free text arrived, with no answer since."""
        dialog = self.desk.dialog
        chat = dialog.nodes[dialog.chat]
        if turn.state.node != dialog.chat or not isinstance(chat, Chat):
            return False
        receipts = (chat.waiting, chat.alone)
        return given or any(
            isinstance(each, Asked) and each.hint in receipts for each in turn.events
        )

    # --- helpers -------------------------------------------------------------------------------

    def _find_version(self, work: Work) -> None:
        desk, context = self._current
        flow = desk.versions.find(work, self._state.version)
        if flow is not None:
            self._shown = desk.using(flow)
            if desk.versions.is_served(work, self._state.version):
                self.desk, self._context = self._shown, flow.context(context)
                return
        old = flow.dialog if flow is not None else None
        self._move = moved(self._state, old=old, new=desk.dialog, maps=desk.versions.maps)

    def _on(self, respond: Callable[[State], Turn], doing: Doing | None) -> Turn:
        if self._move is None:
            return respond(self._state)
        if self._move.how in {How.MAPPED, How.GOES_ON}:
            return respond(self._move.state)
        return self._instead(self._move, doing)

    def _take(self, state: State, doing: Doing) -> Turn:
        turn = take(self.desk.dialog, state, doing, context=self._context, words=self._words)
        begun = turn.state.session != state.session
        forgot = any(isinstance(each, Forgot) for each in turn.events)
        if begun and not forgot and self.desk is not self._current[0]:
            # Who begins again does so on the current version.
            self.desk, self._context = self._current
            return begin_again(self.desk.dialog, state, self._context)
        return turn

    def _instead(self, move: Move, doing: Doing | None) -> Turn:
        """Return what follows where the question on show is no more: a person, or the beginning.

        A cry for help, and the wish to stop or for a person, are heard all the same.
        """
        instead = replaced(move, self.desk, self._context)
        if doing is None:
            return instead
        context = replace(self._context, receipt_given=True)
        heard = take(self.desk.dialog, instead.state, doing, context=context, words=self._words)
        cried = heard.state.detected != instead.state.detected
        if not cried and not any(isinstance(each, Alerted | Stopped) for each in heard.events):
            return instead
        unsaid = [each for each in instead.events if not isinstance(each, Said | Asked)]
        return Turn(heard.state, (*unsaid, *heard.events))

    def _words(self, lang: Lang) -> Callable[[Text], str]:
        renderer = self.desk.renderer
        return lambda text: renderer.render(text, lang).text


def replaced(move: Move, desk: Desk, context: Context) -> Turn:
    """Return the turn that a lost question asks for: into the queue, or from the beginning."""
    if move.how is How.ANEW:
        return begin_again(desk.dialog, move.state, context)
    return hand_to_person(desk.dialog, replace(move.state, stopped=False), "stuck", context)
