"""An assignment with its round, its criteria and the ballot."""

from datetime import datetime
from typing import Self
from uuid import UUID

from services.review.schemas.submissions import SubmissionView
from services.web.answers import Answer
from shared.programmes.stages import Criterion
from shared.reviews.lifecycle import AssignmentStatus, RoundStatus
from shared.reviews.models import Assignment, Ballot
from shared.reviews.queries import AssignmentDetail, RoundContext
from shared.text import Text


class RoundView(Answer):
    """A round as those who judge in it see it."""

    key: str
    label: Text
    status: RoundStatus
    lease_minutes: int

    @classmethod
    def of(cls, context: RoundContext) -> Self:
        """Return a round."""
        rules = context.rules
        return cls(key=context.row.key, label=rules.label, status=RoundStatus(context.row.status), lease_minutes=rules.lease_minutes)


class CriterionView(Answer):
    """A criterion; its numbers are text, so that none is rounded on the way."""

    key: str
    label: Text
    min: str
    max: str
    step: str
    weight: str

    @classmethod
    def of(cls, criterion: Criterion) -> Self:
        """Return a criterion."""
        return cls(
            key=criterion.key,
            label=criterion.label,
            min=str(criterion.min),
            max=str(criterion.max),
            step=str(criterion.step),
            weight=str(criterion.weight),
        )


class BallotView(Answer):
    """A ballot, or the draft of one. Marks by criterion, as decimal text."""

    marks: dict[str, str]
    comment: str
    saved_at: datetime | None
    submitted_at: datetime | None
    renewed_at: datetime | None
    """When a later version was filed after it was submitted: it waits to be confirmed or changed."""

    @classmethod
    def of(cls, ballot: Ballot) -> Self:
        """Return a ballot."""
        return cls.model_validate(ballot, from_attributes=True)


class SavedBallot(Answer):
    """A ballot that was just saved or submitted, and what that made of the assignment."""

    assignment: UUID
    status: AssignmentStatus
    lease_until: datetime
    marks: dict[str, str]
    comment: str
    saved_at: datetime | None
    submitted_at: datetime | None

    @classmethod
    def of(cls, assignment: Assignment, ballot: Ballot) -> Self:
        """Return a ballot with its assignment."""
        return cls(
            assignment=assignment.id,
            status=assignment.status,
            lease_until=assignment.lease_until,
            marks=ballot.marks,
            comment=ballot.comment,
            saved_at=ballot.saved_at,
            submitted_at=ballot.submitted_at,
        )


class AssignmentView(Answer):
    """An assignment with all a member needs to judge."""

    id: UUID
    queue: str
    status: AssignmentStatus
    claimed_at: datetime
    lease_until: datetime
    ended_at: datetime | None
    programme: str
    programme_name: Text
    round: RoundView
    criteria: list[CriterionView]
    submission: SubmissionView
    ballot: BallotView | None

    @classmethod
    def of(cls, detail: AssignmentDetail, submission: SubmissionView) -> Self:
        """Return an assignment with its submission."""
        assignment, context = detail.assignment, detail.context
        return cls(
            id=assignment.id,
            queue=context.queue_name(detail.entry.committee),
            status=assignment.status,
            claimed_at=assignment.claimed_at,
            lease_until=assignment.lease_until,
            ended_at=assignment.ended_at,
            programme=context.programme.slug,
            programme_name=context.definition.name,
            round=RoundView.of(context),
            criteria=[CriterionView.of(known) for known in context.rules.criteria],
            submission=submission,
            ballot=BallotView.of(detail.ballot) if detail.ballot is not None else None,
        )
