"""A submission for those who judge it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.review import view
from services.web.database import Transaction
from services.web.identity import Asking
from services.web.media import File, serve
from shared.people.person import Act, may
from shared.reviews.visibility import UploadUnknown, scope_of, upload_seen_by
from shared.storage import store
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
    return view.submission(found, group, programme.definition, uploads)


@router.head("/{submission}/uploads/{upload}/content", response_class=Response, include_in_schema=False)
@router.get("/{submission}/uploads/{upload}/content", response_class=Response)
def read_content(submission: UUID, upload: UUID, request: Request, session: Transaction, person: Asking) -> Response:
    """Return a file, or the range of it that is asked for; `?save=1` as a download."""
    found = upload_seen_by(session, person, submission_id=submission, upload_id=upload)
    kind = (found.facts or {}).get("type")
    file = File(found.object_key, found.size_bytes, found.filename, kind, found.sha256 or found.object_key)
    return serve(request, store(), file, save="save" in request.query_params)


@router.head("/{submission}/uploads/{upload}/poster", response_class=Response, include_in_schema=False)
@router.get("/{submission}/uploads/{upload}/poster", response_class=Response)
def read_poster(submission: UUID, upload: UUID, request: Request, session: Transaction, person: Asking) -> Response:
    """Return the still picture of a clip."""
    found = upload_seen_by(session, person, submission_id=submission, upload_id=upload)
    if found.poster_key is None:
        raise UploadUnknown
    return serve(request, store(), File(found.poster_key, store().size(found.poster_key), "poster.jpg", "jpg", found.poster_key))
