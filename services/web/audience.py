"""Who reads an answer: a person in a browser, or a program."""

from starlette.requests import HTTPConnection


def is_person(request: HTTPConnection) -> bool:
    """Say whether a page is the right answer: always outside /api/, and below it when a browser follows a link or sends a form there."""
    return not request.url.path.startswith("/api/") or "text/html" in request.headers.get("accept", "")
