"""The pretend phone in the browser: its page, and an endpoint for everything a person can do."""

import re
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from handlers.sim import webhooks
from handlers.sim.phone_actions import BlockedError, NothingThereError, PhoneActions
from handlers.sim.phones import Friendship, Phones
from handlers.sim.webhooks import Content

_USER_ID = re.compile(r"U[0-9a-f]{32}")
_MAX_TEXT = 10_000
_CSP = "default-src 'self'"


def make_phone_blueprint(actions: PhoneActions, *, run_id: str) -> Blueprint:
    """Serve the page at `/sim/`; `run_id` tells open pages that the platform began anew."""
    phones = actions.phones
    blueprint = Blueprint(
        "sim_phone",
        __name__,
        url_prefix="/sim",
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )

    @blueprint.before_request
    def check_user_id() -> None:
        user_id = (request.view_args or {}).get("user_id")
        if user_id is not None and not _USER_ID.fullmatch(user_id):
            abort(404)

    @blueprint.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _CSP
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    @blueprint.errorhandler(BlockedError)
    def blocked(_error: BlockedError) -> ResponseReturnValue:
        return jsonify(error="blocked"), 409

    @blueprint.errorhandler(NothingThereError)
    def nothing_there(_error: NothingThereError) -> ResponseReturnValue:
        return jsonify(error="nothing_there"), 404

    @blueprint.get("/", strict_slashes=False)
    def page() -> ResponseReturnValue:
        return render_template("sim/phone.html")

    @blueprint.get("/phone/<user_id>/messages")
    def messages(user_id: str) -> ResponseReturnValue:
        return jsonify(_news(phones, user_id, request.args.get("after", 0, type=int), run_id))

    @blueprint.post("/phone/<user_id>/register")
    def register(user_id: str) -> ResponseReturnValue:
        """Bring a phone of an earlier run back as the page remembers it."""
        given = _json()
        is_new = phones.person(user_id) is None
        phones.register(user_id, name=_text(given, "name"), language=given.get("language"))
        if is_new and given.get("friendship") in set(Friendship):
            phones.befriend(user_id, Friendship(given["friendship"]))
        return jsonify(ok=True)

    _add_actions(blueprint, actions)
    _add_messages(blueprint, actions)
    return blueprint


def _add_actions(blueprint: Blueprint, actions: PhoneActions) -> None:
    @blueprint.post("/phone/<user_id>/follow")
    def follow(user_id: str) -> ResponseReturnValue:
        return jsonify(asdict(actions.follow(user_id)))

    @blueprint.post("/phone/<user_id>/block")
    def block(user_id: str) -> ResponseReturnValue:
        return jsonify(asdict(actions.block(user_id)))

    @blueprint.post("/phone/<user_id>/postback")
    def postback(user_id: str) -> ResponseReturnValue:
        given = _json()
        shown = _text(given, "displayText")
        receipt = actions.postback(user_id, _text(given, "data"), shown, given.get("params"))
        return jsonify(asdict(receipt))

    @blueprint.post("/phone/<user_id>/unsend")
    def unsend(user_id: str) -> ResponseReturnValue:
        return jsonify(asdict(actions.unsend(user_id, _text(_json(), "messageId"))))

    @blueprint.post("/phone/<user_id>/redeliver")
    def redeliver(user_id: str) -> ResponseReturnValue:
        return jsonify(asdict(actions.redeliver(user_id)))


def _add_messages(blueprint: Blueprint, actions: PhoneActions) -> None:
    @blueprint.post("/phone/<user_id>/text")
    def text(user_id: str) -> ResponseReturnValue:
        words = _text(_json(), "text")
        if not 0 < len(words) <= _MAX_TEXT:
            abort(400)
        receipt = actions.send(
            user_id,
            lambda message_id, quote: webhooks.text_content(message_id, words, quote_token=quote),
        )
        return jsonify(asdict(receipt))

    @blueprint.post("/phone/<user_id>/sticker")
    def sticker(user_id: str) -> ResponseReturnValue:
        keywords = tuple(str(each) for each in _json().get("keywords", ()))
        receipt = actions.send(
            user_id,
            lambda message_id, quote: webhooks.sticker_content(
                message_id, quote_token=quote, keywords=keywords
            ),
        )
        return jsonify(asdict(receipt))

    @blueprint.post("/phone/<user_id>/image")
    def image(user_id: str) -> ResponseReturnValue:
        receipt = actions.send(
            user_id,
            lambda message_id, quote: webhooks.image_content(message_id, quote_token=quote),
        )
        return jsonify(asdict(receipt))

    @blueprint.post("/phone/<user_id>/location")
    def location(user_id: str) -> ResponseReturnValue:
        receipt = actions.send(user_id, lambda message_id, _quote: _here(message_id))
        return jsonify(asdict(receipt))


def _here(message_id: str) -> Content:
    return webhooks.location_content(
        message_id,
        latitude=34.7339,
        longitude=135.3416,
        title="いまいる場所 / Where I am",
        address="兵庫県西宮市 / Nishinomiya, Hyogo",
    )


def _news(phones: Phones, user_id: str, after: int, run_id: str) -> dict[str, Any]:
    person = phones.person(user_id)
    entries = phones.entries(user_id, after)
    return {
        "run": run_id,
        "known": person is not None,
        "friendship": person.friendship if person else Friendship.STRANGER,
        "loading": phones.is_loading(user_id),
        "last": entries[-1].order if entries else after,
        "messages": [asdict(each) for each in entries],
    }


def _json() -> dict[str, Any]:
    given = request.get_json()
    return given if isinstance(given, dict) else abort(400)


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name) or ""
    return value if isinstance(value, str) else abort(400)
