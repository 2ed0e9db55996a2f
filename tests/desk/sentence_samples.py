"""Messages put into other words sentence by sentence, one of every kind, for the desk's tests."""

from bot.core.model import Author, Provenance, Sentence
from bot.service.interpreting import Interpreted
from bot.service.records import Message
from bot.service.translating import with_words
from tests.desk.office import Office

COMPACT = "compact 1.0 (vi→ja)"
BY_PIVOT = "argos 1.9 (vi→en→ja)"

NUMBER = Sentence("090-1234-5678", provenance=Provenance.HUMAN)
PHRASE = Sentence(
    "Tôi bị từ chối.", "断られました。", Provenance.PHRASE, origin="refused.me", reviewed=True
)
DRAFT_PHRASE = Sentence(
    "Tôi mất việc rồi.",
    "仕事をなくしました。",
    Provenance.PHRASE,
    origin="job.lost",
    reviewed=False,
)
MEMORY = Sentence("Tôi đói.", "おなかがすいています。", Provenance.MEMORY, origin="田中")
MACHINE = Sentence("Tôi ở nhà.", "家にいます。", Provenance.MACHINE, origin=COMPACT, score=-0.214)
PIVOTED = Sentence("Trời lạnh.", "寒いです。", Provenance.MACHINE, origin=BY_PIVOT, score=-0.5)
FOLDED = Sentence("Tôi sợ.", "こわいかもです。", Provenance.DRAFT, origin=COMPACT)
DOUBTED = Sentence(
    "Tôi nợ 55.000 yên.",
    "五千円を借りていません。",
    Provenance.DOUBTED,
    origin=COMPACT,
    score=-1.337,
    doubts=("numbers:55000,5000", "negation", "term:借金"),
)
NOTHING = Sentence("Zxqv blah.", doubts=("none",), origin="")

EVERY_KIND = (
    NUMBER,
    PHRASE,
    DRAFT_PHRASE,
    MEMORY,
    MACHINE,
    PIVOTED,
    FOLDED,
    DOUBTED,
    NOTHING,
)

TOLD = Sentence(
    "明日、市役所に来てください。",
    "Ngày mai anh/chị đến tòa thị chính nhé.",
    Provenance.MACHINE,
    origin="compact 1.0 (ja→vi)",
    score=-0.3,
    back="明日は市役所へお越しください。",
)
NOT_TOLD = Sentence(
    "印鑑は要りません。",
    "Cần con dấu.",
    Provenance.DOUBTED,
    origin="compact 1.0 (ja→vi)",
    score=-0.9,
    doubts=("negation",),
    back="はんこが要ります。",
)


def says_in_sentences(
    office: Office, case_id: int, *sentences: Sentence, author: Author = Author.RESIDENT
) -> int:
    """Put a message on record as the translator leaves it; return its id."""
    lang, other_lang = ("vi", "ja") if author is Author.RESIDENT else ("ja", "vi")
    text = " ".join(each.source for each in sentences)
    message = with_words(
        Message(case_id, author, text, lang, office.now, other_lang=other_lang),
        Interpreted(sentences),
    )
    stored: int = office.says(
        case_id,
        text,
        author=author,
        lang=lang,
        other=message.other,
        other_lang=other_lang,
        provenance=message.provenance,
        engine=message.engine,
        sentences=message.sentences,
    )
    return stored
