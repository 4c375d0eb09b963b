"""A submission for those who judge it."""

from uuid import UUID

from fastapi import APIRouter

from services.people.identity import Asking
from services.review.assignment_view import submission_view
from services.review.schemas.submissions import SubmissionView
from services.web.database import Transaction
from services.web.problems import raises
from shared.access.visibility import scope_of
from shared.people.person import Act, may
from shared.submissions import queries
from shared.submissions.queries import SubmissionUnknown

router = APIRouter(prefix="/submissions", tags=["submissions"])


@router.get("/{submission}")
@raises(SubmissionUnknown)
def read_submission(submission: UUID, session: Transaction, person: Asking) -> SubmissionView:
    """Return a submission with its files, to those who may see it."""
    found, group, _ = queries.submission_with_group(session, submission)
    if not may(person, Act.SEE_SUBMISSION, scope_of(session, found, group)):
        raise SubmissionUnknown
    return submission_view(session, found, group)
