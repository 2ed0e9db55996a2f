"""The pretend Messaging API over HTTP, at LINE's own paths under a prefix."""

from collections.abc import Callable

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from handlers.sim.messaging_api import Answer, MessagingApi, failure
from handlers.sim.rules import Json

_MAX_BODY = 2 * 1024 * 1024
_CHECKED_KINDS = ("reply", "push", "multicast", "narrowcast", "broadcast")


def make_api_blueprint(api: MessagingApi, *, url_prefix: str) -> Blueprint:
    """Serve `api` at `<url_prefix>/v2/bot/…`: give a bot that prefix as LINE's host."""
    blueprint = Blueprint("sim_line_api", __name__, url_prefix=f"{url_prefix}/v2/bot")

    @blueprint.before_request
    def check_token() -> ResponseReturnValue | None:
        refused = api.authorize(request.headers.get("Authorization"))
        return _response(refused) if refused else None

    @blueprint.after_request
    def add_request_id(response: Response) -> Response:
        response.headers.setdefault("x-line-request-id", api.new_token())
        return response

    _add_sending(blueprint, api)
    _add_looking_up(blueprint, api)
    return blueprint


def _add_sending(blueprint: Blueprint, api: MessagingApi) -> None:
    @blueprint.post("/message/reply")
    def reply() -> ResponseReturnValue:
        return _with_payload(lambda payload: api.reply(payload, retry_key=_retry_key()))

    @blueprint.post("/message/push")
    def push() -> ResponseReturnValue:
        return _with_payload(lambda payload: api.push(payload, retry_key=_retry_key()))

    @blueprint.post(f"/message/validate/<any({', '.join(_CHECKED_KINDS)}):kind>")
    def validate(kind: str) -> ResponseReturnValue:  # noqa: ARG001 - one rule for all kinds
        return _with_payload(api.validate)

    @blueprint.post("/chat/loading/start")
    def start_loading() -> ResponseReturnValue:
        return _with_payload(api.start_loading)


def _add_looking_up(blueprint: Blueprint, api: MessagingApi) -> None:
    @blueprint.get("/profile/<user_id>")
    def profile(user_id: str) -> ResponseReturnValue:
        return _response(api.profile(user_id))

    @blueprint.get("/message/quota")
    def quota() -> ResponseReturnValue:
        return _response(api.quota())

    @blueprint.get("/message/quota/consumption")
    def consumption() -> ResponseReturnValue:
        return _response(api.consumption())

    @blueprint.get("/info")
    def bot_info() -> ResponseReturnValue:
        return _response(api.bot_info())

    @blueprint.get("/message/<message_id>/content")
    def content(message_id: str) -> ResponseReturnValue:  # noqa: ARG001 - nothing is stored
        return _response(failure(404, "Not found"))


def _retry_key() -> str | None:
    return request.headers.get("X-Line-Retry-Key")


def _with_payload(call: Callable[[Json], Answer]) -> ResponseReturnValue:
    if (request.content_length or 0) > _MAX_BODY:
        return _response(failure(413, "Request Entity Too Large"))
    if not request.is_json:
        return _response(failure(415, "Unsupported Media Type"))
    payload = request.get_json(silent=True)
    if not isinstance(payload, dict):
        return _response(failure(400, "The request body could not be parsed as JSON."))
    return _response(call(payload))


def _response(answer: Answer) -> ResponseReturnValue:
    response = jsonify(answer.body)
    response.status_code = answer.status
    response.headers.update(answer.headers)
    return response
