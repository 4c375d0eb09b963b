"""Receipts: a group's own, as page and PDF, and the public page that says whether a code is genuine."""

import re
from http import HTTPStatus
from typing import ClassVar
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from services.intake import receipts
from services.intake.access import count_code, sees_internal, visible
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.language import language_of
from services.web.media import File, serve
from services.web.templates import Page, show
from shared.access.visibility import scope_of
from shared.people.person import Act, Person
from shared.settings import secret_key
from shared.storage import store
from shared.submissions.models import Receipt
from shared.submissions.receipts import finding, letter
from shared.text import Text

router = APIRouter(prefix="/s")

SOON_SECONDS = 5
"""When a page that waits for a PDF asks again."""
_SIGNS = re.compile(r"[^\w-]")
"""Characters that no code has and that mean something in an address."""


class ReceiptPage(Page):
    """The receipt of what was submitted last, also to be printed."""

    template: ClassVar[str] = "intake/receipt.html"

    receipt: receipts.ReceiptView
    line_url: str
    submission_id: UUID


class ReceiptPdfPage(Page):
    """Shown while the PDF of a receipt is being made; it tries again by itself."""

    template: ClassVar[str] = "intake/receipt_soon.html"

    url: str


class ReceiptCheckPage(Page):
    """Whether a receipt is genuine, and the form for another code. `refusal`: no receipt has the code that was typed."""

    template: ClassVar[str] = "intake/receipt_check.html"

    typed: str = ""
    found: receipts.ReceiptCheck | None = None
    refusal: Text | None = None


@router.get("/submissions/{submission_id}/receipt")
def page(request: Request, session: Transaction, person: Asking, submission_id: UUID, code: str = "") -> Response:
    """The receipt of a code, or of what was submitted last, also to be printed."""
    receipt = _seen(session, person, submission_id, code)
    line_url = receipts.line_url(receipt, language_of(request))
    return show(request, ReceiptPage(receipt=receipts.detail(receipt), line_url=line_url, submission_id=submission_id))


@router.get("/submissions/{submission_id}/receipt.pdf")
def paper(request: Request, session: Transaction, person: Asking, submission_id: UUID, code: str = "") -> Response:
    """The same as PDF; while it is being made, a page that says so and tries again."""
    receipt = _seen(session, person, submission_id, code)
    if receipt.pdf_key is None or receipt.pdf_sha256 is None:
        headers = {"Retry-After": str(SOON_SECONDS), "Refresh": str(SOON_SECONDS)}
        page = ReceiptPdfPage(url=receipts.summary(receipt).url)
        return show(request, page, status_code=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers)
    file = File(receipt.pdf_key, None, f"{letter.title(receipt)}.pdf", "pdf", receipt.pdf_sha256, is_ours=True)
    return serve(request, store(), file)


@router.get("/receipts")
def ask(request: Request, code: str = "") -> Response:
    """Where anybody types the code of a receipt."""
    if typed := _SIGNS.sub("", code):
        return RedirectResponse(f"/s/receipts/{quote(typed)}", 303)
    return show(request, ReceiptCheckPage())


@router.get("/receipts/{code}", dependencies=[Depends(count_code)])
def check(request: Request, session: Transaction, code: str) -> Response:
    """Whether a receipt is genuine, without a name or anything of what it is for."""
    try:
        found = receipts.checked(finding.genuine(session, code, secret=secret_key()))
    except finding.ReceiptNotGenuine as refusal:
        page = ReceiptCheckPage(typed=code, refusal=Text(refusal.detail("th"), refusal.detail("en")))
        return show(request, page, status_code=HTTPStatus.NOT_FOUND)
    return show(request, ReceiptCheckPage(typed=found.code, found=found))


def _seen(session: Session, person: Person, submission_id: UUID, code: str) -> Receipt:
    """Return a receipt to who may see it. Raises SubmissionUnknown, NothingHandedIn."""
    submission, group, _ = visible(session, person, submission_id, Act.SEE_SUBMISSION)
    internal = sees_internal(person, scope_of(session, submission, group))
    return receipts.of_submission(session, submission_id, code=code, internal=internal)
