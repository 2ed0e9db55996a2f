"""Free text → sentences with words for the other side, each with where they come from."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.model import Lang, Provenance, Sentence
from bot.core.translation.attempts import ATTEMPTS, REMOTE_ATTEMPTS, Attempt, Unit
from bot.core.translation.checking import Doubt, doubts
from bot.core.translation.engines import Candidate, Route
from bot.core.translation.gate import CLOSED, features
from bot.core.translation.knowledge import Knowledge, engine_language, memory_key
from bot.core.translation.private import private_spans
from bot.core.translation.similarity import similarity
from bot.core.translation.splitting import segment
from bot.core.translation.terms import missing_terms
from bot.core.translation.units import sentences_of
from bot.service.ports import Engine, Spelling

ALTERNATIVES = 4
BACK_AT_LEAST = 0.3
"""A counselor's sentence that comes back less alike than this may say something else by now."""

Approvals = Callable[[Lang, Lang, Collection[str]], Mapping[str, tuple[str, str]]]
"""(source, target, keys) → key → (words, who approved them), from the translation memory."""


@dataclass(frozen=True, slots=True)
class Request:
    """A text to be put into another language. `outgoing`: a counselor's, to be translated back."""

    text: str
    source: Lang
    target: Lang
    outgoing: bool = False


@dataclass(frozen=True, slots=True)
class Interpreted:
    """A text's sentences. `heard` is what an engine first made of each, believed or not.

    It is for text detectors only, which may raise and never lower.
    """

    sentences: tuple[Sentence, ...]
    heard: str = ""


@dataclass(slots=True)
class _Job:
    """A sentence that an engine must translate."""

    unit: Unit
    route: Route
    reader: Lang
    outgoing: bool
    best: tuple[Candidate, list[Doubt]] | None = None
    heard: str = ""

    @property
    def sure(self) -> bool:
        """Tell whether there is a translation that nothing speaks against."""
        return self.best is not None and not self.best[1]

    def offer(self, candidate: Candidate, found: list[Doubt]) -> None:
        if self.best is None:
            self.heard = candidate.text
        if self.best is None or len(found) < len(self.best[1]):
            self.best = candidate, found

    def is_hopeless(self) -> bool:
        """Tell whether the gate would stay shut however well the sentence reads back."""
        if self.best is None or self.route.gate is None:
            return False
        unit, gate = self.unit, self.route.gate
        best = features(unit.text, unit.source_lang, self.best[0].score, 0.0)
        return gate.reverse >= 0 and gate.confidence(best) < gate.at_least


class Interpreter:
    """Puts texts into another language, sentence by sentence, many texts at once.

    Prepared sentences, approved translations and short answers go before the engine. What the
    engine makes is checked; a sentence that fails is tried in other ways before it is given up.
    """

    def __init__(
        self, engine: Engine, knowledge: Callable[[], Knowledge], spelling: Spelling
    ) -> None:
        """Work with `engine`; `knowledge` gives what stands in glossary and phrasebook now."""
        self._engine = engine
        self._newest = knowledge
        self._knowledge = knowledge()
        self._spelling = spelling

    def interpret(self, requests: Sequence[Request], approved: Approvals) -> list[Interpreted]:
        """Return the sentences of each request, in the same order.

        Raises TranslationError when the engine broke.
        """
        self._knowledge = self._newest()
        rows = [
            [(each, self._job(each, request)) for each in self._known(request, approved)]
            for request in requests
        ]
        jobs = [job for row in rows for _, job in row if job is not None]
        self._translate(jobs)
        made = self._judged(jobs)
        return [
            Interpreted(
                tuple(
                    replace(made[id(job)], gap=sentence.gap) if job is not None else sentence
                    for sentence, job in row
                ),
                "\n".join(job.heard for _, job in row if job is not None and job.heard),
            )
            for row in rows
        ]

    # --- before the engine ---------------------------------------------------------------------

    def _known(self, request: Request, approved: Approvals) -> list[Sentence]:
        """Return the sentences, with words where a person has written them."""
        whole = self._knowledge.prepared(request.text, request.source, request.target)
        if whole is not None:
            return [whole]
        sentences = sentences_of(request.text)
        keys = {memory_key(each.source) for each in sentences}
        found = approved(request.source, request.target, keys)
        return [self._with_words(each, request, found) for each in sentences]

    def _with_words(
        self, sentence: Sentence, request: Request, found: Mapping[str, tuple[str, str]]
    ) -> Sentence:
        if sentence.provenance is Provenance.HUMAN:
            return sentence
        if self._knowledge.is_written_in(sentence.source, request.target, request.source):
            return replace(sentence, provenance=Provenance.HUMAN)
        if memory_key(sentence.source) in found:
            words, who = found[memory_key(sentence.source)]
            return replace(sentence, text=words, provenance=Provenance.MEMORY, origin=who)
        prepared = self._knowledge.prepared(sentence.source, request.source, request.target)
        return replace(prepared, gap=sentence.gap) if prepared is not None else sentence

    # --- the engine ----------------------------------------------------------------------------

    def _job(self, sentence: Sentence, request: Request) -> _Job | None:
        """Return what an engine has to do; None where there are words, or no way."""
        if sentence.provenance is not Provenance.NONE:
            return None
        written = self._knowledge.language_of(sentence.source, request.source)
        source, target = engine_language(written), engine_language(request.target)
        route = self._engine.route(source, target)
        if route is None:
            return None
        text = self._spelling.for_engine(sentence.source, written)
        parts = segment(text)
        unit = Unit(sentence.source, parts.body, source, target, parts.before, parts.after)
        return _Job(unit, route, request.target, request.outgoing)

    def _translate(self, jobs: Sequence[_Job]) -> None:
        """Try one way after the other with what is not sure yet, all sentences together."""
        for routes_attempts, remote in ((ATTEMPTS, False), (REMOTE_ATTEMPTS, True)):
            mine = [job for job in jobs if job.route.remote is remote and job.route.gate != CLOSED]
            for attempt in routes_attempts:
                by_route: dict[Route, list[_Job]] = {}
                for job in mine:
                    if not job.sure and not job.is_hopeless():
                        by_route.setdefault(job.route, []).append(job)
                for route, group in by_route.items():
                    self._attempt(attempt, group, route)

    def _attempt(self, attempt: Attempt, jobs: Sequence[_Job], route: Route) -> None:
        prepared = [(job, attempt.prepare(job.unit, self._knowledge)) for job in jobs]
        ready = [(job, each) for job, each in prepared if each is not None]
        inputs = [text for _, each in ready for text in each.inputs]
        if not inputs:
            return
        wanted = ALTERNATIVES if attempt.wide else 1
        options = iter(self._engine.translate(inputs, route, alternatives=wanted))
        for job, each in ready:
            for candidate in each.outputs([next(options) for _ in each.inputs]):
                found = self._doubts(job.unit, candidate.text)
                job.offer(candidate, found)
                if job.sure:
                    break

    def _doubts(self, unit: Unit, text: str) -> list[Doubt]:
        knowledge = self._knowledge
        source, target = unit.source_lang, unit.target_lang
        grammars = knowledge.grammar(source), knowledge.grammar(target)
        found = doubts(unit.text, text, grammars, unit.terms(knowledge))
        # A scheme or 退去強制 that nobody spoke of is as wrong as one that is lost.
        invented = knowledge.glossary.terms_in(text, target, source)
        added = missing_terms(text, unit.text, invented)
        return [*found, Doubt("term", added)] if added else found

    # --- after the engine ----------------------------------------------------------------------

    def _judged(self, jobs: Sequence[_Job]) -> dict[int, Sentence]:
        """Return the sentence each job has become, by the job's identity."""
        reverses = self._reverses(
            [job for job in jobs if job.sure and job.route.gate and not job.is_hopeless()]
        )
        backs = self._backs([job for job in jobs if job.sure and job.outgoing])
        return {
            id(job): self._sentence(job, reverses.get(id(job)), backs.get(id(job), ""))
            for job in jobs
        }

    def _reverses(self, jobs: Sequence[_Job]) -> dict[int, float | None]:
        found: dict[int, float | None] = {}
        for route in {job.route for job in jobs}:
            group = [job for job in jobs if job.route == route]
            pairs = [(job.unit.text, job.best[0].text) for job in group if job.best is not None]
            for job, value in zip(group, self._engine.read_back(pairs, route), strict=True):
                found[id(job)] = value
        return found

    def _backs(self, jobs: Sequence[_Job]) -> dict[int, str]:
        """Translate what counselors say back into their language."""
        found: dict[int, str] = {}
        for target, source in {(job.unit.target_lang, job.unit.source_lang) for job in jobs}:
            group = [
                job
                for job in jobs
                if (job.unit.target_lang, job.unit.source_lang) == (target, source)
            ]
            route = self._engine.route(target, source)
            if route is None:
                continue
            attempt = (REMOTE_ATTEMPTS if route.remote else ATTEMPTS)[0]
            ready = [attempt.prepare(_turned(job), self._knowledge) for job in group]
            inputs = [each.inputs[0] for each in ready if each is not None]
            options = self._engine.translate(inputs, route)
            for job, each, made in zip(group, ready, options, strict=True):
                # A lost placeholder stays lost: the counselor sees that.
                back = (each.outputs([made]) if each is not None else None) or made
                found[id(job)] = back[0].text
        return found

    def _sentence(self, job: _Job, reverse: float | None, back: str) -> Sentence:
        unit, route = job.unit, job.route
        if route.gate == CLOSED:
            return Sentence(unit.source, doubts=("unjudged",), origin=str(route))
        if job.best is None:
            return Sentence(unit.source, doubts=("none",), origin=str(route))
        candidate, found = job.best
        gate = route.gate
        if not found and candidate.score is not None and candidate.score < route.floor:
            found = [Doubt("score", (f"{candidate.score:.2f}",))]
        if not found and gate is not None:
            sure = gate.confidence(features(unit.text, unit.source_lang, candidate.score, reverse))
            if sure < gate.at_least:
                found = [Doubt("score", (f"{sure:.2f}",))]
        if not found and back and similarity(back, unit.text) < BACK_AT_LEAST:
            found = [Doubt("back")]
        made = Sentence(
            unit.source,
            unit.before + self._spelling.for_reader(candidate.text, job.reader) + unit.after,
            origin=str(route),
            score=candidate.score,
            doubts=tuple(str(each) for each in found),
            back=back,
        )
        if not found:
            kind = Provenance.DRAFT if route.drafts_only else Provenance.MACHINE
            return replace(made, provenance=kind)
        if route.drafts_only:
            # A test model's sentence that is not even sure of itself is shown to nobody.
            return replace(made, text="", back="")
        return replace(made, provenance=Provenance.DOUBTED)


def _turned(job: _Job) -> Unit:
    """Return the translation as a sentence to be translated back; its names stay private."""
    assert job.best is not None
    unit, text = job.unit, job.best[0].text
    words = (unit.text[start:end] for start, end in private_spans(unit.text))
    names = tuple(word for word in words if not word[:1].isdecimal())
    return Unit(text, text, unit.target_lang, unit.source_lang, private=names)
