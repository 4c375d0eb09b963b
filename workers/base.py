"""The one task decorator: claim the job, work, record.

A task body gets the claimed `Work`, does what is slow outside any transaction, and returns `record`, which base calls in the transaction
that ends the job; or None when there is nothing to record. The kind of an error decides what follows: `Unavailable` and whatever is
not a refusal is tried again after the kind's back-off until its attempts are used up; `Conflict` means that the work no longer applies;
any other refusal ends the job as dead, for an operator to look at.
"""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from shared.database import transaction
from shared.errors import Conflict, Refusal, Unavailable
from shared.queue import client, ledger
from shared.queue.kinds import JobKind
from shared.queue.ledger import LeaseLost, Work
from shared.queue.lifecycle import JobState

log = structlog.get_logger(__name__)

Record = Callable[[Session], None]
Body = Callable[[Work], Record | None]

REPORT_SECONDS = 1.0
ERROR_LENGTH = 2000
"""Characters of an error kept in the ledger."""


def task(kind: JobKind) -> Callable[[Body], Body]:
    """Register the decorated body as the work of `kind`; returns it unchanged, so that tests may call it."""

    def register(body: Body) -> Body:
        def run(job_id: str, *_later: object) -> None:
            execute(body, UUID(job_id))

        client.application().task(
            run, name=kind.name, time_limit=kind.time_limit + 10, soft_time_limit=kind.time_limit, ignore_result=True, acks_late=True
        )
        return body

    return register


def execute(body: Body, job_id: UUID) -> None:
    """Claim one job of the ledger, work on it, and record the effect with its end in one transaction."""
    with transaction() as session:
        work = ledger.claim(session, job_id, worker=f"{socket.gethostname()}:{os.getpid()}")
    if work is None:
        log.info("job_not_claimed", job=str(job_id))
        return
    started = monotonic()
    with structlog.contextvars.bound_contextvars(job=str(work.id), kind=work.kind.name, attempt=work.attempts):
        try:
            with _lease(work):
                record = body(work)
                with transaction() as session:
                    ledger.finish(session, work)
                    if record is not None:
                        record(session)
            log.info("job_done", seconds=round(monotonic() - started, 3))
        except LeaseLost:
            log.warning("job_lease_lost")
        except Exception as error:  # whatever a body raises ends here, in the ledger and in the log
            _fail(work, error)


def reporter(work: Work) -> Callable[[float], None]:
    """Return what a body tells how far it is, 0 to 1: it is noted at most once a second, and ends the work that was cancelled.

    What it returns raises LeaseLost when an operator has cancelled the job, or another worker has taken it over. A database that does not
    answer meanwhile is no reason to lose the work.
    """
    at = -REPORT_SECONDS

    def report(share: float) -> None:
        nonlocal at
        if monotonic() - at >= REPORT_SECONDS:
            at = monotonic()
            try:
                with transaction() as session:
                    ledger.report(session, work, percent=max(0, min(100, int(share * 100))))
            except SQLAlchemyError as error:
                log.warning("progress_not_noted", error=str(error))

    return report


def _fail(work: Work, error: Exception) -> None:
    text = f"{type(error).__name__}: {error}"[:ERROR_LENGTH]
    try:
        with transaction() as session:
            if isinstance(error, Unavailable) or not isinstance(error, Refusal):
                state = ledger.postpone(session, work, error=text)
            else:
                state = JobState.CANCELLED if isinstance(error, Conflict) else JobState.DEAD
                ledger.give_up(session, work, state=state, error=text)
    except LeaseLost:
        log.warning("job_lease_lost", error=text)
        return
    log.warning("job_failed", state=state, error=text, exc_info=not isinstance(error, Refusal))


@contextmanager
def _lease(work: Work) -> Iterator[None]:
    """Renew the lease at a third of its term while the body works; a lost one shows when the job is ended."""
    ended = threading.Event()

    def renew() -> None:
        while not ended.wait(work.kind.lease / 3):
            try:
                with transaction() as session:
                    ledger.renew(session, work)
            except LeaseLost:
                return
            except SQLAlchemyError as error:
                log.warning("lease_not_renewed", error=str(error))

    thread = threading.Thread(target=renew, name=f"lease {work.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
