"""Contact points: where messages reach an account or a group; filled from the e-mail addresses there are."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_contact_points"
down_revision = "2026_11_25_choices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_points",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("num_nonnulls(account_id, group_id) = 1", name=op.f("ck_contact_points_one_owner")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_contact_points_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_points")),
        sa.UniqueConstraint("account_id", "channel", name=op.f("uq_contact_points_account_id_channel")),
        sa.UniqueConstraint("group_id", "channel", name=op.f("uq_contact_points_group_id_channel")),
    )
    op.execute(
        """INSERT INTO contact_points (id, account_id, channel, address)
           SELECT gen_random_uuid(), id, 'email', email FROM accounts"""
    )
    op.execute(
        """INSERT INTO contact_points (id, group_id, channel, address)
           SELECT gen_random_uuid(), id, 'email', email FROM groups WHERE email IS NOT NULL"""
    )


def downgrade() -> None:
    op.drop_table("contact_points")
