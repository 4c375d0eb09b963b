"""Give submissions the rows of the stages they belong to, and end what is unfinished where they no longer do. Again, it changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.events import SYSTEM
from shared.payments import operations as payments
from shared.payments.lifecycle import PaymentStatus
from shared.payments.operations import NewPayment, share_of
from shared.people.queries import officers_by_area
from shared.programmes import queries as programmes
from shared.programmes import terms
from shared.programmes.definition import Definition
from shared.programmes.models import Programme
from shared.programmes.stages import Collect, Judge, Office, Support
from shared.reviews import entries
from shared.reviews.entries import NewEntry
from shared.reviews.lifecycle import RoundStatus
from shared.reviews.models import RoundRow
from shared.stages import conditions, knowledge
from shared.stages.conditions import Known
from shared.stages.knowledge import Rows
from shared.submissions.filings import making
from shared.submissions.filings.making import NewFiling
from shared.submissions.lifecycle import FilingStatus
from shared.submissions.sheet import UNFINISHED

JUST_MADE = frozenset({FilingStatus.OPEN.value, PaymentStatus.DUE.value, PaymentStatus.ENDED.value})
"""States into which placing itself brings rows."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all submissions of one call of `place` share."""

    programme: Programme
    definition: Definition
    rounds: dict[str, RoundRow]
    """The open rounds, locked against closing."""
    holidays: frozenset[date]
    officers: frozenset[tuple[str | None, str | None]]
    """(province, district) in which there is an officer; (None, None): in the department."""
    now: datetime


def place(session: Session, programme: Programme, submission_ids: Sequence[UUID], *, now: datetime, announce: bool = True) -> None:
    """Give these submissions the rows they belong to now. A fixed number of queries, and one or two for each row that changes.

    `announce` sends word of what is asked from now on; an invitation says so itself.
    """
    rounds = lock_rounds(session, programme.id)
    definition = programme.definition
    several = any(len(stage.filed_by) > 1 for stage in definition.collects)
    ground = Ground(
        programme=programme,
        definition=definition,
        rounds={row.key: row for row in rounds},
        holidays=programmes.holidays(session),
        officers=officers_by_area(session) if several else frozenset(),
        now=now,
    )
    for _ in range(_passes(definition)):
        _place(session, ground, submission_ids, announce=announce)


def _passes(definition: Definition) -> int:
    """Return how often submissions are looked at: again where a stage is for those whose row was only just made or ended."""
    words = {word for stage in definition.timeline for said in stage.for_.values() for word in said}
    return 1 if words.isdisjoint(JUST_MADE) else 2


def _place(session: Session, ground: Ground, submission_ids: Sequence[UUID], *, announce: bool) -> None:
    definition = ground.definition
    found = knowledge.read(session, ground.programme, submission_ids)
    known = {id_: rows.known(definition, now=ground.now) for id_, rows in found.items()}
    for stage in definition.collects:
        _place_filings(session, ground, stage, found, known, announce=announce)
    for judge in definition.judges:
        if judge.key in ground.rounds:
            _place_entries(session, ground, judge, found, known)
    for support in definition.supports:
        _place_payments(session, ground, support, found, known)


def lock_rounds(session: Session, programme_id: UUID) -> Sequence[RoundRow]:
    """Return the open rounds of a programme, which do not close before this transaction ends.

    Whoever locks submissions and places them locks the rounds first, as closing does: one of the two waits, neither for the other.
    """
    return session.scalars(
        select(RoundRow)
        .where(RoundRow.programme_id == programme_id, RoundRow.status == RoundStatus.OPEN)
        .order_by(RoundRow.id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    ).all()


def due_at(ground: Ground, stage: Collect, known: Known) -> datetime:
    """Return the deadline of a submission at a stage."""
    start = _starts(ground, stage, known)
    return terms.ends(stage.by, since=start, zone=ground.definition.zone, holidays=ground.holidays)


def _place_filings(
    session: Session, ground: Ground, stage: Collect, found: dict[UUID, Rows], known: dict[UUID, Known], *, announce: bool
) -> None:
    new: list[NewFiling] = []
    for id_, rows in found.items():
        filing, about = rows.filings.get(stage.key), known[id_]
        if not _is_open_to(ground, stage, about):
            if filing is not None and filing.status in UNFINISHED:
                making.lapse(session, ground.programme, filing, now=ground.now)
        elif filing is None:
            new.append(NewFiling(id_, stage.key, _filer(stage, about, ground), due_at(ground, stage, about)))
        elif filing.status is FilingStatus.LAPSED:
            making.reopen(session, ground.programme, filing, due_at=due_at(ground, stage, about), now=ground.now)
    making.make(session, ground.programme, new, now=ground.now, announce=announce)


def _place_entries(session: Session, ground: Ground, stage: Judge, found: dict[UUID, Rows], known: dict[UUID, Known]) -> None:
    row, routes = ground.rounds[stage.key], ground.definition.routing_of(stage)
    reads = ground.definition.reads_of(stage)
    new: list[NewEntry] = []
    for id_, rows in sorted(found.items(), key=lambda pair: pair[1].submission.reference):
        entry, about = rows.entries.get(stage.key), known[id_]
        if not conditions.belongs(ground.definition, stage, about):
            if entry is not None:
                entries.lapse(session, row, entry, now=ground.now)
            continue
        versions = {key: str(rows.versions[key].id) for key in reads if key in rows.versions}
        if entry is not None:
            entries.renew(session, row, entry, versions, now=ground.now)
            continue
        committee = conditions.committee(routes, about)
        if committee is not None:
            if about.category != rows.submission.category:
                rows.submission.category = about.category  # fixed from now on
            new.append(NewEntry(id_, committee, versions))
    session.flush()
    entries.enter(session, row, new, now=ground.now)


def _place_payments(session: Session, ground: Ground, stage: Support, found: dict[UUID, Rows], known: dict[UUID, Known]) -> None:
    award, new, programme_id = ground.definition.award_of(stage), [], ground.programme.id
    for id_, rows in found.items():
        payment, about = rows.payments.get(stage.key), known[id_]
        outcome = rows.outcomes.get(award.key) if award else None
        if not _is_open_to(ground, stage, about) or outcome is None:
            if payment is not None and about.is_out:
                payments.ask_back(session, payment, programme_id=programme_id, by=SYSTEM, now=ground.now)
            if payment is not None:
                payments.end(session, payment, programme_id=programme_id, by=SYSTEM, now=ground.now)
        elif payment is None:
            amount = share_of(outcome.amount, stage.share, before=_before(ground.definition, stage, about))
            until = None
            if stage.by is not None:
                start = _starts(ground, stage, about)
                until = terms.ends(stage.by, since=start, zone=ground.definition.zone, holidays=ground.holidays)
            new.append(NewPayment(id_, stage.key, outcome.id, amount, until))
        elif payment.status is PaymentStatus.ENDED:
            payments.renew(session, payment, programme_id=programme_id, now=ground.now)
    payments.make(session, programme_id, new, now=ground.now)


def _starts(ground: Ground, stage: Collect | Support, known: Known) -> datetime:
    """Return when a stage begins for a submission: when it came to belong to it, or when the stage opens if later."""
    start = conditions.since(stage, known)
    if stage.opens is None:
        return start
    return max(start, terms.begins(stage.opens, since=start, zone=ground.definition.zone))


def _is_open_to(ground: Ground, stage: Collect | Support, known: Known) -> bool:
    if not conditions.belongs(ground.definition, stage, known):
        return False
    return stage.opens is None or _starts(ground, stage, known) <= ground.now


def _filer(stage: Collect, known: Known, ground: Ground) -> Office:
    """Return who files: the first that has an officer for the submission's area, else the last of the list."""
    areas = {
        Office.DISTRICT: (known.province, known.district),
        Office.PROVINCE: (known.province, None),
        Office.DEPARTMENT: (None, None),
    }
    there = (office for office in stage.filed_by if office is Office.APPLICANT or areas[office] in ground.officers)
    return next(there, stage.filed_by[-1])


def _before(definition: Definition, stage: Support, known: Known) -> Decimal:
    """Return the percent of a submission's award that earlier payments of it come to, in the order of the list."""
    award = definition.award_of(stage)
    if award is None:
        return Decimal(0)
    earlier = definition.supports[: definition.supports.index(stage)]
    mine = (one for one in earlier if definition.award_of(one) == award and conditions.holds(one, award.key, known))
    return sum((one.share for one in mine), Decimal(0))
