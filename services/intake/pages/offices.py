"""What an officer's own office has to fill in."""

from http import HTTPStatus
from typing import Annotated, ClassVar, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from services.intake.offices import OfficeRow, waiting_of
from services.intake.pages.assist import NotAnOfficer
from services.people.identity import MaybeAsking
from services.web.database import Transaction
from services.web.templates import Page, show
from shared.people.models import Role

router = APIRouter(prefix="/s")
HERE = "/s/office-forms"


class OfficeFormsPage(Page):
    """The forms of the officer's office, those with the nearest deadline first."""

    template: ClassVar[str] = "intake/offices.html"

    rows: list[OfficeRow]
    everything: bool


@router.get("/office-forms")
def office_forms(
    request: Request,
    session: Transaction,
    person: MaybeAsking,
    chosen: Annotated[Literal["waiting", "all"], Query(alias="show")] = "waiting",
) -> Response:
    """The forms that the officer's own office fills in; who is not signed in is led to where one does."""
    if person is None:
        return RedirectResponse(f"/sign-in?next={HERE}", HTTPStatus.SEE_OTHER)
    if not person.has(Role.OFFICER):
        raise NotAnOfficer
    everything = chosen == "all"
    return show(request, OfficeFormsPage(rows=waiting_of(session, person, everything=everything), everything=everything))
