"""The submissions of a programme that the asking officer may see, and their files."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.office import schemas
from services.office.access import ThisProgramme
from services.people.identity import Asking
from services.web import uploads
from services.web.database import Transaction
from shared.access.visibility import submission_seen_by, upload_seen_by
from shared.listing import overview
from shared.listing.duplicates import SimilarClips, same_footage
from shared.listing.overview import ListedSubmission
from shared.people.person import Act, Scope, may
from shared.submissions.lifecycle import Status

router = APIRouter(tags=["submissions"])


@router.get("/programmes/{slug}/submissions")
def list_submissions(
    programme: ThisProgramme,
    session: Transaction,
    person: Asking,
    status: Annotated[list[Status], Query()] = [],  # noqa: B006  # FastAPI copies defaults
    province: str | None = None,
    q: Annotated[str | None, Query(max_length=100)] = None,
    after: Annotated[str | None, Query(max_length=60)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """Return submissions by reference, with a page's `limit`; `next` is what to pass as `after` for the following page."""
    found = overview.listing(
        session, programme.id, person, status=[str(one) for one in status], province=province, text=q, after=after, limit=limit + 1
    )
    page = found[:limit]
    helped = [upload for listed in page if may(person, Act.UPLOAD, _scope(listed)) for upload in listed.uploads]
    footage = same_footage(session, person, helped) if helped else {}
    return {
        "submissions": [_document(listed, footage, contacts=may(person, Act.SEE_CONTACTS, _scope(listed))) for listed in page],
        "next": page[-1].submission.reference if len(found) > limit else None,
    }


@router.head("/submissions/{submission}/uploads/{upload}/content", response_class=Response, include_in_schema=False)
@router.get("/submissions/{submission}/uploads/{upload}/content", response_class=Response)
def read_content(submission: UUID, upload: UUID, request: Request, session: Transaction, person: Asking) -> Response:
    """Return a file, or the range of it that is asked for; `?save=1` as a download."""
    return uploads.original(request, upload_seen_by(session, person, submission_id=submission, upload_id=upload))


@router.head("/submissions/{submission}/uploads/{upload}/copies/{name}", response_class=Response, include_in_schema=False)
@router.get("/submissions/{submission}/uploads/{upload}/copies/{name}", response_class=Response)
def read_copy(submission: UUID, upload: UUID, name: str, request: Request, session: Transaction, person: Asking) -> Response:
    """Return a copy made of a file: `poster`, `web`, `small`, `sound`, `thumbnails`, `thumbnails.vtt`, `document`, `page-1`…"""
    return uploads.copy(request, upload_seen_by(session, person, submission_id=submission, upload_id=upload), name)


@router.head("/submissions/{submission}/bound/{kind}", response_class=Response, include_in_schema=False)
@router.get("/submissions/{submission}/bound/{kind}", response_class=Response)
def read_bound(submission: UUID, kind: str, request: Request, session: Transaction, person: Asking) -> Response:
    """Return all files of an item that was sent as several, as one PDF."""
    return uploads.bound(request, submission_seen_by(session, person, submission), kind)


def _scope(listed: ListedSubmission) -> Scope:
    group, submission = listed.group, listed.submission
    return Scope(submission.id, submission.programme_id, group.province, group.amphoe)


def _document(listed: ListedSubmission, footage: Mapping[UUID, SimilarClips], *, contacts: bool) -> dict[str, Any]:
    submission = listed.submission
    return {
        "id": submission.id,
        "reference": submission.reference,
        "status": submission.status,
        "level": submission.level,
        "committee": submission.committee,
        "submitted_at": submission.submitted_at,
        "group": schemas.group(listed.group, contacts=contacts),
        "items": [
            {
                "id": upload.id,
                "kind": upload.kind,
                "filename": upload.filename,
                "size_bytes": upload.size_bytes,
                "status": upload.status,
                "url": schemas.content_url(submission, upload),
                "copies": schemas.copies(submission, upload),
                "same_footage": schemas.lookalikes(footage.get(upload.id)),
            }
            for upload in listed.uploads
        ],
    }
