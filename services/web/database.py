"""The database session of a request: one transaction, committed before the answer leaves."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy.orm import Session

from shared import database


def _session() -> Iterator[Session]:
    with database.transaction() as session:
        yield session


Transaction = Annotated[Session, Depends(_session, scope="function")]
"""With FastAPI's default scope the commit would come after the response, and a failing one would still have said 200."""
