"""Stages that begin at an instant: every submission that belongs to one by then gets its row, in batches that survive a kill."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import and_, column, func, literal, select, true
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH, insert
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id, transaction
from shared.events import SYSTEM, EventKind
from shared.programmes import terms
from shared.programmes.models import Opening, Programme
from shared.programmes.stages import Collect, Support, Term, When
from shared.stages import placing
from shared.submissions.models import Submission

BATCH = 500
"""Submissions in one transaction."""
AGAIN = timedelta(hours=1)
"""How often a stage is looked at that begins for each submission at a time of its own: after a term of days, or after a missed deadline."""
OPENING_STAGES = '$.stages[*] ? (@.kind != "judge" && (@.opens != null || exists (@.for.*[*] ? (@ == "missed"))))'
"""The stages of a document that begin at a time of their own. A document of format 1 has none."""
WHEN: TypeAdapter[When] = TypeAdapter(When)
UTC = ZoneInfo("UTC")
A_DAY = timedelta(days=1)


def open_due(session: Session, *, now: datetime) -> int:
    """Note the stages that have begun since they were last looked at, each with the job that gives out its rows; return how many."""
    opened = 0
    for programme_id in _with_stages_to_open(session, now):
        programme = session.get_one(Programme, programme_id)
        known = {row.stage: row for row in session.scalars(select(Opening).where(Opening.programme_id == programme.id))}
        for stage in programme.definition.timeline:
            if isinstance(stage, Collect | Support) and (stage.opens is not None or _waits_for_a_miss(stage)):
                opened += _open(session, programme, stage, known.get(stage.key), now)
    return opened


def place_stage(opening_id: UUID, *, now: datetime) -> int:
    """Place the submissions of a stage that has begun, a batch a transaction; return how many were looked at.

    A worker that takes over goes on after the last batch that was committed.
    """
    count = 0
    while True:
        with transaction() as session:
            opening = session.get_one(Opening, opening_id, with_for_update=True)
            if opening.done_at is not None:
                return count
            programme = session.get_one(Programme, opening.programme_id)
            ids = _after(session, programme.id, opening.placed_until)
            if ids:
                placing.place(session, programme, ids, now=now)
                opening.placed_until = ids[-1]
            if len(ids) < BATCH:
                opening.done_at = now
            count += len(ids)


def batches(programme_id: UUID) -> Iterator[Sequence[UUID]]:
    """Yield the ids of all submissions of a programme, a batch at a time; each is read in a transaction of its own."""
    last: UUID | None = None
    while True:
        with transaction() as session:
            ids = _after(session, programme_id, last)
        if not ids:
            return
        yield ids
        last = ids[-1]


def place_programme(programme_id: UUID, *, now: datetime) -> int:
    """Place every submission of a programme, as after its document was changed; return how many."""
    count = 0
    for ids in batches(programme_id):
        with transaction() as session:
            placing.place(session, session.get_one(Programme, programme_id), ids, now=now)
        count += len(ids)
    return count


def _with_stages_to_open(session: Session, now: datetime) -> list[UUID]:
    """Return the programmes with a stage that may have begun since it was looked at: one query, which leaves the documents where they are.

    A day's beginning in the programme's own zone is at most a day from the same in UTC.
    """
    stages = (
        func.jsonb_path_query(Programme.document, literal(OPENING_STAGES, JSONPATH)).table_valued(column("stage", JSONB)).render_derived()
    )
    key, opens = stages.c.stage["key"].astext, stages.c.stage["opens"]
    rows = session.execute(
        select(Programme.id, opens, Opening.opened_at)
        .select_from(Programme)
        .join(stages, true())
        .outerjoin(Opening, and_(Opening.programme_id == Programme.id, Opening.stage == key))
        .order_by(Programme.id)
    )
    found: dict[UUID, None] = {}
    for programme_id, written, opened_at in rows:
        when = None if written is None else WHEN.validate_python(written)
        if when is None or isinstance(when, Term):
            is_due = opened_at is None or opened_at <= now - AGAIN
        else:
            is_due = opened_at is None and terms.begins(when, since=now, zone=UTC) <= now + A_DAY
        if is_due:
            found[programme_id] = None
    return list(found)


def _open(session: Session, programme: Programme, stage: Collect | Support, known: Opening | None, now: datetime) -> int:
    if stage.opens is None or isinstance(stage.opens, Term):
        if known is not None and known.opened_at > now - AGAIN:
            return 0
    elif known is not None or terms.begins(stage.opens, since=now, zone=programme.definition.zone) > now:
        return 0
    values = {"id": new_id(), "programme_id": programme.id, "stage": stage.key, "opened_at": now}
    again = {"opened_at": now, "placed_until": None, "done_at": None}
    statement = insert(Opening).values(values).on_conflict_do_update(index_elements=["programme_id", "stage"], set_=again)
    opening_id = session.scalar(statement.returning(Opening.id))
    assert opening_id is not None  # noqa: S101  # INSERT … ON CONFLICT DO UPDATE … RETURNING gives the row
    data = {"stage": stage.key, "again": known is not None}
    events.append(session, EventKind.STAGE_OPENED, subject_id=opening_id, programme_id=programme.id, by=SYSTEM, now=now, data=data)
    return 1


def _waits_for_a_miss(stage: Collect | Support) -> bool:
    """Return whether a stage is for those who missed a deadline: that happens without an event."""
    return any("missed" in words for words in stage.for_.values())


def in_batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """Yield ids a batch at a time, for what places them all in one transaction."""
    for first in range(0, len(ids), BATCH):
        yield ids[first : first + BATCH]


def of_programme(session: Session, programme_id: UUID) -> Iterator[Sequence[UUID]]:
    """Yield the ids of all submissions of a programme a batch at a time, in one transaction."""
    yield from in_batches(
        session.scalars(select(Submission.id).where(Submission.programme_id == programme_id).order_by(Submission.id)).all()
    )


def _after(session: Session, programme_id: UUID, last: UUID | None) -> Sequence[UUID]:
    query = select(Submission.id).where(Submission.programme_id == programme_id).order_by(Submission.id).limit(BATCH)
    return session.scalars(query if last is None else query.where(Submission.id > last)).all()
