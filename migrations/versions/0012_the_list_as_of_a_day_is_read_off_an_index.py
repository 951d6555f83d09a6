"""The list of tasks as of a day is read off an index, in its order."""

from alembic import op

revision = "0012"
down_revision = "0011"

COLUMNS = ["plan_id", "due_on", "task_id", "valid_to", "valid_from", "status", "division_id", "measure_id"]


def upgrade() -> None:
    op.create_index("ix_task_state_due", "task_state", COLUMNS)


def downgrade() -> None:
    op.drop_index("ix_task_state_due", "task_state")
