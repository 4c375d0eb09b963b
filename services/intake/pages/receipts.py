"""Receipts: a group's own, as page and PDF, and the public page that says whether a code is genuine."""

import re
from http import HTTPStatus
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from services.intake import receipts
from services.intake.access import count_code, visible
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.language import language_of
from services.web.media import File, serve
from services.web.templates import render
from shared.people.person import Act
from shared.settings import secret_key
from shared.storage import store
from shared.submissions.receipts import finding, letter

router = APIRouter(prefix="/s")

SOON_SECONDS = 5
"""When a page that waits for a PDF asks again."""
_SIGNS = re.compile(r"[^\w-]")
"""What no code has, and an address might take for its own."""


@router.get("/submissions/{submission_id}/receipt")
def page(request: Request, session: Transaction, person: Asking, submission_id: UUID) -> Response:
    """The receipt of what was handed in last, also to be printed."""
    visible(session, person, submission_id, Act.SEE_SUBMISSION)
    receipt = finding.newest_of(session, submission_id)
    return render(
        request,
        "intake/receipt.html",
        receipt=receipts.whole(receipt, language_of(request)),
        line_url=receipts.line_url(receipt),
        submission_id=submission_id,
    )


@router.get("/submissions/{submission_id}/receipt.pdf")
def paper(request: Request, session: Transaction, person: Asking, submission_id: UUID) -> Response:
    """The same as PDF; while it is being made, a page that says so and tries again."""
    visible(session, person, submission_id, Act.SEE_SUBMISSION)
    receipt = finding.newest_of(session, submission_id)
    if receipt.pdf_key is None or receipt.pdf_sha256 is None:
        headers = {"Retry-After": str(SOON_SECONDS), "Refresh": str(SOON_SECONDS)}
        url = receipts.summary(receipt)["url"]
        return render(request, "intake/receipt_soon.html", status_code=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers, url=url)
    file = File(receipt.pdf_key, None, f"{letter.title(receipt)}.pdf", "pdf", receipt.pdf_sha256, is_ours=True)
    return serve(request, store(), file)


@router.get("/receipts")
def ask(request: Request, code: str = "") -> Response:
    """Where anybody types the code of a receipt."""
    if typed := _SIGNS.sub("", code):
        return RedirectResponse(f"/s/receipts/{quote(typed)}", 303)
    return render(request, "intake/receipt_check.html", typed="", found=None, refusal=None)


@router.get("/receipts/{code}", dependencies=[Depends(count_code)])
def check(request: Request, session: Transaction, code: str) -> Response:
    """Whether a receipt is genuine, without a name or anything of what it is for."""
    try:
        found = receipts.checked(finding.genuine(session, code, secret=secret_key()))
    except finding.ReceiptNotGenuine as refusal:
        return render(request, "intake/receipt_check.html", status_code=HTTPStatus.NOT_FOUND, typed=code, found=None, refusal=refusal)
    return render(request, "intake/receipt_check.html", typed=found["code"], found=found, refusal=None)
