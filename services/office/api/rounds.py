"""Rounds: open, close, open again, and the current ranking."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.office.access import NotAllowed, ThisProgramme, require
from services.office.schemas.rounds import RankingView, RoundView
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.problems import raises
from shared import clock
from shared.awards import operations as awards
from shared.awards import queries
from shared.awards.operations import ReopeningNeedsReason
from shared.database.transitions import StatusChanged
from shared.people.person import Act
from shared.reviews import queries as reviews
from shared.reviews import rounds
from shared.reviews.queries import RoundUnknown
from shared.reviews.rounds import (
    BallotsMissing,
    RoundEmpty,
    RoundEnded,
    RoundNotClosed,
    RoundNotOpen,
    SubmissionsBeingChecked,
)
from shared.stages import operations as stages

router = APIRouter(prefix="/programmes/{slug}/rounds", tags=["rounds"])


class ReopenBody(BaseModel):
    """Why a closed round goes on."""

    reason: str = Field(max_length=2000)


@router.post("/{key}/open")
@raises(NotAllowed, RoundUnknown, RoundEnded)
def open_round(key: str, programme: ThisProgramme, session: Transaction, person: Asking) -> RoundView:
    """Open a round for judging; its submissions come into the committees' queues. An open one stays as it is."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    return RoundView.of(rounds.open_round(session, programme, key, by=person.actor, now=clock.now()))


@router.post("/{key}/close")
@raises(NotAllowed, RoundUnknown, RoundNotOpen, SubmissionsBeingChecked, BallotsMissing, RoundEmpty, StatusChanged)
def close_round(key: str, programme: ThisProgramme, session: Transaction, person: Asking) -> RoundView:
    """End the judging; 409 names whose ballots are missing. A closed one stays as it is."""
    require(person, Act.MANAGE_PROGRAMME, programme)
    context = reviews.load_round(session, programme, key)
    stages.close_round(session, context, by=person.actor, now=clock.now())
    return RoundView.of(context.row)


@router.post("/{key}/reopen")
@raises(NotAllowed, RoundUnknown, RoundNotClosed, ReopeningNeedsReason, StatusChanged)
def reopen_round(key: str, body: ReopenBody, programme: ThisProgramme, session: Transaction, person: Asking) -> RoundView:
    """Let the judging of a closed round go on, with a reason; a decision not yet published is superseded."""
    require(person, Act.DECIDE, programme)
    context = reviews.load_round(session, programme, key)
    awards.reopen_round(session, context, reason=body.reason, by=person.actor, now=clock.now())
    return RoundView.of(context.row)


@router.get("/{key}/ranking")
@raises(NotAllowed, RoundUnknown)
def ranking(key: str, programme: ThisProgramme, session: Transaction, person: Asking) -> RankingView:
    """Return the ranking as the submitted ballots make it, what each place would get, and the ties people have to decide."""
    require(person, Act.SEE_RANKING, programme)
    context = reviews.load_round(session, programme, key)
    return RankingView.of_round(context.row, queries.rank_round(session, context))
