"""Reads of awards: the ranking of a round from its ballots, and decisions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shared.awards import levels, ranking, ties
from shared.awards.lifecycle import DecisionStatus
from shared.awards.models import Decision
from shared.awards.rules import RULES, AwardRule
from shared.awards.snapshot import AwardPlace, OpenTie, RuleUsed
from shared.awards.ties import Resolution
from shared.errors import NotFound
from shared.events import Event
from shared.programmes.models import Group
from shared.reviews.models import Ballot, Entry
from shared.reviews.queries import RoundContext
from shared.submissions.models import Submission


class DecisionUnknown(NotFound):
    """There is no such decision in this programme."""

    th = "ไม่พบผลการพิจารณานี้"
    en = "There is no such decision."


@dataclass(frozen=True, slots=True)
class Ranking:
    """The submissions of a round in order of the scores that its submitted ballots give them, with what each place would get."""

    rule: AwardRule
    places: list[AwardPlace]
    """The best first."""
    ties: list[OpenTie]
    """Still to be decided by people."""
    unranked: list[str]
    """References of submissions without a ballot."""
    total: Decimal
    """Of the amounts, in baht; with ties undecided, of the order shown."""

    @property
    def rule_used(self) -> RuleUsed:
        """The rule's name and version."""
        return RuleUsed(name=self.rule.name, version=self.rule.version)


def rank_round(session: Session, context: RoundContext, resolutions: Sequence[Resolution] = ()) -> Ranking:
    """Return the ranking of a round, by its award rule. Two queries, whatever its size. Raises TieNotAsked, TieReasonMissing."""
    rows = session.execute(
        select(Entry.id, Submission.id, Submission.reference, Group.name, Group.province)
        .join(Submission, Submission.id == Entry.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(Entry.round_id == context.row.id)
        .order_by(Submission.reference)
    ).all()
    rule, scores = RULES[context.rules.award_rule], _scores(session, context)
    about = {submission: (reference, group, province, scores[entry]) for entry, submission, reference, group, province in rows}
    ranked = ranking.rank((submission, rule.score(ballots)) for submission, (*_, ballots) in about.items() if ballots)
    ordered, undecided = ties.apply_resolutions(ranked, levels.cuts(context.rules), resolutions)
    outcomes = levels.outcomes(context.rules, len(ordered))
    places = [
        _place(one, *about[one.submission], outcome, levels.amount(context.rules.levels, outcome))
        for one, outcome in zip(ordered, outcomes, strict=True)
    ]
    return Ranking(
        rule=rule,
        places=places,
        ties=[
            OpenTie(
                submissions=list(tie.submissions),
                references=[about[submission][0] for submission in tie.submissions],
                score=rounded(tie.score),
                cuts=list(tie.cuts),
            )
            for tie in undecided
        ],
        unranked=[reference for reference, _, _, ballots in about.values() if not ballots],
        total=sum((place.amount for place in places), Decimal(0)),
    )


def decision(session: Session, programme_id: UUID, id_: UUID, *, lock: bool = False) -> Decision:
    """Return a decision of a programme, locked against other writers if `lock`. Raises DecisionUnknown."""
    found = session.get(Decision, id_, with_for_update=lock or None, populate_existing=lock)
    if found is None or found.programme_id != programme_id:
        raise DecisionUnknown
    return found


def decisions(session: Session, programme_id: UUID) -> Sequence[Decision]:
    """Return the decisions of a programme that are not superseded, the oldest first."""
    return session.scalars(
        select(Decision).where(Decision.programme_id == programme_id, Decision.status != DecisionStatus.SUPERSEDED).order_by(Decision.id)
    ).all()


def current_decision(session: Session, round_id: UUID, *, lock: bool = False) -> Decision | None:
    """Return the decision of a round that is not superseded, locked if `lock`."""
    query = select(Decision).where(Decision.round_id == round_id, Decision.status != DecisionStatus.SUPERSEDED)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.scalar(query)


def history(session: Session, round_id: UUID) -> Sequence[Event]:
    """Return what happened to a round and to its decisions, oldest first."""
    made = select(Decision.id).where(Decision.round_id == round_id)
    return session.scalars(select(Event).where(or_(Event.subject_id == round_id, Event.subject_id.in_(made))).order_by(Event.id)).all()


def rounded(score: Fraction) -> Decimal:
    """Round a score for people, to four decimals; the exact one decides."""
    exact = Decimal(score.numerator) / Decimal(score.denominator)
    return exact.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def _scores(session: Session, context: RoundContext) -> dict[UUID, list[Fraction]]:
    ballots = session.execute(
        select(Ballot.entry_id, Ballot.marks)
        .join(Entry, Entry.id == Ballot.entry_id)
        .where(Entry.round_id == context.row.id, Ballot.submitted_at.is_not(None))
    )
    scores: dict[UUID, list[Fraction]] = defaultdict(list)
    for entry_id, marks in ballots:
        scores[entry_id].append(ranking.score(marks, context.rules.criteria))
    return scores


def _place(
    one: ranking.Ranked, reference: str, group: str, province: str, ballots: list[Fraction], outcome: str | None, amount: Decimal
) -> AwardPlace:
    return AwardPlace(
        submission=one.submission,
        reference=reference,
        group=group,
        province=province,
        rank=one.rank,
        score=rounded(one.score),
        exact=f"{one.score.numerator}/{one.score.denominator}",
        ballots=len(ballots),
        outcome=outcome,
        amount=amount.quantize(Decimal("0.01")),
    )
