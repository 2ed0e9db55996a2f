"""What a resident did → the message in the record, with its Japanese where that is fixed."""

from collections.abc import Sequence

from bot.core.conversation import Conversation
from bot.core.dialog import Ask, Dialog, Fix
from bot.core.events import Answered, Event
from bot.core.model import Author, Inbound, InboundKind, Lang, Pick, Provenance, Text
from bot.core.prompts import answer_text
from bot.core.understanding import control_of, options_of
from bot.service.ports import Renderer
from bot.service.records import Message
from bot.service.wording import JAPANESE

JAPANESE_LANGS = frozenset({"ja", "ja-easy"})
"""Readers of these need no translation of a counselor's Japanese, and write Japanese."""

Words = Text | str


def message_of(
    inbound: Inbound,
    conversation: Conversation,
    *,
    node: str,
    events: Sequence[Event],
    dialog: Dialog,
    renderer: Renderer,
    at: int,
) -> Message:
    """Return the resident's message, worded in their language and in Japanese.

    Taps and typed answers have fixed words in both; free text in another language than Japanese
    waits for a translation. `node` is where the resident stood before.
    """
    lang = conversation.lang
    text, other, provenance = inbound.text, "", Provenance.HUMAN
    meant: tuple[Words, ...] = ()
    if inbound.pick is not None:
        meant = picked_words(dialog, inbound.pick, renderer.languages())
        text = joined(meant, lang or JAPANESE, renderer)
    elif inbound.kind is InboundKind.TEXT:
        meant = _typed_words(inbound.text, node, events, dialog, renderer, lang)
    if meant:
        other, provenance = joined(meant, JAPANESE, renderer), Provenance.FIXED
    elif inbound.kind is InboundKind.TEXT and lang not in JAPANESE_LANGS:
        provenance = Provenance.WAITING
    return Message(
        conversation.id,
        Author.RESIDENT,
        text,
        lang or inbound.lang_hint or JAPANESE,
        at,
        kind=inbound.kind.value,
        other=other,
        other_lang=JAPANESE,
        provenance=provenance,
        external_id=inbound.message_id,
    )


def picked_words(dialog: Dialog, pick: Pick, languages: dict[Lang, str]) -> tuple[Words, ...]:
    """Return what the tapped codes say; unknown codes say themselves."""
    node = dialog.nodes.get(pick.question)
    labels: dict[str, Words] = dict(languages) if pick.question == dialog.start else {}
    if isinstance(node, Ask):
        source = dialog.nodes[node.of] if node.of else node
        if isinstance(source, Ask):
            labels |= {each.code: each.label for each in source.options}
    if isinstance(node, Fix):
        labels |= {
            key.removeprefix("topic."): text
            for key, text in dialog.phrases.items()
            if key.startswith("topic.")
        }
    labels |= {code: each.label for code, each in dialog.controls.items()}
    shown = [code for code in pick.codes if code != "DONE"] or list(pick.codes)
    return tuple(labels.get(code, code) for code in shown)


def joined(words: Sequence[Words], lang: Lang, renderer: Renderer) -> str:
    """Return fixed words as one line in `lang`."""
    rendered = [
        each if isinstance(each, str) else renderer.render(each, lang).text for each in words
    ]
    return ("、" if lang in JAPANESE_LANGS else "; ").join(rendered)


def _typed_words(
    text: str,
    node: str,
    events: Sequence[Event],
    dialog: Dialog,
    renderer: Renderer,
    lang: Lang,
) -> tuple[Words, ...]:
    for event in events:
        if isinstance(event, Answered) and event.question == node:
            words = answer_text(dialog, node, event.answer)
            return words if isinstance(words, tuple) else (words,)

    def worded(each: Text) -> str:
        return renderer.render(each, lang).text

    control = control_of(text, dialog.controls.values(), worded)
    if control:
        return (dialog.controls[control].label,)
    asked = dialog.nodes.get(node)
    if isinstance(asked, Ask) and asked.many:
        # A pick of a multi choice is no answer yet, but means the same fixed words.
        labels = {each.code: each.label for each in asked.options}
        return tuple(labels[code] for code in options_of(text, asked.options, worded, many=True))
    return ()
