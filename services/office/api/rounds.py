"""Rounds: open, close, open again, and the ranking as it stands."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.office.access import ThisProgramme, require
from services.people.identity import Asking
from services.web.database import Transaction
from shared import clock
from shared.awards import operations as awards
from shared.awards import queries
from shared.awards.queries import Ranking
from shared.people.person import Act
from shared.reviews import queries as reviews
from shared.reviews import rounds
from shared.reviews.models import RoundRow

router = APIRouter(prefix="/programmes/{slug}/rounds", tags=["rounds"])


class ReopenBody(BaseModel):
    """Why a closed round goes on."""

    reason: str = Field(max_length=2000)


@router.post("/{key}/open")
def open_round(key: str, programme: ThisProgramme, session: Transaction, person: Asking) -> dict[str, Any]:
    """Open a round for judging; its submissions come into the committees' queues. An open one stays as it is."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    return document(rounds.open_round(session, programme, key, by=person.actor, now=clock.now()))


@router.post("/{key}/close")
def close_round(key: str, programme: ThisProgramme, session: Transaction, person: Asking) -> dict[str, Any]:
    """End the judging; 409 names whose ballots are missing. A closed one stays as it is."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    context = reviews.load_round(session, programme, key)
    rounds.close_round(session, context, by=person.actor, now=clock.now())
    return document(context.row)


@router.post("/{key}/reopen")
def reopen_round(key: str, body: ReopenBody, programme: ThisProgramme, session: Transaction, person: Asking) -> dict[str, Any]:
    """Let the judging of a closed round go on, with a reason; a decision not yet published is superseded."""
    require(person, Act.DECIDE, programme)
    context = reviews.load_round(session, programme, key)
    awards.reopen_round(session, context, reason=body.reason, by=person.actor, now=clock.now())
    return document(context.row)


@router.get("/{key}/ranking")
def ranking(key: str, programme: ThisProgramme, session: Transaction, person: Asking) -> dict[str, Any]:
    """Return the ranking as the submitted ballots make it, what each place would get, and the ties people have to decide."""
    require(person, Act.SEE_RANKING, programme)
    context = reviews.load_round(session, programme, key)
    return {**document(context.row), **ranking_document(queries.rank_round(session, context))}


def document(row: RoundRow) -> dict[str, Any]:
    """Return a round."""
    return {"id": row.id, "round": row.key, "status": row.status, "opened_at": row.opened_at, "closed_at": row.closed_at}


def ranking_document(ranking: Ranking) -> dict[str, Any]:
    """Return a ranking, with the award rule that made it."""
    return {
        "rule": ranking.rule_used,
        "places": ranking.places,
        "ties": ranking.ties,
        "unranked": ranking.unranked,
        "total_baht": f"{ranking.total:.2f}",
    }
