"""Reads an assignment or a submission with its files, for the JSON door and the pages alike."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from services.review.schemas.assignments import AssignmentView
from services.review.schemas.submissions import SubmissionView
from shared.listing.standing import standings
from shared.programmes.models import Group, Programme
from shared.renditions.queries import renditions_in_progress
from shared.reviews.queries import AssignmentDetail
from shared.submissions.filings import reading
from shared.submissions.models import Submission


def submission_view(session: Session, submission: Submission, group: Group, *, versions: Mapping[str, str] | None = None) -> SubmissionView:
    """Return a submission with what was submitted: the versions named by stage, else the accepted ones. Five queries."""
    made = renditions_in_progress(session, submission.id)
    read = reading.read(session, submission.id, versions=versions)
    definition = session.get_one(Programme, submission.programme_id).definition
    return SubmissionView.of(submission, group, definition, standings(session, [submission.id])[submission.id], read, made)


def assignment_view(session: Session, detail: AssignmentDetail) -> AssignmentView:
    """Return an assignment with all a member needs to judge. Five queries."""
    return AssignmentView.of(detail, submission_view(session, detail.submission, detail.group, versions=detail.entry.versions))
