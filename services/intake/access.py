"""Loads a submission, and what it files, for the person who asks; a submission they may not see is reported as not found."""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from fastapi import Request
from sqlalchemy.orm import Session

from services.people.identity import token_of
from services.web import limits
from services.web.problems import raises
from shared.access.visibility import scope_of
from shared.errors import Conflict, Forbidden
from shared.people.person import Act, Person, Scope, may
from shared.programmes.models import Group, Programme
from shared.settings import settings
from shared.submissions import queries
from shared.submissions.filings import context
from shared.submissions.filings.asking import may_change
from shared.submissions.filings.context import FilingContext, FilingUnknown
from shared.submissions.models import Submission, Upload
from shared.submissions.queries import UploadUnknown
from shared.submissions.sheet import FILING_SHEET


class StageNeeded(Conflict):
    """Several filings are open to the caller, so it has to be said which one is meant; `stages` lists them."""

    th = "มีหลายขั้นตอนที่ส่งได้ โปรดระบุขั้นตอน (stage): {names}"
    en = "Several stages are open. Say which one is meant (stage): {names}."


class NotYoursToFile(Forbidden):
    """Somebody else fills in this stage."""

    th = "ท่านไม่ใช่ผู้กรอกขั้นตอน {stage_th} จึงแก้ไขหรือส่งไม่ได้"
    en = "{stage_en} is filled in by somebody else, so you cannot change or submit it."


def count_begun(request: Request) -> None:
    """Count an upload that begins, against the limits of its link and of its address. Raises AskedTooOften."""
    limits.count("uploads_of_address", settings().limit_uploads_per_address, limits.address_of(request))
    if (token := token_of(request)) is not None:
        limits.count("uploads_of_link", settings().limit_uploads_per_link, hashlib.sha256(token.encode()).hexdigest()[:32])


@raises(limits.AskedTooOften)
def count_code(request: Request) -> None:
    """Count a code that somebody tries, against the limit of their address. Raises AskedTooOften."""
    limits.count("codes_of_address", settings().limit_codes_per_address, limits.address_of(request))


def visible(session: Session, person: Person, submission_id: UUID, act: Act) -> tuple[Submission, Group, Programme]:
    """Return a submission with group and programme. Raises SubmissionUnknown, also when `person` may not do `act`."""
    submission, group, programme = queries.submission_with_group(session, submission_id)
    if not may(person, act, scope_of(session, submission, group)):
        raise queries.SubmissionUnknown
    return submission, group, programme


def may_at(person: Person, act: Act, of: FilingContext, scope: Scope) -> bool:
    """Say whether `person` may do `act` at a filing; `scope` is its submission's."""
    filed_by = of.filing.filed_by
    return may(person, act, replace(scope, filed_by=filed_by.value, accepted_by=of.stage.acceptor(filed_by)))


def sees_internal(person: Person, scope: Scope) -> bool:
    """Say whether a person sees what is marked internal: whoever may see the submission as an officer, not by the group's link."""
    return may(replace(person, submissions=frozenset()), Act.SEE_CONTACTS, scope)


def filing_of(
    session: Session, person: Person, submission_id: UUID, *, stage: str | None, act: Act, now: datetime, lock: bool = False
) -> FilingContext:
    """Return the filing at a stage at which `person` may do `act`; without a stage the only open one of those.

    Raises SubmissionUnknown, FilingUnknown, NotYoursToFile, StageNeeded.
    """
    return filing_in_scope(session, person, submission_id, stage=stage, act=act, now=now, lock=lock)[0]


def filing_in_scope(
    session: Session, person: Person, submission_id: UUID, *, stage: str | None, act: Act, now: datetime, lock: bool = False
) -> tuple[FilingContext, Scope]:
    """Return the same, with the scope of its submission."""
    submission, group, _ = queries.submission_with_group(session, submission_id)
    scope = scope_of(session, submission, group)
    if not may(person, Act.SEE_SUBMISSION, scope):
        raise queries.SubmissionUnknown
    if stage is None:
        contexts = context.of_submissions(session, [submission_id])[submission_id]
        found = _only_open([of for of in contexts if may_at(person, act, of, scope)], now)
        if found is None:
            raise queries.SubmissionUnknown
        return (context.of_filing(session, found.filing.id, lock=True) if lock else found), scope
    found = context.of_stage(session, submission_id, stage, lock=lock)
    if not may_at(person, act, found, scope):
        raise NotYoursToFile(stage_th=found.stage.label.th, stage_en=found.stage.label.en)
    return found, scope


def upload_of(session: Session, person: Person, upload_id: UUID, act: Act) -> tuple[Upload, FilingContext]:
    """Return an upload with its filing. Raises UploadUnknown, also when `person` may not do `act` at the filing."""
    upload = session.get(Upload, upload_id)
    if upload is None:
        raise UploadUnknown
    try:
        of = context.of_filing(session, upload.filing_id)
    except FilingUnknown:
        raise UploadUnknown from None
    if not may_at(person, act, of, scope_of(session, of.submission, of.group)):
        raise UploadUnknown
    return upload, of


def visible_upload(session: Session, person: Person, upload_id: UUID) -> Upload:
    """Return an upload to those who may see its submission: of a draft only to who fills it in, what is internal to officers only.

    Raises UploadUnknown.
    """
    upload = session.get(Upload, upload_id)
    if upload is None:
        raise UploadUnknown
    of = context.of_filing(session, upload.filing_id)
    scope, item = scope_of(session, of.submission, of.group), of.form.item(upload.kind)
    if not may(person, Act.SEE_SUBMISSION, scope) or (item is not None and item.internal and not sees_internal(person, scope)):
        raise UploadUnknown
    if not may_at(person, Act.UPLOAD, of, scope):
        submitted = {id_ for version in context.versions(session, of.filing.id) for id_ in version.upload_ids}
        if upload.id not in submitted:
            raise UploadUnknown
    return upload


def _only_open(contexts: Collection[FilingContext], now: datetime) -> FilingContext | None:
    """Return the filing that is meant where none is named: the one that waits to be submitted, else the one that may still change.

    Where nothing is open any more it is the newest, which then says so. Raises StageNeeded.
    """
    waiting = [of for of in contexts if FILING_SHEET[of.filing.status].may_submit and now <= of.finishes and not of.submission.is_out]
    changing = [of for of in contexts if may_change(of, now=now)]
    open_ = waiting or changing
    if len(open_) > 1:
        listed = [{"key": of.stage.key, "label": of.stage.label.to_json(), "due_at": of.filing.due_at.isoformat()} for of in open_]
        raise StageNeeded(stages=listed, names=", ".join(of.stage.key for of in open_))
    if open_:
        return open_[0]
    return max(contexts, key=lambda of: of.filing.id) if contexts else None
