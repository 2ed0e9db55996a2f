"""flow versions: every served dialog is kept; consents."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "flow_release",
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("version", name="pk_flow_release"),
    )
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "consent",
        sa.Column("id", key, primary_key=True, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_consent_conversation_id"
        ),
    )
    op.create_index("ix_consent_conversation", "consent", ["conversation_id", "id"])


def downgrade():
    op.drop_table("consent")
    op.drop_table("flow_release")
