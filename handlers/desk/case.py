"""A case: the chat, what is known, and what the counselor does with it."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.core.model import Holder
from bot.errors import AlreadyTakenError, BotError, MoveNotAllowedError, NotYoursError
from bot.service import Services
from bot.service.counseling import REPLY_LIMIT
from bot.service.heard import JAPANESE_LANGS
from bot.service.reading import Case
from bot.service.records import Parcel
from handlers.desk import words
from handlers.desk.assessment import Assessing, AssessmentView
from handlers.desk.inbox import list_view
from handlers.desk.showing import Showing, Tongue, Urgency
from handlers.desk.thread import LineView, Threading


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the answer box: the words, and the id under which they are sent once."""

    text: str
    nonce: str


@dataclass(frozen=True, slots=True)
class TrailLine:
    """A line of the audit trail."""

    when: str
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as the page shows it. `state` is bot, queue, mine, other or closed."""

    case: Case
    state: str
    urgency: Urgency
    tongue: Tongue
    channel: str
    reason: str
    waits: str
    opened: str
    holder: str
    blocked: bool
    lines: list[LineView]
    assessment: AssessmentView | None
    trail: list[TrailLine]
    phrases: list[tuple[str, str]]
    reads_japanese: bool


def add_routes(blueprint: Blueprint, services: Services, showing: Showing) -> None:
    """Add the page of a case, its live parts and its actions."""
    pages = _Pages(services, showing)
    _add_pages(blueprint, pages)
    _add_answering(blueprint, services, pages)
    _add_moves(blueprint, services, pages)


def _add_pages(blueprint: Blueprint, pages: "_Pages") -> None:
    @blueprint.get("/case/<int:id>")
    def case(id: int) -> ResponseReturnValue:
        return pages.page(id)

    @blueprint.get("/case/<int:id>/thread")
    def thread_part(id: int) -> ResponseReturnValue:
        return render_template(
            "desk/_thread.html", view=pages.view(id), asking_again=words.ASKING_AGAIN
        )

    @blueprint.get("/case/<int:id>/state")
    def state_part(id: int) -> ResponseReturnValue:
        return render_template("desk/_state.html", view=pages.view(id))

    @blueprint.get("/case/<int:id>/close")
    def confirm_close(id: int) -> ResponseReturnValue:
        return render_template("desk/close.html", view=pages.view(id), head=pages.head())


def _add_answering(blueprint: Blueprint, services: Services, pages: "_Pages") -> None:
    counseling = services.counseling

    @blueprint.post("/case/<int:id>/claim")
    def claim(id: int) -> ResponseReturnValue:
        # Who had lost the case while writing finds the words again.
        kept = _draft(services) if request.form.get("text") else None
        refused = pages.act(id, counseling.claim, draft=kept)
        if refused is not None:
            return refused
        return pages.page(id, draft=kept) if kept is not None else pages.done("claimed", id)

    @blueprint.post("/case/<int:id>/reply")
    def reply(id: int) -> ResponseReturnValue:
        draft = _draft(services)
        if not draft.text.strip() or len(draft.text.strip()) > REPLY_LIMIT:
            return pages.page(id, draft=draft, problem=words.REPLY_LENGTH, status=400)
        refused = pages.act(
            id,
            lambda by, case_id: counseling.reply(by, case_id, draft.text, nonce=draft.nonce),
            draft=draft,
        )
        return refused or pages.done("replied", id)

    @blueprint.post("/case/<int:id>/fill")
    def fill(id: int) -> ResponseReturnValue:
        """Put a prepared sentence into the box, for a browser without scripts."""
        draft = _draft(services)
        text = "\n".join(
            filter(
                None,
                [
                    draft.text.strip(),
                    request.form.get("say")
                    or request.args.get("say")
                    or request.form.get("phrase", ""),
                ],
            )
        )
        return pages.page(id, draft=Draft(text, draft.nonce))


def _add_moves(blueprint: Blueprint, services: Services, pages: "_Pages") -> None:
    counseling = services.counseling

    @blueprint.post("/case/<int:id>/hand-back")
    def hand_back(id: int) -> ResponseReturnValue:
        refused = pages.act(id, counseling.hand_back)
        return refused or pages.done("handed_back", id)

    @blueprint.post("/case/<int:id>/requeue")
    def requeue(id: int) -> ResponseReturnValue:
        refused = pages.act(id, counseling.requeue)
        return refused or pages.done("requeued", id)

    @blueprint.post("/case/<int:id>/close")
    def close(id: int) -> ResponseReturnValue:
        refused = pages.act(id, counseling.close)
        return refused or pages.done("closed", id)


class _Pages:
    """The page of a case in its variants, and what follows an action."""

    def __init__(self, services: Services, showing: Showing) -> None:
        self._services = services
        self._showing = showing

    def page(
        self,
        id: int,
        *,
        draft: Draft | None = None,
        problem: str = "",
        advice: str = "",
        status: int = 200,
    ) -> ResponseReturnValue:
        said = request.args.get("done", "")
        page = render_template(
            "desk/case.html",
            view=self.view(id),
            head=self.head(),
            draft=draft or Draft("", self._services.new_id()),
            limit=REPLY_LIMIT,
            asking_again=words.ASKING_AGAIN,
            done=self._showing.word(words.ACTIONS_DONE, said) if said in words.ACTIONS_DONE else "",
            problem=self._showing.translate(problem),
            advice=self._showing.translate(advice),
        )
        return page, status

    def head(self) -> object:
        return list_view(self._services, self._showing)

    def act(
        self, id: int, action: Callable[[int, int], Parcel | None], *, draft: Draft | None = None
    ) -> ResponseReturnValue | None:
        """Act and let the message go out; a refusal shows the case as it now is.

        What was written stays in the box.
        """
        try:
            parcel = action(g.counselor.id, id)
        except (AlreadyTakenError, NotYoursError, MoveNotAllowedError) as error:
            return self._refused(id, error, draft)
        self._services.deliver(parcel)
        return None

    def done(self, what: str, id: int) -> ResponseReturnValue:
        """Show the case again with what was done; reloading it repeats nothing."""
        return redirect(url_for("desk.case", id=id, done=what), 303)

    def _refused(self, id: int, error: BotError, draft: Draft | None) -> ResponseReturnValue:
        status, problem, advice = words.ERRORS[error.code]
        holder = self.view(id).holder
        if isinstance(error, AlreadyTakenError) and holder:
            problem = self._showing.translate("{name}さんが先に引き受けました").format(name=holder)
        return self.page(id, draft=draft, problem=problem, advice=advice, status=status)

    def view(self, id: int) -> CaseView:
        services, showing = self._services, self._showing
        case = services.reading.case(g.counselor.id, id)
        conversation, since = case.conversation, case.conversation.waiting_since
        names = case.names
        waited = services.now() - since if since is not None else 0
        return CaseView(
            case=case,
            state=_state(case),
            urgency=showing.urgency(conversation.level),
            tongue=showing.tongue(conversation.lang),
            channel=showing.word(words.CHANNELS, case.resident.channel),
            reason=showing.word(words.REASONS, conversation.reason),
            waits=showing.lasting(waited) if since is not None else "",
            opened=showing.moment(conversation.opened_at),
            holder=case.holder.name if case.holder is not None else "",
            blocked=not case.resident.following,
            lines=Threading(showing).lines(case.lines),
            assessment=Assessing(showing).view(conversation.assessment),
            trail=[
                TrailLine(
                    showing.moment(each.at),
                    showing.word(words.TRAIL, each.what),
                    names.get(each.counselor_id, "") if each.counselor_id is not None else "",
                )
                for each in case.trail
            ],
            phrases=services.phrasebook.sentences(conversation.lang),
            reads_japanese=conversation.lang in JAPANESE_LANGS,
        )


def _state(case: Case) -> str:
    """Tell who the case lies with, from this reader's side."""
    conversation = case.conversation
    if conversation.holder is Holder.CLOSED:
        return "closed"
    if conversation.holder is Holder.COUNSELOR:
        return "mine" if conversation.counselor_id == g.counselor.id else "other"
    return "queue" if conversation.in_queue else "bot"


def _draft(services: Services) -> Draft:
    """Return what was written; browsers send line ends as CR LF, which would count twice."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    return Draft(text, request.form.get("nonce", "") or services.new_id())
