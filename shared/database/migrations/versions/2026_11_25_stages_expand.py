"""Room for stages: filings with versions and answers, outcomes, payments, versions of documents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_25_stages_expand"
down_revision = "2026_11_25_holidays"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "openings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("placed_until", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=op.f("fk_openings_programme_id_programmes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_openings")),
        sa.UniqueConstraint("programme_id", "stage", name=op.f("uq_openings_programme_id_stage")),
    )
    op.create_table(
        "programme_versions",
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", postgresql.JSONB(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=op.f("fk_programme_versions_programme_id_programmes")),
        sa.PrimaryKeyConstraint("programme_id", "version", name=op.f("pk_programme_versions")),
    )
    op.create_table(
        "filings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("filed_by", sa.Text(), nullable=False),
        sa.Column("document_version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mend_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("coordinator_id", sa.Uuid(), nullable=True),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prepared_by_id", sa.Uuid(), nullable=True),
        sa.Column("prepared_by", sa.Text(), nullable=True),
        sa.CheckConstraint("filed_by IN ('applicant', 'district', 'province', 'department')", name=op.f("ck_filings_filed_by")),
        sa.CheckConstraint("status IN ('open', 'submitted', 'returned', 'accepted', 'waived', 'lapsed')", name=op.f("ck_filings_status")),
        sa.ForeignKeyConstraint(["coordinator_id"], ["accounts.id"], name=op.f("fk_filings_coordinator_id_accounts")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_filings_submission_id_submissions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filings")),
        sa.UniqueConstraint("submission_id", "stage", name=op.f("uq_filings_submission_id_stage")),
    )
    op.create_index("ix_filings_due", "filings", ["due_at"], unique=False, postgresql_where=sa.text("status IN ('open', 'returned')"))
    op.create_index("ix_filings_stage_status", "filings", ["stage", "status"], unique=False)
    op.create_table(
        "answers",
        sa.Column("filing_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.id"], name=op.f("fk_answers_filing_id_filings")),
        sa.PrimaryKeyConstraint("filing_id", "key", name=op.f("pk_answers")),
    )
    op.create_table(
        "filing_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("filing_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("document_version", sa.Integer(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("upload_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_kind", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("helper_ids", sa.ARRAY(sa.Uuid()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("findings", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("bound", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.CheckConstraint("by_kind IN ('group', 'staff', 'system')", name=op.f("ck_filing_versions_by_kind")),
        sa.CheckConstraint("status IN ('checking', 'passed', 'failed', 'replaced')", name=op.f("ck_filing_versions_status")),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.id"], name=op.f("fk_filing_versions_filing_id_filings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing_versions")),
        sa.UniqueConstraint("filing_id", "number", name=op.f("uq_filing_versions_filing_id_number")),
    )
    op.create_table(
        "outcomes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('shortlisted', 'not_shortlisted', 'awarded', 'not_awarded')", name=op.f("ck_outcomes_kind")),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_outcomes_decision_id_decisions")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_outcomes_round_id_rounds")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_outcomes_submission_id_submissions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcomes")),
        sa.UniqueConstraint("submission_id", "round_id", name=op.f("uq_outcomes_submission_id_round_id")),
    )
    op.create_index("ix_outcomes_decision_id", "outcomes", ["decision_id"], unique=False)
    op.create_table(
        "payments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=14, scale=2), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_by", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("status IN ('due', 'paid', 'ended', 'to_return')", name=op.f("ck_payments_status")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payments_amount")),
        sa.ForeignKeyConstraint(["outcome_id"], ["outcomes.id"], name=op.f("fk_payments_outcome_id_outcomes")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_payments_submission_id_submissions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("submission_id", "stage", name=op.f("uq_payments_submission_id_stage")),
    )
    op.create_index("ix_payments_outcome_id", "payments", ["outcome_id"], unique=False)
    op.add_column("ballots", sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("entries", sa.Column("versions", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False))
    op.add_column("entries", sa.Column("made_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False))
    op.add_column("entries", sa.Column("lapsed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("receipts", sa.Column("version_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_receipts_version_id"), "receipts", ["version_id"], unique=False)
    op.create_foreign_key(op.f("fk_receipts_version_id_filing_versions"), "receipts", "filing_versions", ["version_id"], ["id"])
    op.add_column("submissions", sa.Column("category", sa.Text(), nullable=True))
    op.add_column("submissions", sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("submissions", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("submissions", sa.Column("disqualified_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("uploads", sa.Column("filing_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_uploads_filing_id"), "uploads", ["filing_id"], unique=False)
    op.create_foreign_key(op.f("fk_uploads_filing_id_filings"), "uploads", "filings", ["filing_id"], ["id"])
    op.alter_column("codes", "submission_id", new_column_name="subject_id")
    op.execute("ALTER INDEX ix_codes_submission_id RENAME TO ix_codes_subject_id")
    op.drop_constraint("ck_assignments_status", "assignments", type_="check")
    op.create_check_constraint(
        op.f("ck_assignments_status"),
        "assignments",
        "status IN ('claimed', 'given_back', 'expired', 'conflicted', 'submitted', 'outdated')",
    )


def downgrade() -> None:
    op.drop_constraint("ck_assignments_status", "assignments", type_="check")
    op.create_check_constraint(
        op.f("ck_assignments_status"), "assignments", "status IN ('claimed', 'given_back', 'expired', 'conflicted', 'submitted')"
    )
    op.execute("ALTER INDEX ix_codes_subject_id RENAME TO ix_codes_submission_id")
    op.alter_column("codes", "subject_id", new_column_name="submission_id")
    for table, column in (
        ("uploads", "filing_id"),
        ("submissions", "disqualified_at"),
        ("submissions", "withdrawn_at"),
        ("submissions", "opened_at"),
        ("submissions", "category"),
        ("receipts", "version_id"),
        ("entries", "lapsed_at"),
        ("entries", "made_at"),
        ("entries", "versions"),
        ("ballots", "renewed_at"),
    ):
        op.drop_column(table, column)
    for table in ("payments", "outcomes", "filing_versions", "answers", "filings", "programme_versions", "openings"):
        op.drop_table(table)
