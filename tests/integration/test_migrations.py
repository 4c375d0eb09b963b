"""The migrations make exactly the tables of the models, and can be taken back."""

import json
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text

from shared.database import migrate
from shared.tables import metadata


def test_database_has_the_tables_of_the_models(engine: Engine) -> None:
    assert migrate.differences(engine, metadata) == []


def test_migrations_go_up_down_and_up(stack: dict[str, Any]) -> None:
    url = stack["database_url"].rsplit("/", 1)[0] + "/up_and_down"
    admin = create_engine(stack["database_url"], isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE up_and_down"))
    migrate.upgrade(url)
    migrate.downgrade(url)
    migrate.upgrade(url)
    made = create_engine(url)
    assert migrate.differences(made, metadata) == []
    made.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE up_and_down"))
    admin.dispose()


def test_addresses_there_were_become_contact_points(stack: dict[str, Any]) -> None:
    url = stack["database_url"].rsplit("/", 1)[0] + "/with_addresses"
    admin = create_engine(stack["database_url"], isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE with_addresses"))
    migrate.upgrade(url, import_module("shared.database.migrations.versions.2026_11_25_contact_points").down_revision)
    made = create_engine(url)
    group = "INSERT INTO groups (id, code, name, village_no, tambon, amphoe, province, business, contact_name, email) VALUES"
    with made.begin() as connection:
        _old_programme(connection, "a", "กรม")
        connection.execute(text("INSERT INTO accounts (id, email, name) VALUES (gen_random_uuid(), 'chair@example.org', 'ประธาน')"))
        connection.execute(text(f"{group} (gen_random_uuid(), 'G-1', 'ก', '1', 'ก', 'ข', 'ค', 'ขนม', 'ง', 'g@example.org')"))
        connection.execute(text(f"{group} (gen_random_uuid(), 'G-2', 'ก', '1', 'ก', 'ข', 'ค', 'ขนม', 'ง', NULL)"))
        connection.execute(text("INSERT INTO targets SELECT gen_random_uuid(), programmes.id, groups.id FROM programmes, groups"))
    migrate.upgrade(url)
    with made.begin() as connection:
        points = connection.execute(
            text(
                """SELECT channel, address, accounts.email, groups.code FROM contact_points
                   LEFT JOIN accounts ON accounts.id = account_id LEFT JOIN groups ON groups.id = group_id ORDER BY address"""
            )
        ).all()
    assert [tuple(row) for row in points] == [
        ("email", "chair@example.org", "chair@example.org", None),
        ("email", "g@example.org", None, "G-1"),
    ]
    made.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE with_addresses"))
    admin.dispose()


GROUPS = """
    INSERT INTO groups (id, code, name, village_no, tambon, amphoe, province, business, contact_name, email, phone) VALUES
      ('00000000-0000-7000-8000-000000000001', 'SG-1', 'กลุ่มหนึ่ง', '3', 'ต.ดอนไฟ', 'แม่ทะ', 'จ.ลำปาง', 'ขนม', 'ง', 'one@x.example', '081-234 5678'),
      ('00000000-0000-7000-8000-000000000002', 'SG-2', 'กลุ่มสอง', '4', 'ดอนไฟ', 'แม่ทะ', 'ลำปาว', 'ผ้า', 'ง', NULL, '1'),
      ('00000000-0000-7000-8000-000000000003', 'SG-3', 'กลุ่มที่ไม่มีใครเชิญ', '4', 'ดอนไฟ', 'แม่ทะ', 'ลำปาง', 'ผ้า', 'ง', 'three@x.example', NULL);
    INSERT INTO contact_points (id, group_id, channel, address) SELECT gen_random_uuid(), id, 'email', email FROM groups WHERE email IS NOT NULL;
    INSERT INTO targets (id, programme_id, group_id)
      SELECT gen_random_uuid(), programmes.id, groups.id FROM programmes, groups WHERE code = 'SG-1' AND slug IN ('a', 'b');
    INSERT INTO submissions (id, programme_id, group_id, reference)
      SELECT gen_random_uuid(), programmes.id, groups.id, slug || '-' || code FROM programmes, groups
      WHERE (code, slug) IN (('SG-1', 'a'), ('SG-1', 'c'), ('SG-2', 'a'));
"""
SNAPSHOTS = """
    SELECT slug, groups.code, reference, address, province, tambon, place_code, phone, answers->>'village_no', answers->>'place'
    FROM groups JOIN programmes ON programmes.id = groups.programme_id
    LEFT JOIN submissions ON submissions.group_id = groups.id LEFT JOIN contact_points ON contact_points.group_id = groups.id
    ORDER BY groups.code, slug
"""


def test_each_group_there_was_becomes_a_snapshot_in_each_of_its_programmes(stack: dict[str, Any]) -> None:
    url = stack["database_url"].rsplit("/", 1)[0] + "/with_groups"
    admin = create_engine(stack["database_url"], isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE with_groups"))
    before = import_module("shared.database.migrations.versions.2026_11_25_applicants").down_revision
    migrate.upgrade(url, before)
    made = create_engine(url)
    with made.begin() as connection:
        for slug, organisation in (("a", "กรม"), ("b", "กรม"), ("c", "สำนัก")):
            _old_programme(connection, slug, organisation)
        connection.exec_driver_sql(GROUPS)
    first = ("one@x.example", "ลำปาง", "ดอนไฟ", "521007", "+66812345678", "3", "521007")
    second = (None, "ลำปาว", "ดอนไฟ", None, "1", "4", "ต.ดอนไฟ อ.แม่ทะ จ.ลำปาว")
    snapshots = [
        ("a", "SG-1", "a-SG-1", *first),
        ("b", "SG-1", None, *first),
        ("c", "SG-1", "c-SG-1", *first),
        ("a", "SG-2", "a-SG-2", *second),
    ]
    register = [("กรม", "SG-1", 2), ("กรม", "SG-2", 1), ("สำนัก", "SG-1", 1)]
    for _ in range(2):
        migrate.upgrade(url)
        assert migrate.differences(made, metadata) == []
        with made.begin() as connection:
            assert [tuple(row) for row in connection.execute(text(SNAPSHOTS))] == snapshots
            counted = text(
                """SELECT organisation, register_entries.code, count(*) FROM groups
                   JOIN register_entries ON register_entries.id = register_id GROUP BY 1, 2 ORDER BY 1, 2"""
            )
            assert [tuple(row) for row in connection.execute(counted)] == register
        migrate.downgrade(url, before)
        with made.begin() as connection:
            groups = connection.execute(text("SELECT code, village_no, business, province FROM groups ORDER BY code"))
            assert [tuple(row) for row in groups] == [("SG-1", "3", "ขนม", "ลำปาง"), ("SG-2", "4", "ผ้า", "ลำปาว")]
            of_group = "SELECT code, reference FROM submissions JOIN groups ON groups.id = group_id ORDER BY reference"
            found = [tuple(row) for row in connection.execute(text(of_group))]
            assert found == [("SG-1", "a-SG-1"), ("SG-2", "a-SG-2"), ("SG-1", "c-SG-1")]
            assert connection.scalar(text("SELECT count(*) FROM contact_points")) == 1
    made.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE with_groups"))
    admin.dispose()


def _old_programme(connection: Connection, slug: str, organisation: str) -> None:
    """A programme as its row was before there were snapshots."""
    document = json.dumps({"slug": slug, "organisation": {"th": organisation, "en": organisation}})
    values = {"slug": slug, "document": document}
    connection.execute(
        text(
            """INSERT INTO programmes (id, slug, document, version, next_reference, frozen_rounds)
               VALUES (gen_random_uuid(), :slug, CAST(:document AS jsonb), 1, 1, '[]')"""
        ),
        values,
    )
