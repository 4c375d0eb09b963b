"""The operators' verbs: pause and resume a queue."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.errors import NotFound
from shared.queue.kinds import Queue
from shared.queue.models import QueuePause


class WorkQueueUnknown(NotFound):
    """There is no queue of that name."""

    th = "ไม่มีคิวชื่อ {queue} คิวที่มีคือ {known}"
    en = "There is no queue {queue}. There are: {known}."


def known_queue(name: str) -> Queue:
    """Return the queue of a name. Raises WorkQueueUnknown."""
    if name not in set(Queue):
        raise WorkQueueUnknown(queue=name[:40], known=", ".join(Queue))
    return Queue(name)


def pause(session: Session, queue: Queue, *, by: str, reason: str, now: datetime) -> None:
    """Have a queue's jobs wait; those that run go on to their end. Pausing again keeps the first."""
    session.execute(insert(QueuePause).values(queue=queue, reason=reason, paused_by=by, paused_at=now).on_conflict_do_nothing())


def resume(session: Session, queue: Queue) -> None:
    """Let a queue's jobs be taken again; the sweep rings for those that wait."""
    session.execute(delete(QueuePause).where(QueuePause.queue == queue))
