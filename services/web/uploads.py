"""A file that was sent, and the copies made of it, on pages and as answers: the same for groups, officers and members.

Who may have it is asked before.
"""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.web.media import File, serve
from shared.renditions.queries import RenditionInProgress
from shared.renditions.rendition import DOCUMENT, PAGE, SMALL, SOUND, THUMBNAILS, WEB, named
from shared.renditions.storyboard import Storyboard, webvtt
from shared.storage import store
from shared.submissions.models import Submission, Upload

CUES = f"{THUMBNAILS}.vtt"
"""The name under which the cues of the thumbnails are asked for."""

PLAYABLE: dict[str, set[str | None]] = {
    "type": {"mp4", "mov", "webm"},
    "video_codec": {"h264", "vp8", "vp9", "av1"},
    "pixel_format": {None, "yuv420p", "yuvj420p"},
    "audio_codec": {None, "aac", "mp3", "opus", "vorbis"},
}
"""What browsers in use play, by the facts of a clip (None: no sound, or not noted)."""


def described(upload: Upload, *, at: str, making: Mapping[str, RenditionInProgress]) -> dict[str, Any]:
    """Return a file for `upload.html`, its content and copies below the address `at`; `making` is what is being made of it."""
    facts = upload.facts or {}
    copies = {name: f"{at}/copies/{name}" for name in upload.copies}
    is_playable = playable(facts)
    return {
        "id": upload.id,
        "filename": upload.filename,
        "size_bytes": upload.size_bytes,
        "type": facts.get("type"),
        "duration_seconds": facts.get("duration_seconds"),
        "pages": facts.get("pages"),
        "playable": is_playable,
        "url": f"{at}/content",
        "copies": copies,
        "watched": copies.get(WEB, f"{at}/content" if is_playable else None),
        "watched_bytes": upload.copies[WEB]["size_bytes"] if WEB in copies else upload.size_bytes,
        "lighter": {
            name: {"url": copies[name], "size_bytes": upload.copies[name]["size_bytes"]} for name in (SMALL, SOUND) if name in copies
        },
        "cues": f"{at}/copies/{CUES}" if THUMBNAILS in copies else None,
        "read": copies.get(DOCUMENT),
        "pictures": _pictures(copies),
        "making": {name: {"percent": one.percent, "coming": one.is_coming, "state": one.state} for name, one in making.items()},
    }


def playable(facts: Mapping[str, Any]) -> bool:
    """Say whether a browser plays a clip, by what the tools saw of it."""
    return all(facts.get(fact) in played for fact, played in PLAYABLE.items())


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


def _pictures(copies: Mapping[str, str]) -> list[str]:
    """Return where the pictures of a document's pages are, from the first page on."""
    pictures: list[str] = []
    while (picture := copies.get(PAGE.format(number=len(pictures) + 1))) is not None:
        pictures.append(picture)
    return pictures
