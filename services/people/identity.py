"""Who is asking: a bearer token of a program, or the session cookie of a browser."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from services.web.database import Transaction
from services.web.problems import raises
from shared import clock
from shared.errors import Unauthenticated
from shared.people import queries
from shared.people.models import Credential, CredentialKind
from shared.people.operations import SESSION_TERM
from shared.people.person import Person
from shared.settings import secret_key, settings


def cookie_name() -> str:
    """The name of the session cookie; over https one that a browser binds to this host."""
    return "__Host-omsap" if is_secure() else "omsap_session"


def schemes() -> dict[str, dict[str, str]]:
    """Return the ways to say who is asking, as OpenAPI names them."""
    return {
        "token": {"type": "http", "scheme": "bearer", "description": "A group's link token, or the API token of a member of staff."},
        "session": {"type": "apiKey", "in": "cookie", "name": cookie_name(), "description": "A browser's session."},
    }


def token_of(request: Request) -> str | None:
    """Return the bearer token of a request, else its session cookie."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    return request.cookies.get(cookie_name())


@raises(Unauthenticated, queries.LinkNotValid)
def _person(request: Request, session: Transaction) -> Person:
    token = token_of(request)
    if token is None:
        raise Unauthenticated
    person = queries.person_of(session, token, now=clock.now(), secret=secret_key())
    request.state.person = person
    return person


def _maybe(request: Request, session: Transaction) -> Person | None:
    try:
        return _person(request, session)
    except Unauthenticated:
        return None


Asking = Annotated[Person, Depends(_person)]
"""The person who asks; 401, or the way to sign in, when nobody is known."""

MaybeAsking = Annotated[Person | None, Depends(_maybe)]
"""The person who asks, None when nobody is known."""


def browser_session(request: Request, session: Transaction) -> Credential | None:
    """Return the living session of this browser."""
    token = request.cookies.get(cookie_name())
    if token is None:
        return None
    try:
        return queries.credential_of(session, token, CredentialKind.SESSION, now=clock.now(), secret=secret_key())
    except queries.LinkNotValid:
        return None


BrowserSession = Annotated[Credential | None, Depends(browser_session)]


def keep_session(response: Response, credential: Credential) -> None:
    """Have the browser keep a session."""
    response.set_cookie(
        cookie_name(),
        queries.token_of(credential, secret=secret_key()),
        max_age=int(SESSION_TERM.total_seconds()),
        path="/",
        secure=is_secure(),
        httponly=True,
        samesite="lax",
    )


def drop_session(response: Response) -> None:
    """Have the browser forget its session."""
    response.delete_cookie(cookie_name(), path="/", secure=is_secure(), httponly=True, samesite="lax")


def is_secure() -> bool:
    """Say whether people come by https, so that cookies may go by it only."""
    return settings().base_url.startswith("https://")
