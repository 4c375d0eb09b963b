"""Static files: addresses that change with the content, so that a browser keeps them for ever; compressed once at the start."""

import gzip
import hashlib
import mimetypes
import re
from functools import cache
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

FOLDER = Path(__file__).parent / "static"
MODULES = "js"
"""The folder of JavaScript modules, which share one version: so their relative imports lead to files of that same version."""
FOREVER = "public, max-age=31536000, immutable"
OTHER_RELEASE = "no-cache"
"""For a module asked for by a page of another release: it gets what is here, and is not to keep it under that address."""
COMPRESSED = {".css", ".js", ".svg", ".txt", ".json"}
STATIC_IMPORT = re.compile(r'^(?:import|export)\b[^"]*"(\.{1,2}/[^"]+)";$', re.MULTILINE)


def _is_module(name: str) -> bool:
    return name.startswith(f"{MODULES}/")


@cache
def _version(name: str) -> str:
    """Return the version of a file: of its content, or of all modules for a module."""
    files = sorted((FOLDER / MODULES).rglob("*.js")) if _is_module(name) else [FOLDER / name]
    content = hashlib.sha256()
    for file in files:
        content.update(file.read_bytes())
    return content.hexdigest()[:10]


@cache
def _gzipped(name: str) -> bytes:
    return gzip.compress((FOLDER / name).read_bytes(), 9)


def static_url(name: str) -> str:
    """Return the address of a file below `static`. Raises FileNotFoundError for one that is not there."""
    if not (FOLDER / name).is_file():
        raise FileNotFoundError(name)
    return f"/static/{_version(name)}/{name}"


@cache
def module_urls(name: str) -> tuple[str, ...]:
    """Return the addresses of a module, such as `js/group.js`, and of all that it imports, itself first. Raises FileNotFoundError."""
    found, waiting = dict[str, None](), [FOLDER / name]
    while waiting:
        file = waiting.pop(0)
        at = file.relative_to(FOLDER).as_posix()
        if at not in found:
            found[at] = None
            waiting += [(file.parent / imported).resolve() for imported in STATIC_IMPORT.findall(file.read_text())]
    return tuple(static_url(at) for at in found)


@cache
def module_tags(name: str) -> Markup:
    """Return the elements that run a module of `js`, such as `group.js`, all that it imports being fetched side by side."""
    entry, *imported = module_urls(f"{MODULES}/{name}")
    preloads = [Markup('<link rel="modulepreload" href="{}">').format(address) for address in imported]
    return Markup("\n").join([*preloads, Markup('<script type="module" src="{}"></script>').format(entry)])


def serve(request: Request) -> Response:
    """Answer `/static/{version}/{name}`; any version of a name that exists."""
    path = (FOLDER / request.path_params["name"]).resolve()
    if not path.is_relative_to(FOLDER) or not path.is_file():
        return PlainTextResponse("not found", 404)
    name = path.relative_to(FOLDER).as_posix()
    is_of_other_release = _is_module(name) and request.path_params["version"] != _version(name)
    headers = {"Cache-Control": OTHER_RELEASE if is_of_other_release else FOREVER, "Vary": "Accept-Encoding"}
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if path.suffix in COMPRESSED and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(_gzipped(name), headers={**headers, "Content-Encoding": "gzip"}, media_type=media_type)
    return Response(path.read_bytes(), headers=headers, media_type=media_type)
