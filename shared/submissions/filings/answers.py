"""The answers of a filing's draft: saved one by one as they are typed, each against the version one began from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from shared.database.versions import Edit, Saved, changed
from shared.events import Actor
from shared.forms.checking import AnswersInvalid, check
from shared.programmes.stages import Office
from shared.submissions.filings.asking import require_open
from shared.submissions.filings.context import FilingContext
from shared.submissions.models import Answer


def saved(session: Session, filing_id: UUID) -> dict[str, Saved]:
    """Return the draft's answers by key. One query."""
    rows = session.scalars(select(Answer).where(Answer.filing_id == filing_id).execution_options(populate_existing=True))
    return {row.key: Saved(row.value, row.version, row.saved_at, row.saved_by) for row in rows}


def draft_of(session: Session, filing_id: UUID) -> dict[str, Any]:
    """Return what was typed, by key. One query."""
    return dict(session.execute(select(Answer.key, Answer.value).where(Answer.filing_id == filing_id)).all())


def save(session: Session, of: FilingContext, edits: Sequence[Edit], *, by: Actor, now: datetime) -> dict[str, Saved]:
    """Save answers: as they are stored where they are right, else as they were typed; those not named stay.

    The filing's row is locked by the caller. Returns the whole draft.
    What is typed wrongly is saved all the same, for it is a draft. Raises EditedMeanwhile (then nothing is saved), AnswersInvalid for a
    question that is not asked, and what `require_open` raises.
    """
    require_open(of, now=now)
    form = of.form if of.filing.filed_by is not Office.APPLICANT else of.form.public()
    checked = check(form, {edit.key: edit.value for edit in edits}, files={}, complete=False)
    asked = {question.key for question in form.questions}
    if unknown := tuple(problem for problem in checked.problems if problem.key not in asked):
        raise AnswersInvalid(form, unknown)
    new = changed([replace(edit, value=checked.kept[edit.key]) for edit in edits], saved(session, of.filing.id))
    if new:
        rows = [
            {"filing_id": of.filing.id, "key": edit.key, "value": edit.value, "version": 1, "saved_at": now, "saved_by": by.name}
            for edit in new
        ]
        statement = insert(Answer)
        session.execute(
            statement.on_conflict_do_update(
                index_elements=[Answer.filing_id, Answer.key],
                set_={
                    "value": statement.excluded.value,
                    "version": Answer.version + 1,
                    "saved_at": statement.excluded.saved_at,
                    "saved_by": statement.excluded.saved_by,
                },
            ),
            rows,
        )
    return saved(session, of.filing.id)


def count_of(session: Session, filing_ids: Sequence[UUID], keys: Sequence[str]) -> int:
    """Return how many of these filings have an answer to one of these questions."""
    query = select(func.count(Answer.filing_id.distinct())).where(Answer.filing_id.in_(filing_ids), Answer.key.in_(keys))
    return session.scalar(query) or 0
