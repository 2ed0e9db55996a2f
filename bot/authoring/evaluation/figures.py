"""Measures an engine on one direction: likeness to people's translations, numbers, negation."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.authoring.evaluation.sets import Pair
from bot.core.model import Lang, Provenance
from bot.core.translation.checking import denies, short
from bot.core.translation.engines import Candidate, Route
from bot.core.translation.knowledge import Knowledge
from bot.core.translation.quantities import differing, quantities
from bot.core.translation.similarity import similarity
from bot.core.translation.splitting import join_sentences, pieces, split_sentences
from bot.core.translation.units import summary
from bot.service.interpreting import Interpreter, Request
from bot.service.ports import Engine, Spelling

_BY_CHARACTER = {"ja": "char", "ko": "char", "th": "char", "my": "char", "zh": "zh"}
"""How sacrebleu takes a text apart; all other languages are written with spaces (13a)."""
_AT_ONCE = 64
FEWEST_BELOW = 8
MOST_ARE_FAR = 0.6
_ALMOST_ALL = 0.9
_SHOWN = frozenset({Provenance.MACHINE, Provenance.DRAFT})


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on one direction and one set; shares are 0 to 1, None without a case.

    `chrf` and `bleu` are sacrebleu's, 0 to 100, over whole texts. `numbers` is the share of
    sentences with figures whose figures all came through, `negations` the share of sentences that
    deny something, as their reference does, whose translation denies too. `shown` is the share of
    texts that pass all checks and the gate, `shown_chrf` their chrF. `seconds` is the time for all
    `sentences` through the engine alone; `floor` see floor_of.
    """

    source: Lang
    target: Lang
    kind: str
    route: Route
    texts: int
    chrf: float
    bleu: float
    numbers: float | None
    negations: float | None
    shown: float
    shown_chrf: float | None
    seconds: float
    sentences: int
    floor: float | None = None

    @property
    def sentences_a_second(self) -> float:
        """Return the engine's speed."""
        return self.sentences / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class _Translated:
    """All texts as the engine alone translates them; of each the lowest score of a sentence."""

    texts: list[str]
    scores: list[float | None]
    seconds: float
    sentences: int


def measured(
    pairs: Sequence[Pair],
    source: Lang,
    target: Lang,
    *,
    kind: str,
    engine: Engine,
    knowledge: Knowledge,
    spelling: Spelling,
    progress: Callable[[int], None] = lambda _: None,
) -> Figures | None:
    """Return the figures of a direction; None where no package serves it or there is no set."""
    route = engine.route(source, target)
    if route is None or not pairs:
        return None
    translated = _translated(pairs, source, target, engine, spelling, route)
    outputs = translated.texts
    progress(len(pairs))
    interpreter = Interpreter(engine, lambda: knowledge, spelling)
    shown = _shown(pairs, source, target, interpreter)
    progress(len(pairs))
    chrf, bleu = scores(outputs, [pair.target for pair in pairs], target)
    with_words = [(text, pair) for text, pair in zip(shown, pairs, strict=True) if text]
    shown_chrf = (
        scores([text for text, _ in with_words], [pair.target for _, pair in with_words], target)[0]
        if with_words
        else None
    )
    numbers, negations = _survivals(pairs, outputs, source, target, knowledge)
    return Figures(
        source,
        target,
        kind,
        route,
        len(pairs),
        chrf,
        bleu,
        numbers,
        negations,
        len(with_words) / len(pairs),
        shown_chrf,
        translated.seconds,
        translated.sentences,
        floor_of(translated.scores, outputs, [pair.target for pair in pairs]),
    )


def floor_of(
    scores: Sequence[float | None], outputs: Sequence[str], references: Sequence[str]
) -> float | None:
    """Return the score below which most texts are far from their reference.

    Far is who is no more like the reference than outputs are like the references of other texts.
    The highest such score is taken, with at least FEWEST_BELOW texts below it; None where there
    is none, or no score.
    """
    shifted = [*references[1:], *references[:1]]
    strangers = sorted(map(similarity, outputs, shifted))
    far_below = strangers[int(_ALMOST_ALL * (len(strangers) - 1))]
    ordered = sorted(
        (score, similarity(text, reference) <= far_below)
        for score, text, reference in zip(scores, outputs, references, strict=True)
        if score is not None
    )
    floor, far = None, 0
    for below, (_, is_far) in enumerate(ordered[:-1], start=1):
        far += is_far
        if below >= FEWEST_BELOW and far >= MOST_ARE_FAR * below:
            floor = ordered[below][0]
    return round(floor, 3) if floor is not None else None


def scores(outputs: Sequence[str], references: Sequence[str], target: Lang) -> tuple[float, float]:
    """Return chrF2 and BLEU of sacrebleu, 0 to 100."""
    # Only this command needs it, and it takes half a second to load.
    from sacrebleu.metrics.bleu import BLEU  # noqa: PLC0415
    from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415

    tokenizer = _BY_CHARACTER.get(short(target), "13a")
    chrf = CHRF().corpus_score(outputs, [references]).score
    bleu = BLEU(tokenize=tokenizer).corpus_score(outputs, [references]).score
    return round(float(chrf), 1), round(float(bleu), 1)


def _translated(
    pairs: Sequence[Pair],
    source: Lang,
    target: Lang,
    engine: Engine,
    spelling: Spelling,
    route: Route,
) -> _Translated:
    """Let the engine alone translate everything."""
    parts = [
        [piece for each in split_sentences(pair.source) for piece in pieces(each)] or [pair.source]
        for pair in pairs
    ]
    flat = [spelling.for_engine(each, source) for text in parts for each in text]
    begun = time.perf_counter()
    made: list[Candidate] = []
    for at in range(0, len(flat), _AT_ONCE):
        made += [options[0] for options in engine.translate(flat[at : at + _AT_ONCE], route)]
    seconds = time.perf_counter() - begun
    rest = iter(made)
    grouped = [[next(rest) for _ in text] for text in parts]
    texts = [
        join_sentences([spelling.for_reader(each.text, target) for each in group], target)
        for group in grouped
    ]
    lowest = [_lowest([each.score for each in group]) for group in grouped]
    return _Translated(texts, lowest, seconds, len(flat))


def _lowest(found: Sequence[float | None]) -> float | None:
    known = [each for each in found if each is not None]
    return min(known) if len(known) == len(found) else None


def _shown(
    pairs: Sequence[Pair], source: Lang, target: Lang, interpreter: Interpreter
) -> list[str]:
    """Return each text as it would be shown; '' where a sentence of it failed."""
    texts: list[str] = []
    for at in range(0, len(pairs), _AT_ONCE):
        part = [Request(pair.source, source, target) for pair in pairs[at : at + _AT_ONCE]]
        for made in interpreter.interpret(part, lambda *_: {}):
            fine = summary(made.sentences) in _SHOWN
            words = [each.text or each.source for each in made.sentences]
            texts.append(join_sentences(words, target) if fine else "")
    return texts


def _survivals(
    pairs: Sequence[Pair],
    outputs: Sequence[str],
    source: Lang,
    target: Lang,
    knowledge: Knowledge,
) -> tuple[float | None, float | None]:
    ours, theirs = knowledge.grammar(source), knowledge.grammar(target)
    numbers: list[bool] = []
    negations: list[bool] = []
    for pair, output in zip(pairs, outputs, strict=True):
        if quantities(pair.source, ours.numbers) and not differing(
            pair.source, pair.target, ours.numbers, theirs.numbers
        ):
            numbers.append(not differing(pair.source, output, ours.numbers, theirs.numbers))
        denied = denies(pair.source, ours)
        if denied and denies(pair.target, theirs):
            negations.append(denies(output, theirs))
    return _share(numbers), _share(negations)


def _share(cases: Sequence[bool]) -> float | None:
    return round(sum(cases) / len(cases), 3) if cases else None
