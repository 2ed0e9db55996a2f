"""A small glossary and phrasebook for the tests of what the desk changes in them."""

from collections.abc import Sequence

from bot.core.model import Lang
from bot.core.translation.knowledge import knowledge_of
from bot.core.translation.phrases import COUNSELOR, RESIDENT, Phrase
from bot.core.translation.terms import GlossaryTerm
from bot.service.ports import Clock, Transaction
from bot.service.word_checks import Wish
from bot.service.wordbook import WordBook

FOOD = "食べものはありますか。"
FOOD_VI = "Có đồ ăn không?"
MEET = "{date}に会えますか。"
MEET_VI = "Gặp {date} nhé?"
DRAFT = "draft 2026-11-01"
REVIEWED = "reviewed by Linh 2026-11-01"

TERMS = (
    GlossaryTerm(
        "生活保護",
        "せいかつほご",
        "くらしを たすける",
        {"ja": ("生活保護", "生保"), "vi": ("trợ cấp sinh hoạt", "~trợ cấp")},
        enforced=True,
        review=DRAFT,
    ),
    GlossaryTerm(
        "相談",
        "そうだん",
        "",
        {"ja": ("相談",), "vi": ("tư vấn",)},
        enforced=False,
        review=DRAFT,
    ),
)
PHRASES = (
    Phrase("food.any", COUNSELOR, REVIEWED, {"ja": (FOOD,), "vi": (FOOD_VI,), "en": ("Food?",)}),
    Phrase("meet", COUNSELOR, DRAFT, {"ja": (MEET,), "vi": (MEET_VI,)}),
    Phrase("told.no", RESIDENT, DRAFT, {"ja": ("断られました。",), "vi": ("Bị từ chối rồi.",)}),
)


def refused(lang: Lang, text: str) -> str:
    """Refuse one form a language."""
    form = {"ja": "必ずもらえ", "vi": "chắc chắn được"}.get(lang)
    return f"promises: {form}" if form is not None and form in text else ""


def small_wordbook(
    transaction: Transaction, now: Clock, phrases: Sequence[Phrase] = PHRASES
) -> WordBook:
    """Return a word book over two terms and three sentences, in three languages."""
    return WordBook(
        knowledge_of({}, {}, TERMS, phrases),
        transaction,
        transaction,
        now,
        languages=("ja", "en", "vi"),
        refused=refused,
    )


def wish(
    book: WordBook, kind: str, key: str, lang: Lang, text: str, *, reviewed: bool = False
) -> dict[Lang, Wish]:
    """What a counselor sends who sees the entry as it stands."""
    words = book.find(kind, key)
    assert words is not None
    return {lang: Wish(text, words.texts.get(lang, ""), reviewed)}
