"""Programmes: the list, and one with its submissions, rounds and invitations."""

from datetime import datetime
from typing import Annotated, ClassVar

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from services.office import actions
from services.office.access import STAFF, NotOfTheOffice, ThisProgramme, require
from services.office.programme_page import Sought, StatusCount, programme_page, status_counts
from services.office.schemas.programmes import ProgrammeName
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.errors import status_of
from services.web.templates import Page, PageModel, show
from shared import clock
from shared.errors import Conflict
from shared.listing import overview
from shared.listing.deadline import deadline
from shared.people.person import Act
from shared.programmes import queries
from shared.reviews import rounds
from shared.text import Text

router = APIRouter(prefix="/office")


class ProgrammeRow(ProgrammeName):
    """A programme in the list, with how many of its submissions have which status."""

    deadline_at: datetime | None
    statuses: list[StatusCount]


class ProgrammesPage(Page):
    """The programmes, the newest first."""

    template: ClassVar[str] = "office/programmes.html"

    programmes: list[ProgrammeRow]


class VersionRow(PageModel):
    """A version of a programme's document: its number, and who saved it when."""

    version: int
    saved_at: datetime
    saved_by: str


class VersionsPage(Page):
    """Every version of a programme's document, the newest first."""

    template: ClassVar[str] = "office/versions.html"

    slug: str
    name: Text
    versions: list[VersionRow]


@router.get("")
def list_programmes(request: Request, session: Transaction, person: Asking) -> Response:
    """The programmes, the newest first, with how many submissions have which status."""
    if not person.has(*STAFF):
        raise NotOfTheOffice
    programmes = queries.programmes(session)
    counted = overview.statuses_by_programme(session, [programme.id for programme in programmes], person)
    rows = [
        ProgrammeRow.of(programme, deadline_at=deadline(programme.definition), statuses=status_counts(counted.get(programme.id, {})))
        for programme in programmes
    ]
    return show(request, ProgrammesPage(programmes=rows))


@router.get("/programmes/{slug}")
def read_programme(
    request: Request, programme: ThisProgramme, session: Transaction, person: Asking, sought: Annotated[Sought, Query()]
) -> Response:
    """How far a programme is, and the submissions the person may see."""
    return show(request, programme_page(session, programme, person, sought, now=clock.now()))


@router.get("/programmes/{slug}/versions")
def list_versions(request: Request, programme: ThisProgramme, session: Transaction, person: Asking) -> Response:
    """Show who saved which version of the document when."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    versions = [
        VersionRow(version=one.version, saved_at=one.saved_at, saved_by=one.saved_by) for one in queries.versions(session, programme.id)
    ]
    return show(request, VersionsPage(slug=programme.slug, name=programme.definition.name, versions=versions))


@router.post("/programmes/{slug}/invitations")
def invite(programme: ThisProgramme, session: Transaction, person: Asking) -> Response:
    """Invite the target groups that were not yet."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    actions.invite(session, programme, by=person.actor, now=clock.now())
    return RedirectResponse(f"/office/programmes/{programme.slug}#invitations", 303)


@router.post("/programmes/{slug}/rounds/{key}/open")
def open_round(request: Request, key: str, programme: ThisProgramme, session: Transaction, person: Asking) -> Response:
    """Open a round for judging; what prevents it is shown on the page."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    try:
        with session.begin_nested():
            rounds.open_round(session, programme, key, by=person.actor, now=clock.now())
    except Conflict as refusal:
        page = programme_page(session, programme, person, Sought(), now=clock.now(), refusal=refusal)
        return show(request, page, status_code=status_of(refusal))
    return RedirectResponse(f"/office/programmes/{programme.slug}#rounds", 303)
