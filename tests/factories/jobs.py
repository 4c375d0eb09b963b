"""Jobs of the ledger as tests put, see and age them, and what the broker has been told."""

import base64
import json
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from redis import Redis
from sqlalchemy import func, select, update

from shared import clock
from shared.database import new_id, transaction
from shared.queue import kinds, ledger
from shared.queue.kinds import JobKind, Queue
from shared.queue.ledger import Work
from shared.queue.models import Job
from shared.settings import settings


def put(kind: JobKind = kinds.NOTIFY, *, key: str = "1", **about: Any) -> UUID:
    """Put a job into the ledger as an event does, and return its id."""
    subject = about.pop("subject_id", None) or new_id()
    with transaction() as session:
        ledger.add(session, kind, subject_id=subject, key=key, now=clock.now(), **about)
        return session.scalars(select(Job.id).where(Job.kind == kind.name, Job.subject_id == subject, Job.key == key)).one()


def job(id_: UUID) -> Job:
    """Return a job as the database has it now."""
    with transaction() as session:
        return session.get_one(Job, id_)


def claimed(id_: UUID, worker: str = "here:1") -> Work:
    """Take a job that can be taken."""
    work = tried(id_, worker)
    assert work is not None
    return work


def tried(id_: UUID, worker: str = "here:1") -> Work | None:
    """Try to take a job."""
    with transaction() as session:
        return ledger.claim(session, id_, worker=worker)


def aged(id_: UUID, *columns: str, by: timedelta = timedelta(hours=1)) -> None:
    """Make it so long ago that a job was to run, was rung for, or its lease ended."""
    with transaction() as session:
        session.execute(update(Job).where(Job.id == id_).values({name: func.now() - by for name in columns}))


def rung(queue: Queue = Queue.NOTIFICATION) -> list[UUID]:
    """Take what the broker holds for a queue: the ids in its messages, in order."""
    with Redis.from_url(settings().broker_url.get_secret_value()) as redis:
        messages = [json.loads(message) for message in redis.lrange(queue, 0, -1)[::-1]]
        redis.delete(queue)
    return [UUID(json.loads(base64.b64decode(message["body"]))[0][0]) for message in messages]


def worked(kind: JobKind, **about: Any) -> Job:
    """Put a job, work on it as its worker does, and return what became of it."""
    # Tasks register with the broker of the settings as they are imported, so not before there is a stack.
    module = import_module(f"workers.{kind.queue}.tasks")
    name = kind.name.partition(".")[2]
    body = getattr(getattr(module, name), name) if kind.queue is Queue.UPKEEP else getattr(module, name)
    id_ = put(kind, key=str(new_id()), **about)
    import_module("workers.base").execute(body, id_)
    return job(id_)
