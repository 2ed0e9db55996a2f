"""What the columns of all tables have in common."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)
from sqlmodel import SQLModel

METADATA = SQLModel.metadata
# Constraints have names of their own, so that a migration can take them away again.
METADATA.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

NEVER_REUSED = {"sqlite_autoincrement": True}
"""A page or an audit line remembers ids: after an erasure SQLite must not give them out again."""


def table_of(model: type[SQLModel]) -> Table:
    """Return the Core table behind a model."""
    return METADATA.tables[str(model.__tablename__)]


def key() -> Column[int]:
    """A 64-bit key that SQLite still autoincrements."""
    kind = BigInteger().with_variant(Integer(), "sqlite")
    return Column("id", kind, primary_key=True, autoincrement=True)


def big(*, nullable: bool = False) -> Column[int]:
    """A number too large for 32 bits: milliseconds since the epoch, or an id of no table here."""
    return Column(BigInteger, nullable=nullable)


def ref(target: str, *, nullable: bool = False) -> Column[int]:
    return Column(BigInteger, ForeignKey(target), nullable=nullable)


def words() -> Column[str]:
    """Words, or JSON that is only ever read whole."""
    return Column(Text, nullable=False)


def added_words() -> Column[str]:
    """Words that a program of the version before does not write."""
    return Column(Text, nullable=False, server_default=text("''"))


def partial(name: str, *columns: str, where: str) -> Index:
    """An index of the few rows that still need something.

    SQLite uses it only for a statement that holds the condition word for word (see storage/sql.py).
    """
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))
