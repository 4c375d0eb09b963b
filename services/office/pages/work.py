"""What waits for an officer: what their office has to fill in, and what waits for their acceptance."""

from datetime import datetime
from typing import ClassVar, Self

from fastapi import APIRouter, Request
from starlette.responses import Response

from services.office.access import NotOfTheOffice
from services.people.identity import Asking
from services.web.components import Address
from services.web.database import Transaction
from services.web.templates import Page, PageModel, show
from shared import clock
from shared.listing import work
from shared.listing.work import Waiting, Worklist
from shared.people.models import Role
from shared.people.person import Person
from shared.submissions.sheet import FILING_SHEET
from shared.text import Tag, Text

router = APIRouter(prefix="/office")


class WaitingRow(PageModel):
    """A filing that waits; `address` is where it is worked on."""

    address: str
    stage: Text
    reference: str
    group: str
    place: Address
    programme: Text
    tag: Tag
    closes_at: datetime
    is_overdue: bool
    since: datetime | None
    """When what waits to be accepted was submitted."""
    is_mine: bool

    @classmethod
    def of(cls, one: Waiting, *, address: str, now: datetime) -> Self:
        """Return a filing that waits."""
        return cls(
            address=address,
            stage=one.stage.label,
            reference=one.submission.reference,
            group=one.group.name,
            place=Address.model_validate(one.group, from_attributes=True),
            programme=one.programme.definition.name,
            tag=FILING_SHEET[one.filing.status].tag,
            closes_at=one.closes_at,
            is_overdue=one.closes_at < now,
            since=one.since,
            is_mine=one.is_mine,
        )


class WorkPage(Page):
    """A list of filings that wait for an officer."""

    count: int
    rows: list[WaitingRow]


class ToFilePage(WorkPage):
    """What the officer's office has to fill in."""

    template: ClassVar[str] = "office/to_file.html"


class ToAcceptPage(WorkPage):
    """What waits for the officer's acceptance."""

    template: ClassVar[str] = "office/to_accept.html"

    with_lower: bool
    """Whether what lower offices accept is listed, too."""


@router.get("/to-file")
def list_to_file(request: Request, session: Transaction, person: Asking) -> Response:
    """Show what the officer's office has to fill in, what is overdue first; each leads to its form."""
    _require_officer(person)
    found, now = work.to_file(session, person), clock.now()
    rows = [WaitingRow.of(one, address=f"/s/submissions/{one.submission.id}/stages/{one.filing.stage}", now=now) for one in found.waiting]
    return show(request, ToFilePage(count=found.count, rows=rows))


@router.get("/to-accept")
def list_to_accept(request: Request, session: Transaction, person: Asking, lower: bool = False) -> Response:
    """Show what waits for the officer's acceptance, the earliest first; with `lower` also what lower offices accept."""
    _require_officer(person)
    found, now = work.to_accept(session, person, below=lower), clock.now()
    return show(request, ToAcceptPage(count=found.count, rows=_to_accept(found, now), with_lower=lower))


def _to_accept(found: Worklist, now: datetime) -> list[WaitingRow]:
    return [
        WaitingRow.of(one, address=f"/office/submissions/{one.submission.id}#stage-{one.filing.stage}", now=now) for one in found.waiting
    ]


def _require_officer(person: Person) -> None:
    if not person.has(Role.OFFICER):
        raise NotOfTheOffice
