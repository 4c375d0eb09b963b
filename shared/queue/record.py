"""A job as people and programs see it: one model for JSON, pages and the command line."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, JsonValue

from shared.queue.lifecycle import JobState


class JobSummary(BaseModel):
    """What there is to know about a job, built from its row by `model_validate`; instants are UTC."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)

    id: UUID
    kind: str
    queue: str
    state: JobState
    subject_id: UUID
    submission_id: UUID | None
    attempts: int
    percent: int | None
    worker: str | None
    error: str | None
    created_at: datetime
    run_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    lease_until: datetime | None
    changed_by: str | None


class JobRecord(JobSummary):
    """A job with the facts it was made with."""

    data: dict[str, JsonValue]
