"""Work longer than a second is a row that a job picks up; a report may wait to be read; a measure plans money."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

KINDS = sa.Enum("read", "issue", "pack", name="workkind", native_enum=False, length=24)
STATES = sa.Enum("waiting", "running", "done", "failed", name="workstate", native_enum=False, length=24)


def upgrade() -> None:
    op.create_table(
        "work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("kind", KINDS, nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", STATES, nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'running') = (leased_until IS NOT NULL)", name=op.f("ck_work_leased_while_running")
        ),
        sa.CheckConstraint("(state = 'failed') = (refusal IS NOT NULL)", name=op.f("ck_work_refusal_of_failed")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["appointment.id"], name=op.f("fk_work_asked_by_id_appointment")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_work_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
    )
    op.create_index(op.f("ix_work_organization_id"), "work", ["organization_id"])
    op.create_index("ix_work_state", "work", ["state", "id"])
    op.create_index("ix_work_subject", "work", ["kind", "subject_id", "id"])
    with op.batch_alter_table("draft") as batch:
        batch.alter_column("report", existing_type=sa.JSON(), nullable=True)
    with op.batch_alter_table("measure") as batch:
        batch.add_column(sa.Column("budget_text", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("success_text", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("measure") as batch:
        batch.alter_column("budget_text", server_default=None)
        batch.alter_column("success_text", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("measure") as batch:
        batch.drop_column("success_text")
        batch.drop_column("budget_text")
    # Nobody can correct what was never read.
    op.execute("DELETE FROM draft WHERE report IS NULL")
    with op.batch_alter_table("draft") as batch:
        batch.alter_column("report", existing_type=sa.JSON(), nullable=False)
    op.drop_table("work")
