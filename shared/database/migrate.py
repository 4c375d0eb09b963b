"""Bring a database to the newest schema, or write the migration that does.

`python -m shared.database.migrate revision NAME` writes a migration from the difference between the models and the database that
`OMSAP_DATABASE_URL` names (which must be at the newest revision).
"""

import sys
from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, create_engine, text

from shared.settings import settings

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATION_LOCK = 0x6F6D7361700001


def upgrade(database_url: str, revision: str = "head") -> None:
    """Run the migrations up to `revision`; processes that start together wait for one another on an advisory lock."""
    engine = create_engine(database_url)
    with engine.connect() as lock:
        lock.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
        try:
            command.upgrade(_config(engine), revision)
        finally:
            lock.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
    engine.dispose()


def downgrade(database_url: str, revision: str = "base") -> None:
    """Take the migrations back down to `revision`; data of dropped tables are lost."""
    engine = create_engine(database_url)
    command.downgrade(_config(engine), revision)
    engine.dispose()


def differences(engine: Engine, metadata: MetaData) -> list[object]:
    """Return how the database differs from the models, in Alembic's terms; empty when it does not."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def _config(engine: Engine, metadata: MetaData | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s")
    config.attributes["engine"] = engine
    config.attributes["metadata"] = metadata
    return config


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] != "revision":
        sys.exit("usage: python -m shared.database.migrate revision NAME")
    # The models lie above this package; a migration is written from all of them.
    all_tables: MetaData = import_module("shared.tables").metadata
    database = create_engine(settings().database_url.get_secret_value())
    command.revision(_config(database, all_tables), message=sys.argv[2], autogenerate=True)
