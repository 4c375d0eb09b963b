"""Copies of files, clips that look alike, how far a job is, and how whole a worker's sandbox is."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_25_copies"
down_revision = "2026_11_24_intake"
branch_labels = None
depends_on = None

EMPTY = sa.text("'{}'::jsonb")


def upgrade() -> None:
    op.add_column("uploads", sa.Column("copies", postgresql.JSONB(astext_type=sa.Text()), server_default=EMPTY, nullable=False))
    op.execute(
        """UPDATE uploads SET copies = jsonb_build_object(
             'poster', jsonb_build_object('key', poster_key, 'type', 'jpg', 'data', '{}'::jsonb))
           WHERE poster_key IS NOT NULL"""
    )
    op.drop_column("uploads", "poster_key")
    op.add_column("submissions", sa.Column("bound", postgresql.JSONB(astext_type=sa.Text()), server_default=EMPTY, nullable=False))
    op.add_column("jobs", sa.Column("percent", sa.Integer(), nullable=True))
    op.add_column("heartbeats", sa.Column("sandbox_is_weak", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "fingerprints",
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=op.f("fk_fingerprints_programme_id_programmes")),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_fingerprints_upload_id_uploads")),
        sa.PrimaryKeyConstraint("upload_id", name=op.f("pk_fingerprints")),
    )
    op.create_index(op.f("ix_fingerprints_programme_id"), "fingerprints", ["programme_id"], unique=False)
    op.create_table(
        "likenesses",
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["uploads.id"], name=op.f("fk_likenesses_other_id_uploads")),
        sa.ForeignKeyConstraint(["upload_id"], ["uploads.id"], name=op.f("fk_likenesses_upload_id_uploads")),
        sa.PrimaryKeyConstraint("upload_id", "other_id", name=op.f("pk_likenesses")),
    )
    op.create_index(op.f("ix_likenesses_other_id"), "likenesses", ["other_id"], unique=False)


def downgrade() -> None:
    op.drop_table("likenesses")
    op.drop_table("fingerprints")
    op.drop_column("heartbeats", "sandbox_is_weak")
    op.drop_column("jobs", "percent")
    op.drop_column("submissions", "bound")
    op.add_column("uploads", sa.Column("poster_key", sa.Text(), nullable=True))
    op.execute("UPDATE uploads SET poster_key = copies -> 'poster' ->> 'key'")
    op.drop_column("uploads", "copies")
