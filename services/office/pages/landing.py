"""The public page: what this is, where everybody finds their part, what is open, and the published results."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from services.office.access import STAFF
from services.people.identity import MaybeAsking
from services.web.components import Address
from services.web.database import Transaction
from services.web.templates import Page, PageModel, show
from shared import clock
from shared.grants import queries as grants
from shared.grants.models import Grant
from shared.people.models import Role
from shared.people.person import Person
from shared.programmes.definition import Level
from shared.programmes.models import Group
from shared.submissions import queries as submissions
from shared.text import Text, plural
from shared.thai.text import sort_key

router = APIRouter()


class OpenProgramme(PageModel):
    """A programme that takes submissions now."""

    name: Text
    purpose: Text
    organisation: Text
    deadline_at: datetime


class AwardedGroup(PageModel):
    """What the public may know of a group that was awarded."""

    name: str
    address: Address
    business: str


class AwardedLevel(PageModel):
    """The groups that were awarded one level; each gets `amount`, in baht."""

    label: Text
    amount: Decimal
    groups: list[AwardedGroup]

    @property
    def count(self) -> Text:
        """How many groups there are."""
        return _groups(len(self.groups))


class PublishedResult(PageModel):
    """The results of a programme; `total` in baht."""

    slug: str
    name: Text
    organisation: Text
    published_at: datetime
    groups: int
    total: Decimal
    levels: list[AwardedLevel]

    @property
    def count(self) -> Text:
        """How many groups there are."""
        return _groups(self.groups)


class Door(PageModel):
    """A page of somebody who is known."""

    address: str
    label: Text


class LandingPage(Page):
    """What anybody may read."""

    template: ClassVar[str] = "office/landing.html"

    doors: list[Door]
    is_staff_known: bool
    """Whether somebody with an account is signed in."""
    open_now: list[OpenProgramme]
    results: list[PublishedResult]


@router.get("/")
def landing(request: Request, session: Transaction, person: MaybeAsking) -> Response:
    """Everything that anybody may read; somebody who is known finds their own pages first."""
    now = clock.now()
    definitions = [programme.definition for programme in submissions.inviting_programmes(session)]
    page = LandingPage(
        doors=_doors(person) if person else [],
        is_staff_known=person is not None and person.account_id is not None,
        open_now=[
            OpenProgramme(
                name=one.name,
                purpose=one.purpose,
                organisation=one.organisation,
                deadline_at=one.deadline_at,
            )
            for one in definitions
            if now <= one.deadline_at
        ],
        results=_results(session),
    )
    return show(request, page)


def _results(session: Session) -> list[PublishedResult]:
    """Return, by programme, what each level gave to whom: only what the public may know. One query."""
    results = []
    for programme, rows in groupby(grants.published(session), key=itemgetter(0)):
        given = list(rows)
        definition = programme.definition
        awarded = [(grant, group) for _, _, grant, group in given]
        levels = [_level(awarded, level) for level in definition.rounds[-1].levels]
        results.append(
            PublishedResult(
                slug=programme.slug,
                name=definition.name,
                organisation=definition.organisation,
                published_at=max(decision.published_at for _, decision, _, _ in given if decision.published_at),
                groups=len(given),
                total=sum((grant.amount for grant, _ in awarded), Decimal(0)),
                levels=[level for level in levels if level.groups],
            )
        )
    return results


def _level(awarded: Sequence[tuple[Grant, Group]], level: Level) -> AwardedLevel:
    """Return the groups of a level in the order of a Thai dictionary, by province, then name: no rank can be read from it."""
    groups = [group for grant, group in awarded if grant.level == level.key]
    groups.sort(key=lambda group: (sort_key(group.province), sort_key(group.name)))
    shown = [
        AwardedGroup(name=group.name, address=Address.model_validate(group, from_attributes=True), business=group.business)
        for group in groups
    ]
    return AwardedLevel(label=level.label, amount=level.amount, groups=shown)


def _groups(count: int) -> Text:
    return plural(count, th="{count} กลุ่ม", one="{count} group", many="{count} groups")


def _doors(person: Person) -> list[Door]:
    """Return the pages of somebody who is known."""
    doors = [_group_door(id_) for id_ in sorted(person.submissions)]
    if person.has(Role.MEMBER, Role.CHAIR):
        doors.append(Door(address="/review", label=Text("งานพิจารณาของกรรมการ", "Committee")))
    if person.has(*STAFF):
        doors.append(Door(address="/office", label=Text("งานของเจ้าหน้าที่", "Office")))
    if person.has(Role.OFFICER):
        doors.append(Door(address="/s/assist", label=Text("ช่วยกลุ่มส่งผลงาน", "Help groups to submit")))
    if person.has(Role.OPERATOR):
        doors.append(Door(address="/operations", label=Text("ดูแลระบบ", "Operations")))
    return doors


def _group_door(submission_id: UUID) -> Door:
    return Door(address=f"/s/submissions/{submission_id}", label=Text("หน้าส่งผลงานของกลุ่ม", "Your group's page"))
