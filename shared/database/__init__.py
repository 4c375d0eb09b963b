"""PostgreSQL: the declarative base, columns of enums, transactions, migrations.

Rows are locked in one order, so that no two transactions wait for one another in a ring: programme, round, decision, submission, filing,
upload, entry, ballot, payment, job. Several rows of one table are locked in the order of their ids. Of what is not named, an opening of a
stage comes before the round, a claim before its entry.
"""

from shared.database.base import Base, new_id
from shared.database.choices import Choice
from shared.database.session import after_commit, engine, single_statements, transaction

__all__ = ["Base", "Choice", "after_commit", "engine", "new_id", "single_statements", "transaction"]
