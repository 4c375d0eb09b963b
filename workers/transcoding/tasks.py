"""Tasks of the queue `transcoding`: what the committee watches."""

from shared.queue import kinds
from shared.queue.ledger import Work
from workers.base import Record, task


@task(kinds.MAKE_WEB_COPY)
def make_web_copy(_work: Work) -> Record | None:
    """Nothing yet."""
    return None


@task(kinds.MAKE_LIGHT_COPIES)
def make_light_copies(_work: Work) -> Record | None:
    """Nothing yet."""
    return None
