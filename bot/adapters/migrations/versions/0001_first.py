"""first: residents, consultations, messages, inbox, outbox, feed, counselors, audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def key():
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", kind, primary_key=True, autoincrement=True, nullable=False)


def number(name, nullable=False):
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def small(name):
    return sa.Column(name, sa.Integer(), nullable=False)


def flag(name):
    return sa.Column(name, sa.Boolean(), nullable=False)


def word(name):
    return sa.Column(name, sa.String(), nullable=False)


def words(name):
    return sa.Column(name, sa.Text(), nullable=False)


def partial_index(name, table, columns, where):
    op.create_index(
        name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
    )


def upgrade():
    op.create_table(
        "counselor",
        key(),
        word("login"),
        word("name"),
        word("password_hash"),
        word("role"),
        flag("active"),
        sa.PrimaryKeyConstraint("id", name="pk_counselor"),
        sa.UniqueConstraint("login", name="uq_counselor_login"),
    )
    op.create_table(
        "desk_session",
        word("token_hash"),
        number("counselor_id"),
        number("expires_at"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_desk_session"),
        sa.ForeignKeyConstraint(
            ["counselor_id"], ["counselor.id"], name="fk_desk_session_counselor_id"
        ),
    )
    op.create_table(
        "resident",
        key(),
        word("channel"),
        word("address"),
        word("lang"),
        flag("following"),
        word("source_code"),
        number("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_resident"),
        sa.UniqueConstraint("channel", "address", name="uq_resident_channel_address"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "conversation",
        key(),
        number("resident_id"),
        word("lang"),
        word("holder"),
        number("counselor_id", nullable=True),
        small("level"),
        word("reason"),
        number("waiting_since", nullable=True),
        number("sent_at", nullable=True),
        number("opened_at"),
        number("closed_at", nullable=True),
        flag("receipt_given"),
        flag("trouble"),
        words("state"),
        words("assessment"),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["resident.id"], name="fk_conversation_resident_id"
        ),
        sa.ForeignKeyConstraint(
            ["counselor_id"], ["counselor.id"], name="fk_conversation_counselor_id"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_conversation_resident", "conversation", ["resident_id", "id"])
    partial_index(
        "ix_conversation_queue",
        "conversation",
        ["level", "waiting_since"],
        "waiting_since IS NOT NULL",
    )
    partial_index("ix_conversation_held", "conversation", ["counselor_id"], "holder = 'counselor'")
    op.create_table(
        "message",
        key(),
        number("conversation_id"),
        word("author"),
        number("counselor_id", nullable=True),
        word("kind"),
        words("text"),
        word("lang"),
        words("other"),
        word("other_lang"),
        word("provenance"),
        word("engine"),
        word("external_id"),
        words("choices"),
        number("created_at"),
        number("unsent_at", nullable=True),
        number("parcel_id", nullable=True),
        small("attempts"),
        number("due_at"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_message_conversation_id"
        ),
        sa.ForeignKeyConstraint(["counselor_id"], ["counselor.id"], name="fk_message_counselor_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_conversation", "message", ["conversation_id", "id"])
    partial_index(
        "ix_message_external", "message", ["conversation_id", "external_id"], "external_id <> ''"
    )
    partial_index("ix_message_awaiting", "message", ["due_at"], "provenance = 'waiting'")
    op.create_table(
        "case_event",
        key(),
        number("conversation_id"),
        number("counselor_id", nullable=True),
        word("what"),
        words("detail"),
        number("at"),
        sa.PrimaryKeyConstraint("id", name="pk_case_event"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_case_event_conversation_id"
        ),
        sa.ForeignKeyConstraint(
            ["counselor_id"], ["counselor.id"], name="fk_case_event_counselor_id"
        ),
    )
    op.create_index("ix_case_event_conversation", "case_event", ["conversation_id", "id"])
    op.create_table(
        "inbound_event",
        key(),
        word("channel"),
        word("address"),
        word("event_id"),
        number("occurred_at"),
        number("received_at"),
        word("kind"),
        words("payload"),
        word("status"),
        small("attempts"),
        number("due_at"),
        word("error"),
        number("conversation_id", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_inbound_event"),
        sa.UniqueConstraint("channel", "event_id", name="uq_inbound_event_channel_event_id"),
    )
    partial_index(
        "ix_inbound_event_waiting",
        "inbound_event",
        ["channel", "address", "occurred_at", "id"],
        "status = 'new'",
    )
    partial_index("ix_inbound_event_set_aside", "inbound_event", ["id"], "status = 'set_aside'")
    op.create_table(
        "parcel",
        key(),
        number("conversation_id"),
        word("channel"),
        word("address"),
        words("bubbles"),
        word("reply_token"),
        number("reply_until"),
        word("retry_key"),
        number("first_push_at"),
        word("status"),
        small("attempts"),
        number("due_at"),
        word("error"),
        number("created_at"),
        number("sent_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_parcel"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_parcel_conversation_id"
        ),
    )
    op.create_index("ix_parcel_conversation", "parcel", ["conversation_id"])
    partial_index("ix_parcel_due", "parcel", ["conversation_id", "id"], "status = 'due'")
    partial_index("ix_parcel_failed", "parcel", ["id"], "status = 'failed'")
    op.create_table(
        "page_update",
        key(),
        number("conversation_id"),
        number("resident_id"),
        word("kind"),
        number("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_page_update"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_page_update_resident", "page_update", ["resident_id", "id"])
    op.create_table(
        "heartbeat",
        word("name"),
        number("at"),
        sa.PrimaryKeyConstraint("name", name="pk_heartbeat"),
    )


def downgrade():
    for table in (
        "heartbeat",
        "page_update",
        "parcel",
        "inbound_event",
        "case_event",
        "message",
        "conversation",
        "resident",
        "desk_session",
        "counselor",
    ):
        op.drop_table(table)
