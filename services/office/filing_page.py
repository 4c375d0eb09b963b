"""What a submission files at one stage, as its officers' page shows it: deadline, versions with answers and files, what can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.office.files import FoundInFiles, ItemSection, item_section
from services.office.filing_verbs import Given, Verb, is_own, offered
from services.office.stage_rows import FILING_TAGS
from services.office.stage_texts import acceptor_text
from services.web.templates import PageModel
from shared.events.texts import actor_text
from shared.forms import showing
from shared.forms.form import Form
from shared.forms.reading import Writing
from shared.listing.filings import FilingState
from shared.listing.record import FilingRecord, VersionRecord
from shared.people.person import Act, Person, Scope, may
from shared.programmes.definition import Definition
from shared.programmes.models import Group
from shared.programmes.offices import OFFICES
from shared.stages import coordinating
from shared.submissions.filings.asking import may_change
from shared.submissions.lifecycle import FilingStatus, VersionStatus
from shared.submissions.models import FilingVersion, Upload
from shared.submissions.sheet import FILING_SHEET, VERSION_SHEET
from shared.text import Look, Tag, Text
from shared.validation.queries import finding_text

TO_ACCEPT = Tag(Text("ตรวจแล้ว รอเจ้าหน้าที่รับ", "checked, to be accepted"), Look.WAIT)
NOT_SUBMITTED = Tag(Text("ยังไม่ได้ส่ง", "not submitted yet"))
OTHERS_ACCEPT = Text("ท่านเป็นผู้ส่งหรือช่วยเตรียมงานนี้ เจ้าหน้าที่อื่นต้องเป็นผู้รับ", "You submitted or prepared this, so another officer has to accept it.")


class AnswerLine(PageModel):
    """One answer as it reads: a line each, a table has one a row."""

    label: Text
    lines: list[Text]
    is_internal: bool


class Content(PageModel):
    """The draft, or what was submitted at once."""

    number: int | None
    """Of the version; None of the draft."""
    tag: Tag
    by: Text | None
    at: datetime | None
    receipt: str | None
    """The code of its receipt."""
    findings: list[Text]
    """Why it was returned by checks."""
    answers: list[AnswerLine]
    items: list[ItemSection]


class Officer(PageModel):
    """An officer who can be named."""

    id: UUID
    name: str
    is_chosen: bool


class VerbForm(PageModel):
    """Something that can be done with the filing, and what was given with it when that was refused."""

    verb: Verb
    reason: str
    until: str
    is_open: bool
    """It was refused: it is shown with what was given."""
    needs_reason: bool
    officers: list[Officer]


class FilingSection(PageModel):
    """A filing."""

    stage: str
    label: Text
    tag: Tag
    filed_by: Text
    accepted_by: Text
    due_at: datetime
    closes_at: datetime
    coordinator: str | None
    submission: UUID
    may_file: bool
    """The person's office fills it in, or helps the group to."""
    note: Text | None
    contents: list[Content]
    """The draft where it differs from what was submitted, then the newest version first."""
    verbs: list[VerbForm]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was to be done with a filing and was refused: it is shown again as it was given."""

    stage: str
    verb: Verb
    given: Given
    until: str = ""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at a submission, and where it belongs."""

    person: Person
    scope: Scope
    now: datetime
    attempt: Attempt | None = None

    @property
    def is_officer(self) -> bool:
        """Whether they see drafts, internal answers and payments."""
        return may(self.person, Act.SEE_CONTACTS, self.scope)


def filing_section(
    session: Session, found: FilingRecord, group: Group, viewer: Viewer, known: FoundInFiles, *, is_read: bool
) -> FilingSection:
    """Return a filing as somebody may see it; what a closed round has read (`is_read`) is not returned any more."""
    of, filing = found.of, found.of.filing
    scope = replace(viewer.scope, filed_by=filing.filed_by.value, accepted_by=of.stage.acceptor(filing.filed_by))
    verbs = [verb for verb in offered(of, found.newest, viewer.person, scope) if not (verb is Verb.RETURN and is_read)]
    sheet = FILING_SHEET[filing.status]
    is_asked = sheet.is_asked and not of.submission.is_out
    may_accept = may(viewer.person, Act.ACCEPT_FILING, scope) and is_asked
    return FilingSection(
        stage=filing.stage,
        label=of.stage.label,
        tag=_tag(found, viewer.now),
        filed_by=OFFICES[filing.filed_by],
        accepted_by=acceptor_text(of.stage),
        due_at=filing.due_at,
        closes_at=of.closes,
        coordinator=found.coordinator.name if found.coordinator else None,
        submission=of.submission.id,
        may_file=may(viewer.person, Act.UPLOAD, scope) and (may_change(of, now=viewer.now) or (is_asked and sheet.may_submit)),
        note=OTHERS_ACCEPT if may_accept and filing.status is FilingStatus.SUBMITTED and is_own(found.newest, viewer.person) else None,
        contents=_contents(found, viewer, known),
        verbs=[_form(session, verb, found, group, viewer) for verb in verbs],
    )


def _tag(found: FilingRecord, now: datetime) -> Tag:
    filing = found.of.filing
    if filing.status is FilingStatus.SUBMITTED and found.newest is not None and _waits(found.newest):
        return TO_ACCEPT
    is_missed = FILING_SHEET[filing.status].may_submit and now > found.of.closes and not found.of.submission.is_out
    return FILING_TAGS[FilingState.MISSED if is_missed else FilingState(filing.status.value)]


def _waits(version: FilingVersion) -> bool:
    """Return whether a version's checks have passed and an officer has to accept it."""
    return version.status is VersionStatus.CHECKING and version.checked_at is not None


def _contents(found: FilingRecord, viewer: Viewer, known: FoundInFiles) -> list[Content]:
    contents = [_version(found, one, viewer, known) for one in found.versions]
    if viewer.is_officer and found.has_draft:
        draft = _content(found.of.form, found.draft, found.draft_uploads, found.of.definition, viewer, known, {})
        contents.insert(0, Content(number=None, tag=NOT_SUBMITTED, by=None, at=None, receipt=None, findings=[], **draft))
    return contents


def _version(found: FilingRecord, one: VersionRecord, viewer: Viewer, known: FoundInFiles) -> Content:
    version = one.version
    at = f"/api/office/submissions/{found.of.submission.id}/bound/"
    bound = {kind: f"{at}{kind}?version={version.id}" for kind in version.bound}
    content = _content(one.form, version.answers, one.uploads, found.of.definition, viewer, known, bound)
    return Content(
        number=version.number,
        tag=TO_ACCEPT if _waits(version) else VERSION_SHEET[version.status].tag,
        by=actor_text(version.by_kind, version.by_name),
        at=version.submitted_at,
        receipt=one.receipt.code if one.receipt else None,
        findings=[finding_text(finding["code"], finding.get("data", {})) for finding in version.findings if "code" in finding],
        **content,
    )


def _content(
    form: Form,
    answers: Mapping[str, Any],
    uploads: Sequence[Upload],
    definition: Definition,
    viewer: Viewer,
    known: FoundInFiles,
    bound: Mapping[str, str],
) -> dict[str, Any]:
    seen = form if viewer.is_officer else form.public()
    writing = Writing(calendar=definition.calendar, currency=definition.currency)
    there = {upload.kind for upload in uploads}
    return {
        "answers": [
            AnswerLine(
                label=question.label,
                lines=_lines(showing.shown(question, answers[question.key], writing)),
                is_internal=question.internal,
            )
            for question in seen.questions
            if answers.get(question.key) is not None
        ],
        "items": [
            item_section(item, uploads, known, bound=bound.get(item.key)) for item in seen.items if item.key in there or item.when is None
        ],
    }


def _lines(text: Text) -> list[Text]:
    return [Text(th, en) for th, en in zip(text.th.split("\n"), text.en.split("\n"), strict=True)]


def _form(session: Session, verb: Verb, found: FilingRecord, group: Group, viewer: Viewer) -> VerbForm:
    attempt = viewer.attempt if viewer.attempt and (viewer.attempt.stage, viewer.attempt.verb) == (found.of.filing.stage, verb) else None
    filing = found.of.filing
    officers = coordinating.officers(session, filing.filed_by, group) if verb is Verb.COORDINATOR else []
    chosen = attempt.given.coordinator if attempt else filing.coordinator_id
    return VerbForm(
        verb=verb,
        reason=attempt.given.reason if attempt else "",
        until=attempt.until if attempt else "",
        is_open=attempt is not None,
        needs_reason=_needs_reason(verb, found),
        officers=[Officer(id=one.id, name=one.name, is_chosen=one.id == chosen) for one in officers],
    )


def _needs_reason(verb: Verb, found: FilingRecord) -> bool:
    if verb is Verb.ACCEPT:
        return found.newest is not None and found.newest.status is VersionStatus.FAILED
    return verb in {Verb.RETURN, Verb.WAIVE, Verb.EXTEND}
