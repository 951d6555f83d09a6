"""Issued reports in versions with their files, the evidence of packs, the organization's own templates."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


KINDS = sa.Enum("plan", "follow_up", "evidence", name="issuekind", native_enum=False, length=24)
FORMATS = sa.Enum("docx", "pdf", "xlsx", "zip", name="fileformat", native_enum=False, length=24)
TOGETHER = (
    "(issued_at IS NULL) = (stamp IS NULL) AND (issued_at IS NULL) = (head_seq IS NULL)"
    " AND (issued_at IS NULL) = (head_hash IS NULL) AND (issued_at IS NULL) = (event_seq IS NULL)"
)


def upgrade() -> None:
    op.create_table(
        "report_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("kind", KINDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(name IS NULL) = (sha256 IS NULL) AND (name IS NULL) = (size IS NULL)",
            name=op.f("ck_report_template_file_together"),
        ),
        sa.ForeignKeyConstraint(
            ["chosen_by_id"], ["appointment.id"], name=op.f("fk_report_template_chosen_by_id_appointment")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_report_template_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_template")),
        sa.UniqueConstraint(
            "organization_id", "kind", "version", name=op.f("uq_report_template_organization_id_kind_version")
        ),
    )
    op.create_index(op.f("ix_report_template_name"), "report_template", ["name"])

    op.create_table(
        "issue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", KINDS, nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("round_on", sa.Date(), nullable=True),
        sa.Column("indicator", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("has_thai_digits", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("gaps", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("closing_id", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("head_seq", sa.Integer(), nullable=True),
        sa.Column("head_hash", sa.String(), nullable=True),
        sa.Column("event_seq", sa.Integer(), nullable=True),
        sa.Column("stamp", sa.String(), nullable=True),
        sa.CheckConstraint(TOGETHER, name=op.f("ck_issue_issued_together")),
        sa.CheckConstraint("(version = 1) = (replaces_id IS NULL)", name=op.f("ck_issue_replaces_the_one_before")),
        sa.CheckConstraint("indicator BETWEEN 1 AND 10", name=op.f("ck_issue_indicator_range")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_issue_version_counts")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["appointment.id"], name=op.f("fk_issue_asked_by_id_appointment")),
        sa.ForeignKeyConstraint(["closing_id"], ["closing.id"], name=op.f("fk_issue_closing_id_closing")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_issue_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_issue_plan_id_plan")),
        sa.ForeignKeyConstraint(["replaces_id"], ["issue.id"], name=op.f("fk_issue_replaces_id_issue")),
        sa.ForeignKeyConstraint(
            ["template_id"], ["report_template.id"], name=op.f("fk_issue_template_id_report_template")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
        sa.UniqueConstraint("plan_id", "series", "version", name=op.f("uq_issue_plan_id_series_version")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_issue_replaces_id")),
    )
    op.create_index("ix_issue_list", "issue", ["plan_id", "id"])
    op.create_index(op.f("ix_issue_organization_id"), "issue", ["organization_id"])

    op.create_table(
        "issued_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("format", FORMATS, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_issued_file_not_empty")),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issued_file_issue_id_issue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_file")),
        sa.UniqueConstraint("issue_id", "format", name=op.f("uq_issued_file_issue_id_format")),
        sa.UniqueConstraint("name", name=op.f("uq_issued_file_name")),
    )
    op.create_table(
        "packed_evidence",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_packed_evidence_evidence_id_evidence")),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_packed_evidence_issue_id_issue")),
        sa.PrimaryKeyConstraint("issue_id", "evidence_id", name=op.f("pk_packed_evidence")),
    )


def downgrade() -> None:
    op.drop_table("packed_evidence")
    op.drop_table("issued_file")
    op.drop_index(op.f("ix_issue_organization_id"), "issue")
    op.drop_index("ix_issue_list", "issue")

    op.drop_table("issue")
    op.drop_index(op.f("ix_report_template_name"), "report_template")

    op.drop_table("report_template")
