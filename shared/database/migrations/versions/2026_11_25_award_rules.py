"""A decision names its award rule and the format of what was signed."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_25_award_rules"
down_revision = "2026_11_25_contact_points"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decisions", sa.Column("rule_name", sa.Text(), nullable=True))
    op.add_column("decisions", sa.Column("rule_version", sa.Integer(), nullable=True))
    # Decisions that are there were signed in format 1, and so are those of processes that still run the release before.
    op.add_column("decisions", sa.Column("seal_format", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.create_check_constraint(
        op.f("ck_decisions_rule"), "decisions", "seal_format = 1 OR (rule_name IS NOT NULL AND rule_version IS NOT NULL)"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_decisions_rule"), "decisions", type_="check")
    op.drop_column("decisions", "seal_format")
    op.drop_column("decisions", "rule_version")
    op.drop_column("decisions", "rule_name")
