"""Submitting, on pages and for programs: whoever fills in a stage submits it; for a group, staff alone cannot."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.access import filing_of
from services.web import limits
from shared.events import Actor
from shared.people.person import Act, Person
from shared.programmes.stages import Office
from shared.settings import secret_key, settings
from shared.stages import operations
from shared.submissions import preparation
from shared.submissions.filings.context import FilingContext
from shared.submissions.preparation import CodeDead, CodeWrong


def submit_for(
    session: Session, person: Person, submission_id: UUID, *, stage: str | None, code: str | None, now: datetime
) -> CodeWrong | CodeDead | None:
    """Submit for whoever asks. What is wrong with `code` is returned, not raised, so that the try it cost is committed.

    A browser that has the group's link acts as the group, also an officer's: then the officer has helped. Raises what `filing_of` and
    `stages.operations.submit` raise.
    """
    of = filing_of(session, person, submission_id, stage=stage, act=Act.SUBMIT, now=now, lock=True)
    if code and person.account_id is not None and of.filing.filed_by is Office.APPLICANT:
        operations.require_unread(session, of)
        grant = operations.grant_of(session, submission_id)
        return preparation.confirm_by_code(session, of, typed=code, helper=person.actor, secret=secret_key(), now=now, grant=grant)
    by = acting(person, of)
    helper = person.actor if by != person.actor and person.account_id is not None else None
    operations.submit(session, of, by=by, helper=helper, secret=secret_key(), now=now)
    return None


def acting(person: Person, of: FilingContext) -> Actor:
    """Return as whom a person fills in a filing: as its group where they have the group's link, else as themselves."""
    if of.filing.filed_by is Office.APPLICANT and of.submission.id in person.submissions:
        return Actor.group(of.submission.id)
    return person.actor


def ask_to_confirm(session: Session, person: Person, submission_id: UUID, *, stage: str | None, now: datetime) -> None:
    """Ask a group to confirm what an officer prepared.

    Each time sends it a message and gives a new code with new tries, so it has a limit. Raises AskedTooOften, and what `filing_of` and
    `preparation.prepare` raise.
    """
    of = filing_of(session, person, submission_id, stage=stage, act=Act.PREPARE, now=now, lock=True)
    limits.count("confirmations_of_submission", settings().limit_confirmations_per_submission, str(submission_id))
    grant = operations.grant_of(session, submission_id)
    preparation.prepare(session, of, by=person.actor, secret=secret_key(), now=now, grant=grant)
