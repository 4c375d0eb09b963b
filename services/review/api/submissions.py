"""A submission for those who judge it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.people.identity import Asking
from services.review import schemas
from services.web import uploads
from services.web.database import Transaction
from shared.access.visibility import scope_of, submission_seen_by, upload_seen_by
from shared.people.person import Act, may
from shared.renditions.queries import renditions_in_progress
from shared.submissions import queries
from shared.submissions.queries import SubmissionUnknown

router = APIRouter(prefix="/submissions", tags=["submissions"])


@router.get("/{submission}")
def read_submission(submission: UUID, session: Transaction, person: Asking) -> dict[str, Any]:
    """Return a submission with its files, to those who may see it."""
    found, group, programme = queries.submission_with_group(session, submission)
    if not may(person, Act.SEE_SUBMISSION, scope_of(session, found, group)):
        raise SubmissionUnknown
    made = renditions_in_progress(session, found.id)
    standing = queries.current_uploads(session, [found.id])[found.id]
    return schemas.submission(found, group, programme.definition, standing, made)


@router.head("/{submission}/uploads/{upload}/content", response_class=Response, include_in_schema=False)
@router.get("/{submission}/uploads/{upload}/content", response_class=Response)
def read_content(submission: UUID, upload: UUID, request: Request, session: Transaction, person: Asking) -> Response:
    """Return a file, or the range of it that is asked for; `?save=1` as a download."""
    return uploads.original(request, upload_seen_by(session, person, submission_id=submission, upload_id=upload))


@router.head("/{submission}/uploads/{upload}/copies/{name}", response_class=Response, include_in_schema=False)
@router.get("/{submission}/uploads/{upload}/copies/{name}", response_class=Response)
def read_copy(submission: UUID, upload: UUID, name: str, request: Request, session: Transaction, person: Asking) -> Response:
    """Return a copy made of a file: `poster`, `web`, `small`, `sound`, `thumbnails`, `thumbnails.vtt`, `document`, `page-1`…"""
    return uploads.copy(request, upload_seen_by(session, person, submission_id=submission, upload_id=upload), name)


@router.head("/{submission}/bound/{kind}", response_class=Response, include_in_schema=False)
@router.get("/{submission}/bound/{kind}", response_class=Response)
def read_bound(submission: UUID, kind: str, request: Request, session: Transaction, person: Asking) -> Response:
    """Return all files of an item that was sent as several, as one PDF."""
    return uploads.bound(request, submission_seen_by(session, person, submission), kind)
