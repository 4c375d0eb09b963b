"""`omsap filing`: what a submission files stage by stage, and what officers do with it."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from services.cli.installation import StackFolder, database, local_user
from services.cli.machine import AsJson
from services.cli.output import both, show, show_table
from services.cli.submissions import Reason, Reference, found
from shared import clock
from shared.errors import Invalid
from shared.people import queries as people
from shared.programmes import terms
from shared.stages import coordinating, operations
from shared.submissions.filings import context, settling
from shared.submissions.filings.context import FilingContext
from shared.submissions.sheet import FILING_SHEET
from shared.text import Text
from shared.thai.days import NoDay, read_day

app = typer.Typer(help=both(Text("สิ่งที่ใบสมัครส่งในแต่ละขั้นตอน", "What submissions file.")), no_args_is_help=True, add_completion=False)

Stage = Annotated[str, typer.Argument(help="The stage's key.")]
Remark = Annotated[str, typer.Option(help="Why, where there is something to say; needed to accept despite a finding.")]


class UntilUnclear(Invalid):
    """A deadline is an instant or a day."""

    th = "อ่านกำหนด “{until}” ไม่ได้ โปรดพิมพ์เช่น 29/5/2563 หรือ 2020-05-29T16:30:00+07:00"
    en = "“{until}” is no day and no instant. Write 2020-05-29, 29/5/2563 or 2020-05-29T16:30:00+07:00."


@app.command("list")
def list_(reference: Reference, data: StackFolder = None, as_json: AsJson = False) -> None:
    """List what a submission files, in the order of the stages."""
    with database(data) as session:
        submission = found(session, reference)
        filings = [_described(of) for of in context.of_submissions(session, [submission.id])[submission.id]]
    if as_json:
        show({"reference": submission.reference, "filings": filings})
        return
    names = ("stage", "status", "filed_by", "closes_at")
    show_table(names, [tuple(one[name] for name in names) for one in filings])


@app.command()
def accept(reference: Reference, stage: Stage, reason: Remark = "", data: StackFolder = None, as_json: AsJson = False) -> None:
    """Accept what was submitted last at a stage; despite a finding it needs a reason."""
    by, now = local_user(), clock.now()
    _do(reference, stage, data, as_json, lambda session, of: settling.accept_by_officer(session, of, by=by, now=now, reason=reason))


@app.command("return")
def return_(reference: Reference, stage: Stage, reason: Reason, data: StackFolder = None, as_json: AsJson = False) -> None:
    """Return what was submitted last at a stage for changes; its filer reads the reason."""
    by, now = local_user(), clock.now()
    _do(reference, stage, data, as_json, lambda session, of: operations.return_filing(session, of, reason=reason, by=by, now=now))


@app.command()
def waive(reference: Reference, stage: Stage, reason: Reason, data: StackFolder = None, as_json: AsJson = False) -> None:
    """Ask no more for what is not accepted yet; it counts as done."""
    by, now = local_user(), clock.now()
    _do(reference, stage, data, as_json, lambda session, of: settling.waive(session, of, reason=reason, by=by, now=now))


@app.command("ask-again")
def ask_again(reference: Reference, stage: Stage, reason: Remark = "", data: StackFolder = None, as_json: AsJson = False) -> None:
    """Ask again for what was waived."""
    by, now = local_user(), clock.now()
    _do(reference, stage, data, as_json, lambda session, of: settling.ask_again(session, of, by=by, now=now, reason=reason))


@app.command()
def extend(
    reference: Reference,
    stage: Stage,
    until: Annotated[str, typer.Option(help="A day, which ends with it, or an instant as 2020-05-29T16:30:00+07:00.")],
    reason: Reason,
    data: StackFolder = None,
    as_json: AsJson = False,
) -> None:
    """Move the deadline of one filing to a later instant, also after it passed."""
    by, now, end = local_user(), clock.now(), _until(until)

    def act(session: Session, of: FilingContext) -> None:
        instant = terms.ends(end, since=of.filing.made_at, zone=of.definition.zone, holidays=())
        settling.extend(session, of, until=instant, reason=reason, by=by, now=now)

    _do(reference, stage, data, as_json, act)


@app.command()
def coordinator(
    reference: Reference,
    stage: Stage,
    email: Annotated[str | None, typer.Argument(help="The officer's account; without it all of the office are reminded.")] = None,
    data: StackFolder = None,
    as_json: AsJson = False,
) -> None:
    """Name the officer of the filing office who is reminded of it."""
    by, now = local_user(), clock.now()

    def act(session: Session, of: FilingContext) -> None:
        account_id = people.account_by_email(session, email).id if email else None
        coordinating.name(session, of, account_id=account_id, by=by, now=now)

    _do(reference, stage, data, as_json, act)


def _do(reference: str, stage: str, data: Path | None, as_json: bool, act: Callable[[Session, FilingContext], None]) -> None:
    """Do something with a filing, its rows locked, and print what it is then."""
    with database(data) as session:
        of = context.of_stage(session, found(session, reference).id, stage, lock=True)
        act(session, of)
        session.flush()
        document = {"reference": of.submission.reference, **_described(of)}
        label = FILING_SHEET[of.filing.status].tag.label
    if as_json:
        show(document)
    else:
        print(f"{document['reference']} {stage}: {both(label)}")


def _described(of: FilingContext) -> dict[str, Any]:
    filing = of.filing
    return {
        "stage": filing.stage,
        "status": filing.status,
        "filed_by": filing.filed_by,
        "due_at": filing.due_at,
        "closes_at": of.closes,
        "submitted_at": filing.submitted_at,
        "accepted_at": filing.accepted_at,
        "coordinator": filing.coordinator_id,
    }


def _until(typed: str) -> datetime | date:
    """Return an instant or a day. Raises UntilUnclear."""
    try:
        return read_day(typed)
    except NoDay:
        pass
    try:
        instant = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise UntilUnclear(until=typed) from None
    if instant.tzinfo is None:
        raise UntilUnclear(until=typed)
    return instant
