"""A page of the list is read off an index."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

BLOCKED = sa.text("blocked_reason <> ''")
OUTSIDE = sa.text("placement = 'outside'")


def upgrade() -> None:
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_index("ix_task_plan_due")
        batch_op.drop_index("ix_task_division_id")
        batch_op.drop_index("ix_task_measure_id")
        batch_op.create_index("ix_task_plan_due", ["plan_id", "due_on", "id", "status", "placement"])
        batch_op.create_index("ix_task_status_due", ["plan_id", "status", "due_on", "id", "placement"])
        batch_op.create_index("ix_task_division_due", ["division_id", "plan_id", "due_on", "id"])
        batch_op.create_index("ix_task_measure_due", ["measure_id", "due_on", "id"])
        batch_op.create_index(
            "ix_task_blocked", ["plan_id", "due_on", "id"], sqlite_where=BLOCKED, postgresql_where=BLOCKED
        )
        batch_op.create_index(
            "ix_task_outside", ["plan_id", "due_on", "id", "placement"], sqlite_where=OUTSIDE, postgresql_where=OUTSIDE
        )


def downgrade() -> None:
    with op.batch_alter_table("task") as batch_op:
        for name in ("outside", "blocked", "measure_due", "division_due", "status_due", "plan_due"):
            batch_op.drop_index(f"ix_task_{name}")
        batch_op.create_index("ix_task_measure_id", ["measure_id"])
        batch_op.create_index("ix_task_division_id", ["division_id"])
        batch_op.create_index("ix_task_plan_due", ["plan_id", "due_on"])
