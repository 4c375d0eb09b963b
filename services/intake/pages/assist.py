"""Officers help many groups on one screen: upload their files, and ask them to confirm."""

from http import HTTPStatus
from typing import Annotated, ClassVar, Literal
from urllib.parse import quote, urlencode
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from services.intake.assisted import screen
from services.intake.schemas.assist import AssistScreen
from services.intake.submitting import ask_to_confirm
from services.people.identity import Asking, MaybeAsking
from services.web.database import Transaction
from services.web.templates import Page, show
from shared import clock
from shared.errors import Forbidden
from shared.people.models import Role

router = APIRouter(prefix="/s")
HERE = "/s/assist"


class NotAnOfficer(Forbidden):
    """Only officers help groups."""

    th = "หน้านี้สำหรับเจ้าหน้าที่พัฒนาชุมชนที่ช่วยกลุ่มส่งผลงาน"
    en = "This page is for officers who help groups to submit."


class Sought(BaseModel):
    """Which groups are shown, as the page's form and links send it."""

    show: Literal["missing", "all"] = "missing"
    q: str = Field("", max_length=100)
    after: str = Field("", max_length=60)

    def address(self, **changes: str) -> str:
        """Return the address of the page with some of this changed."""
        asked = {name: value for name, value in (self.model_dump() | changes).items() if value and value != "missing"}
        return f"{HERE}?{urlencode(asked)}" if asked else HERE


class AssistPage(Page):
    """The groups of the officer's area."""

    template: ClassVar[str] = "intake/assist.html"

    screen: AssistScreen
    sought: Sought


@router.get("/assist")
def assist(request: Request, session: Transaction, person: MaybeAsking, sought: Annotated[Sought, Query()]) -> Response:
    """The groups of the officer's area; who is not signed in is led to where one does."""
    if person is None:
        return RedirectResponse(f"/sign-in?next={HERE}", HTTPStatus.SEE_OTHER)
    if not person.has(Role.OFFICER):
        raise NotAnOfficer
    now = clock.now()
    found = screen(session, person, everything=sought.show == "all", text=sought.q.strip(), after=sought.after, now=now)
    return show(request, AssistPage(screen=found, sought=sought))


@router.post("/submissions/{submission_id}/prepare")
def prepare(
    session: Transaction, person: Asking, submission_id: UUID, stage: Annotated[str, Form()] = "", back: Annotated[str, Form()] = ""
) -> Response:
    """Ask the group to confirm, and show the page again."""
    ask_to_confirm(session, person, submission_id, stage=stage or None, now=clock.now())
    return RedirectResponse(back_to(submission_id, stage, back), HTTPStatus.SEE_OTHER)


def back_to(submission_id: UUID, stage: str, back: str) -> str:
    """Return where a form came from: the screen of many groups, or the group's own page of the stage."""
    ours = back == HERE or back.startswith(f"{HERE}?")
    if ours and back.isprintable() and "#" not in back:
        return f"{back}#group-{submission_id}-{quote(stage, safe='')}"
    return f"/s/submissions/{submission_id}" + (f"/stages/{quote(stage, safe='')}" if stage else "")
