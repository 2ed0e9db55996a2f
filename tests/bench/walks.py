"""Conversations for the engine alone: a quiet screening, and a long one through the branches."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.authoring.walking import COMMON
from bot.core.dialog import Ask, Dialog, Language
from bot.core.engine import Doing, Typed, begin, take
from bot.core.model import Lang, Pick
from bot.core.moves import Context
from bot.core.state import State
from bot.core.understanding import Words
from bot.core.way import options_of_node

Codes = tuple[str, ...]
Choose = Callable[[Ask, State], Codes]

STEPS_AT_MOST = 300
TO_A_CRISIS = frozenset(
    {
        *("SAFE_VIOLENCE_NOW", "SAFE_VIOLENCE", "SAFE_SUICIDE", "SAFE_ILL_NOW", "SAFE_CHILD"),
        *("C14", "T_NOW", "T_SUI", "HOME_UNSAFE", "BM_SUI", "M_CHEST", "M_BREATH", "M_BLEED"),
        *("M_FAINT", "M_SIDE", "PG_PAIN", "PG_BLEED", "PG_WATER"),
    }
)
"""Answers that lead to a person at once and so would end a long conversation early."""

LONG = {
    "Q5": "M0",
    "Q12a": "STU",
    "HK_AGE": "HK_A40",
    "HK_PARENT": "HK_P75",
    "ST_FEE": "ST_FEE_HARD",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a resident does, and where they stand."""

    state: State
    doing: Doing


@dataclass(frozen=True, slots=True)
class Player:
    """The engine with a dialog; `words` renders labels, for those who type them."""

    dialog: Dialog
    context: Context
    words: Callable[[Lang], Words]

    def quiet(self, lang: Lang) -> list[Step]:
        """Return the steps of somebody who asks for themselves, with nothing urgent."""
        return list(self._walk(lang, self._quiet))

    def typed(self, lang: Lang) -> list[Step]:
        """Return the same steps with every label written instead of tapped."""
        return [self._written(step) for step in self.quiet(lang)[1:]]

    def long(self, lang: Lang) -> list[Step]:
        """Return the steps of somebody with every trouble that does not end the screening."""
        return list(self._walk(lang, self._long))

    def _walk(self, lang: Lang, choose: Choose) -> Iterator[Step]:
        turn = begin(self.dialog, "bench")
        for _ in range(STEPS_AT_MOST):
            node = self.dialog.nodes[turn.state.node]
            if isinstance(node, Language):
                codes: Codes = (lang,)
            elif isinstance(node, Ask):
                codes = choose(node, turn.state)
            else:
                return
            for code in codes:
                step = Step(turn.state, Pick(turn.state.session, node.id, (code,)))
                yield step
                turn = take(
                    self.dialog, step.state, step.doing, context=self.context, words=self.words
                )
        raise ValueError("the conversation does not end")

    def _quiet(self, node: Ask, state: State) -> Codes:
        offered = options_of_node(self.dialog, state)
        codes = [each.code for each in offered]
        alone = [each.code for each in offered if each.only]
        if {*COMMON.get(node.id, ("",))} <= {*codes}:
            chosen = COMMON[node.id]
        elif alone:
            return (alone[0],)
        else:
            chosen = (codes[0],) if node.number or not node.skip_code else (node.skip_code,)
        return (*chosen, "DONE") if node.many else chosen

    def _long(self, node: Ask, state: State) -> Codes:
        codes = [each.code for each in options_of_node(self.dialog, state) if not each.only]
        troubles = [code for code in codes if code not in TO_A_CRISIS]
        if node.many:
            return (*troubles, "DONE") if troubles else self._quiet(node, state)
        if LONG.get(node.id) in codes:
            return (LONG[node.id],)
        return (codes[0],) if codes else (node.skip_code,)

    def _written(self, step: Step) -> Step:
        assert isinstance(step.doing, Pick)
        render, code = self.words(step.state.lang), step.doing.codes[0]
        labels = {each.code: each.label for each in options_of_node(self.dialog, step.state)}
        control = {"DONE": "DONE"}.get(code, "SKIP")
        label = labels.get(code, self.dialog.controls[control].label)
        return Step(step.state, Typed(render(label)))
