"""Decisions: look at what would be decided, decide, sign, publish."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from services.office.access import ThisProgramme, require
from services.office.api.rounds import ranking_document
from services.people.identity import Asking
from services.web.database import Transaction
from shared import clock
from shared.awards import operations, queries
from shared.awards.models import Decision
from shared.awards.ties import Resolution
from shared.people.person import Act
from shared.programmes.models import Programme
from shared.reviews import queries as reviews
from shared.reviews.models import RoundRow

router = APIRouter(prefix="/programmes/{slug}/decisions", tags=["decisions"])


class TieBody(BaseModel):
    """How people decided one tie: its submissions in order, and why."""

    submissions: list[UUID] = Field(min_length=2)
    reason: str = Field(max_length=2000)


class DecisionBody(BaseModel):
    """The round to decide, and its ties."""

    round: str
    ties: list[TieBody] = []


class SignBody(BaseModel):
    """The digest of what the chair saw; what is signed must be that."""

    digest: str | None = None


@router.get("")
def list_decisions(programme: ThisProgramme, session: Transaction, person: Asking) -> dict[str, Any]:
    """Return the decisions that are not superseded."""
    require(person, Act.SEE_RANKING, programme)
    rounds = {row.id: row for row in reviews.rounds(session, programme.id).values()}
    return {"decisions": [_document(one, rounds[one.round_id], programme) for one in queries.decisions(session, programme.id)]}


@router.post("", status_code=201, responses={200: {"description": "With dry_run: what would be decided."}})
def decide(
    body: DecisionBody, programme: ThisProgramme, session: Transaction, person: Asking, response: Response, dry_run: bool = False
) -> dict[str, Any]:
    """Freeze the ranking of a closed round with its outcome; 409 shows the ties people have to decide first."""
    require(person, Act.DECIDE, programme)
    context = reviews.load_round(session, programme, body.round)
    resolutions = [Resolution(tuple(tie.submissions), tie.reason) for tie in body.ties]
    if dry_run:
        response.status_code = 200
        ranking = queries.rank_round(session, context, resolutions)
        return {"dry_run": True, "round": context.row.key, "status": context.row.status, **ranking_document(ranking)}
    decision = operations.decide(session, context, resolutions=resolutions, by=person.actor, now=clock.now())
    return _document(decision, context.row, programme)


@router.get("/{decision}")
def read_decision(decision: UUID, programme: ThisProgramme, session: Transaction, person: Asking) -> dict[str, Any]:
    """Return a decision with its places."""
    require(person, Act.SEE_RANKING, programme)
    found = queries.decision(session, programme.id, decision)
    return _document(found, session.get_one(RoundRow, found.round_id), programme)


@router.post("/{decision}/sign")
def sign(decision: UUID, programme: ThisProgramme, session: Transaction, person: Asking, body: SignBody | None = None) -> dict[str, Any]:
    """Sign as the chair."""
    require(person, Act.SIGN, programme)
    found = queries.decision(session, programme.id, decision)
    operations.sign(session, found, seen=body.digest if body else None, by=person.actor, now=clock.now())
    return _document(found, session.get_one(RoundRow, found.round_id), programme)


@router.post("/{decision}/publish")
def publish(decision: UUID, programme: ThisProgramme, session: Transaction, person: Asking) -> dict[str, Any]:
    """Make a signed decision known; every submission gets its status, awards their grants, and messages go out, in the background."""
    require(person, Act.DECIDE, programme)
    found = queries.decision(session, programme.id, decision)
    operations.publish(session, found, by=person.actor, now=clock.now())
    return _document(found, session.get_one(RoundRow, found.round_id), programme)


def _document(decision: Decision, row: RoundRow, programme: Programme) -> dict[str, Any]:
    return {
        "id": decision.id,
        "programme": programme.slug,
        "round": row.key,
        "status": decision.status,
        "format": decision.seal_format,
        "rule": decision.rule,
        "digest": decision.digest,
        "places": decision.places,
        "ties": decision.ties,
        "made_by": decision.made_by,
        "made_at": decision.made_at,
        "signed_by": decision.signed_by,
        "signed_at": decision.signed_at,
        "published_at": decision.published_at,
        "applied_at": decision.applied_at,
    }
