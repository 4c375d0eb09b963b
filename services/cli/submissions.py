"""`omsap submission`: what is done with a whole submission."""

from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.cli.installation import StackFolder, database, local_user
from services.cli.machine import AsJson
from services.cli.output import both, show
from shared import clock
from shared.errors import NotFound
from shared.listing.standing import standings
from shared.stages import operations
from shared.submissions.filings.settling import ReasonNeeded
from shared.submissions.models import Submission
from shared.submissions.sheet import STANDINGS
from shared.text import Text

app = typer.Typer(help=both(Text("ใบสมัคร", "Submissions.")), no_args_is_help=True, add_completion=False)

Reference = Annotated[str, typer.Argument(help="The submission's reference, as OM63-0001.")]
Reason = Annotated[str, typer.Option(help="Why; whom it concerns is told, and it is kept in the history.")]


class ReferenceUnknown(NotFound):
    """No submission has this reference."""

    th = "ไม่มีใบสมัครเลขที่ {reference}"
    en = "There is no submission {reference}."


@app.callback()
def group() -> None:
    """Keep `withdraw` a command of its own: typer makes the only command of a group the group itself."""


@app.command()
def withdraw(reference: Reference, reason: Reason, data: StackFolder = None, as_json: AsJson = False) -> None:
    """Withdraw a submission: what is open lapses, what is due ends, what was paid has to be returned; nothing is erased."""
    with database(data) as session:
        submission = found(session, reference)
        if not reason.strip():
            raise ReasonNeeded
        operations.withdraw(session, submission, reason=reason, by=local_user(), now=clock.now())
        status = standings(session, [submission.id])[submission.id]
        document = {"id": submission.id, "reference": submission.reference, "status": status, "withdrawn_at": submission.withdrawn_at}
    if as_json:
        show(document)
    else:
        print(f"{document['reference']}: {both(STANDINGS[status].tag.label)}")


def found(session: Session, reference: str) -> Submission:
    """Return the submission of a reference, in any case. Raises ReferenceUnknown."""
    submission = session.scalar(select(Submission).where(Submission.reference == reference.strip().upper()))
    if submission is None:
        raise ReferenceUnknown(reference=reference)
    return submission
