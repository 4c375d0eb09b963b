"""A file that was sent, or a copy made of it, as an answer: the same for groups, officers and members. Who may have it is asked before."""

from pathlib import PurePath

from starlette.requests import Request
from starlette.responses import Response

from services.web.media import File, serve
from shared.copies.copy import THUMBNAILS, named
from shared.copies.storyboard import Storyboard, webvtt
from shared.storage import store
from shared.submissions.models import Submission, Upload

CUES = f"{THUMBNAILS}.vtt"
"""The name under which the cues of the thumbnails are asked for."""


def original(request: Request, upload: Upload) -> Response:
    """Answer with the file as it was sent; `?save=1` as a download. Raises ObjectMissing, StoreUnavailable."""
    kind = (upload.facts or {}).get("type")
    file = File(upload.object_key, upload.size_bytes, upload.filename, kind, upload.sha256 or upload.object_key)
    return serve(request, store(), file, save="save" in request.query_params)


def copy(request: Request, upload: Upload, name: str) -> Response:
    """Answer with the copy of that name, or with the cues of its thumbnails. Raises CopyMissing, ObjectMissing, StoreUnavailable."""
    if name == CUES:
        board = Storyboard(**named(upload.copies, THUMBNAILS).data)
        cues = webvtt(board, seconds=float((upload.facts or {})["duration_seconds"]), image=THUMBNAILS)
        return Response(cues, media_type="text/vtt", headers={"Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"})
    found = named(upload.copies, name)
    filename = f"{PurePath(upload.filename).stem}-{name}.{found.type}"
    file = File(found.key, found.size_bytes, filename, found.type, found.key, is_ours=True)
    return serve(request, store(), file, save="save" in request.query_params)


def bound(request: Request, submission: Submission, kind: str) -> Response:
    """Answer with all files of an item as one document. Raises CopyMissing while there is none, ObjectMissing, StoreUnavailable."""
    found = named(submission.bound, kind)
    file = File(found.key, found.size_bytes, f"{submission.reference}-{kind}.{found.type}", found.type, found.key, is_ours=True)
    return serve(request, store(), file, save="save" in request.query_params)
