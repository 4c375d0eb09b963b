"""What officers do with one filing: accept, return, waive, ask again, extend, name who is reminded. From pages and programs alike."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from services.office.access import NotAllowed
from shared.access.visibility import scope_of, scope_of_filing
from shared.errors import Invalid
from shared.people.person import Act, Person, Scope, may
from shared.programmes import terms
from shared.programmes.stages import Office
from shared.stages import coordinating, operations
from shared.submissions import queries
from shared.submissions.filings import context, settling
from shared.submissions.filings.context import FilingContext
from shared.submissions.lifecycle import FILING_TRANSITIONS, FilingStatus, VersionStatus
from shared.submissions.models import FilingVersion
from shared.submissions.queries import SubmissionUnknown
from shared.submissions.sheet import FILING_SHEET


class Verb(StrEnum):
    """What can be done with a filing; the word in addresses."""

    ACCEPT = "accept"
    RETURN = "return"
    WAIVE = "waive"
    ASK_AGAIN = "ask-again"
    EXTEND = "extend"
    COORDINATOR = "coordinator"


ACTS: dict[Verb, Act] = {
    Verb.ACCEPT: Act.ACCEPT_FILING,
    Verb.RETURN: Act.ACCEPT_FILING,
    Verb.WAIVE: Act.MANAGE_SUBMISSION,
    Verb.ASK_AGAIN: Act.MANAGE_SUBMISSION,
    Verb.EXTEND: Act.MANAGE_SUBMISSION,
    Verb.COORDINATOR: Act.MANAGE_SUBMISSION,
}


class DeadlineUnclear(Invalid):
    """An extension says until when."""

    th = "โปรดระบุกำหนดส่งใหม่ เช่น 29/5/2563"
    en = "Please give the new deadline, as 29 May 2020."


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gives with a verb."""

    reason: str = ""
    until: datetime | date | None = None
    """An instant, or a day, with the end of which the deadline is."""
    coordinator: UUID | None = None


def perform(session: Session, verb: Verb, submission_id: UUID, stage: str, given: Given, *, person: Person, now: datetime) -> FilingContext:
    """Do something with the filing of a submission at a stage, and return it. Its rows stay locked until the transaction ends.

    Raises NotAllowed, SubmissionUnknown to those who may not see it, FilingUnknown, DeadlineUnclear, and what the verb raises.
    """
    submission, group, _ = queries.submission_with_group(session, submission_id)
    if not may(person, Act.SEE_SUBMISSION, scope_of(session, submission, group)):
        raise SubmissionUnknown
    of = context.of_stage(session, submission_id, stage, lock=True)
    if not may(person, ACTS[verb], scope_of_filing(session, of)):
        raise NotAllowed(act=str(ACTS[verb]))
    by, reason = person.actor, given.reason
    match verb:
        case Verb.ACCEPT:
            settling.accept_by_officer(session, of, by=by, now=now, reason=reason)
        case Verb.RETURN:
            operations.return_filing(session, of, reason=reason, by=by, now=now)
        case Verb.WAIVE:
            settling.waive(session, of, reason=reason, by=by, now=now)
        case Verb.ASK_AGAIN:
            settling.ask_again(session, of, by=by, now=now, reason=reason)
        case Verb.EXTEND:
            settling.extend(session, of, until=_end(of, given.until), reason=reason, by=by, now=now)
        case Verb.COORDINATOR:
            coordinating.name(session, of, account_id=given.coordinator, by=by, now=now)
    return of


def offered(of: FilingContext, newest: FilingVersion | None, person: Person, scope: Scope) -> list[Verb]:
    """Return what a person may do with a filing now; `scope` is the filing's, `newest` what was submitted last."""
    return [verb for verb in Verb if may(person, ACTS[verb], scope) and not of.submission.is_out and _fits(verb, of, newest, person)]


def is_own(version: FilingVersion | None, person: Person) -> bool:
    """Return whether a person submitted a version or prepared it: then another accepts."""
    return version is not None and person.account_id is not None and person.account_id in {version.by_id, *version.helper_ids}


def _fits(verb: Verb, of: FilingContext, newest: FilingVersion | None, person: Person) -> bool:
    status = of.filing.status
    is_asked = FILING_SHEET[status].is_asked
    match verb:
        case Verb.ACCEPT:
            waits = newest is not None and newest.status in {VersionStatus.CHECKING, VersionStatus.FAILED} and newest.checked_at is not None
            return is_asked and waits and not is_own(newest, person)
        case Verb.RETURN:
            return is_asked and newest is not None and newest.status in {VersionStatus.CHECKING, VersionStatus.PASSED}
        case Verb.WAIVE:
            return FilingStatus.WAIVED in FILING_TRANSITIONS[status]
        case Verb.ASK_AGAIN:
            return status is FilingStatus.WAIVED
        case Verb.EXTEND:
            return is_asked
        case Verb.COORDINATOR:
            return is_asked and of.filing.filed_by is not Office.APPLICANT
    return False


def _end(of: FilingContext, until: datetime | date | None) -> datetime:
    if until is None:
        raise DeadlineUnclear
    return terms.ends(until, since=of.filing.made_at, zone=of.definition.zone, holidays=())
