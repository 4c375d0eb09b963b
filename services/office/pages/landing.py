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
from services.office.money import money_text
from services.people.identity import MaybeAsking
from services.web.components import Address
from services.web.database import Transaction
from services.web.templates import Page, PageModel, show
from shared import clock
from shared.awards import queries as awards
from shared.awards.models import Outcome
from shared.listing.deadline import deadline
from shared.people.models import Role
from shared.people.person import Person
from shared.programmes.applicants import BUSINESS
from shared.programmes.applicants.describing import described
from shared.programmes.definition import Definition
from shared.programmes.models import Group
from shared.submissions import queries as submissions
from shared.text import Text, plural
from shared.thai.text import sort_key

router = APIRouter()

EACH = Text("รายละ {amount}", "{amount} each")
IN_ALL = Text("รวม {amount}", "{amount} in all")


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
    does: Text | None
    """What it does, where its programme asks that."""


class AwardedLevel(PageModel):
    """The groups that were awarded one level."""

    label: Text
    amount: Text | None
    """What each got, or all together where that differs; None where no money is given."""
    groups: list[AwardedGroup]

    @property
    def count(self) -> Text:
        """How many groups there are."""
        return _groups(len(self.groups))


class PublishedResult(PageModel):
    """The results of a programme."""

    slug: str
    name: Text
    organisation: Text
    published_at: datetime
    groups: int
    total: Text | None
    """None where no money is given."""
    does: Text | None
    """How the programme asks what an applicant does; None where it does not."""
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
    open_now = [(one, ends) for one, ends in _asking(session) if now <= ends]
    page = LandingPage(
        doors=_doors(person) if person else [],
        is_staff_known=person is not None and person.account_id is not None,
        open_now=[
            OpenProgramme(name=one.name, purpose=one.purpose, organisation=one.organisation, deadline_at=ends) for one, ends in open_now
        ],
        results=_results(session),
    )
    return show(request, page)


def _asking(session: Session) -> list[tuple[Definition, datetime]]:
    """Return the programmes that have invited and end for everybody at the same instant, with that instant."""
    definitions = [programme.definition for programme in submissions.inviting_programmes(session)]
    return [(one, ends) for one in definitions if (ends := deadline(one)) is not None]


def _results(session: Session) -> list[PublishedResult]:
    """Return, by programme, what each level gave to whom: only what the public may know. One query."""
    results = []
    for programme, rows in groupby(awards.published(session), key=itemgetter(0)):
        given = list(rows)
        definition = programme.definition
        awarded = [(outcome, group) for _, _, outcome, group in given]
        keys = dict.fromkeys(level.key for judge in definition.judges for level in judge.levels)
        levels = [_level(definition, key, [(outcome, group) for outcome, group in awarded if outcome.level == key]) for key in keys]
        results.append(
            PublishedResult(
                slug=programme.slug,
                name=definition.name,
                organisation=definition.organisation,
                published_at=max(decision.published_at for _, decision, _, _ in given if decision.published_at),
                groups=len({group.id for _, group in awarded}),
                total=_money(definition, [outcome.amount for outcome, _ in awarded], each=False),
                does=asked.label if (asked := definition.applicant_form.question(BUSINESS)) and not asked.internal else None,
                levels=[level for level in levels if level.groups],
            )
        )
    return results


def _level(definition: Definition, key: str, awarded: Sequence[tuple[Outcome, Group]]) -> AwardedLevel:
    """Return the groups of a level in the order of a Thai dictionary, by province, then name: no rank can be read from it."""
    groups = sorted((group for _, group in awarded), key=lambda group: (sort_key(group.province), sort_key(group.name)))
    shown = [
        AwardedGroup(name=group.name, address=Address.model_validate(group, from_attributes=True), does=_does(definition, group))
        for group in groups
    ]
    label = definition.level_label(key) or Text(key, key)
    return AwardedLevel(label=label, amount=_money(definition, [outcome.amount for outcome, _ in awarded], each=True), groups=shown)


def _does(definition: Definition, group: Group) -> Text | None:
    found = described(definition, group.answers, contacts=False)
    return next((line.value for line in found if line.key == BUSINESS), None)


def _money(definition: Definition, amounts: Sequence[Decimal], *, each: bool) -> Text | None:
    """Return how much was given, each where all got the same; None where it is nothing."""
    if not any(amounts):
        return None
    if each and len(set(amounts)) == 1:
        return EACH.fill(amount=money_text(amounts[0], definition))
    return IN_ALL.fill(amount=money_text(sum(amounts, Decimal(0)), definition))


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
