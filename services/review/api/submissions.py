"""A submission for those who judge it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.review.api import documents
from services.web.database import Transaction
from services.web.identity import Asking
from shared.people.person import Act, may
from shared.reviews.visibility import scope_of
from shared.submissions import queries
from shared.submissions.queries import SubmissionUnknown

router = APIRouter(prefix="/submissions", tags=["submissions"])


@router.get("/{submission}")
def read_submission(submission: UUID, session: Transaction, person: Asking) -> dict[str, Any]:
    """Return a submission with its files, to those who may see it."""
    found, group, programme = queries.whole(session, submission)
    if not may(person, Act.SEE_SUBMISSION, scope_of(session, found, group)):
        raise SubmissionUnknown
    uploads = queries.current_uploads(session, [found.id])[found.id]
    return documents.submission(found, group, programme.definition, uploads)
