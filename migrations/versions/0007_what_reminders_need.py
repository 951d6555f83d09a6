"""What reminders need: rules, levels of leadership, wishes, channels, feeds, notices about a plan."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

PROBLEM = sa.Enum(
    "address", "full", "refused", "busy", "sign_in", "unreachable", "slow", "program",
    name="problem", native_enum=False, length=24,
)  # fmt: skip
KIND = sa.Enum("line", "telegram", "webhook", "other", name="channelkind", native_enum=False, length=24)
OF_THE_PLAN = sa.text("task_id IS NULL")
IN_WORK = sa.text("status = 'in_progress'")


def upgrade() -> None:
    _create_tables()
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.add_column(sa.Column("address_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("problem", PROBLEM, nullable=True))
        batch_op.create_index("ix_delivery_address_id", ["address_id"])
        batch_op.create_foreign_key(
            op.f("fk_delivery_address_id_channel_address"),
            "channel_address",
            ["address_id"],
            ["id"],
            ondelete="SET NULL",
        )
    with op.batch_alter_table("letter") as batch_op:
        batch_op.add_column(sa.Column("problem", PROBLEM, nullable=True))
    with op.batch_alter_table("event") as batch_op:
        batch_op.create_index("ix_event_news", ["plan_id", "kind", "at", "task_id"])
    with op.batch_alter_table("task") as batch_op:
        batch_op.create_index(
            "ix_task_idle", ["plan_id", "last_event_at"], sqlite_where=IN_WORK, postgresql_where=IN_WORK
        )
    _let_notices_be_about_a_plan()
    with op.batch_alter_table("plan") as batch_op:
        batch_op.add_column(sa.Column("reminder_rules", sa.JSON(none_as_null=True), nullable=True))
    op.execute("UPDATE plan SET reminder_rules = '{}'")  # as usual
    with op.batch_alter_table("plan") as batch_op:
        batch_op.alter_column("reminder_rules", existing_type=sa.JSON(none_as_null=True), nullable=False)
    with op.batch_alter_table("position") as batch_op:
        batch_op.add_column(sa.Column("leads_at", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(op.f("ck_position_leads_at_a_level"), "leads_at IN (1, 2)")
    for level, title in ((1, "ปลัด"), (1, "รองปลัด"), (2, "นายก"), (2, "รองนายก")):
        op.execute(f"UPDATE position SET leads_at = {level} WHERE role = 'executive' AND title LIKE '{title}%'")


def downgrade() -> None:
    with op.batch_alter_table("position") as batch_op:
        batch_op.drop_constraint(op.f("ck_position_leads_at_a_level"), type_="check")
        batch_op.drop_column("leads_at")
    with op.batch_alter_table("plan") as batch_op:
        batch_op.drop_column("reminder_rules")
    op.execute("DELETE FROM notice WHERE task_id IS NULL")
    with op.batch_alter_table("notice") as batch_op:
        batch_op.drop_constraint(op.f("fk_notice_plan_id_plan"), type_="foreignkey")
        batch_op.drop_index("uq_notice_of_plan")
        batch_op.drop_index("ix_notice_plan_id")
        batch_op.alter_column("task_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column("plan_id")
    for table, name in (("task", "ix_task_idle"), ("event", "ix_event_news")):
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_index(name)
    with op.batch_alter_table("letter") as batch_op:
        batch_op.drop_column("problem")
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.drop_constraint(op.f("fk_delivery_address_id_channel_address"), type_="foreignkey")
        batch_op.drop_index("ix_delivery_address_id")
        batch_op.drop_column("problem")
        batch_op.drop_column("address_id")
    for table in ("preference", "feed", "channel_address", "channel_standing"):
        op.drop_table(table)


def _create_tables() -> None:
    op.create_table(
        "channel_standing",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", PROBLEM, nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_standing")),
    )
    op.create_table(
        "channel_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("hint", sa.String(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_channel_address_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_address")),
    )
    op.create_index("ix_channel_address_user_id", "channel_address", ["user_id"])
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["division_id"], ["division.id"], name=op.f("fk_feed_division_id_division")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_feed_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_feed_fingerprint")),
    )
    op.create_index("ix_feed_user_id", "feed", ["user_id"])
    op.create_table(
        "preference",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Time(), nullable=False),
        sa.Column("wants_mail", sa.Boolean(), nullable=False),
        sa.Column("paused_from", sa.Date(), nullable=True),
        sa.Column("paused_to", sa.Date(), nullable=True),
        sa.CheckConstraint("(paused_from IS NULL) = (paused_to IS NULL)", name=op.f("ck_preference_pause_pair")),
        sa.CheckConstraint("paused_to >= paused_from", name=op.f("ck_preference_pause_runs_forward")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_preference_user_id_user")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_preference")),
    )


def _let_notices_be_about_a_plan() -> None:
    with op.batch_alter_table("notice") as batch_op:
        batch_op.add_column(sa.Column("plan_id", sa.Integer(), nullable=True))
        batch_op.alter_column("task_id", existing_type=sa.Integer(), nullable=True)
    op.execute("UPDATE notice SET plan_id = (SELECT plan_id FROM task WHERE task.id = notice.task_id)")
    with op.batch_alter_table("notice") as batch_op:
        batch_op.alter_column("plan_id", existing_type=sa.Integer(), nullable=False)
        batch_op.create_foreign_key(op.f("fk_notice_plan_id_plan"), "plan", ["plan_id"], ["id"])
        batch_op.create_index("ix_notice_plan_id", ["plan_id"])
        batch_op.create_index(
            "uq_notice_of_plan",
            ["user_id", "plan_id", "step", "occasion"],
            unique=True,
            sqlite_where=OF_THE_PLAN,
            postgresql_where=OF_THE_PLAN,
        )
