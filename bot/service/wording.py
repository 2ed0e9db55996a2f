"""Prompts and fixed sentences → bubbles in the resident's language."""

from bot.core.dialog import Dialog
from bot.core.events import Asked
from bot.core.model import Bubble, Choice, Lang, Provenance, Rendered, Text
from bot.core.prompts import Offer, Prompt, prompt_of
from bot.core.state import State
from bot.service.ports import Renderer

JAPANESE = "ja"


def said(text: Text, lang: Lang, renderer: Renderer, *, furigana: bool = True) -> Bubble:
    """Return a fixed sentence as a bubble. `furigana`: easy Japanese with readings in brackets."""
    rendered = renderer.render(text, lang)
    return Bubble(rendered.words(furigana=furigana), rendered.lang, _provenance(rendered))


def _provenance(rendered: Rendered) -> Provenance:
    return Provenance.UNREVIEWED if rendered.draft else Provenance.FIXED


def asked(
    dialog: Dialog,
    state: State,
    event: Asked,
    lang: Lang,
    renderer: Renderer,
    *,
    furigana: bool = True,
) -> Bubble:
    """Return a question with everything that can be chosen, worded in `lang`.

    `furigana`: easy Japanese with readings in brackets. Labels stay plain, for they are matched
    and limited; theirs stand beside them (Choice.ruby).
    """
    prompt = prompt_of(dialog, state, event, renderer.languages())
    words = _words(prompt, lang, renderer)
    choices = tuple(
        _choice(prompt.node, offer, lang, renderer, furigana=furigana) for offer in prompt.offers
    )
    return Bubble(
        words.words(furigana=furigana),
        words.lang,
        _provenance(words),
        session=state.session,
        question=prompt.node,
        many=prompt.many,
        choices=choices,
    )


def _choice(node: str, offer: Offer, lang: Lang, renderer: Renderer, *, furigana: bool) -> Choice:
    label = (
        Rendered(offer.label, lang)
        if isinstance(offer.label, str)
        else renderer.render(offer.label, lang)
    )
    more = ""
    if offer.detail is not None:
        more = renderer.render(offer.detail, lang).words(furigana=furigana)
    elif offer.japanese:
        more = f"{label.words(furigana=furigana)}（{offer.japanese}）"
    return Choice(
        node,
        offer.code,
        label.text,
        offer.kind,
        more,
        label.ruby if furigana else "",
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
    ruby = ""
    if any(part.ruby for part in parts):
        ruby = "\n".join(part.words(furigana=True) for part in parts)
    draft = any(part.draft for part in parts)
    return Rendered("\n".join(part.text for part in parts), served, served != lang, ruby, draft)


def _everywhere(prompt: Prompt, renderer: Renderer, languages: dict[Lang, str]) -> Rendered:
    lines = [renderer.render(part, lang).text for lang in languages for part in prompt.parts]
    # Japanese and easy Japanese may differ by spaces only: then the line is said once.
    distinct = {line.replace(" ", ""): line for line in reversed(lines)}
    return Rendered("\n".join(reversed(distinct.values())), "mul")
