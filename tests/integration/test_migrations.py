"""The migrations make exactly the tables of the models, and can be taken back."""

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
