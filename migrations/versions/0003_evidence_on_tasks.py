"""Evidence on tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("pdf", "docx", "xlsx", "jpg", "png", "heic", name="filetype", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("preview_name", sa.String(), nullable=True),
        sa.Column("thumbnail_name", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(preview_name IS NULL) = (thumbnail_name IS NULL)", name=op.f("ck_stored_file_preview_pair")
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_file_not_empty")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_stored_file_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("name", name=op.f("uq_stored_file_name")),
        sa.UniqueConstraint("organization_id", "sha256", name=op.f("uq_stored_file_organization_id_sha256")),
        sa.UniqueConstraint("preview_name", name=op.f("uq_stored_file_preview_name")),
        sa.UniqueConstraint("thumbnail_name", name=op.f("uq_stored_file_thumbnail_name")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("file", "link", name="evidencekind", native_enum=False, length=24), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sa.CheckConstraint("(kind = 'file') = (file_id IS NOT NULL)", name=op.f("ck_evidence_file_of_files")),
        sa.CheckConstraint("(kind = 'link') = (url <> '')", name=op.f("ck_evidence_url_of_links")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason = '')",
            name=op.f("ck_evidence_withdrawn_together"),
        ),
        sa.CheckConstraint("(replaces_id IS NULL) = (version = 1)", name=op.f("ck_evidence_first_version")),
        sa.ForeignKeyConstraint(["added_by_id"], ["appointment.id"], name=op.f("fk_evidence_added_by_id_appointment")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_evidence_file_id_stored_file")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_evidence_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["replaces_id"], ["evidence.id"], name=op.f("fk_evidence_replaces_id_evidence")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_evidence_task_id_task")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["appointment.id"], name=op.f("fk_evidence_withdrawn_by_id_appointment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_evidence_replaces_id")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_file_id"), ["file_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_task_id"), ["task_id"], unique=False)

    op.create_table(
        "evidence_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("appointment_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_download", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name=op.f("fk_evidence_view_appointment_id_appointment")
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_view_evidence_id_evidence")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_view")),
    )
    with op.batch_alter_table("evidence_view", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_view_who", ["evidence_id", "appointment_id", "at"], unique=False)

    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("needs_evidence", sa.Boolean(), nullable=True))
    op.execute(sa.text("UPDATE measure SET needs_evidence = :no").bindparams(no=False))
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.alter_column("needs_evidence", nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("measure", schema=None) as batch_op:
        batch_op.drop_column("needs_evidence")

    with op.batch_alter_table("evidence_view", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_view_who")

    op.drop_table("evidence_view")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_task_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_organization_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_file_id"))

    op.drop_table("evidence")
    op.drop_table("stored_file")
