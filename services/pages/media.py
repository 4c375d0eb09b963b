"""The routes by which a file, its renditions and the bound document of an item are read: the same for every service.

Who may read is asked each time by the dependency that the service gives.
"""

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from services.pages.uploads import CUES
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.media import RESPONSES, File, serve
from services.web.problems import raises
from shared.access.visibility import submission_seen_by, upload_seen_by
from shared.renditions.rendition import THUMBNAILS, CopyMissing, named
from shared.renditions.storyboard import Storyboard, webvtt
from shared.storage import ObjectMissing, StoreUnavailable, store
from shared.submissions.filings.reading import bound_of
from shared.submissions.models import Submission, Upload
from shared.submissions.queries import SubmissionUnknown, UploadUnknown

OF_A_SUBMISSION = "/submissions/{submission}/uploads/{upload}"
"""Where the files of a submission lie below a service's JSON door."""
COPIES = {**RESPONSES, 200: {**RESPONSES[200], "content": {**RESPONSES[200]["content"], "text/vtt": {"schema": {"type": "string"}}}}}
"""What a rendition is answered as, for OpenAPI: a file, or the cues of the thumbnails."""


@raises(UploadUnknown)
def upload_of_submission(submission: UUID, upload: UUID, session: Transaction, person: Asking) -> Upload:
    """Return the file that the path names, to those who may see its submission. Raises UploadUnknown."""
    return upload_seen_by(session, person, submission_id=submission, upload_id=upload)


@raises(SubmissionUnknown)
def seen_submission(submission: UUID, session: Transaction, person: Asking) -> Submission:
    """Return the submission that the path names, to those who may see it. Raises SubmissionUnknown."""
    return submission_seen_by(session, person, submission)


def router(*, visible: Callable[..., Upload] = upload_of_submission, at: str = OF_A_SUBMISSION) -> APIRouter:
    """Return the routes of a file below the path `at`: its content and its renditions.

    `visible` is the dependency that reads that path and returns its file to those who may see it; it raises for all others.
    """
    files = APIRouter(tags=["submissions"])

    @files.head(f"{at}/content", response_class=Response, include_in_schema=False)
    @files.get(f"{at}/content", response_class=Response, responses=RESPONSES)
    @raises(ObjectMissing, StoreUnavailable)
    def read_content(request: Request, upload: Annotated[Upload, Depends(visible)]) -> Response:
        """Return a file, or the range of it that is asked for; `?save=1` as a download."""
        return _original(request, upload)

    @files.head(f"{at}/copies/{{name}}", response_class=Response, include_in_schema=False)
    @files.get(f"{at}/copies/{{name}}", response_class=Response, responses=COPIES)
    @raises(CopyMissing, ObjectMissing, StoreUnavailable)
    def read_copy(name: str, request: Request, upload: Annotated[Upload, Depends(visible)]) -> Response:
        """Return a copy made of a file: `poster`, `web`, `small`, `sound`, `thumbnails`, `thumbnails.vtt`, `document`, `page-1`…"""
        return _copy(request, upload, name)

    return files


def bound_router() -> APIRouter:
    """Return the route of all files of an item as one document."""
    bound = APIRouter(tags=["submissions"])

    @bound.head("/submissions/{submission}/bound/{kind}", response_class=Response, include_in_schema=False)
    @bound.get("/submissions/{submission}/bound/{kind}", response_class=Response, responses=RESPONSES)
    @raises(CopyMissing, ObjectMissing, StoreUnavailable)
    def read_bound(
        kind: str,
        request: Request,
        session: Transaction,
        submission: Annotated[Submission, Depends(seen_submission)],
        version: UUID | None = None,
    ) -> Response:
        """Return all files of an item that was sent as several, as one PDF: of the accepted version, or of the one that is named."""
        return _bound(request, submission, kind, bound_of(session, submission.id, version_id=version))

    return bound


def _original(request: Request, upload: Upload) -> Response:
    """Answer with the file as it was sent; `?save=1` as a download. Raises ObjectMissing, StoreUnavailable."""
    kind = (upload.facts or {}).get("type")
    file = File(upload.object_key, upload.size_bytes, upload.filename, kind, upload.sha256 or upload.object_key)
    return serve(request, store(), file, save="save" in request.query_params)


def _copy(request: Request, upload: Upload, name: str) -> Response:
    """Answer with the rendition of that name, or with the cues of its thumbnails. Raises CopyMissing, ObjectMissing, StoreUnavailable."""
    if name == CUES:
        board = Storyboard(**named(upload.copies, THUMBNAILS).data)
        cues = webvtt(board, seconds=float((upload.facts or {})["duration_seconds"]), image=THUMBNAILS)
        return Response(cues, media_type="text/vtt", headers={"Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"})
    found = named(upload.copies, name)
    filename = f"{PurePath(upload.filename).stem}-{name}.{found.type}"
    file = File(found.key, found.size_bytes, filename, found.type, found.key, is_ours=True)
    return serve(request, store(), file, save="save" in request.query_params)


def _bound(request: Request, submission: Submission, kind: str, bound: Mapping[str, Any]) -> Response:
    """Answer with all files of an item as one document. Raises CopyMissing while there is none, ObjectMissing, StoreUnavailable."""
    found = named(bound, kind)
    file = File(found.key, found.size_bytes, f"{submission.reference}-{kind}.{found.type}", found.type, found.key, is_ours=True)
    return serve(request, store(), file, save="save" in request.query_params)
