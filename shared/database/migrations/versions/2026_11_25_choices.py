"""The database refuses a status, role or kind that the code does not know."""

from alembic import op

revision = "2026_11_25_choices"
down_revision = "2026_11_25_copies"
branch_labels = None
depends_on = None

CHOICES = {
    ("submissions", "status"): "invited open submitted returned accepted shortlisted not_shortlisted awarded not_awarded",
    ("uploads", "status"): "receiving received passed failed terminated expired",
    ("uploads", "by_kind"): "group staff system",
    ("rounds", "status"): "waiting open closed decided",
    ("assignments", "status"): "claimed given_back expired conflicted submitted",
    ("jobs", "state"): "pending running done dead cancelled",
    ("notifications", "status"): "pending sent failed",
    ("decisions", "status"): "made signed published superseded",
    ("findings", "severity"): "blocking advice",
    ("role_grants", "role"): "officer member chair operator administrator",
    ("credentials", "kind"): "link api session sign_in",
    ("codes", "purpose"): "handover confirm",
    ("events", "actor_kind"): "group staff system",
}
"""Table and column → the values it may hold."""


def upgrade() -> None:
    for (table, column), values in CHOICES.items():
        listed = ", ".join(f"'{value}'" for value in values.split())
        op.create_check_constraint(op.f(f"ck_{table}_{column}"), table, f"{column} IN ({listed})")


def downgrade() -> None:
    for table, column in CHOICES:
        op.drop_constraint(op.f(f"ck_{table}_{column}"), table, type_="check")
