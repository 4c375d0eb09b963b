"""Static files: addresses that change with the content, so that a browser keeps them for ever; compressed once at the start."""

import gzip
import hashlib
import mimetypes
import re
from functools import cache
from os.path import normpath
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

_folders = [Path(__file__).parent / "static"]
"""Where files are looked for, in this order: the kit's own, then those of `add_folder`."""
MODULES = "js"
"""The folder of JavaScript modules, which share one version: so their relative imports lead to files of that same version."""
FOREVER = "public, max-age=31536000, immutable"
OTHER_RELEASE = "no-cache"
"""For a module asked for by a page of another release: it gets what is here, and is not to keep it under that address."""
COMPRESSED = {".css", ".js", ".svg", ".txt", ".json"}
STATIC_IMPORT = re.compile(r'^(?:import|export)\b[^"]*"(\.{1,2}/[^"]+)";$', re.MULTILINE)


def add_folder(folder: Path) -> None:
    """Let static files be found in another folder; no name may be in two of them."""
    if folder not in _folders:
        _folders.append(folder)


def find(name: str) -> Path:
    """Return the path of a static file. Raises FileNotFoundError for one that is not there, or not below a folder of such files."""
    for folder in _folders:
        path = (folder / name).resolve()
        if path.is_relative_to(folder) and path.is_file():
            return path
    raise FileNotFoundError(name)


def modules() -> dict[str, Path]:
    """Return all JavaScript modules by name, such as `js/group.js`."""
    return {file.relative_to(folder).as_posix(): file for folder in _folders for file in sorted((folder / MODULES).rglob("*.js"))}


def _is_module(name: str) -> bool:
    return name.startswith(f"{MODULES}/")


@cache
def _version(name: str) -> str:
    """Return the version of a file: of its content, or of all modules for a module."""
    files = list(modules().values()) if _is_module(name) else [find(name)]
    content = hashlib.sha256()
    for file in files:
        content.update(file.read_bytes())
    return content.hexdigest()[:10]


@cache
def _gzipped(name: str) -> bytes:
    return gzip.compress(find(name).read_bytes(), 9)


def static_url(name: str) -> str:
    """Return the address of a file below `static`. Raises FileNotFoundError for one that is not there."""
    find(name)
    return f"/static/{_version(name)}/{name}"


@cache
def module_urls(name: str) -> tuple[str, ...]:
    """Return the addresses of a module, such as `js/group.js`, and of all that it imports, itself first. Raises FileNotFoundError."""
    found, waiting = dict[str, None](), [name]
    while waiting:
        at = waiting.pop(0)
        if at not in found:
            found[at] = None
            waiting += [normpath(Path(at).parent / imported) for imported in STATIC_IMPORT.findall(find(at).read_text())]
    return tuple(static_url(at) for at in found)


@cache
def module_tags(name: str) -> Markup:
    """Return the elements that run a module of `js`, such as `group.js`, all that it imports being fetched side by side."""
    entry, *imported = module_urls(f"{MODULES}/{name}")
    preloads = [Markup('<link rel="modulepreload" href="{}">').format(address) for address in imported]
    return Markup("\n").join([*preloads, Markup('<script type="module" src="{}"></script>').format(entry)])


def serve(request: Request) -> Response:
    """Answer `/static/{version}/{name}`; any version of a name that exists."""
    name = normpath(request.path_params["name"])
    try:
        path = find(name)
    except FileNotFoundError:
        return PlainTextResponse("not found", 404)
    is_of_other_release = _is_module(name) and request.path_params["version"] != _version(name)
    headers = {"Cache-Control": OTHER_RELEASE if is_of_other_release else FOREVER, "Vary": "Accept-Encoding"}
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if path.suffix in COMPRESSED and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(_gzipped(name), headers={**headers, "Content-Encoding": "gzip"}, media_type=media_type)
    return Response(path.read_bytes(), headers=headers, media_type=media_type)
