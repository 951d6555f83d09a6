"""What a division reports, and to whom a task is given."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

REVIEW = sa.Enum("required", "self", "off", name="review", native_enum=False, length=24)


def upgrade() -> None:
    op.create_table(
        "task_report",
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("obstacles", sa.String(), nullable=False),
        sa.Column("suggestions", sa.String(), nullable=False),
        sa.Column("budget", sa.String(length=16), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_task_report_revision_counts")),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["appointment.id"], name=op.f("fk_task_report_saved_by_id_appointment")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_report_task_id_task")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_task_report")),
    )
    with op.batch_alter_table("plan") as batch_op:
        batch_op.add_column(sa.Column("review", REVIEW, nullable=True))
    with op.batch_alter_table("task") as batch_op:
        batch_op.add_column(sa.Column("scheduled_division_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("position_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("status_reason", sa.String(), nullable=True))
    with op.batch_alter_table("task_state") as batch_op:
        batch_op.add_column(sa.Column("submitted_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("position_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("status_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("blocked_reason", sa.String(), nullable=True))

    op.execute("UPDATE plan SET review = 'required'")
    op.execute("UPDATE task SET scheduled_division_id = division_id, status_reason = ''")
    op.execute(
        "UPDATE task SET status_reason = COALESCE((SELECT"
        " CASE WHEN event.kind IN ('returned', 'reopened', 'not_applicable') THEN note ELSE '' END"
        " FROM event WHERE event.task_id = task.id AND event.kind IN ('started', 'submitted', 'accepted', 'returned',"
        " 'withdrawn', 'reopened', 'not_applicable', 'applicable') ORDER BY event.seq DESC LIMIT 1), '')"
        " WHERE status IN ('in_progress', 'not_applicable')"
    )
    # Only the present state can be told apart: who submitted, and what holds it up, was not kept before.
    op.execute("UPDATE task_state SET blocked_reason = '', status_reason = ''")
    op.execute(
        "UPDATE task_state SET"
        " submitted_by_id = (SELECT submitted_by_id FROM task WHERE task.id = task_state.task_id),"
        " status_reason = (SELECT status_reason FROM task WHERE task.id = task_state.task_id),"
        " blocked_reason = (SELECT blocked_reason FROM task WHERE task.id = task_state.task_id)"
        " WHERE valid_to > '9999-01-01'"
    )

    with op.batch_alter_table("plan") as batch_op:
        batch_op.alter_column("review", existing_type=REVIEW, nullable=False)
    with op.batch_alter_table("task") as batch_op:
        batch_op.alter_column("scheduled_division_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("status_reason", existing_type=sa.String(), nullable=False)
        batch_op.drop_constraint(batch_op.f("uq_task_measure_id_division_id_slot"), type_="unique")
        batch_op.create_index(batch_op.f("ix_task_position_id"), ["position_id"], unique=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_task_measure_id_scheduled_division_id_slot"), ["measure_id", "scheduled_division_id", "slot"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_task_position_id_position"), "position", ["position_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_task_scheduled_division_id_division"), "division", ["scheduled_division_id"], ["id"]
        )
    with op.batch_alter_table("task_state") as batch_op:
        batch_op.alter_column("status_reason", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("blocked_reason", existing_type=sa.String(), nullable=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_task_state_submitted_by_id_user"), "user", ["submitted_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_task_state_position_id_position"), "position", ["position_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("task_state") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_task_state_position_id_position"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_task_state_submitted_by_id_user"), type_="foreignkey")
        batch_op.drop_column("blocked_reason")
        batch_op.drop_column("status_reason")
        batch_op.drop_column("position_id")
        batch_op.drop_column("submitted_by_id")
    op.execute("UPDATE task SET division_id = scheduled_division_id")  # two tasks of one slot may not meet
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_task_scheduled_division_id_division"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_task_position_id_position"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_task_measure_id_scheduled_division_id_slot"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_task_position_id"))
        batch_op.create_unique_constraint(
            batch_op.f("uq_task_measure_id_division_id_slot"), ["measure_id", "division_id", "slot"]
        )
        batch_op.drop_column("status_reason")
        batch_op.drop_column("position_id")
        batch_op.drop_column("scheduled_division_id")
    with op.batch_alter_table("plan") as batch_op:
        batch_op.drop_column("review")
    op.drop_table("task_report")
