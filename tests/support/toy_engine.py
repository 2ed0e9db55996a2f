"""A whole stand-in for a translation engine: its words are made up, in the right script."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.core.model import Lang
from bot.core.translation.checking import LENGTHS
from bot.core.translation.engines import Candidate, Route
from bot.core.translation.gate import Gate
from bot.core.translation.knowledge import Knowledge, knowledge_of
from bot.errors import TranslationError
from bot.service.interpreting import Interpreter

PASSAGES = {
    "ja": "これは機械が作った文で、ほんとうの意味は何もありません。"
    "読む人のために長さだけを合わせました。朝になると鳥が鳴いて、町の人はゆっくり起きます。川のそばの道を犬と歩くのが好きです。",
    "vi": "Đây là câu do máy đặt ra cho người đọc, chỉ có độ dài là giống với câu gốc mà thôi. "
    "Buổi sáng chim hót và mọi người thức dậy, rồi đi dạo với con chó bên bờ sông. "
    "Mùa thu lá vàng rơi đầy sân, trẻ em chạy chơi cùng nhau đến lúc mẹ gọi về ăn cơm.",
}
"""Long texts without figures; a translation is as much of one as the sentence needs."""


def made_up(text: str, source: Lang, target: Lang) -> str:
    """Return what the stand-in makes of a sentence: its figures, and words without sense."""
    size = round(len(text) * LENGTHS[target] / LENGTHS[source])
    figures = re.findall(r"\bQ\d+\b|[\d.:,/-]*\d", text)
    words = PASSAGES[target][: max(4, size - sum(map(len, figures)))].rstrip(" 、,。.")
    return " ".join([words, *figures])


@dataclass
class ToyEngine:
    """Implements ports.Engine; what it shall do wrong is told it.

    `says` are answers to sentences it knows, `always` is its answer to everything. `asked` records
    what reached it.
    """

    pairs: tuple[tuple[Lang, Lang], ...] = (("vi", "ja"), ("ja", "vi"))
    drafts_only: bool = False
    remote: bool = False
    gate: Gate | None = None
    says: dict[str, str] = field(default_factory=dict)
    always: str | None = None
    reverse: float | None = -0.5
    breaks: int = 0
    crashes: int = 0
    tries: int = 0
    meanwhile: Callable[[], object] = lambda: None
    asked: list[tuple[str, ...]] = field(default_factory=list)
    made: dict[str, str] = field(default_factory=dict)

    def route(self, source: Lang, target: Lang) -> Route | None:
        if (source, target) not in self.pairs:
            return None
        return Route((source, target), "toy", self.drafts_only, self.remote, self.gate)

    def translate(
        self, sentences: Sequence[str], route: Route, *, alternatives: int = 1
    ) -> list[list[Candidate]]:
        del alternatives
        self.tries += 1
        self.asked.append(tuple(sentences))
        self.meanwhile()
        if self.tries <= self.crashes:
            raise MemoryError
        if self.tries <= self.breaks:
            raise TranslationError
        return [[Candidate(self._words(each, route), -0.2)] for each in sentences]

    def _words(self, sentence: str, route: Route) -> str:
        """Return the words for a sentence; its own words it knows the way back from."""
        if self.always is not None:
            return self.always
        source, target = route.languages
        words = self.says.get(sentence) or self.made.get(sentence)
        words = words or made_up(sentence, source, target)
        self.made.setdefault(words, sentence)
        return words

    def read_back(self, pairs: Sequence[tuple[str, str]], route: Route) -> list[float | None]:
        del route
        return [self.reverse for _ in pairs]


class AsWritten:
    """Implements ports.Spelling: nothing is written in another way."""

    def for_engine(self, text: str, lang: Lang) -> str:
        del lang
        return text

    def for_reader(self, text: str, lang: Lang) -> str:
        del lang
        return text


def toy_interpreter(engine: ToyEngine, knowledge: Knowledge | None = None) -> Interpreter:
    """An interpreter over the stand-in that knows no language, or what `knowledge` has."""
    known = knowledge or knowledge_of({}, {}, (), ())
    return Interpreter(engine, lambda: known, AsWritten())
