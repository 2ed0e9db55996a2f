"""/healthz, /readyz and the front door."""

from flask import Blueprint, jsonify, redirect
from flask.typing import ResponseReturnValue

from bot.service import Services


def make_blueprint(services: Services) -> Blueprint:
    """Return what operators and load balancers ask."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def healthz() -> ResponseReturnValue:
        return jsonify(status="alive")

    @blueprint.get("/readyz")
    def readyz() -> ResponseReturnValue:
        problems = services.ready()
        return jsonify(status="not ready" if problems else "ready", problems=problems), (
            503 if problems else 200
        )

    @blueprint.get("/")
    def front() -> ResponseReturnValue:
        return redirect("/chat", code=302)

    return blueprint
