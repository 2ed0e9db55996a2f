"""The page on which a counselor puts the translation of one message right."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bot.core.model import Author, Provenance
from bot.errors import MoveNotAllowedError, NotYoursError
from bot.service import Services
from bot.service.correcting import LONGEST, is_private
from handlers.desk import words
from handlers.desk.inbox import list_view
from handlers.desk.sentences import parts_of
from handlers.desk.showing import Showing, html_lang

_NUMBER_LENGTH = 4
"""Digits of a sentence's number in a form: no message has more sentences than that."""


def add_routes(blueprint: Blueprint, services: Services, showing: Showing) -> None:
    """Add the page and its form. Works without scripts."""

    def page(
        id: int, message: int, problem: str = "", advice: str = "", status: int = 200
    ) -> ResponseReturnValue:
        """Show the form; one that was sent in vain comes back as it was filled in."""
        found = services.correcting.message(g.counselor.id, id, message)
        private = any(is_private(each.source) for each in found.sentences)
        ticked = request.form.getlist("approved")
        rows = [
            {
                "number": number,
                "source": sentence.source,
                "text": request.form.get(f"text-{number}", sentence.text),
                "part": part,
                "fixed": sentence.provenance is Provenance.HUMAN,
                "ticked": str(number) in ticked,
            }
            for number, (sentence, part) in enumerate(
                zip(found.sentences, parts_of(found, showing), strict=True)
            )
        ]
        view = render_template(
            "desk/correction.html",
            id=id,
            message=found,
            rows=rows,
            source_lang=html_lang(found.lang),
            target_lang=html_lang(found.other_lang),
            tongue=showing.tongue(
                found.other_lang if found.author is Author.COUNSELOR else found.lang
            ),
            outgoing=found.author is Author.COUNSELOR,
            remember="remember" in request.form if request.form else not private,
            longest=LONGEST,
            problem=showing.translate(problem),
            advice=showing.translate(advice),
            head=list_view(services, showing),
        )
        return view, status

    @blueprint.get("/case/<int:id>/message/<int:message>/translation")
    def correction(id: int, message: int) -> ResponseReturnValue:
        return page(id, message)

    @blueprint.post("/case/<int:id>/message/<int:message>/translation")
    def correct(id: int, message: int) -> ResponseReturnValue:
        texts = {
            number: text.replace("\r\n", "\n")
            for name, text in request.form.items()
            if name.startswith("text-")
            and (number := _number(name.removeprefix("text-"))) is not None
        }
        ticked = map(_number, request.form.getlist("approved"))
        approved = [number for number in ticked if number is not None]
        try:
            parcel = services.correcting.correct(
                g.counselor.id,
                id,
                message,
                texts,
                approved=approved,
                remember="remember" in request.form,
            )
        except MoveNotAllowedError:
            overlong = any(len(each.strip()) > LONGEST for each in texts.values())
            problem = words.CORRECTION_LENGTH if overlong else words.NOTHING_CORRECTED
            return page(id, message, problem, status=400)
        except NotYoursError as error:
            status, problem, advice = words.ERRORS[error.code]
            return page(id, message, problem, advice, status)
        services.deliver(parcel)
        place = url_for("desk.case", id=id, done="corrected", _anchor=f"message-{message}")
        return redirect(place, 303)


def _number(digits: str) -> int | None:
    """Read a sentence's number from a form; None where it is none."""
    fits = digits.isdecimal() and len(digits) <= _NUMBER_LENGTH
    return int(digits) if fits else None
