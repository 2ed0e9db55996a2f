"""Prompts and fixed sentences → bubbles in the resident's language."""

from bot.core.dialog import Dialog
from bot.core.events import Asked
from bot.core.model import Bubble, Choice, Lang, Rendered, Text
from bot.core.prompts import Prompt, prompt_of
from bot.core.state import State
from bot.service.ports import Renderer

JAPANESE = "ja"


def said(text: Text, lang: Lang, renderer: Renderer) -> Bubble:
    """Return a fixed sentence as a bubble."""
    rendered = renderer.render(text, lang)
    return Bubble(rendered.text, rendered.lang)


def asked(dialog: Dialog, state: State, event: Asked, lang: Lang, renderer: Renderer) -> Bubble:
    """Return a question with everything that can be chosen, worded in `lang`."""
    prompt = prompt_of(dialog, state, event, renderer.languages())
    words = _words(prompt, lang, renderer)
    choices = tuple(
        Choice(
            prompt.node,
            offer.code,
            offer.label
            if isinstance(offer.label, str)
            else renderer.render(offer.label, lang).text,
            offer.kind,
            renderer.render(offer.detail, lang).text if offer.detail is not None else "",
        )
        for offer in prompt.offers
    )
    return Bubble(
        words.text,
        words.lang,
        session=state.session,
        question=prompt.node,
        many=prompt.many,
        choices=choices,
    )


def question(
    dialog: Dialog, state: State, event: Asked, lang: Lang, renderer: Renderer
) -> Rendered:
    """Return the words of a question alone, without its choices."""
    return _words(prompt_of(dialog, state, event, renderer.languages()), lang, renderer)


def _words(prompt: Prompt, lang: Lang, renderer: Renderer) -> Rendered:
    if prompt.everywhere:
        return _everywhere(prompt, renderer, renderer.languages())
    return _together([renderer.render(part, lang) for part in prompt.parts], lang)


def _together(parts: list[Rendered], lang: Lang) -> Rendered:
    served = next((part.lang for part in parts if part.fallback), lang)
    return Rendered("\n".join(part.text for part in parts), served, served != lang)


def _everywhere(prompt: Prompt, renderer: Renderer, languages: dict[Lang, str]) -> Rendered:
    lines = [renderer.render(part, lang).text for lang in languages for part in prompt.parts]
    # Japanese and easy Japanese may differ by spaces only: then the line is said once.
    distinct = {line.replace(" ", ""): line for line in reversed(lines)}
    return Rendered("\n".join(reversed(distinct.values())), "mul")
