"""Decisions: look at what would be decided, decide, sign, publish."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from services.office.access import NotAllowed, ThisProgramme, require
from services.office.schemas.rounds import DecisionList, DecisionPreview, DecisionView
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.problems import raises
from shared import clock
from shared.awards import operations, queries
from shared.awards.operations import DecisionChanged, DecisionNotSigned, DecisionStands, DecisionSuperseded, TiesUndecided
from shared.awards.queries import DecisionUnknown
from shared.awards.ties import Resolution, TieNotAsked, TieReasonMissing
from shared.database.transitions import StatusChanged
from shared.people.person import Act
from shared.reviews import queries as reviews
from shared.reviews.models import RoundRow
from shared.reviews.queries import RoundUnknown
from shared.reviews.rounds import RoundNotClosed

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
@raises(NotAllowed)
def list_decisions(programme: ThisProgramme, session: Transaction, person: Asking) -> DecisionList:
    """Return the decisions that are not superseded."""
    require(person, Act.SEE_RANKING, programme)
    rounds = {row.id: row for row in reviews.rounds(session, programme.id).values()}
    decisions = queries.decisions(session, programme.id)
    return DecisionList(decisions=[DecisionView.of(one, rounds[one.round_id], programme) for one in decisions])


@router.post("", status_code=201, responses={200: {"model": DecisionPreview, "description": "With dry_run: what would be decided."}})
@raises(NotAllowed, RoundUnknown, RoundNotClosed, TiesUndecided, TieNotAsked, TieReasonMissing, DecisionStands, StatusChanged)
def decide(
    body: DecisionBody, programme: ThisProgramme, session: Transaction, person: Asking, response: Response, dry_run: bool = False
) -> DecisionView | DecisionPreview:
    """Freeze the ranking of a closed round with its outcome; 409 shows the ties people have to decide first."""
    require(person, Act.DECIDE, programme)
    context = reviews.load_round(session, programme, body.round)
    resolutions = [Resolution(tuple(tie.submissions), tie.reason) for tie in body.ties]
    if dry_run:
        response.status_code = 200
        return DecisionPreview.of(context.row, queries.rank_round(session, context, resolutions))
    decision = operations.decide(session, context, resolutions=resolutions, by=person.actor, now=clock.now())
    return DecisionView.of(decision, context.row, programme)


@router.get("/{decision}")
@raises(NotAllowed, DecisionUnknown)
def read_decision(decision: UUID, programme: ThisProgramme, session: Transaction, person: Asking) -> DecisionView:
    """Return a decision with its places."""
    require(person, Act.SEE_RANKING, programme)
    found = queries.decision(session, programme.id, decision)
    return DecisionView.of(found, session.get_one(RoundRow, found.round_id), programme)


@router.post("/{decision}/sign")
@raises(NotAllowed, DecisionUnknown, DecisionSuperseded, DecisionChanged, RoundNotClosed, StatusChanged)
def sign(decision: UUID, programme: ThisProgramme, session: Transaction, person: Asking, body: SignBody | None = None) -> DecisionView:
    """Sign as the chair."""
    require(person, Act.SIGN, programme)
    found = queries.decision(session, programme.id, decision)
    operations.sign(session, found, seen=body.digest if body else None, by=person.actor, now=clock.now())
    return DecisionView.of(found, session.get_one(RoundRow, found.round_id), programme)


@router.post("/{decision}/publish")
@raises(NotAllowed, DecisionUnknown, DecisionSuperseded, DecisionNotSigned, RoundNotClosed, StatusChanged)
def publish(decision: UUID, programme: ThisProgramme, session: Transaction, person: Asking) -> DecisionView:
    """Make a signed decision known; every submission gets its status, awards their grants, and messages go out, in the background."""
    require(person, Act.DECIDE, programme)
    found = queries.decision(session, programme.id, decision)
    operations.publish(session, found, by=person.actor, now=clock.now())
    return DecisionView.of(found, session.get_one(RoundRow, found.round_id), programme)
