"""The public page: what this is, where everybody finds their part, what is open, and the published results."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from services.office.access import STAFF
from services.people.identity import MaybeAsking
from services.web.database import Transaction
from services.web.templates import render
from shared import clock
from shared.grants import queries as grants
from shared.grants.models import Grant
from shared.people.models import Role
from shared.people.person import Person
from shared.programmes.models import Group
from shared.submissions import queries as submissions
from shared.thai.text import sort_key

router = APIRouter()


@router.get("/")
def landing(request: Request, session: Transaction, person: MaybeAsking) -> Response:
    """Everything that anybody may read; somebody who is known finds their own pages first."""
    now = clock.now()
    invited = [(programme.slug, programme.definition) for programme in submissions.inviting_programmes(session)]
    return render(
        request,
        "office/landing.html",
        open_now=[definition for _, definition in invited if now <= definition.deadline_at],
        results=_results(session),
        doors=_doors(person) if person else [],
    )


def _results(session: Session) -> list[dict[str, Any]]:
    """Return, by programme, what each level gave to whom: only what the public may know. One query."""
    results = []
    for programme, rows in groupby(grants.published(session), key=itemgetter(0)):
        given = list(rows)
        definition = programme.definition
        awarded = [(grant, group) for _, _, grant, group in given]
        levels = [
            {"label": level.label.model_dump(), "amount": level.amount, "groups": _named(awarded, level.key)}
            for level in definition.rounds[-1].levels
        ]
        results.append(
            {
                "slug": programme.slug,
                "name": definition.name.model_dump(),
                "organisation": definition.organisation.model_dump(),
                "published_at": max(decision.published_at for _, decision, _, _ in given if decision.published_at),
                "levels": [level for level in levels if level["groups"]],
                "groups": len(given),
                "total": sum(grant.amount for grant, _ in awarded),
            }
        )
    return results


def _named(awarded: list[tuple[Grant, Group]], level: str) -> list[dict[str, str]]:
    """Return the groups of a level in the order of a Thai dictionary, by province, then name: no rank can be read from it."""
    groups = [group for grant, group in awarded if grant.level == level]
    groups.sort(key=lambda group: (sort_key(group.province), sort_key(group.name)))
    names = ("name", "tambon", "amphoe", "province", "business")
    return [{name: getattr(group, name) for name in names} for group in groups]


def _doors(person: Person) -> list[tuple[str, str, str]]:
    """Return the pages of somebody who is known: address, Thai, English."""
    doors = [(f"/s/submissions/{id_}", "หน้าส่งผลงานของกลุ่ม", "Your group's page") for id_ in sorted(person.submissions)]
    if person.has(Role.MEMBER, Role.CHAIR):
        doors.append(("/review", "งานพิจารณาของกรรมการ", "Committee"))
    if person.has(*STAFF):
        doors.append(("/office", "งานของเจ้าหน้าที่", "Office"))
    if person.has(Role.OFFICER):
        doors.append(("/s/assist", "ช่วยกลุ่มส่งผลงาน", "Help groups to hand in"))
    if person.has(Role.OPERATOR):
        doors.append(("/operations", "ดูแลระบบ", "Operations"))
    return doors
