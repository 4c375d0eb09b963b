"""Tasks of the queue `documents`: what people read instead of the original."""

from shared.queue import kinds
from shared.queue.ledger import Work
from workers.base import Record, task


@task(kinds.MAKE_READING_COPY)
def make_reading_copy(_work: Work) -> Record | None:
    """Nothing yet."""
    return None


@task(kinds.BIND_DOCUMENTS)
def bind_documents(_work: Work) -> Record | None:
    """Nothing yet."""
    return None
