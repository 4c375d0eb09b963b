"""The ledger's jobs, and what operators do to them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.operations.access import Operator
from services.operations.reason import Reason
from services.operations.schemas import JobList
from services.web.database import Transaction
from services.web.problems import raises
from shared import clock
from shared.operators import cancel_job, retry_job
from shared.queue import queries
from shared.queue.ledger import JobNotCancellable, JobNotRetryable
from shared.queue.lifecycle import JobState
from shared.queue.queries import JobUnknown
from shared.queue.record import JobRecord

router = APIRouter(prefix="/jobs", tags=["jobs"])


@router.get("")
@raises()
def list_jobs(
    session: Transaction,
    _: Operator,
    state: JobState | None = None,
    kind: str | None = None,
    subject: UUID | None = None,
    before: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> JobList:
    """Jobs, newest first; `before` the last id of a page gives the next."""
    found = queries.jobs(session, state=state, kind=kind, subject=subject, before=before, limit=limit)
    return JobList(jobs=[JobRecord.model_validate(job) for job in found])


@router.get("/{job_id}")
@raises(JobUnknown)
def read_job(job_id: UUID, session: Transaction, _: Operator) -> JobRecord:
    """One job."""
    return JobRecord.model_validate(queries.job(session, job_id))


@router.post("/{job_id}/retry")
@raises(JobUnknown, JobNotRetryable)
def retry(job_id: UUID, body: Reason, session: Transaction, person: Operator) -> JobRecord:
    """Have a dead or cancelled job worked on again."""
    retry_job(session, job_id, by=person.actor, reason=body.reason, now=clock.now())
    return _fresh(session, job_id)


@router.post("/{job_id}/cancel")
@raises(JobUnknown, JobNotCancellable)
def cancel(job_id: UUID, body: Reason, session: Transaction, person: Operator) -> JobRecord:
    """End a job that waits, is dead, or runs and can be interrupted."""
    cancel_job(session, job_id, by=person.actor, reason=body.reason, now=clock.now())
    return _fresh(session, job_id)


def _fresh(session: Transaction, job_id: UUID) -> JobRecord:
    session.expire_all()
    return JobRecord.model_validate(queries.job(session, job_id))
