"""Whether a new document would strand what was filed: the parts it no longer has, with how many submissions hold something of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, cast, func, literal, select, union
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.errors import Conflict
from shared.payments.models import Payment
from shared.programmes.definition import Definition
from shared.programmes.models import Programme
from shared.programmes.stages import Collect, Judge
from shared.reviews.models import Entry, RoundRow
from shared.stages.vanishing import Vanished, vanished
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Answer, Filing, FilingVersion, Submission, Upload
from shared.text import Text

NAMED = 5
"""The most parts that the sentence names; its facts hold all of them."""
GIVEN_UP = (UploadStatus.TERMINATED, UploadStatus.EXPIRED)
PART = Text("“{part}” ใน “{stage}” (มี {count} ใบสมัคร)", "“{part}” of “{stage}” (submissions: {count})")
WHOLE = Text("“{part}” (มี {count} ใบสมัคร)", "“{part}” (submissions: {count})")


class FiledWorkStranded(Conflict):
    """What was filed, judged or paid keeps its place in the document; `stranded` names each part, and how many submissions hold it."""

    th = "บันทึกไม่ได้ เพราะเอกสารฉบับใหม่ไม่มีสิ่งที่มีงานอยู่แล้ว: {parts_th} โปรดคงไว้ในเอกสาร"
    en = "This cannot be saved, because the new document leaves out what already holds work: {parts_en}. Please keep it in the document."


@dataclass(frozen=True, slots=True)
class Stranded:
    """A part that would strand work, and how many submissions hold something of it."""

    path: str
    stage: str | None
    text: Text
    count: int


def require_nothing_stranded(session: Session, programme: Programme, after: Definition) -> None:
    """Raise FiledWorkStranded where a part that is gone holds drafts, files, versions, entries or payments.

    A collect stage that was asked and holds nothing yet may go. One query for each part that is gone, so none for most documents.
    """
    found = [*_parts(session, programme, after), *_categories(session, programme, after)]
    if found:
        raise FiledWorkStranded(
            parts_th=", ".join(one.text.th for one in found[:NAMED]),
            parts_en=", ".join(one.text.en for one in found[:NAMED]),
            stranded=[{"path": one.path, "stage": one.stage, "count": one.count, **one.text.to_json()} for one in found],
        )


def _parts(session: Session, programme: Programme, after: Definition) -> Iterator[Stranded]:
    for part in vanished(programme.definition, after):
        count = _count(session, _holders(part, programme.id))
        if count:
            text = WHOLE if part.label == part.stage.label else PART
            yield Stranded(part.path, part.stage.key, text.fill(part=part.label, stage=part.stage.label, count=f"{count:,}"), count)


def _categories(session: Session, programme: Programme, after: Definition) -> Iterator[Stranded]:
    left = {category.key for category in after.categories}
    for category in programme.definition.categories:
        if category.key not in left:
            chosen = select(Submission.id).where(Submission.programme_id == programme.id, Submission.category == category.key)
            count = _count(session, chosen)
            if count:
                path = f"categories.{category.key}"
                yield Stranded(path, None, WHOLE.fill(part=category.label, count=f"{count:,}"), count)


def _count(session: Session, submissions: Any) -> int:
    return session.scalar(select(func.count()).select_from(submissions.subquery())) or 0


def _holders(part: Vanished, programme_id: UUID) -> Any:
    """Return the query of the submissions that hold something of a part, each once."""
    stage = part.stage
    if isinstance(stage, Judge):
        entered = select(Entry.submission_id).join(RoundRow, RoundRow.id == Entry.round_id)
        return entered.where(RoundRow.programme_id == programme_id, RoundRow.key == stage.key).distinct()
    if not isinstance(stage, Collect):
        due = select(Payment.submission_id).join(Submission, Submission.id == Payment.submission_id)
        return due.where(Submission.programme_id == programme_id, Payment.stage == stage.key).distinct()
    at = _at(stage.key, programme_id)
    if part.item is not None:
        return _files(at).where(Upload.kind == part.item)
    typed = _says(part, Answer.value)
    if part.question is None:
        return union(_files(at), _drafts(at).where(typed), _versions(at))
    submitted = _says(part, FilingVersion.answers[part.question])
    return union(_drafts(at).where(Answer.key == part.question, typed), _versions(at).where(submitted))


def _at(stage: str, programme_id: UUID) -> Select[Any]:
    filed = select(Filing.submission_id).join(Submission, Submission.id == Filing.submission_id)
    return filed.where(Submission.programme_id == programme_id, Filing.stage == stage)


def _files(at: Select[Any]) -> Select[Any]:
    return at.join(Upload, Upload.filing_id == Filing.id).where(Upload.status.not_in(GIVEN_UP))


def _drafts(at: Select[Any]) -> Select[Any]:
    return at.join(Answer, Answer.filing_id == Filing.id)


def _versions(at: Select[Any]) -> Select[Any]:
    return at.join(FilingVersion, FilingVersion.filing_id == Filing.id)


def _says(part: Vanished, value: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """Return the condition that an answer holds something of a part: any answer of a question, an option, a cell of a column.

    Drafts hold what was typed, so a table may be a list of rows or a mapping that has them. Keys are letters, digits and underscores.
    """
    if part.column is not None:
        wanted = f'@ == "{part.option}"' if part.option is not None else '@ != null && @ != ""'
        return func.jsonb_path_exists(value, cast(f"$.**.{part.column} ? ({wanted})", JSONPATH))
    if part.option is not None:
        return value.op("@>", is_comparison=True)(literal(part.option, JSONB))
    return func.jsonb_typeof(value) != "null"
