"""Queues, and what a member has claimed from them."""

from datetime import datetime
from typing import Self
from uuid import UUID

from services.web.answers import Answer
from shared.programmes.models import Group
from shared.reviews.lifecycle import AssignmentStatus
from shared.reviews.models import Assignment
from shared.reviews.queries import ClaimedAssignment, QueueCount
from shared.submissions.models import Submission
from shared.text import Text


class QueueView(Answer):
    """A review queue as one member sees it, in numbers of submissions."""

    name: str
    programme: str
    programme_name: Text
    round: str
    round_label: Text
    committee: str
    committee_label: Text | None
    entries: int
    waiting: int
    """Those the member may still take."""
    leased: int
    """Those that somebody is judging."""
    mine: int
    """Those with the member now."""
    done: int
    """Those the member has submitted a ballot for."""

    @classmethod
    def of(cls, count: QueueCount) -> Self:
        """Return a queue with its counts."""
        context = count.context
        committee = next((known.label for known in context.definition.committees if known.key == count.committee), None)
        return cls(
            name=context.queue_name(count.committee),
            programme=context.programme.slug,
            programme_name=context.definition.name,
            round=context.row.key,
            round_label=context.rules.label,
            committee=count.committee,
            committee_label=committee,
            entries=count.entries,
            waiting=count.waiting,
            leased=count.leased,
            mine=count.mine,
            done=count.done,
        )


class QueueList(Answer):
    """The queues of open rounds that a member may pull from."""

    queues: list[QueueView]


class SubmissionName(Answer):
    """What a list calls a submission."""

    id: UUID
    reference: str
    group: str

    @classmethod
    def of(cls, submission: Submission, group: Group) -> Self:
        """Return what a list calls a submission."""
        return cls(id=submission.id, reference=submission.reference, group=group.name)


class ClaimView(Answer):
    """A submission that a member has claimed, as a list shows it."""

    id: UUID
    queue: str
    status: AssignmentStatus
    claimed_at: datetime
    lease_until: datetime
    submission: SubmissionName

    @classmethod
    def of(cls, claimed: ClaimedAssignment) -> Self:
        """Return a claim."""
        assignment = claimed.assignment
        return cls(
            id=assignment.id,
            queue=claimed.queue,
            status=assignment.status,
            claimed_at=assignment.claimed_at,
            lease_until=assignment.lease_until,
            submission=SubmissionName.of(claimed.submission, claimed.group),
        )


class ClaimList(Answer):
    """What a member has claimed and neither submitted nor given back."""

    assignments: list[ClaimView]


class RenewedClaim(Answer):
    """Until when a claim lasts now."""

    id: UUID
    status: AssignmentStatus
    lease_until: datetime

    @classmethod
    def of(cls, assignment: Assignment) -> Self:
        """Return until when a claim lasts now."""
        return cls.model_validate(assignment, from_attributes=True)
