"""One round: its ranking with the cuts, ties that people decide, the decision, the chair's signature, publishing."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from services.office import ranking
from services.office.access import ThisProgramme, require
from services.office.texts import DECISION_STATES, ROUND_STATES, told_of_round
from services.office.tie_form import TieForm
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.errors import status_of
from services.web.templates import render
from shared import clock
from shared.awards import operations, queries
from shared.awards.lifecycle import DecisionStatus
from shared.awards.models import Decision
from shared.awards.queries import Ranking
from shared.errors import Conflict, Invalid, Refusal
from shared.listing import overview
from shared.people.person import Act, Person, Scope, may
from shared.programmes.models import Programme
from shared.reviews import queries as reviews
from shared.reviews import rounds
from shared.reviews.lifecycle import RoundStatus
from shared.reviews.models import RoundRow
from shared.reviews.queries import RoundContext

router = APIRouter(prefix="/office/programmes/{slug}/rounds/{key}")


@dataclass(frozen=True, slots=True)
class Asked:
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


def _asked(request: Request, key: str, programme: ThisProgramme, session: Transaction, person: Asking) -> Asked:
    require(person, Act.SEE_RANKING, programme)
    return Asked(request, session, person, programme, key)


ThisRound = Annotated[Asked, Depends(_asked)]


@router.get("")
def read_round(asked: ThisRound) -> Response:
    """The ranking, and what is to be done next by whom."""
    return _show(asked)


@router.post("/close")
def close_round(asked: ThisRound) -> Response:
    """End the judging; whose ballots are missing is said on the page."""
    require(asked.person, Act.MANAGE_PROGRAMME, asked.programme)
    return _attempt(asked, lambda: rounds.close_round(asked.session, asked.context, by=asked.person.actor, now=clock.now()))


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


def _attempt(asked: Asked, act: Callable[[], object], *, form: TieForm | None = None) -> Response:
    """Do what was asked and lead to the round again; what stands in the way is said on the page, and nothing is changed."""
    try:
        with asked.session.begin_nested():
            act()
    except (Conflict, Invalid) as refusal:
        return _show(asked, form=form, refusal=refusal)
    return RedirectResponse(f"/office/programmes/{asked.programme.slug}/rounds/{asked.key}", 303)


def _show(asked: Asked, *, form: TieForm | None = None, previewed: Ranking | None = None, refusal: Refusal | None = None) -> Response:
    context = asked.context
    decision = queries.current_decision(asked.session, context.row.id)
    ranked = queries.rank_round(asked.session, context)
    shown = previewed.places if previewed else decision.places if decision else ranked.places
    tied = [submission for tie in (decision.ties if decision else ranked.ties) for submission in tie.submissions]
    form = form or TieForm.of(ranked, decision)
    return render(
        asked.request,
        "office/round.html",
        status_code=status_of(refusal) if refusal else 200,
        refusal=refusal,
        programme=asked.programme,
        definition=context.definition,
        rules=context.rules,
        row=context.row,
        round_state=ROUND_STATES[RoundStatus(context.row.status)],
        decision=decision,
        decision_state=DECISION_STATES[DecisionStatus(decision.status)] if decision else None,
        previewed=previewed is not None,
        rows=ranking.table(shown, context.rules, tied=tied, seen=overview.seen_by(asked.session, asked.programme.id, asked.person)),
        total=sum((place.amount for place in shown), Decimal(0)),
        rule_label=ranking.rule_label(decision.rule if decision and not previewed else ranked.rule_used),
        unranked=[] if decision else ranked.unranked,
        ties=form.ties(ranked),
        steps=_steps(asked.session, context.row.id),
        can=_can(asked, context.row, decision),
    )


def _can(asked: Asked, row: RoundRow, decision: Decision | None) -> dict[str, bool]:
    """Return what the person may do with the round as it stands now."""
    here, closed, status = Scope(programme_id=asked.programme.id), row.status == RoundStatus.CLOSED, decision.status if decision else None
    decides = may(asked.person, Act.DECIDE, here) and closed
    return {
        "close": may(asked.person, Act.MANAGE_PROGRAMME, here) and row.status == RoundStatus.OPEN,
        "decide": decides and status in (None, DecisionStatus.MADE),
        "sign": may(asked.person, Act.SIGN, here) and closed and status == DecisionStatus.MADE,
        "publish": decides and status == DecisionStatus.SIGNED,
        "reopen": decides and status != DecisionStatus.PUBLISHED,
    }


def _steps(session: Session, round_id: UUID) -> list[dict[str, Any]]:
    """Return what happened to the round and its decisions, oldest first: who did what, when, and why."""
    steps = []
    for event in queries.history(session, round_id):
        words = told_of_round(event.kind, event.data)
        if words is not None:
            steps.append({"th": words[0], "en": words[1], "by": event.actor_name, "at": event.at, "reason": event.reason})
    return steps
