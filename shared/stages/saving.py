"""Save a programme's document: not over what another saved meanwhile, nor from under what was filed; filings go on by the new one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, delete, select, update
from sqlalchemy.orm import Session

from shared import events
from shared.database.versions import Edit, changed
from shared.database.versions import Saved as Stored
from shared.events import Actor, Event, EventKind
from shared.programmes import operations, queries, terms
from shared.programmes.definition import Definition
from shared.programmes.models import Opening, Programme, ProgrammeVersion
from shared.programmes.queries import ProgrammeUnknown
from shared.programmes.sharing import Seen
from shared.programmes.stages import Collect, Judge, Term
from shared.stages import knowledge, opening, placing
from shared.stages.placing import Ground
from shared.stages.sharing import require_own_prefix
from shared.stages.stranding import require_nothing_stranded
from shared.submissions.filings import making
from shared.submissions.models import Filing, Submission
from shared.submissions.sheet import UNFINISHED

DOCUMENT = "document"
"""What a clash of two saves calls what both saved."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A programme after a save: whether that changed it, and how many filings moved to the new document."""

    programme: Programme
    changed: bool
    filings: int


def save(
    session: Session,
    definition: Definition,
    *,
    began_from: int | None,
    by: Actor,
    now: datetime,
    slug: str | None = None,
    seen: Seen = lambda programme: True,
) -> Saved:
    """Make a programme, or give it a new document; the same again changes nothing.

    `began_from` is the version that was edited; None: whoever saves does not say, and overwrites on purpose. `seen` says whether they may
    know of another programme. Filings move to the new document in the same transaction, with their deadlines; whoever comes to belong to
    a stage, or no longer does, is placed by the job that follows. Raises EditedMeanwhile with both documents, PrefixInUse,
    FiledWorkStranded, ProgrammeUnknown (a version was named of a programme that is not there), and what `load_programme` raises.
    """
    require_own_prefix(session, definition, seen=seen)
    before = _before(session, definition.slug, began_from)
    if before is None:
        programme, is_new = operations.load_programme(session, definition, by=by, now=now, slug=slug)
        return Saved(programme, is_new, 0)
    programme, old = before
    edit = Edit(DOCUMENT, definition.model_dump(mode="json"), began_from)
    if not changed([edit], {DOCUMENT: _stored(session, programme)}):
        return Saved(programme, False, 0)
    # Submissions before filings, as everywhere: who files or places at the same moment waits, or is waited for.
    session.execute(select(Submission.id).where(Submission.programme_id == programme.id).order_by(Submission.id).with_for_update())
    require_nothing_stranded(session, programme, definition)
    _lapse_gone(session, programme, definition, now=now)
    programme, is_changed = operations.load_programme(session, definition, by=by, now=now, slug=slug)
    return Saved(programme, is_changed, _move(session, programme, old, by=by, now=now) if is_changed else 0)


def _before(session: Session, slug: str, began_from: int | None) -> tuple[Programme, Definition] | None:
    """Return a programme, locked, with what it defined; None for one that is to be made."""
    try:
        programme = queries.programme(session, slug, lock=True)
    except ProgrammeUnknown:
        if began_from:
            raise
        return None
    return programme, programme.definition


def _stored(session: Session, programme: Programme) -> Stored:
    last = session.get(ProgrammeVersion, (programme.id, programme.version))
    document = programme.definition.model_dump(mode="json")
    return Stored(document, programme.version, last.saved_at if last else programme.updated_at, last.saved_by if last else "")


def _lapse_gone(session: Session, programme: Programme, after: Definition, *, now: datetime) -> None:
    """End what is asked at stages that go; nothing was filed there, or they would be stranded."""
    gone = [stage.key for stage in programme.definition.collects if after.collect(stage.key) is None]
    if gone:
        asked = select(Filing).join(Submission, Submission.id == Filing.submission_id)
        asked = asked.where(Submission.programme_id == programme.id, Filing.stage.in_(gone), Filing.status.in_(UNFINISHED))
        for filing in session.scalars(asked.order_by(Filing.id)):
            making.lapse(session, programme, filing, now=now)


def _move(session: Session, programme: Programme, old: Definition, *, by: Actor, now: datetime) -> int:
    """Have every filing go on by the new document, with its deadlines; return how many."""
    of_programme = select(Submission.id).where(Submission.programme_id == programme.id).scalar_subquery()
    moved = session.execute(
        update(Filing)
        .where(Filing.submission_id.in_(of_programme), Filing.document_version != programme.version)
        .values(document_version=programme.version)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(moved, CursorResult)  # noqa: S101  # narrows the type: an UPDATE has a row count
    deadlines = sum(_redate(session, programme, stage, now=now) for stage in _redated(old, programme.definition))
    _begin_again(session, programme, old, now=now)
    session.expire_all()
    if moved.rowcount:
        data = {"version": programme.version, "filings": moved.rowcount, "deadlines": deadlines}
        events.append(session, EventKind.FILING_MOVED, subject_id=programme.id, programme_id=programme.id, by=by, now=now, data=data)
    return moved.rowcount


def _redated(old: Definition, new: Definition) -> Iterator[Collect]:
    """Yield the collect stages whose filings may have another deadline now."""
    for stage in new.collects:
        before = old.collect(stage.key)
        if before is None:
            continue
        is_counted = isinstance(stage.by, Term) and (before.opens, before.for_) != (stage.opens, stage.for_)
        if before.by != stage.by or is_counted or old.timezone != new.timezone:
            yield stage


def _redate(session: Session, programme: Programme, stage: Collect, *, now: datetime) -> int:
    """Give the filings of a stage their new deadlines; return how many changed.

    One that was extended never gets an earlier one: the later of its own and the new counts.
    """
    extended = select(Event.id).where(Event.subject_id == Filing.id, Event.kind == EventKind.FILING_EXTENDED).exists()
    if not isinstance(stage.by, Term):
        due = terms.ends(stage.by, since=now, zone=programme.definition.zone, holidays=())
        return _set_due(session, programme, stage, due, ~extended) + _set_due(
            session, programme, stage, due, extended & (Filing.due_at < due)
        )
    return sum(_redate_terms(session, programme, stage, ids, now=now) for ids in opening.of_programme(session, programme.id))


def _set_due(session: Session, programme: Programme, stage: Collect, due: datetime, which: ColumnElement[bool]) -> int:
    of_programme = select(Submission.id).where(Submission.programme_id == programme.id).scalar_subquery()
    changed_rows = session.execute(
        update(Filing)
        .where(Filing.submission_id.in_(of_programme), Filing.stage == stage.key, Filing.due_at != due, which)
        .values(due_at=due)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(changed_rows, CursorResult)  # noqa: S101  # narrows the type: an UPDATE has a row count
    return changed_rows.rowcount


def _redate_terms(session: Session, programme: Programme, stage: Collect, ids: Sequence[UUID], *, now: datetime) -> int:
    """Give a batch of submissions their deadlines at a stage that ends a number of days after what made each belong to it."""
    definition, count = programme.definition, 0
    ground = Ground(programme, definition, rounds={}, holidays=queries.holidays(session), officers=frozenset(), now=now)
    found = [(rows, filing) for rows in knowledge.read(session, programme, ids).values() if (filing := rows.filings.get(stage.key))]
    extended = session.scalars(
        select(Event.subject_id).where(Event.kind == EventKind.FILING_EXTENDED, Event.subject_id.in_([filing.id for _, filing in found]))
    )
    own = set(extended)
    for rows, filing in found:
        due = placing.due_at(ground, stage, rows.known(definition, now=now))
        if filing.id in own:
            due = max(due, filing.due_at)
        if due != filing.due_at:
            filing.due_at, count = due, count + 1
    session.flush()
    return count


def _begin_again(session: Session, programme: Programme, old: Definition, *, now: datetime) -> None:
    """Forget that a stage has begun which now begins later: it begins again then."""
    for stage in programme.definition.timeline:
        before = old.stage(stage.key)
        if (
            before is None
            or isinstance(stage, Judge)
            or stage.opens is None
            or isinstance(stage.opens, Term)
            or before.opens == stage.opens
        ):
            continue
        if terms.begins(stage.opens, since=now, zone=programme.definition.zone) > now:
            begun = delete(Opening).where(Opening.programme_id == programme.id, Opening.stage == stage.key, Opening.done_at.is_not(None))
            session.execute(begun)
