"""People and divisions come and go: closed, abolished, cut short, with a record of every change."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ENDED_ON_A_DAY = "ended_at IS NULL OR ends_on IS NOT NULL"
KINDS = (
    "division_added", "division_changed", "division_moved", "division_closed", "division_reopened",
    "position_added", "position_changed", "position_abolished", "position_restored",
    "person_added", "person_changed", "account_closed", "account_reopened",
    "appointed", "appointment_ended", "cover_appointed", "cover_ended",
)  # fmt: skip


def upgrade() -> None:
    op.add_column("organization", sa.Column("last_seq", sa.Integer(), server_default="0", nullable=False))
    op.add_column("organization", sa.Column("last_hash", sa.String(), server_default="", nullable=False))
    op.add_column("division", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("position", sa.Column("abolished_on", sa.Date(), nullable=True))
    _add_ended_at()
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Enum(*KINDS, name="changekind", native_enum=False, length=24), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("before_digest", sa.String(), nullable=False),
        sa.Column("after_digest", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_change_appointment_id_appointment")
        ),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_change_division_id_division")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_change_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name=op.f("fk_change_position_id_position")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_change_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("organization_id", "seq", name=op.f("uq_change_organization_id_seq")),
    )


def downgrade() -> None:
    op.drop_table("change")
    _drop_ended_at()
    op.drop_column("position", "abolished_on")
    op.drop_column("division", "closed_on")
    op.drop_column("organization", "last_hash")
    op.drop_column("organization", "last_seq")


# SQLite would have to copy a table that others refer to before it takes a constraint; a new column may bring its own.


def _add_ended_at() -> None:
    name = op.f("ck_appointment_ended_on_a_day")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"ALTER TABLE appointment ADD COLUMN ended_at DATETIME CONSTRAINT {name} CHECK ({ENDED_ON_A_DAY})")
    else:
        op.add_column("appointment", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        op.create_check_constraint(name, "appointment", ENDED_ON_A_DAY)


def _drop_ended_at() -> None:
    op.drop_column("appointment", "ended_at")
