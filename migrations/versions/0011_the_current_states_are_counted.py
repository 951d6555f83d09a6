"""How many tasks stand how is kept beside their states, so that the figures of today are not counted again."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

COUNTS = ("not_started", "in_progress", "submitted", "done", "not_applicable", "done_on_time", "weight", "done_weight")
COUNT_STATES = """
    INSERT INTO task_count (plan_id, division_id, indicator, measure_id, due_on, not_started, in_progress, submitted,
                            done, not_applicable, done_on_time, weight, done_weight, changed_at)
    SELECT plan_id, division_id, indicator, measure_id, due_on,
           sum(CASE WHEN status = 'not_started' THEN 1 ELSE 0 END),
           sum(CASE WHEN status = 'in_progress' THEN 1 ELSE 0 END),
           sum(CASE WHEN status = 'submitted' THEN 1 ELSE 0 END),
           sum(CASE WHEN status = 'done' THEN 1 ELSE 0 END),
           sum(CASE WHEN status = 'not_applicable' THEN 1 ELSE 0 END),
           sum(CASE WHEN status = 'done' AND submitted_on <= due_on THEN 1 ELSE 0 END),
           sum(CASE WHEN status <> 'not_applicable' THEN weight ELSE 0 END),
           sum(CASE WHEN status = 'done' THEN weight ELSE 0 END),
           (SELECT max(CASE WHEN other.valid_to < '9999-12-31' THEN other.valid_to ELSE other.valid_from END)
            FROM task_state AS other WHERE other.plan_id = task_state.plan_id)
    FROM task_state WHERE valid_to >= '9999-12-31'
    GROUP BY plan_id, division_id, indicator, measure_id, due_on
"""


def upgrade() -> None:
    op.create_table(
        "task_count",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_task_count_division_id_division")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_task_count_measure_id_measure")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_task_count_plan_id_plan")),
        sa.PrimaryKeyConstraint(
            "plan_id", "division_id", "indicator", "measure_id", "due_on", name=op.f("pk_task_count")
        ),
        sqlite_with_rowid=False,
    )
    op.execute(COUNT_STATES)


def downgrade() -> None:
    op.drop_table("task_count")
