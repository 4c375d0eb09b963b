"""One round as its page shows it: the ranking with its cuts, ties, the decision, and what the person may do."""

from decimal import Decimal
from typing import ClassVar, Self
from uuid import UUID

from sqlalchemy.orm import Session

from services.office.money import money_text
from services.office.problem import Problem
from services.office.ranking import RankingRow, ranking_rows, rule_text, summary
from services.office.texts import ROUND_STEPS, RoundStep, round_history_text
from services.office.tie_form import TieForm, TieView
from services.web.templates import Page, PageModel
from shared.awards import queries
from shared.awards.lifecycle import DecisionStatus
from shared.awards.models import Decision
from shared.awards.queries import Ranking
from shared.awards.sheet import DECISION_SHEET
from shared.awards.snapshot import DecidedTie
from shared.errors import Refusal
from shared.listing import overview
from shared.people.person import Act, Person, Scope, may
from shared.programmes.stages import Judge
from shared.reviews.lifecycle import RoundStatus
from shared.reviews.queries import RoundContext
from shared.reviews.sheet import ROUND_SHEET
from shared.submissions.history import HistoryLine, history_lines
from shared.text import Tag, Text
from shared.thai.dates import long_moment

DECIDED = Text("ผลที่สรุป", "The decision")
PREVIEWED = Text("อันดับถ้าสรุปผลตามลำดับที่เลือก", "The ranking with the order you chose")
RANKED = Text("อันดับ", "Ranking")


class RoundActions(PageModel):
    """What the person may do with the round now."""

    close: bool
    decide: bool
    sign: bool
    publish: bool
    reopen: bool

    @property
    def has_next(self) -> bool:
        """Whether a step forward is offered."""
        return self.close or self.decide or self.sign or self.publish

    @classmethod
    def of(cls, context: RoundContext, decision: Decision | None, person: Person) -> Self:
        """Return what a person may do with a round and its decision."""
        here, status = Scope(programme_id=context.programme.id), decision.status if decision else None
        is_closed = context.row.status == RoundStatus.CLOSED
        decides = may(person, Act.DECIDE, here) and is_closed
        return cls(
            close=may(person, Act.MANAGE_PROGRAMME, here) and context.row.status == RoundStatus.OPEN,
            decide=decides and status in (None, DecisionStatus.MADE),
            sign=may(person, Act.SIGN, here) and is_closed and status == DecisionStatus.MADE,
            publish=decides and status == DecisionStatus.SIGNED,
            reopen=decides and status != DecisionStatus.PUBLISHED,
        )


class DecisionPart(PageModel):
    """The decision of the round: its address and what is signed."""

    id: UUID
    digest: str
    tag: Tag
    ties: list[DecidedTie]
    """The order that was given to tied submissions, and why."""


class RoundPage(Page):
    """One round of a programme."""

    template: ClassVar[str] = "office/round.html"

    programme: str
    programme_name: Text
    key: str
    label: Text
    tag: Tag
    is_open: bool
    problem: Problem | None
    next_step: Text
    can: RoundActions
    decision: DecisionPart | None
    is_preview: bool
    heading: Text
    summary: list[Text]
    total: Text | None
    """None in a round that gives no money."""
    rule: Text
    """How the score of a submission was made."""
    rows: list[RankingRow]
    unranked: list[str]
    """References of submissions without a ballot."""
    ties: list[TieView]
    history: list[HistoryLine]


def round_page(
    session: Session,
    context: RoundContext,
    person: Person,
    *,
    form: TieForm | None = None,
    previewed: Ranking | None = None,
    refusal: Refusal | None = None,
) -> RoundPage:
    """Return a round as `person` may see it, with what was chosen in a `form` and the ranking that was `previewed`."""
    programme, rules = context.programme, context.rules
    decision = queries.current_decision(session, context.row.id)
    ranking = queries.rank_round(session, context)
    places = previewed.places if previewed else decision.places if decision else ranking.places
    tied = [submission for tie in (decision.ties if decision else ranking.ties) for submission in tie.submissions]
    return RoundPage(
        programme=programme.slug,
        programme_name=context.definition.name,
        key=context.row.key,
        label=rules.label,
        tag=ROUND_SHEET[context.row.status].tag,
        is_open=context.row.status == RoundStatus.OPEN,
        problem=Problem.of(refusal),
        next_step=_next_step(context, decision, has_ties=bool(ranking.ties)),
        can=RoundActions.of(context, decision, person),
        decision=_decision(decision),
        is_preview=previewed is not None,
        heading=PREVIEWED if previewed else DECIDED if decision else RANKED,
        summary=summary(places, context.definition, rules),
        total=money_text(sum((place.amount for place in places), Decimal(0)), context.definition) if _gives_money(rules) else None,
        rule=rule_text(decision.rule if decision and not previewed else ranking.rule_used),
        rows=ranking_rows(places, context.definition, rules, tied=tied, seen=overview.seen_by(session, programme.id, person)),
        unranked=[] if decision else ranking.unranked,
        ties=(form or TieForm.of(ranking, decision)).ties(ranking),
        history=history_lines(queries.history(session, context.row.id), round_history_text),
    )


def _next_step(context: RoundContext, decision: Decision | None, *, has_ties: bool) -> Text:
    """Return what is to be done next, and by whom."""
    if context.row.status == RoundStatus.OPEN:
        return ROUND_STEPS[RoundStep.JUDGE]
    if decision is None:
        return ROUND_STEPS[RoundStep.ORDER_TIES if has_ties else RoundStep.DECIDE]
    if decision.status == DecisionStatus.MADE:
        return ROUND_STEPS[RoundStep.SIGN]
    if decision.status == DecisionStatus.SIGNED:
        return ROUND_STEPS[RoundStep.PUBLISH]
    if decision.applied_at is None:
        return ROUND_STEPS[RoundStep.WAIT]
    at = Text(long_moment(decision.applied_at, "th"), long_moment(decision.applied_at, "en"))
    return ROUND_STEPS[RoundStep.NOTHING].fill(at=at)


def _decision(decision: Decision | None) -> DecisionPart | None:
    if decision is None:
        return None
    return DecisionPart(id=decision.id, digest=decision.digest, tag=DECISION_SHEET[decision.status].tag, ties=decision.ties)


def _gives_money(rules: Judge) -> bool:
    return rules.grant is not None or any(level.amount for level in rules.levels)
