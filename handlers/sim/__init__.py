"""A pretend LINE for trying out: a phone in the browser and a stand-in of the Messaging API."""

from collections.abc import Callable

from flask import Blueprint

from handlers.sim.api_blueprint import make_api_blueprint
from handlers.sim.messaging_api import MessagingApi
from handlers.sim.phone import make_phone_blueprint
from handlers.sim.phone_actions import PhoneActions
from handlers.sim.postman import Postman

API_PREFIX = "/sim/line-api"


def make_blueprints(
    *,
    channel_secret: str,
    access_token: str,
    base_url: Callable[[], str],
    now: Callable[[], float],
    new_token: Callable[[], str],
) -> tuple[list[Blueprint], MessagingApi]:
    """Return the phone (`/sim`) and the API (`/sim/line-api`), joined to one platform.

    `base_url` is the bot's own address (`http://127.0.0.1:8000`), asked for at each webhook; `now`
    is in seconds; `new_token` gives unguessable texts. The state lives in this process only, so
    phones of an earlier run are unknown here: pushes to them are shown, not refused.
    """
    api = MessagingApi(
        access_token=access_token, now=now, new_token=new_token, strangers_are_friends=True
    )
    postman = Postman(channel_secret=channel_secret, destination=api.bot_user_id, base_url=base_url)
    phone = make_phone_blueprint(PhoneActions(api.phones, postman), run_id=new_token())
    return [phone, make_api_blueprint(api, url_prefix=API_PREFIX)], api
