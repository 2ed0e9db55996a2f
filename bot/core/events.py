"""All that can happen in a turn of a dialog."""

from dataclasses import dataclass

from bot.core.answers import Answer
from bot.core.model import Lang, Text
from bot.core.triage import Assessment


@dataclass(frozen=True, slots=True)
class Said:
    """The bot said a fixed sentence; `lines` are further sentences, each on a line of its own.

    `lang` is the language it is said in, where that is not the one of the conversation.
    """

    text: Text
    lines: tuple[Text, ...] = ()
    lang: Lang = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The bot put the question (or the menu, or the free chat) of this node; `hint` goes before."""

    node: str
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A question got its answer."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The resident chose the language everything is said in from now on."""

    lang: Lang


@dataclass(frozen=True, slots=True)
class Assessed:
    """The assessment changed."""

    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Alerted:
    """The conversation enters the queue: `crisis`, `rule`, `sent`, `asked` or `stuck`."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """The resident stopped for now."""


@dataclass(frozen=True, slots=True)
class Consented:
    """The resident agreed, or not, to what a question asked: `item` of the dialog file.

    `address` names the words that were shown, for the record of the consent.
    """

    item: str
    given: bool
    address: str


@dataclass(frozen=True, slots=True)
class Forgot:
    """Everything written so far is to be erased."""


Event = Said | Asked | Answered | LanguageChosen | Assessed | Alerted | Stopped | Consented | Forgot
