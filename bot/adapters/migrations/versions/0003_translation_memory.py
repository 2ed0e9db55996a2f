"""Sentences of a message one by one, the translation memory, the desk's own words.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    # A worker of the version before goes on writing messages without the column.
    op.add_column(
        "message", sa.Column("sentences", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "approved_translation",
        sa.Column("id", key, primary_key=True, autoincrement=True, nullable=False),
        sa.Column("source_lang", sa.String(), nullable=False),
        sa.Column("target_lang", sa.String(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("machine", sa.Text(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("counselor_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_approved_translation"),
        sa.ForeignKeyConstraint(
            ["counselor_id"], ["counselor.id"], name="fk_approved_translation_counselor_id"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_approved_translation_key",
        "approved_translation",
        ["source_lang", "target_lang", "key", "id"],
    )
    op.create_table(
        "word_edit",
        sa.Column("id", key, primary_key=True, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("counselor_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_word_edit"),
        sa.ForeignKeyConstraint(
            ["counselor_id"], ["counselor.id"], name="fk_word_edit_counselor_id"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_word_edit_key", "word_edit", ["kind", "key", "lang", "id"])


def downgrade():
    op.drop_table("word_edit")
    op.drop_table("approved_translation")
    with op.batch_alter_table("message") as batch:
        batch.drop_column("sentences")
