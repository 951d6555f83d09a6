"""That a digest may have arrived although nobody said so: only the same mail may tell of it again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.add_column(sa.Column("in_doubt", sa.Boolean(), nullable=True))
    op.execute("UPDATE delivery SET in_doubt = (1 = 0)")
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.alter_column("in_doubt", existing_type=sa.Boolean(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.drop_column("in_doubt")
