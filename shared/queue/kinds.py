"""Every kind of background work and its limits: the contract between who asks (events, by `shared.flow`) and who works."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Queue(StrEnum):
    """A queue of the broker; one worker kind each, so that each scales alone."""

    VALIDATION = "validation"
    MEDIA = "media"
    TRANSCODING = "transcoding"
    """Hours of work at times: apart, so that nobody's check or poster waits behind it."""
    DOCUMENTS = "documents"
    """Apart, because its workers need an office suite."""
    ROUTING = "routing"
    AWARDS = "awards"
    NOTIFICATION = "notification"
    UPKEEP = "upkeep"


OPENING_FILES = frozenset({Queue.VALIDATION, Queue.MEDIA, Queue.TRANSCODING, Queue.DOCUMENTS})
"""Queues whose work opens people's files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """The limits of one kind of work, in seconds."""

    name: str
    queue: Queue
    time_limit: int = 60
    """A run longer than this is killed and counts as a failed attempt."""
    lease: int = 20
    """A worker that is not heard of for so long has lost the job; it renews at a third of it."""
    attempts: int = 5
    backoff: tuple[int, ...] = (2, 10, 60, 300)
    """Waits between attempts; the last repeats."""
    interruptible: bool = False
    """Reports how far it is, and ends when an operator cancels it meanwhile."""
    every: timedelta | None = None
    """A periodic kind: the sweep puts one job a period into the ledger."""

    def wait_after(self, attempts: int) -> timedelta:
        """How long to wait after so many attempts have failed (≥ 1)."""
        return timedelta(seconds=self.backoff[min(attempts, len(self.backoff)) - 1])


KINDS: dict[str, JobKind] = {}


def _kind(name: str, queue: Queue, **limits: object) -> JobKind:
    kind = JobKind(name=name, queue=queue, **limits)  # type: ignore[arg-type]  # the dataclass checks the names
    KINDS[name] = kind
    return kind


CHECK_UPLOAD = _kind("validation.check_upload", Queue.VALIDATION, time_limit=300)
SETTLE_FILING = _kind("validation.settle_filing", Queue.VALIDATION)
MAKE_POSTER = _kind("media.make_poster", Queue.MEDIA, time_limit=300, attempts=3)
MAKE_WEB_COPY = _kind("transcoding.make_web_copy", Queue.TRANSCODING, time_limit=3600, attempts=3, interruptible=True)
MAKE_LIGHT_COPIES = _kind("transcoding.make_light_copies", Queue.TRANSCODING, time_limit=1800, attempts=3, interruptible=True)
MAKE_SOUND_COPY = _kind("transcoding.make_sound_copy", Queue.TRANSCODING, time_limit=1800, attempts=3, interruptible=True)
MAKE_READING_COPY = _kind("documents.make_reading_copy", Queue.DOCUMENTS, time_limit=300, backoff=(5, 30, 300, 1800))
BIND_DOCUMENTS = _kind("documents.bind_documents", Queue.DOCUMENTS, time_limit=300, attempts=9, backoff=(3, 5, 10, 30, 120, 600, 1800))
PLACE_SUBMISSION = _kind("routing.place_submission", Queue.ROUTING)
PLACE_STAGE = _kind("routing.place_stage", Queue.ROUTING, time_limit=600)
PLACE_PROGRAMME = _kind("routing.place_programme", Queue.ROUTING, time_limit=600)
APPLY_DECISION = _kind("awards.apply_decision", Queue.AWARDS, time_limit=300)
MAKE_RECEIPT = _kind("notification.make_receipt", Queue.NOTIFICATION, attempts=6, backoff=(2, 10, 60, 600, 3600))
NOTIFY = _kind("notification.notify", Queue.NOTIFICATION)
SEND_NOTIFICATION = _kind("notification.send", Queue.NOTIFICATION, attempts=8, backoff=(5, 30, 120, 600, 3600))
FINISH_UPLOADS = _kind("upkeep.finish_uploads", Queue.UPKEEP, time_limit=600, every=timedelta(minutes=1))
EXPIRE_UPLOADS = _kind("upkeep.expire_uploads", Queue.UPKEEP, time_limit=600, every=timedelta(hours=1))
EXPIRE_ASSIGNMENTS = _kind("upkeep.expire_assignments", Queue.UPKEEP, every=timedelta(minutes=1))
REMIND_GROUPS = _kind("upkeep.remind_groups", Queue.UPKEEP, time_limit=600, every=timedelta(days=1))
OPEN_STAGES = _kind("upkeep.open_stages", Queue.UPKEEP, time_limit=600, every=timedelta(minutes=1))
CHECK_INVARIANTS = _kind("upkeep.check_invariants", Queue.UPKEEP, time_limit=600, every=timedelta(hours=1))
PURGE_JOBS = _kind("upkeep.purge_jobs", Queue.UPKEEP, time_limit=600, every=timedelta(days=1))

PERIODIC = tuple(kind for kind in KINDS.values() if kind.every is not None)
