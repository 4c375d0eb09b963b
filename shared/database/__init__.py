"""PostgreSQL: the declarative base, transactions, migrations."""

from shared.database.base import Base, new_id
from shared.database.session import after_commit, engine, single_statements, transaction

__all__ = ["Base", "after_commit", "engine", "new_id", "single_statements", "transaction"]
