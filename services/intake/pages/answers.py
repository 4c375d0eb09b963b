"""The form of a stage as a plain form: saves what was typed, submits it, or goes back to what was submitted. Needs no script."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from services.intake import fields
from services.intake.access import filing_of
from services.intake.answering import form_of, kept_of, restore_for, save_in
from services.intake.pages.stage import NotTaken, stage_page
from services.intake.stage_view import writing_of
from services.intake.submission_view import seen_by
from services.intake.submitting import submit_for
from services.intake.tasks import ANSWERS
from services.people.identity import Asking, MaybeAsking
from services.web import errors
from services.web.database import Transaction
from services.web.fields import Clash
from services.web.templates import Page, PageModel, show
from shared import clock
from shared.database.versions import EditedMeanwhile
from shared.errors import Refusal, TooLarge
from shared.forms.checking import AnswersInvalid
from shared.forms.fields import typed_of
from shared.forms.showing import shown
from shared.people.person import Act, Person
from shared.submissions.filings.context import FilingContext
from shared.text import Text

router = APIRouter(prefix="/s")
MOST_BYTES = 4 * 1024 * 1024
"""Of a page that is sent."""
SUBMIT, ROW = "submit", "row:"

Pairs = list[tuple[str, str]]


class FormTooLarge(TooLarge):
    """No form is that large."""

    th = "ข้อมูลที่ส่งมาใหญ่เกินไป"
    en = "What was sent is too large."


class SentInput(PageModel):
    """An input of a page that was sent, to be sent again."""

    name: str
    value: str


class SessionEndedPage(Page):
    """Nobody is known any more; what was typed stays on this page until they are."""

    template: ClassVar[str] = "intake/session_ended.html"

    action: str
    inputs: list[SentInput]
    sign_in: str


async def _sent(request: Request) -> Pairs:
    """Return the inputs of a page. Raises FormTooLarge."""
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        raise FormTooLarge
    form = await request.form()
    return [(name, value) for name, value in form.multi_items() if not isinstance(value, UploadFile)]


Sent = Annotated[Pairs, Depends(_sent)]


@router.post("/submissions/{submission_id}/stages/{stage}")
def send(request: Request, session: Transaction, person: MaybeAsking, submission_id: UUID, stage: str, sent: Sent) -> Response:
    """Save what was changed on the page, and submit it where that button was pressed; nothing typed is lost when it is refused."""
    at = f"/s/submissions/{submission_id}/stages/{stage}"
    if person is None:
        inputs = [SentInput(name=name, value=value) for name, value in sent]
        page = SessionEndedPage(action=at, inputs=inputs, sign_in=f"/sign-in?{urlencode({'next': at})}")
        return show(request, page, status_code=HTTPStatus.UNAUTHORIZED)
    now, verb = clock.now(), dict(sent).get("do", "")
    of = filing_of(session, person, submission_id, stage=stage, act=Act.UPLOAD, now=now, lock=True)
    typed = typed_of(form_of(of), sent)
    refusal: Refusal | None = None
    clashes: Mapping[str, Clash] = {}
    try:
        clashes = _save(session, of, person, typed, dict(sent))
        if verb == SUBMIT and not clashes:
            with session.begin_nested():
                refusal = submit_for(session, person, submission_id, stage=stage, code=dict(sent).get("code") or None, now=now)
    except Refusal as raised:
        refusal = raised
    if refusal is None and not clashes:
        where = f"?task={ANSWERS}#q-{verb.removeprefix(ROW)}" if verb.startswith(ROW) else "" if verb == SUBMIT else f"?task={ANSWERS}"
        return RedirectResponse(f"{at}{where}", HTTPStatus.SEE_OTHER)
    session.flush()
    session.expire_all()
    seen = seen_by(session, person, submission_id, now=now)
    told = [] if refusal is None or isinstance(refusal, AnswersInvalid) else [Text(refusal.detail("th"), refusal.detail("en"))]
    refused = NotTaken(refusals=told, typed=typed, clashes=clashes, all_problems=verb == SUBMIT)
    status = errors.status_of(refusal) if refusal else HTTPStatus.CONFLICT
    return show(request, stage_page(request, session, seen, seen.state(stage), person, asked=ANSWERS, refused=refused), status_code=status)


@router.post("/submissions/{submission_id}/stages/{stage}/restore")
def restore(session: Transaction, person: Asking, submission_id: UUID, stage: str) -> Response:
    """Go back to what was submitted, and show the page again."""
    restore_for(session, person, submission_id, stage, now=clock.now())
    return RedirectResponse(f"/s/submissions/{submission_id}/stages/{stage}", HTTPStatus.SEE_OTHER)


def _save(session: Session, of: FilingContext, person: Person, typed: Mapping[str, Any], sent: Mapping[str, str]) -> dict[str, Clash]:
    """Save what was changed on the page; return what others have saved meanwhile, which stays. Raises what `save_in` raises."""
    form, now = form_of(of), clock.now()
    beginnings = {name.removeprefix("began."): value for name, value in sent.items() if name.startswith("began.")}
    versions = fields.changed(form.questions, kept_of(form, typed), beginnings)
    mine = {key: typed[key] for key in versions if sent.get(f"choose.{key}") != "theirs"}
    try:
        with session.begin_nested():
            save_in(session, of, person, typed=mine, versions=versions, now=now)
    except EditedMeanwhile as clash:
        clashes = {one["key"]: one for one in clash.facts["clashes"]}
        save_in(session, of, person, typed={key: value for key, value in mine.items() if key not in clashes}, versions=versions, now=now)
        return {key: Clash(saved_by=one["saved_by"], theirs=_read(of, key, one["theirs"])) for key, one in clashes.items()}
    return {}


def _read(of: FilingContext, key: str, value: Any) -> Text:
    """Return how an answer reads; one that is not right reads as it was typed."""
    question = of.form.question(key)
    assert question is not None  # noqa: S101  # only questions of the form are saved
    try:
        return shown(question, value, writing_of(of.definition))
    except (ValueError, ArithmeticError, TypeError, AttributeError):
        return Text(str(value), str(value))
