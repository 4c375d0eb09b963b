"""PostgreSQL: the declarative base, columns of enums, transactions, migrations."""

from shared.database.base import Base, new_id
from shared.database.choices import Choice
from shared.database.session import after_commit, engine, single_statements, transaction

__all__ = ["Base", "Choice", "after_commit", "engine", "new_id", "single_statements", "transaction"]
