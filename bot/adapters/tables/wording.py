"""What counselors put into words: approved translations, glossary and phrasebook."""

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from bot.adapters.tables.columns import NEVER_REUSED, big, key, ref, words


class ApprovedRow(SQLModel, table=True):
    """The translation memory: sentences as counselors want them translated."""

    __tablename__ = "approved_translation"
    __table_args__ = (
        Index("ix_approved_translation_key", "source_lang", "target_lang", "key", "id"),
        NEVER_REUSED,
    )
    id: int | None = Field(default=None, sa_column=key())
    source_lang: str
    target_lang: str
    key: str = Field(sa_column=words())
    source: str = Field(sa_column=words())
    target: str = Field(sa_column=words())
    machine: str = Field(sa_column=words())
    engine: str = ""
    counselor_id: int = Field(sa_column=ref("counselor.id"))
    at: int = Field(sa_column=big())


class WordEditRow(SQLModel, table=True):
    """What the desk changed in glossary and phrasebook; the newest of a key and language stands."""

    __tablename__ = "word_edit"
    __table_args__ = (Index("ix_word_edit_key", "kind", "key", "lang", "id"), NEVER_REUSED)
    id: int | None = Field(default=None, sa_column=key())
    kind: str
    key: str
    lang: str
    text: str = Field(sa_column=words())
    reviewed: bool
    counselor_id: int = Field(sa_column=ref("counselor.id"))
    at: int = Field(sa_column=big())
