"""The sentences of one message as the desk shows them: each with where its words come from."""

from dataclasses import dataclass

from bot.core.model import Author, Provenance, Sentence
from bot.core.translation.units import FAILED
from bot.service.records import Message
from handlers.desk import words
from handlers.desk.showing import Showing, html_lang

_SHOWN = frozenset({Provenance.PHRASE, Provenance.MEMORY, Provenance.MACHINE})


@dataclass(frozen=True, slots=True)
class PartView:
    """One sentence for the other side.

    Where it could not be translated reliably `text` is the original (in `lang`) and `reasons` say
    why; `doubted` are the words of the engine that failed its checks, to be opened by hand.
    `folded`: a test model's draft. `back`: the translation translated back into Japanese.
    """

    text: str
    lang: str
    label: str
    provenance: str
    title: str = ""
    pivot: bool = False
    folded: bool = False
    reasons: tuple[str, ...] = ()
    doubted: str = ""
    doubted_lang: str = ""
    back: str = ""


def parts_of(message: Message, showing: Showing) -> tuple[PartView, ...]:
    """Return the sentences of a message; none where it was not translated one by one."""
    return tuple(_part(each, message, showing) for each in message.sentences)


def can_be_asked_again(message: Message) -> bool:
    """Tell whether a resident's message holds sentences that nobody here can read for sure."""
    return message.author is Author.RESIDENT and _failed(message)


def words_to_rewrite(message: Message) -> str:
    """Return a counselor's own words where a sentence of them could not be translated, else ''."""
    return message.text if message.author is Author.COUNSELOR and _failed(message) else ""


def _failed(message: Message) -> bool:
    return any(each.provenance in FAILED for each in message.sentences)


def _part(sentence: Sentence, message: Message, showing: Showing) -> PartView:
    theirs, ours = html_lang(message.other_lang), html_lang(message.lang)
    kind = sentence.provenance
    label = showing.word(words.PROVENANCE, kind)
    if kind is Provenance.HUMAN:
        return PartView(sentence.source, ours, showing.translate("そのまま"), kind)
    if kind is Provenance.PHRASE and not sentence.reviewed:
        label = showing.translate("用意した文（訳は未確認の下書き）")
    title = _origin(sentence, showing)
    if kind in _SHOWN or kind is Provenance.DRAFT:
        return PartView(
            sentence.text,
            theirs,
            label,
            kind,
            title=title,
            pivot=sentence.origin.count("→") > 1,
            folded=kind is Provenance.DRAFT,
            back=sentence.back,
        )
    return PartView(
        sentence.source,
        ours,
        showing.translate("正しく訳せませんでした"),
        kind,
        title=title,
        reasons=tuple(_reason(each, showing) for each in sentence.doubts),
        doubted=sentence.text,
        doubted_lang=theirs,
        back=sentence.back,
    )


def _origin(sentence: Sentence, showing: Showing) -> str:
    if sentence.score is None:
        return sentence.origin
    score = showing.translate("{origin}、確からしさ {score}")
    return score.format(origin=sentence.origin, score=f"{sentence.score:.2f}")


def _reason(doubt: str, showing: Showing) -> str:
    code, _, about = doubt.partition(":")
    return showing.word(words.DOUBTS, code).format(about=about.replace(",", "、"))
