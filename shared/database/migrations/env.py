"""Alembic's entry: one transaction for all migrations, short lock waits so that a migration never stops the service for long."""

from alembic import context
from sqlalchemy import text

config = context.config

with config.attributes["engine"].connect() as connection:
    connection.execute(text("SET lock_timeout = '10s'"))
    connection.execute(text("SET statement_timeout = '300s'"))
    connection.commit()
    context.configure(connection=connection, target_metadata=config.attributes["metadata"])
    with context.begin_transaction():
        context.run_migrations()
