"""When a mail was tried last, and which attempts no longer count because somebody sent it again."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

HANDED = ("delivery", "letter")


def upgrade() -> None:
    for table in HANDED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("forgiven", sa.Integer(), nullable=True))
            batch_op.add_column(sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True))
        op.execute(f"UPDATE {table} SET forgiven = 0")
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("forgiven", existing_type=sa.Integer(), nullable=False)


def downgrade() -> None:
    for table in HANDED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("tried_at")
            batch_op.drop_column("forgiven")
