"""Programmes: the list, and one with its submissions, rounds and invitations."""

from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from services.office import actions, ranking, schemas
from services.office.access import STAFF, NotOfTheOffice, ThisProgramme, require
from services.office.texts import EXPORTS, ROUND_STATES
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.errors import status_of
from services.web.templates import render
from shared import clock
from shared.awards import queries as awards
from shared.errors import Conflict
from shared.listing import overview
from shared.listing.overview import ListedSubmission
from shared.people.models import Role
from shared.people.person import Act, Person, Scope, may
from shared.programmes import queries
from shared.programmes.models import Programme
from shared.reviews import queries as reviews
from shared.reviews import rounds
from shared.reviews.lifecycle import RoundStatus
from shared.submissions.lifecycle import Status
from shared.submissions.queries import invited_count
from shared.submissions.texts import STATES
from shared.thai import places
from shared.validation.queries import findings_of

router = APIRouter(prefix="/office")
PAGE = 100


class Sought(BaseModel):
    """Which submissions the list shows, as its form sends them: an empty field asks for nothing."""

    status: Status | Literal[""] = ""
    province: str = ""
    q: str = Field("", max_length=100)
    after: str = Field("", max_length=60)

    def following(self, reference: str) -> str:
        """Return the query of the page that begins after a reference."""
        return urlencode({**self.model_dump(mode="json"), "after": reference})


@router.get("")
def list_programmes(request: Request, session: Transaction, person: Asking) -> Response:
    """The programmes, the newest first, with how many submissions stand where."""
    if not person.has(*STAFF):
        raise NotOfTheOffice
    programmes = queries.programmes(session)
    counted = overview.statuses_by_programme(session, [programme.id for programme in programmes], person)
    listed = [
        {**schemas.brief(programme), "deadline": programme.definition.deadline_at, "statuses": _states(counted.get(programme.id, {}))}
        for programme in programmes
    ]
    return render(request, "office/programmes.html", programmes=listed)


@router.get("/programmes/{slug}")
def read_programme(
    request: Request, programme: ThisProgramme, session: Transaction, person: Asking, sought: Annotated[Sought, Query()]
) -> Response:
    """How far a programme is, and the submissions the person may see."""
    return _show(request, session, programme, person, sought)


@router.post("/programmes/{slug}/invitations")
def invite(programme: ThisProgramme, session: Transaction, person: Asking) -> Response:
    """Invite the target groups that were not yet."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    actions.invite(session, programme, by=person.actor, now=clock.now())
    return RedirectResponse(f"/office/programmes/{programme.slug}#invitations", 303)


@router.post("/programmes/{slug}/rounds/{key}/open")
def open_round(request: Request, key: str, programme: ThisProgramme, session: Transaction, person: Asking) -> Response:
    """Open a round for judging; what stands in the way is said on the page."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    try:
        with session.begin_nested():
            rounds.open_round(session, programme, key, by=person.actor, now=clock.now())
    except Conflict as refusal:
        return _show(request, session, programme, person, Sought(), refusal)
    return RedirectResponse(f"/office/programmes/{programme.slug}#rounds", 303)


def _show(
    request: Request, session: Session, programme: Programme, person: Person, sought: Sought, refusal: Conflict | None = None
) -> Response:
    seen, definition, here = schemas.whole(session, programme, person), programme.definition, Scope(programme_id=programme.id)
    found = overview.listing(
        session,
        programme.id,
        person,
        status=[sought.status] if sought.status else [],
        province=sought.province or None,
        text=sought.q or None,
        after=sought.after or None,
        limit=PAGE + 1,
    )
    return render(
        request,
        "office/programme.html",
        status_code=status_of(refusal) if refusal else 200,
        refusal=refusal,
        programme=programme,
        definition=definition,
        now=clock.now(),
        seen=seen,
        statuses=_states(seen["statuses"]),
        rounds=_openable(seen["rounds"]),
        round_states=ROUND_STATES,
        standing=_standing(session, programme, person, seen["rounds"]) if may(person, Act.SEE_RANKING, here) else None,
        listed=_rows(session, found[:PAGE]),
        following=sought.following(found[PAGE - 1].submission.reference) if len(found) > PAGE else None,
        sought=sought,
        states=STATES,
        provinces=[one.th for one in places.provinces()] if _sees_all_provinces(person) else [],
        invited=invited_count(session, programme.id),
        may_manage=may(person, Act.MANAGE_PROGRAMME, here),
        may_rank=may(person, Act.SEE_RANKING, here),
        exports=EXPORTS if person.has(Role.OFFICER) else {},
    )


def _states(counts: dict[str, int]) -> list[dict[str, Any]]:
    """Return counts with their words, in the order of a submission's way."""
    known = [status for status in STATES if status in counts]
    return [
        {"status": status, "th": STATES[status][0], "en": STATES[status][1], "look": STATES[status][2], "count": counts[status]}
        for status in known
    ]


def _openable(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rounds of a programme, and of each whether it is the next to be opened."""
    decided = [one["status"] == RoundStatus.DECIDED for one in found]
    return [{**one, "next": one["status"] == RoundStatus.WAITING and all(decided[:number])} for number, one in enumerate(found)]


def _standing(session: Session, programme: Programme, person: Person, found: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the ranking of the round that was opened last; None before any was."""
    opened = [one for one in found if one["status"] != RoundStatus.WAITING]
    if not opened:
        return None
    context = reviews.load_round(session, programme, opened[-1]["key"])
    decision = awards.current_decision(session, context.row.id)
    places = decision.places if decision else awards.rank_round(session, context).places
    rows = ranking.table(places, context.rules, seen=overview.seen_by(session, programme.id, person))
    return {"key": context.row.key, "label": context.rules.label.model_dump(), "rows": rows}


def _rows(session: Session, listed: list[ListedSubmission]) -> list[dict[str, Any]]:
    """Return submissions with the last finding of their files. One query."""
    findings = findings_of(session, [upload.id for one in listed for upload in one.uploads])
    rows = []
    for one in listed:
        found = [findings[upload.id][0] for upload in reversed(one.uploads) if upload.id in findings]
        rows.append({"submission": one.submission, "group": one.group, "finding": found[0] if found else None})
    return rows


def _sees_all_provinces(person: Person) -> bool:
    return any(grant.province is None for grant in person.grants)
