"""Reads an assignment or a submission with its files, for the JSON door and the pages alike."""

from sqlalchemy.orm import Session

from services.review.schemas.assignments import AssignmentView
from services.review.schemas.submissions import SubmissionView
from shared.programmes.definition import Definition
from shared.programmes.models import Group
from shared.renditions.queries import renditions_in_progress
from shared.reviews.queries import AssignmentDetail
from shared.submissions import queries
from shared.submissions.models import Submission


def submission_view(session: Session, submission: Submission, group: Group, definition: Definition) -> SubmissionView:
    """Return a submission with its files. Two queries: for what is being made of them, then for the files."""
    made = renditions_in_progress(session, submission.id)
    uploads = queries.current_uploads(session, [submission.id])[submission.id]
    return SubmissionView.of(submission, group, definition, uploads, made)


def assignment_view(session: Session, detail: AssignmentDetail) -> AssignmentView:
    """Return an assignment with all a member needs to judge. Two queries."""
    return AssignmentView.of(detail, submission_view(session, detail.submission, detail.group, detail.context.definition))
