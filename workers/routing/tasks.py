"""Give submissions the rows of the stages they belong to: what is asked of them, what judges them, what they are paid."""

from sqlalchemy.orm import Session

from shared import clock
from shared.programmes.models import Programme
from shared.queue import kinds
from shared.queue.ledger import Work
from shared.stages import opening, placing
from shared.submissions.models import Submission
from workers.base import Record, task


@task(kinds.PLACE_SUBMISSION)
def place_submission(work: Work) -> Record:
    """Place one submission, of which something has changed."""

    def record(session: Session) -> None:
        submission = session.get_one(Submission, work.subject_id)
        placing.place(session, session.get_one(Programme, submission.programme_id), [submission.id], now=clock.now())

    return record


@task(kinds.PLACE_STAGE)
def place_stage(work: Work) -> None:
    """Place all submissions of a stage that has begun, in batches."""
    opening.place_stage(work.subject_id, now=clock.now())


@task(kinds.PLACE_PROGRAMME)
def place_programme(work: Work) -> None:
    """Place all submissions of a programme whose document was saved, or of which a round was opened, in batches."""
    opening.place_programme(work.subject_id, now=clock.now())
