"""A group becomes the snapshot of one applicant in one programme; the register joins those of one organisation. Targets go.

What a group was becomes its answers to the form of a savings group. A province, district or subdistrict whose name is known gets its
official name and code; any other stays as it was written, and its address is kept as text.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.base import new_id
from shared.thai import places
from shared.thai.telephones import read_telephone

revision = "2026_11_25_applicants"
down_revision = "2026_11_25_stages_contract"
branch_labels = None
depends_on = None

BATCH = 500
ADDRESS = "ต.{tambon} อ.{amphoe} จ.{province}"


def upgrade() -> None:
    op.create_table(
        "register_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entries")),
        sa.UniqueConstraint("organisation", "code", name=op.f("uq_register_entries_organisation_code")),
    )
    op.add_column("groups", sa.Column("programme_id", sa.Uuid(), nullable=True))
    op.add_column("groups", sa.Column("register_id", sa.Uuid(), nullable=True))
    op.add_column("groups", sa.Column("answers", postgresql.JSONB(), nullable=True))
    op.add_column("groups", sa.Column("place_code", sa.Text(), nullable=True))
    op.drop_constraint("uq_groups_code", "groups", type_="unique")

    for batch in _batches():
        _copy(batch)
    # Groups that no programme was for and that never submitted have nothing to be a snapshot of.
    op.execute("DELETE FROM contact_points WHERE group_id IN (SELECT id FROM groups WHERE programme_id IS NULL)")
    op.execute("DELETE FROM groups WHERE programme_id IS NULL")

    op.drop_table("targets")
    for name in ("village_no", "business"):
        op.drop_column("groups", name)
    for name in ("programme_id", "register_id", "answers"):
        op.alter_column("groups", name, nullable=False)
    op.create_foreign_key(op.f("fk_groups_programme_id_programmes"), "groups", "programmes", ["programme_id"], ["id"])
    op.create_foreign_key(op.f("fk_groups_register_id_register_entries"), "groups", "register_entries", ["register_id"], ["id"])
    op.create_unique_constraint(op.f("uq_groups_programme_id_code"), "groups", ["programme_id", "code"])
    op.create_index(op.f("ix_groups_register_id"), "groups", ["register_id"])
    op.create_index("ix_groups_area", "groups", ["programme_id", "province", "amphoe"])


def downgrade() -> None:
    op.drop_index("ix_groups_area", table_name="groups")
    op.drop_constraint("uq_groups_programme_id_code", "groups", type_="unique")
    op.create_table(
        "targets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_targets_group_id_groups")),
        sa.ForeignKeyConstraint(["programme_id"], ["programmes.id"], name=op.f("fk_targets_programme_id_programmes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_targets")),
        sa.UniqueConstraint("programme_id", "group_id", name=op.f("uq_targets_programme_id_group_id")),
    )
    op.create_index(op.f("ix_targets_group_id"), "targets", ["group_id"])
    for name in ("village_no", "business"):
        op.add_column("groups", sa.Column(name, sa.Text(), server_default="", nullable=False))
        op.alter_column("groups", name, server_default=None)
    op.execute("UPDATE groups SET village_no = coalesce(answers->>'village_no', ''), business = coalesce(answers->>'business', '')")
    # One row a code remains: the newest programme's.
    op.execute(
        """CREATE TEMPORARY TABLE merged ON COMMIT DROP AS
           SELECT id, programme_id, first_value(id) OVER (PARTITION BY code ORDER BY programme_id DESC, id DESC) AS kept FROM groups"""
    )
    op.execute(
        "INSERT INTO targets (id, programme_id, group_id) SELECT DISTINCT ON (programme_id, kept) id, programme_id, kept FROM merged"
    )
    op.execute("UPDATE submissions SET group_id = merged.kept FROM merged WHERE merged.id = group_id AND merged.kept <> merged.id")
    op.execute("DELETE FROM contact_points USING merged WHERE merged.id = group_id AND merged.kept <> merged.id")
    op.execute("DELETE FROM groups USING merged WHERE merged.id = groups.id AND merged.kept <> merged.id")
    for name in ("place_code", "answers", "register_id", "programme_id"):
        op.drop_column("groups", name)
    op.create_unique_constraint(op.f("uq_groups_code"), "groups", ["code"])
    op.drop_table("register_entries")


def _batches() -> Iterator[Sequence[Any]]:
    """Yield groups as they were with the programmes that each is in, the newest first, so many at a time."""
    query = sa.text(
        """SELECT groups.*, programmes FROM groups CROSS JOIN LATERAL (
             SELECT array_agg(programme_id ORDER BY programme_id DESC) AS programmes FROM (
               SELECT programme_id FROM targets WHERE targets.group_id = groups.id
               UNION SELECT programme_id FROM submissions WHERE submissions.group_id = groups.id) AS of_group) AS of_groups
           WHERE programmes IS NOT NULL AND groups.programme_id IS NULL ORDER BY groups.id LIMIT :most"""
    )
    while batch := op.get_bind().execute(query, {"most": BATCH}).mappings().all():
        yield batch


def _copy(batch: Sequence[Any]) -> None:
    """Make each group the snapshot of its newest programme, and a copy of it for each of the others."""
    bind = op.get_bind()
    programmes = bind.execute(sa.text("SELECT id, document->'organisation' AS name FROM programmes")).mappings()
    organisations = {programme["id"]: _organisation(programme["name"]) for programme in programmes}
    entries = {(organisations[programme], group["code"]) for group in batch for programme in group["programmes"]}
    registered = [{"id": new_id(), "organisation": organisation, "code": code} for organisation, code in sorted(entries)]
    bind.execute(
        sa.text("INSERT INTO register_entries (id, organisation, code) VALUES (:id, :organisation, :code) ON CONFLICT DO NOTHING"),
        registered,
    )
    rows = bind.execute(
        sa.text("SELECT organisation, code, id FROM register_entries WHERE code = ANY(:codes)"), {"codes": [code for _, code in entries]}
    )
    register = {(organisation, code): id_ for organisation, code, id_ in rows}
    snapshots = [_snapshot(group) for group in batch]
    newest, others = list[dict[str, Any]](), list[dict[str, Any]]()
    for group, about in zip(batch, snapshots, strict=True):
        for number, programme in enumerate(group["programmes"]):
            where = {"programme_id": programme, "register_id": register[organisations[programme], group["code"]], "was": group["id"]}
            (others if number else newest).append({**about, **where, "id": new_id() if number else group["id"]})
    bind.execute(
        sa.text(
            """UPDATE groups SET programme_id = :programme_id, register_id = :register_id, answers = CAST(:answers AS jsonb),
               place_code = :place_code, province = :province, amphoe = :amphoe, tambon = :tambon, phone = :phone WHERE id = :id"""
        ),
        newest,
    )
    if others:
        _copy_others(others)


def _copy_others(copies: list[dict[str, Any]]) -> None:
    for statement in (
        """INSERT INTO groups (id, programme_id, register_id, code, answers, name, province, amphoe, tambon, place_code, contact_name,
                               email, phone, village_no, business, created_at)
           SELECT :id, :programme_id, :register_id, code, CAST(:answers AS jsonb), name, :province, :amphoe, :tambon, :place_code,
                  contact_name, email, :phone, village_no, business, created_at FROM groups WHERE id = :was""",
        "UPDATE submissions SET group_id = :id WHERE group_id = :was AND programme_id = :programme_id",
        """INSERT INTO contact_points (id, group_id, channel, address, created_at)
           SELECT gen_random_uuid(), :id, channel, address, created_at FROM contact_points WHERE group_id = :was""",
    ):
        op.get_bind().execute(sa.text(statement), copies)


def _organisation(name: Any) -> str:
    """Return the Thai name of an organisation; a text of one language reads as the other."""
    return " ".join(str(name.get("th") or name.get("en") or "").split())


def _snapshot(group: Any) -> dict[str, Any]:
    """Return a group's answers to the form of a savings group, and the columns that follow from them."""
    code, names = _place(group["province"], group["amphoe"], group["tambon"])
    phone = group["phone"] and (read_telephone(group["phone"]) or group["phone"])
    answers = {
        "name": group["name"],
        "village_no": group["village_no"],
        "place": code or ADDRESS.format(**names),
        "business": group["business"],
        "contact_name": group["contact_name"],
        "email": group["email"],
        "phone": phone,
    }
    kept = {key: value for key, value in answers.items() if value}
    return {"answers": json.dumps(kept, ensure_ascii=False), "place_code": code, "phone": phone, **names}


def _place(province: str, amphoe: str, tambon: str) -> tuple[str | None, dict[str, str]]:
    """Return the official code of a subdistrict, None if its name or that of one of those above it is not known, and the three names."""
    found = places.province(province)
    within = found and places.district(amphoe, province_code=found.code)
    below = within and places.tambon(tambon, district_code=within.code)
    names = {
        "province": found.th if found else province,
        "amphoe": within.th if within else amphoe,
        "tambon": below.th if below else tambon,
    }
    return below.code if below else None, names
