"""A closed follow-up round: the plan's figures as they were frozen, under a seal."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("round_on", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("figures", sa.String(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(), nullable=False),
        sa.Column("previous_seal", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.CheckConstraint("as_of >= round_on", name=op.f("ck_closing_as_of_a_day_from_the_round_on")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_closing_revision_counts")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["appointment.id"], name=op.f("fk_closing_closed_by_id_appointment")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_closing_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing")),
        sa.UniqueConstraint("plan_id", "head_seq", name=op.f("uq_closing_plan_id_head_seq")),
        sa.UniqueConstraint("plan_id", "round_on", "revision", name=op.f("uq_closing_plan_id_round_on_revision")),
    )


def downgrade() -> None:
    op.drop_table("closing")
