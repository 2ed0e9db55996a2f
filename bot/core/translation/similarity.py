"""How alike two texts are, letter by letter: for a translation that was translated back."""

from collections import Counter

_LONGEST = 4
_BETA = 2.0
"""As in chrF2: what is missing weighs more than what was added."""


def similarity(text: str, reference: str) -> float:
    """Return 0 (nothing in common) to 1 (equal): chrF2 over runs of up to four letters.

    Case, spaces and punctuation do not count. Two texts without letters are equal.
    """
    ours, theirs = _letters(text), _letters(reference)
    if not ours or not theirs:
        return 1.0 if ours == theirs else 0.0
    longest = min(_LONGEST, len(ours), len(theirs))
    values = [_f_score(_runs(ours, size), _runs(theirs, size)) for size in range(1, longest + 1)]
    return sum(values) / len(values)


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _runs(text: str, size: int) -> Counter[str]:
    return Counter(text[at : at + size] for at in range(len(text) - size + 1))


def _f_score(ours: Counter[str], theirs: Counter[str]) -> float:
    common = (ours & theirs).total()
    if not common:
        return 0.0
    precision, recall = common / ours.total(), common / theirs.total()
    return (1 + _BETA**2) * precision * recall / (_BETA**2 * precision + recall)
