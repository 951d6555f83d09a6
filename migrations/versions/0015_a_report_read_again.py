"""What the report says is told from what a person made of it, for when it is read again; a measure may be taken out."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    with op.batch_alter_table("measure") as batch:
        batch.add_column(sa.Column("printed", sa.JSON(none_as_null=True), nullable=True))
        batch.add_column(sa.Column("is_retired", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("measure") as batch:
        batch.alter_column("is_retired", server_default=None)
    with op.batch_alter_table("step") as batch:
        batch.add_column(sa.Column("printed", sa.String(), nullable=True))
    # Nothing tells any more what was changed by hand until now: it counts as printed, and a difference will be shown.
    op.execute("UPDATE step SET printed = text")


def downgrade() -> None:
    with op.batch_alter_table("step") as batch:
        batch.drop_column("printed")
    with op.batch_alter_table("measure") as batch:
        batch.drop_column("is_retired")
        batch.drop_column("printed")
