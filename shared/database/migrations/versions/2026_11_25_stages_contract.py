"""What stages replace goes: status, committee, level and times of a submission, and grants."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_25_stages_contract"
down_revision = "2026_11_25_stages_backfill"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_grants_decision_id"), table_name="grants")
    op.drop_table("grants")
    op.drop_index(op.f("ix_submissions_programme_id_status"), table_name="submissions")
    op.drop_column("submissions", "status")
    op.drop_column("submissions", "prepared_at")
    op.drop_column("submissions", "submitted_at")
    op.drop_column("submissions", "bound")
    op.drop_column("submissions", "level")
    op.drop_column("submissions", "prepared_by_id")
    op.drop_column("submissions", "committee")
    op.drop_column("submissions", "returned_at")
    op.drop_column("submissions", "prepared_by")
    op.alter_column("uploads", "filing_id", nullable=False)


def downgrade() -> None:
    op.alter_column("uploads", "filing_id", nullable=True)
    for name in ("prepared_by", "committee", "level"):
        op.add_column("submissions", sa.Column(name, sa.Text(), nullable=True))
    for name in ("submitted_at", "returned_at", "prepared_at"):
        op.add_column("submissions", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("submissions", sa.Column("prepared_by_id", sa.Uuid(), nullable=True))
    op.add_column("submissions", sa.Column("bound", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False))
    op.add_column("submissions", sa.Column("status", sa.Text(), server_default="invited", nullable=False))
    op.create_check_constraint(
        op.f("ck_submissions_status"),
        "submissions",
        "status IN ('invited', 'open', 'submitted', 'returned', 'accepted', 'shortlisted', 'not_shortlisted', 'awarded', 'not_awarded')",
    )
    op.alter_column("submissions", "status", server_default=None)
    op.create_index("ix_submissions_programme_id_status", "submissions", ["programme_id", "status"])
    op.create_table(
        "grants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_grants_decision_id_decisions")),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_grants_submission_id_submissions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_grants_submission_id")),
    )
    op.create_index("ix_grants_decision_id", "grants", ["decision_id"])
