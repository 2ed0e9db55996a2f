"""What an imagined resident does: walks the screening by tapping what the last reply offers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

DONE = "DONE"
THE_CHAT = "CHAT"
LANGUAGE_MENU = "LANG"
LONGEST_WALK = 60

WISHES = {"Q5": "M3", "Q4": "FOOD_OK"}
"""Answers other than the first, so that not everybody on the way is an emergency."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A button: whose session, which question, which code; `data` is its postback."""

    session: str
    question: str
    code: str
    data: str = ""


@dataclass(slots=True)
class Walk:
    """Where the resident with this number is; the number decides the language of the walk.

    `questions` is the way gone, to be compared with the ways of others in the same language.
    """

    number: int
    lang: str = ""
    questions: list[str] = field(default_factory=list)

    def choose(self, offers: Sequence[Offer]) -> Offer | None:
        """Return what is tapped, None at the end of the walk.

        The first choice, the wished one where WISHES has one; after it "done" where the question
        takes several. Raises ValueError where a reply leads nowhere.
        """
        if not offers:
            raise ValueError("a reply without a button")
        question = offers[-1].question
        again = bool(self.questions) and self.questions[-1] == question
        self.questions.append(question)
        if question == THE_CHAT:
            return None
        if len(self.questions) > LONGEST_WALK:
            raise ValueError("the walk does not end")
        if question == LANGUAGE_MENU:
            tap = offers[self.number % len(offers)]
            self.lang = tap.code
            return tap
        wish = DONE if again else WISHES.get(question)
        return next((each for each in offers if each.code == wish), offers[0])
