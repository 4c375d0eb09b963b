"""A submission comes to belong to a collect stage, or no longer does: its filing is made, lapses, or comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id
from shared.database.transitions import advance
from shared.events import SYSTEM, EventKind, Occurrence
from shared.programmes.models import Programme
from shared.programmes.stages import Office
from shared.submissions.lifecycle import FILING_TRANSITIONS, FilingStatus
from shared.submissions.models import Filing
from shared.text import Text


@dataclass(frozen=True, slots=True)
class NewFiling:
    """What is asked of a submission from now on: at which stage, of whom, until when."""

    submission_id: UUID
    stage: str
    filed_by: Office
    due_at: datetime


def make(session: Session, programme: Programme, new: Sequence[NewFiling], *, now: datetime, announce: bool = True) -> int:
    """Make filings that are not there yet, each with its event; return how many. `announce` sends word of them to who files."""
    if not new:
        return 0
    rows = [
        {
            "id": new_id(),
            "submission_id": one.submission_id,
            "stage": one.stage,
            "status": FilingStatus.OPEN,
            "filed_by": one.filed_by,
            "document_version": programme.version,
            "made_at": now,
            "due_at": one.due_at,
        }
        for one in new
    ]
    made = session.scalars(insert(Filing).on_conflict_do_nothing().returning(Filing), rows).all()
    opened = [_occurrence(EventKind.FILING_OPENED, filing, programme, announce=announce) for filing in made]
    events.append_all(session, opened, by=SYSTEM, now=now)
    return len(made)


def reopen(session: Session, programme: Programme, filing: Filing, *, due_at: datetime, now: datetime) -> None:
    """Ask again for a filing that had lapsed, with what its draft has; its deadline is the later of the old and the new."""
    advance(session, filing, FilingStatus.OPEN, edges=FILING_TRANSITIONS, due_at=max(filing.due_at, due_at))
    events.append_all(session, [_occurrence(EventKind.FILING_OPENED, filing, programme, announce=True)], by=SYSTEM, now=now)


def lapse(session: Session, programme: Programme, filing: Filing, *, now: datetime) -> None:
    """End an unfinished filing whose submission no longer belongs to its stage. Its answers and files are kept."""
    advance(session, filing, FilingStatus.LAPSED, edges=FILING_TRANSITIONS)
    events.append_all(session, [_occurrence(EventKind.FILING_LAPSED, filing, programme)], by=SYSTEM, now=now)


def _occurrence(kind: EventKind, filing: Filing, programme: Programme, *, announce: bool = False) -> Occurrence:
    stage = programme.definition.collect(filing.stage)
    label = stage.label if stage else Text(filing.stage, filing.stage)
    data = {"stage": filing.stage, "stage_th": label.th, "stage_en": label.en, "due_at": filing.due_at.isoformat(), "announce": announce}
    return Occurrence(kind, filing.id, filing.submission_id, programme.id, data=data)
