"""Reads of awards: the ranking of a round from its ballots, and decisions."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from shared.awards import levels, ranking, ties
from shared.awards.lifecycle import DecisionStatus, OutcomeKind
from shared.awards.models import Decision, Outcome
from shared.awards.rules import RULES, AwardRule
from shared.awards.snapshot import AwardPlace, OpenTie, RuleUsed
from shared.awards.ties import Resolution
from shared.errors import NotFound
from shared.events import Event
from shared.programmes.models import Group, Programme
from shared.programmes.stages import Judge
from shared.reviews.models import Ballot, Entry, RoundRow
from shared.reviews.queries import RoundContext
from shared.submissions.models import FilingVersion, Submission


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
    """Return the ranking of a round, by its award rule; parts that are ranked apart one after the other.

    Two queries, whatever its size; one more where what was requested is awarded. Raises TieNotAsked, TieReasonMissing.
    """
    rules = context.rules
    entries = session.execute(
        select(Entry, Submission, Group)
        .join(Submission, Submission.id == Entry.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(Entry.round_id == context.row.id, Entry.lapsed_at.is_(None))
        .order_by(Submission.reference)
    ).all()
    rule, scores = RULES[rules.award_rule], _scores(session, context)
    requested = _requested(session, context, [entry for entry, _, _ in entries])
    about = {submission.id: (entry, submission, group) for entry, submission, group in entries}
    balloted = {id_: rule.score(scores[entry.id]) for id_, (entry, _, _) in about.items() if scores[entry.id]}
    parts: dict[str | None, list[UUID]] = defaultdict(list)
    for id_ in balloted:
        parts[_part(rules, *about[id_])].append(id_)
    places, ties_open, asked = [], [], list(resolutions)
    for part in sorted(parts, key=lambda name: name or ""):
        ranked = ranking.rank((id_, balloted[id_]) for id_ in parts[part])
        found = levels.outcomes(rules, [one.score for one in ranked], part=part)
        cuts = levels.cuts(found)
        mine = [one for one in asked if set(one.submissions) & set(parts[part])]
        asked = [one for one in asked if one not in mine]
        ordered, undecided = ties.apply_resolutions(ranked, cuts, mine)
        for one, outcome in zip(ordered, found, strict=True):
            entry, submission, group = about[one.submission]
            money = levels.amount(rules, outcome, requested=requested.get(entry.id))
            places.append(_place(one, submission, group, len(scores[entry.id]), outcome, money, part))
        ties_open += [
            OpenTie(
                submissions=list(tie.submissions),
                references=[about[submission][1].reference for submission in tie.submissions],
                score=rounded(tie.score),
                cuts=list(tie.cuts),
            )
            for tie in undecided
        ]
    if asked:
        raise ties.TieNotAsked
    return Ranking(
        rule=rule,
        places=places,
        ties=ties_open,
        unranked=[submission.reference for id_, (_, submission, _) in about.items() if id_ not in balloted],
        total=sum((place.amount for place in places), Decimal(0)),
    )


def outcomes_of(session: Session, submission_ids: Collection[UUID]) -> dict[UUID, list[tuple[RoundRow, Outcome]]]:
    """Return what was decided of submissions, the earliest first. One query."""
    rows = session.execute(
        select(Outcome, RoundRow)
        .join(RoundRow, RoundRow.id == Outcome.round_id)
        .where(Outcome.submission_id.in_(submission_ids))
        .order_by(Outcome.id)
    )
    found: dict[UUID, list[tuple[RoundRow, Outcome]]] = defaultdict(list)
    for outcome, row in rows:
        found[outcome.submission_id].append((row, outcome))
    return found


def awarded(session: Session, programme_id: UUID) -> Sequence[tuple[Outcome, Submission, Group]]:
    """Return what a programme awarded with its submissions and groups, by reference. One query."""
    rows = session.execute(
        select(Outcome, Submission, Group)
        .join(Submission, Submission.id == Outcome.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(Submission.programme_id == programme_id, Outcome.kind == OutcomeKind.AWARDED)
        .order_by(Submission.reference)
    )
    return list(rows.all())


def published(session: Session) -> Sequence[tuple[Programme, Decision, Outcome, Group]]:
    """Return every award of a published decision with its programme and group, the newest programme first. One query."""
    rows = session.execute(
        select(Programme, Decision, Outcome, Group)
        .join(Decision, Decision.programme_id == Programme.id)
        .join(Outcome, Outcome.decision_id == Decision.id)
        .join(Submission, Submission.id == Outcome.submission_id)
        .join(Group, Group.id == Submission.group_id)
        .where(Decision.status == DecisionStatus.PUBLISHED, Outcome.kind == OutcomeKind.AWARDED, Submission.withdrawn_at.is_(None))
        .order_by(Programme.id.desc(), Submission.reference)
    )
    return list(rows.all())


def totals(session: Session, programme_id: UUID) -> dict[str, tuple[int, Decimal]]:
    """Return, by level, how many awards a programme made and their sum in its currency."""
    rows = session.execute(
        select(Outcome.level, func.count(), func.sum(Outcome.amount))
        .join(Submission, Submission.id == Outcome.submission_id)
        .where(Submission.programme_id == programme_id, Outcome.kind == OutcomeKind.AWARDED)
        .group_by(Outcome.level)
    )
    return {level or "": (count, total) for level, count, total in rows}


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


def _requested(session: Session, context: RoundContext, entries: Sequence[Entry]) -> dict[UUID, Decimal]:
    """Return, by entry, the answer that the round's grant names, of the version that was judged."""
    grant = context.rules.grant
    if grant is None or grant.answer is None:
        return {}
    stage, _, question = grant.answer.partition(".")
    versions = {UUID(entry.versions[stage]): entry.id for entry in entries if stage in entry.versions}
    rows = session.execute(select(FilingVersion.id, FilingVersion.answers).where(FilingVersion.id.in_(versions)))
    return {versions[id_]: Decimal(answers[question]) for id_, answers in rows if answers.get(question) is not None}


def _part(rules: Judge, entry: Entry, submission: Submission, group: Group) -> str | None:
    match rules.within:
        case "category":
            return submission.category or ""
        case "province":
            return group.province
        case "committee":
            return entry.committee
    return None


def _place(
    one: ranking.Ranked, submission: Submission, group: Group, ballots: int, outcome: str | None, amount: Decimal, part: str | None
) -> AwardPlace:
    return AwardPlace(
        submission=one.submission,
        reference=submission.reference,
        group=group.name,
        province=group.province,
        rank=one.rank,
        score=rounded(one.score),
        exact=f"{one.score.numerator}/{one.score.denominator}",
        ballots=ballots,
        outcome=outcome,
        amount=amount.quantize(Decimal("0.01")),
        part=part,
    )
