"""Receipts, short codes, what an officer prepared, and finding the same file again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_24_intake"
down_revision = "2026_11_23_first"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codes")),
    )
    op.create_index("ix_codes_digest", "codes", ["purpose", "digest"], unique=False)
    op.create_index("ix_codes_submission_id", "codes", ["submission_id", "purpose"], unique=False)
    op.create_table(
        "receipts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("pdf_key", sa.Text(), nullable=True),
        sa.Column("pdf_sha256", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["submission_id"], ["submissions.id"], name=op.f("fk_receipts_submission_id_submissions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("code", name=op.f("uq_receipts_code")),
    )
    op.create_index(op.f("ix_receipts_submission_id"), "receipts", ["submission_id"], unique=False)
    op.create_index("ix_uploads_sha256", "uploads", ["sha256"], unique=False)
    op.add_column("submissions", sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("submissions", sa.Column("prepared_by_id", sa.Uuid(), nullable=True))
    op.add_column("submissions", sa.Column("prepared_by", sa.Text(), nullable=True))
    # The bytes of clips do not compress: they are stored as they come.
    op.execute("ALTER TABLE upload_tails ALTER COLUMN content SET STORAGE EXTERNAL")


def downgrade() -> None:
    op.execute("ALTER TABLE upload_tails ALTER COLUMN content SET STORAGE EXTENDED")
    op.drop_column("submissions", "prepared_by")
    op.drop_column("submissions", "prepared_by_id")
    op.drop_column("submissions", "prepared_at")
    op.drop_index("ix_uploads_sha256", table_name="uploads")
    op.drop_index(op.f("ix_receipts_submission_id"), table_name="receipts")
    op.drop_table("receipts")
    op.drop_index("ix_codes_submission_id", table_name="codes")
    op.drop_index("ix_codes_digest", table_name="codes")
    op.drop_table("codes")
