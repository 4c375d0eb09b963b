"""The migrations make exactly the tables of the models, and can be taken back."""

from importlib import import_module
from typing import Any

from sqlalchemy import Engine, create_engine, text

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
        connection.execute(text("INSERT INTO accounts (id, email, name) VALUES (gen_random_uuid(), 'chair@example.org', 'ประธาน')"))
        connection.execute(text(f"{group} (gen_random_uuid(), 'G-1', 'ก', '1', 'ก', 'ข', 'ค', 'ขนม', 'ง', 'g@example.org')"))
        connection.execute(text(f"{group} (gen_random_uuid(), 'G-2', 'ก', '1', 'ก', 'ข', 'ค', 'ขนม', 'ง', NULL)"))
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
