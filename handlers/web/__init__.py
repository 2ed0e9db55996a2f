"""The residents' web chat: one page that works without JavaScript, live where there is some."""

from handlers.web.chat import make_blueprint

__all__ = ["make_blueprint"]
