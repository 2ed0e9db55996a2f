"""What the statements of all stores share."""

from typing import Any

from sqlalchemy import ColumnElement, Insert, Table, bindparam, literal_column
from sqlalchemy.dialects import postgresql, sqlite


def equals(column: ColumnElement[str], constant: str) -> ColumnElement[bool]:
    """Compare with a constant of ours, written out in the statement.

    A bound parameter would be unknown when the plan is made, and the partial indexes of
    adapters/tables.py could not be used.
    """
    return column == literal_column(f"'{constant}'")


def insert_new(table: Table, dialect: str) -> Insert:
    """Insert, or do nothing where a unique key is taken."""
    if dialect == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


def assignments(*names: str) -> dict[str, Any]:
    """SET name = :new_name, for updates whose WHERE uses plain names."""
    return {name: bindparam(f"new_{name}") for name in names}
