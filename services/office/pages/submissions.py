"""One submission for officers."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.office.access import STAFF, NotOfTheOffice
from services.office.submission_page import submission_page
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.templates import show
from shared.access.visibility import scope_of
from shared.people.person import Act, may
from shared.submissions import queries

router = APIRouter(prefix="/office/submissions")


@router.get("/{submission_id}")
def read_submission(request: Request, session: Transaction, person: Asking, submission_id: UUID) -> Response:
    """The submission; one outside the person's area is answered like one that does not exist."""
    if not person.has(*STAFF):
        raise NotOfTheOffice
    submission, group, programme = queries.submission_with_group(session, submission_id)
    scope = scope_of(session, submission, group)
    if not may(person, Act.SEE_SUBMISSION, scope):
        raise queries.SubmissionUnknown
    return show(request, submission_page(session, submission, group, programme, person, scope))
