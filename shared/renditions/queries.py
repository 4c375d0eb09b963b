"""Reads of copies: how far the work is that makes them."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.queue import kinds
from shared.queue.lifecycle import JobState
from shared.queue.models import Job
from shared.renditions.rendition import DOCUMENT, SMALL, SOUND, WEB

MAKERS = {
    kinds.MAKE_WEB_COPY.name: WEB,
    kinds.MAKE_LIGHT_COPIES.name: SMALL,
    kinds.MAKE_SOUND_COPY.name: SOUND,
    kinds.MAKE_READING_COPY.name: DOCUMENT,
}
"""Kind of work → the copy that people wait for; what else it makes comes with it."""


@dataclass(frozen=True, slots=True)
class RenditionInProgress:
    """Work on a copy that is not done: its state in the ledger, and how far it is in percent, where it can tell."""

    state: str
    percent: int | None

    @property
    def is_coming(self) -> bool:
        """Whether the copy still comes by itself."""
        return self.state in (JobState.PENDING, JobState.RUNNING)


def renditions_in_progress(session: Session, submission_id: UUID) -> dict[UUID, dict[str, RenditionInProgress]]:
    """Return, by upload and name of the copy, what is being made for a submission, or could not be made. One query.

    Ask before the uploads are read: what is done meanwhile is then seen as made, never as missing and made by nobody.
    """
    rows = session.execute(
        select(Job.subject_id, Job.kind, Job.state, Job.percent)
        .where(Job.submission_id == submission_id, Job.kind.in_(MAKERS))
        .order_by(Job.id)
    )
    last = {
        (upload_id, MAKERS[kind]): RenditionInProgress(state, percent if state == JobState.RUNNING else None)
        for upload_id, kind, state, percent in rows
    }
    found: dict[UUID, dict[str, RenditionInProgress]] = defaultdict(dict)
    for (upload_id, name), made in last.items():
        if made.state != JobState.DONE:
            found[upload_id][name] = made
    return found
