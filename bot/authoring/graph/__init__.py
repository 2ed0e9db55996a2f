"""Draws a dialog as a picture that social workers can read."""

from bot.authoring.graph.picture import svg

__all__ = ("svg",)
