"""Submitting, on pages and for programs: the group does it, by its link or by the code it told an officer; staff alone cannot."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.access import visible
from services.web import limits
from shared.events import Actor
from shared.people.person import Act, Person
from shared.settings import secret_key, settings
from shared.submissions import operations, preparation, queries
from shared.submissions.preparation import CodeDead, CodeWrong


def submit_for(session: Session, person: Person, submission_id: UUID, *, code: str | None, now: datetime) -> CodeWrong | CodeDead | None:
    """Submit for whoever asks. What is wrong with `code` is returned, not raised, so that the try it cost is committed.

    A browser that has the group's link acts as the group, also an officer's: then the officer has helped. Raises SubmissionUnknown,
    ConfirmationNeeded, AlreadyHandedIn, ItemsMissing, DeadlinePassed.
    """
    _, _, programme = visible(session, person, submission_id, Act.SUBMIT)
    submission, definition = queries.submission(session, submission_id, lock=True), programme.definition
    if code and person.account_id is not None:
        return preparation.confirm_by_code(
            session, submission, typed=code, definition=definition, helper=person.actor, secret=secret_key(), now=now
        )
    if submission_id not in person.submissions:
        raise operations.ConfirmationNeeded
    by = Actor.group(submission_id)
    helper = person.name if person.account_id is not None else None
    operations.submit(session, submission, definition=definition, by=by, helped_by=helper, secret=secret_key(), now=now)
    return None


def ask_to_confirm(session: Session, person: Person, submission_id: UUID, *, now: datetime) -> None:
    """Ask a group to confirm what an officer prepared.

    Each time sends it a message and gives a new code with new tries, so it has a limit. Raises SubmissionUnknown, AlreadyHandedIn,
    ItemsMissing, DeadlinePassed, AskedTooOften.
    """
    _, _, programme = visible(session, person, submission_id, Act.PREPARE)
    limits.count("confirmations_of_submission", settings().limit_confirmations_per_submission, str(submission_id))
    submission = queries.submission(session, submission_id, lock=True)
    preparation.prepare(session, submission, definition=programme.definition, by=person.actor, secret=secret_key(), now=now)
