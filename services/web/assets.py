"""Static files: addresses that change with the content, so that a browser keeps them for ever; compressed once at the start."""

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

FOLDER = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"
COMPRESSED = {".css", ".js", ".svg", ".txt", ".json"}


@cache
def _version(name: str) -> str:
    return hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()[:10]


@cache
def _gzipped(name: str) -> bytes:
    return gzip.compress((FOLDER / name).read_bytes(), 9)


def static_url(name: str) -> str:
    """Return the address of a file below `static`. Raises FileNotFoundError for one that is not there."""
    return f"/static/{_version(name)}/{name}"


def serve(request: Request) -> Response:
    """Answer `/static/{version}/{name}`; any version of a name that exists."""
    name = request.path_params["name"]
    path = (FOLDER / name).resolve()
    if not path.is_relative_to(FOLDER) or not path.is_file():
        return PlainTextResponse("not found", 404)
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if path.suffix in COMPRESSED and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(_gzipped(name), headers={**headers, "Content-Encoding": "gzip"}, media_type=media_type)
    return Response(path.read_bytes(), headers=headers, media_type=media_type)
