"""What a division still owes on a deadline is found by an index that holds nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

OWED = sa.text("status IN ('in_progress', 'not_started')")


def upgrade() -> None:
    op.create_index(
        "ix_task_owed", "task", ["division_id", "plan_id", "due_on"], sqlite_where=OWED, postgresql_where=OWED
    )


def downgrade() -> None:
    op.drop_index("ix_task_owed", "task")
