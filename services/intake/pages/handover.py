"""Continuing on another device: a QR and a short code on the one, a button on the other that opens the same submission there."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, ClassVar
from uuid import UUID

import segno
from fastapi import APIRouter, Depends, Form, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from services.intake.access import count_code, visible
from services.people.identity import Asking, BrowserSession, keep_session
from services.web.database import Transaction
from services.web.templates import Page, show
from shared import clock
from shared.people import codes
from shared.people import operations as people
from shared.people.models import CodePurpose
from shared.people.person import Act
from shared.settings import secret_key, settings
from shared.submissions import preparation, queries

router = APIRouter(prefix="/s")
MINUTES = int(codes.TERMS[CodePurpose.HANDOVER].total_seconds() // 60)


class HandoverPage(Page):
    """The button that makes a code."""

    template: ClassVar[str] = "intake/handover.html"

    submission_id: UUID
    reference: str
    group_name: str
    minutes: int = MINUTES


class HandoverCodePage(HandoverPage):
    """The code that can be used now, as a QR and in letters."""

    template: ClassVar[str] = "intake/handover_code.html"

    code: str
    expires_at: datetime
    address: str
    """Where the code is typed, without its scheme."""
    qr: Markup


class EnterCodePage(Page):
    """The form that takes a code; `is_stale`: it is shown in place of a code that does not work."""

    template: ClassVar[str] = "intake/handover_enter.html"

    is_stale: bool
    minutes: int = MINUTES


class UseCodePage(Page):
    """The button that uses a code up."""

    template: ClassVar[str] = "intake/handover_open.html"

    code: str


@router.get("/submissions/{submission_id}/handover")
def offer(request: Request, session: Transaction, person: Asking, submission_id: UUID) -> Response:
    """The code that can be used now, as a QR and in letters; or the button that makes one."""
    submission, group, _ = visible(session, person, submission_id, Act.UPLOAD)
    code = codes.living(session, CodePurpose.HANDOVER, subject_id=submission_id, now=clock.now())
    if code is None:
        return show(request, HandoverPage(submission_id=submission.id, reference=submission.reference, group_name=group.name))
    written, address = codes.written(code, secret=secret_key()), f"{settings().base_url}/s/go"
    page = HandoverCodePage(
        submission_id=submission.id,
        reference=submission.reference,
        group_name=group.name,
        code=written,
        expires_at=code.expires_at,
        address=address.partition("://")[2],
        qr=_qr(f"{address}/{written}"),
    )
    return show(request, page)


@router.post("/submissions/{submission_id}/handover")
def make(session: Transaction, person: Asking, submission_id: UUID) -> Response:
    """Make a code; an older one ends."""
    submission, _, _ = visible(session, person, submission_id, Act.UPLOAD)
    preparation.hand_over(session, submission, by=person.actor, now=clock.now(), secret=secret_key())
    return RedirectResponse(f"/s/submissions/{submission_id}/handover", HTTPStatus.SEE_OTHER)


@router.get("/go")
def ask(request: Request) -> Response:
    """The form that takes a code."""
    return _form(request)


@router.get("/go/{code}", dependencies=[Depends(count_code)])
def scanned(request: Request, session: Transaction, code: str) -> Response:
    """The button that uses a code up: opening the address uses up nothing, as the previews of messengers open every link."""
    if codes.peek(session, code, now=clock.now(), secret=secret_key()) is None:
        return _form(request, is_stale=True)
    return show(request, UseCodePage(code=code))


@router.post("/go", dependencies=[Depends(count_code)])
def open_(request: Request, session: Transaction, code: Annotated[str, Form(max_length=40)], current: BrowserSession) -> Response:
    """Use a code up, and open its submission in this browser."""
    now = clock.now()
    used = codes.use(session, code, now=now, secret=secret_key())
    if used is None:
        return _form(request, is_stale=True)
    credential = people.hold(session, used.subject_id, current=current, now=now)
    preparation.note_handed_over(session, queries.submission(session, used.subject_id), now=now)
    response = RedirectResponse(f"/s/submissions/{used.subject_id}", HTTPStatus.SEE_OTHER)
    keep_session(response, credential)
    return response


def _form(request: Request, *, is_stale: bool = False) -> Response:
    """The form; `is_stale`: it is shown in place of a code that does not work."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_stale else HTTPStatus.OK
    return show(request, EnterCodePage(is_stale=is_stale), status_code=status)


def _qr(address: str) -> Markup:
    """Return a QR code as inline SVG. It is made by segno alone, so it is safe in a page as it is."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(border=4, omitsize=True, light="#fff", svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704
