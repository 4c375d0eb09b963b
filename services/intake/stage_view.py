"""Builds what people and programs see of one stage: what it asks, what was answered, and what was filed."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic import JsonValue

from services.intake import schemas, texts, upload_view
from services.intake.filing_state import FilingState
from services.intake.fingerprints import fingerprint
from services.intake.receipts import summary
from services.intake.upload_view import Findings
from shared.events.texts import actor_text
from shared.forms.checking import AnswerProblem
from shared.forms.problem import written
from shared.forms.questions import Question, Table
from shared.forms.reading import Writing
from shared.forms.showing import shown
from shared.forms.types import table
from shared.programmes.definition import Definition
from shared.programmes.stages import Collect, Office
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import FilingVersion, Receipt
from shared.submissions.sheet import VERSION_SHEET, NextStep
from shared.text import Look, Tag, Text

MISSED = Tag(Text("ไม่ได้ส่งภายในกำหนด", "not submitted by the deadline"), Look.BAD)
CHANGED = Tag(Text("มีการแก้ไขที่ยังไม่ได้ส่ง", "changes not submitted yet"), Look.WAIT)
NOT_YET = Tag(Text("ยังไม่ถึงกำหนด", "comes later"))


def asked(state: FilingState, findings: Findings, language: str) -> dict[str, Any]:
    """Return the members of `schemas.Asked` for a filing."""
    of = state.of
    return {
        "closes_at": of.closes,
        "quota": quota(state),
        "finishes_at": of.finishes,
        "time_left": time_left(of.closes, state.now),
        "may_upload": state.may_change,
        "may_submit": state.may_submit,
        "has_changes": state.has_changes,
        "prepared": prepared(state),
        "missing": [item.key for item in state.missing],
        "items": upload_view.items(state, findings, language),
        "next_step": step_view(next_step(state), language),
        "returned_because": state.returned_because,
        "submitted_at": of.filing.submitted_at,
        "receipt": _newest_receipt(state),
    }


def nothing_asked(language: str) -> dict[str, Any]:
    """Return the members of `schemas.Asked` for a submission that files nothing yet."""
    return {
        "closes_at": None,
        "quota": schemas.Quota(limit_bytes=0, used_bytes=0, free_bytes=0),
        "finishes_at": None,
        "time_left": None,
        "may_upload": False,
        "may_submit": False,
        "has_changes": False,
        "prepared": None,
        "missing": [],
        "items": [],
        "next_step": step_view(texts.COMING, language),
        "returned_because": None,
        "submitted_at": None,
        "receipt": None,
    }


def form(state: FilingState, findings: Findings, language: str) -> schemas.StageForm:
    """Return a stage's form with its answers, items and problems."""
    faults, writing = state.checked_draft.problems, writing_of(state.of.definition)
    answers = [_answer(question, state, faults, writing) for question in state.form.questions]
    return schemas.StageForm(answers=answers, **dict(asked_at(state, findings, language)))


def asked_at(state: FilingState, findings: Findings, language: str) -> schemas.StageAsked:
    """Return a stage with its items and problems."""
    return schemas.StageAsked(
        submission=state.of.submission.id,
        stage=stage(state, language),
        state=state.of.filing.status,
        questions=sum(question.key in state.checked.visible for question in state.form.questions),
        unanswered=state.unanswered,
        findings=[upload_view.finding(found, language) for upload in state.uploads for found in findings.get(upload.id, ())],
        problems=[problem(one) for one in state.checked.problems],
        sums=_listed(state.checked.sums),
        visible=sorted(state.checked.visible),
        **asked(state, findings, language),
    )


def stage(state: FilingState, language: str) -> schemas.StageView:
    """Return a stage with what was filed at it."""
    of, tag = state.of, tag_of(state)
    return schemas.StageView(
        key=of.stage.key,
        label=of.stage.label,
        hint=of.stage.hint,
        state=of.filing.status,
        state_th=tag.label.th,
        state_en=tag.label.en,
        look=tag.look,
        due_at=of.filing.due_at,
        filed_by=of.filing.filed_by,
        is_mine=state.is_mine,
        may_submit=state.may_submit,
        has_changes=state.has_changes,
        receipt=_newest_receipt(state),
        versions=[_version(version, state, language) for version in state.versions],
        sums=_sums(state),
    )


def coming(of: Collect, due_at: datetime | None) -> schemas.StageView:
    """Return a stage that is not asked yet; `due_at` is its deadline where it is the same for all."""
    return schemas.StageView(
        key=of.key,
        label=of.label,
        hint=of.hint,
        state=None,
        state_th=NOT_YET.label.th,
        state_en=NOT_YET.label.en,
        look=NOT_YET.look,
        due_at=due_at,
        filed_by=of.filed_by[0],
        is_mine=False,
        may_submit=False,
        has_changes=False,
        receipt=None,
        versions=[],
        sums=[],
    )


def tag_of(state: FilingState) -> Tag:
    """Return where a filing is, as people read it."""
    if state.row.may_submit and state.now > state.finishes:
        return MISSED
    return CHANGED if state.has_changes and not state.row.may_submit else state.row.tag


def next_step(state: FilingState) -> NextStep:
    """Return what to do next at a filing."""
    if not state.is_mine and state.row.may_submit:
        return texts.OF_OTHERS
    return texts.next_step(
        state.of.filing.status,
        missing=[item.label for item in state.missing],
        unanswered=state.unanswered,
        fix=state.must_fix,
        late=state.is_late,
        changed=state.may_change and state.has_changes and not state.row.may_submit,
    )


def step_view(step: NextStep, language: str) -> schemas.NextStepView:
    """Return the next step as it is answered."""
    text = step.detail
    return schemas.NextStepView(code=step.code, detail=text.read(language), detail_th=text.th, detail_en=text.en)


def prepared(state: FilingState) -> schemas.Prepared | None:
    """Return who asked the group to confirm, while it is asked."""
    filing = state.of.filing
    return schemas.Prepared(at=filing.prepared_at, by=filing.prepared_by) if filing.prepared_at else None


def quota(state: FilingState) -> schemas.Quota:
    """Return how many bytes may be announced and not finished, and how many are."""
    limit = state.of.definition.quota_bytes(state.of.stage)
    used = sum(upload.size_bytes for upload in state.draft_uploads if upload.status == UploadStatus.RECEIVING)
    return schemas.Quota(limit_bytes=limit, used_bytes=used, free_bytes=max(0, limit - used))


def time_left(closes: datetime, now: datetime) -> schemas.TimeLeft:
    """Return how long is left."""
    tag = texts.time_left(closes, now)
    return schemas.TimeLeft(seconds=max(0, int((closes - now).total_seconds())), look=tag.look, th=tag.label.th, en=tag.label.en)


def problem(one: AnswerProblem) -> schemas.ProblemView:
    """Return what is wrong or missing."""
    return schemas.ProblemView(key=one.key, path=written(one.path), code=one.code, th=one.text.th, en=one.text.en)


def writing_of(definition: Definition) -> Writing:
    """Return how a programme writes dates and amounts."""
    return Writing(calendar=definition.calendar, currency=definition.currency)


def _answer(question: Question, state: FilingState, faults: Iterable[AnswerProblem], writing: Writing) -> schemas.AnswerView:
    key, saved = question.key, state.saved_as(question.key)
    value = state.checked_draft.kept.get(key)
    wrong = [problem(one) for one in faults if one.key == key]
    read = state.checked_draft.values.get(key)
    return schemas.AnswerView(
        key=key,
        type=question.type,
        label=question.label,
        hint=question.hint,
        required=question.required,
        internal=question.internal,
        asks=_asks(state.form.content)[key],
        is_visible=key in state.checked.visible,
        value=value,
        shown=shown(question, read, writing) if read is not None and not wrong else None,
        version=saved.version,
        mark=fingerprint(question, saved.value),
        saved_at=saved.saved_at,
        saved_by=saved.saved_by,
        problems=wrong,
    )


@lru_cache(maxsize=64)
def _asks(form: str) -> dict[str, JsonValue]:
    """Return the questions of a form (as JSON) as its document has them, without what is not there."""
    questions: list[dict[str, JsonValue]] = json.loads(form)["questions"]
    return {str(one["key"]): {name: value for name, value in one.items() if value is not None} for one in questions}


def _version(version: FilingVersion, state: FilingState, language: str) -> schemas.VersionView:
    row, receipt = VERSION_SHEET[version.status], _receipt(state, version)
    return schemas.VersionView(
        number=version.number,
        state=version.status,
        state_th=row.tag.label.th,
        state_en=row.tag.label.en,
        submitted_at=version.submitted_at,
        by=actor_text(version.by_kind, version.by_name).read(language),
        receipt=summary(receipt) if receipt else None,
    )


def _newest_receipt(state: FilingState) -> schemas.ReceiptSummary | None:
    receipt = _receipt(state, state.version) if state.version else None
    return summary(receipt) if receipt else None


def _receipt(state: FilingState, version: FilingVersion) -> Receipt | None:
    """Return the receipt of a version; an office's lists also what is internal, so it is the officers' own."""
    is_seen = state.internal or state.of.filing.filed_by is Office.APPLICANT
    return state.receipts.get(version.id) if is_seen else None


def _sums(state: FilingState) -> list[schemas.SumView]:
    """Return what the tables of the version submitted last come to; the server alone adds up."""
    answers: Mapping[str, Any] = state.version.answers if state.version else {}
    tables = [question for question in state.form.questions if isinstance(question, Table) and question.key in answers]
    return _listed({one.key: table.sums(one, answers[one.key]) for one in tables})


def _listed(sums: Mapping[str, Mapping[str, str]]) -> list[schemas.SumView]:
    return [schemas.SumView(question=key, column=column, total=total) for key, added in sums.items() for column, total in added.items()]
