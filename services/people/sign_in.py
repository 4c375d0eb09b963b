"""Signing in by a one-time link: asked for by address, sent by mail, used up by a button (a mail scanner's GET uses nothing up)."""

from http import HTTPStatus
from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from services.people.identity import BrowserSession, drop_session, is_secure, keep_session
from services.web.database import Transaction
from services.web.templates import Page, show
from shared import clock
from shared.events import SYSTEM
from shared.people import operations, queries
from shared.people.models import CredentialKind, Role
from shared.people.person import Person
from shared.settings import secret_key

router = APIRouter(include_in_schema=False)

NEXT = "omsap_next"
"""Cookie with the page that was asked for before signing in."""
NEXT_SECONDS = 3600


class SignInPage(Page):
    """The form that asks for an address; `sent`: what to expect now; `stale`: the link that was opened is not valid any more."""

    template: ClassVar = "people/sign_in.html"
    sent: bool
    stale: bool


class SignInButtonPage(Page):
    """The button that uses a link."""

    template: ClassVar = "people/sign_in_button.html"


@router.get("/sign-in")
def ask(request: Request, next: str = "") -> Response:
    """The form that asks for an address; `next` is the page of ours to go to afterwards."""
    response = _form(request)
    if _ours(next):
        response.set_cookie(NEXT, next, max_age=NEXT_SECONDS, httponly=True, samesite="lax", secure=is_secure())
    return response


@router.post("/sign-in")
def send(request: Request, session: Transaction, email: Annotated[str, Form()]) -> Response:
    """Send a link to the address if it has an account; the answer is the same if it has none."""
    try:
        account = queries.account_by_email(session, email)
    except queries.AccountUnknown:
        return _form(request, sent=True)
    if account.disabled_at is None:
        operations.ask_sign_in(session, account, by=SYSTEM, now=clock.now())
    return _form(request, sent=True)


@router.get("/sign-in/{token}")
def offer(request: Request, session: Transaction, token: str) -> Response:
    """The button that uses the link."""
    try:
        queries.credential_of(session, token, CredentialKind.SIGN_IN, now=clock.now(), secret=secret_key())
    except queries.LinkNotValid:
        return _form(request, stale=True)
    return show(request, SignInButtonPage())


@router.post("/sign-in/{token}")
def enter(request: Request, session: Transaction, token: str, current: BrowserSession) -> Response:
    """Use the link and begin a session that keeps the groups' links this browser held."""
    now = clock.now()
    held = frozenset(current.submission_ids) if current else frozenset()
    try:
        credential = operations.sign_in(session, token=token, now=now, submissions=held, secret=secret_key())
    except queries.LinkNotValid:
        return _form(request, stale=True)
    if current is not None:
        operations.revoke(session, current, by=SYSTEM, now=now)
    person = queries.person_of(session, queries.token_of(credential, secret=secret_key()), now=now, secret=secret_key())
    wanted = request.cookies.get(NEXT, "")
    response = RedirectResponse(wanted if _ours(wanted) else _home(person), 303)
    response.delete_cookie(NEXT)
    keep_session(response, credential)
    return response


@router.post("/sign-out")
def leave(session: Transaction, current: BrowserSession) -> Response:
    """End this browser's session."""
    if current is not None:
        operations.revoke(session, current, by=SYSTEM, now=clock.now())
    response = RedirectResponse("/", 303)
    drop_session(response)
    return response


def _ours(path: str) -> bool:
    """Say whether a path leads to a page of ours and nowhere else."""
    return path.startswith("/") and not path.startswith(("//", "/\\", "/sign-")) and path.isprintable()


def _form(request: Request, *, sent: bool = False, stale: bool = False) -> Response:
    """The form that asks for an address; or, once it was sent, what to expect. `stale`: it is shown in place of a link that is no good."""
    return show(request, SignInPage(sent=sent, stale=stale), status_code=HTTPStatus.UNAUTHORIZED if stale else HTTPStatus.OK)


def _home(person: Person) -> str:
    """Where each kind of staff begins."""
    roles = {grant.role for grant in person.grants}
    if roles & {Role.OPERATOR}:
        return "/operations"
    return "/review" if roles & {Role.MEMBER, Role.CHAIR} else "/office"
