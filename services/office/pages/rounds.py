"""One round: its ranking with the cuts, ties that people decide, the decision, the chair's signature, publishing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from services.office.access import ThisProgramme, require
from services.office.round_page import round_page
from services.office.tie_form import TieForm
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.errors import status_of
from services.web.templates import show
from shared import clock
from shared.awards import operations, queries
from shared.awards.queries import Ranking
from shared.errors import Conflict, Invalid, Refusal
from shared.people.person import Act, Person
from shared.programmes.models import Programme
from shared.reviews import queries as reviews
from shared.reviews.queries import RoundContext
from shared.stages import operations as stages

router = APIRouter(prefix="/office/programmes/{slug}/rounds/{key}")


@dataclass(frozen=True, slots=True)
class RoundRequest:
    """Who asks for which round."""

    request: Request
    session: Session
    person: Person
    programme: Programme
    key: str

    @property
    def context(self) -> RoundContext:
        """The round. Raises RoundUnknown."""
        return reviews.load_round(self.session, self.programme, self.key)


def _asked(request: Request, key: str, programme: ThisProgramme, session: Transaction, person: Asking) -> RoundRequest:
    require(person, Act.SEE_RANKING, programme)
    return RoundRequest(request, session, person, programme, key)


ThisRound = Annotated[RoundRequest, Depends(_asked)]


@router.get("")
def read_round(asked: ThisRound) -> Response:
    """The ranking, and what is to be done next by whom."""
    return _show(asked)


@router.post("/close")
def close_round(asked: ThisRound) -> Response:
    """End the judging; whose ballots are missing is said on the page."""
    require(asked.person, Act.MANAGE_PROGRAMME, asked.programme)
    return _attempt(asked, lambda: stages.close_round(asked.session, asked.context, by=asked.person.actor, now=clock.now()))


@router.post("/reopen")
def reopen_round(asked: ThisRound, reason: Annotated[str, Form(max_length=2000)] = "") -> Response:
    """Let the judging go on, with a reason."""
    require(asked.person, Act.DECIDE, asked.programme)
    return _attempt(
        asked, lambda: operations.reopen_round(asked.session, asked.context, reason=reason, by=asked.person.actor, now=clock.now())
    )


@router.post("/decisions")
def decide(asked: ThisRound, form: Annotated[TieForm, Form()]) -> Response:
    """Freeze the ranking with its outcome; with `dry_run` only show what it would be. What was chosen stays on the page."""
    require(asked.person, Act.DECIDE, asked.programme)
    if not form.dry_run:
        return _attempt(
            asked,
            lambda: operations.decide(asked.session, asked.context, resolutions=form.resolutions(), by=asked.person.actor, now=clock.now()),
            form=form,
        )
    try:
        previewed = queries.rank_round(asked.session, asked.context, form.resolutions())
    except Invalid as refusal:
        return _show(asked, form=form, refusal=refusal)
    return _show(asked, form=form, previewed=previewed)


@router.post("/decisions/{decision}/sign")
def sign(asked: ThisRound, decision: UUID, digest: Annotated[str, Form(max_length=64)]) -> Response:
    """Sign what was on the chair's screen."""
    require(asked.person, Act.SIGN, asked.programme)
    found = queries.decision(asked.session, asked.programme.id, decision)
    return _attempt(asked, lambda: operations.sign(asked.session, found, seen=digest, by=asked.person.actor, now=clock.now()))


@router.post("/decisions/{decision}/publish")
def publish(asked: ThisRound, decision: UUID) -> Response:
    """Make a signed decision known."""
    require(asked.person, Act.DECIDE, asked.programme)
    found = queries.decision(asked.session, asked.programme.id, decision)
    return _attempt(asked, lambda: operations.publish(asked.session, found, by=asked.person.actor, now=clock.now()))


def _attempt(asked: RoundRequest, act: Callable[[], object], *, form: TieForm | None = None) -> Response:
    """Do what was asked and lead to the round again; what prevents it is shown on the page, and nothing is changed."""
    try:
        with asked.session.begin_nested():
            act()
    except (Conflict, Invalid) as refusal:
        return _show(asked, form=form, refusal=refusal)
    return RedirectResponse(f"/office/programmes/{asked.programme.slug}/rounds/{asked.key}", 303)


def _show(
    asked: RoundRequest, *, form: TieForm | None = None, previewed: Ranking | None = None, refusal: Refusal | None = None
) -> Response:
    page = round_page(asked.session, asked.context, asked.person, form=form, previewed=previewed, refusal=refusal)
    return show(asked.request, page, status_code=status_of(refusal) if refusal else 200)
