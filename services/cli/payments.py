"""`omsap payment`: what submissions are paid."""

from typing import Annotated

import typer

from services.cli.installation import StackFolder, database, local_user
from services.cli.machine import AsJson
from services.cli.output import both, show
from services.cli.submissions import Reference, found
from shared import clock
from shared.payments import operations, queries
from shared.payments.sheet import PAYMENT_SHEET
from shared.text import Text

app = typer.Typer(help=both(Text("การจ่ายเงิน", "Payments.")), no_args_is_help=True, add_completion=False)


@app.callback()
def group() -> None:
    """Keep `pay` a command of its own: typer makes the only command of a group the group itself."""


@app.command()
def pay(
    reference: Reference,
    stage: Annotated[str, typer.Argument(help="The support stage's key.")],
    note: Annotated[str, typer.Option(help="The number of the transfer, or whatever else proves it.")] = "",
    data: StackFolder = None,
    as_json: AsJson = False,
) -> None:
    """Note that a payment was made; it cannot be undone."""
    with database(data) as session:
        submission = found(session, reference)
        payment = queries.payment(session, submission.id, stage, lock=True)
        operations.pay(session, payment, programme_id=submission.programme_id, note=note, by=local_user(), now=clock.now())
        amount, status = f"{payment.amount:.2f}", payment.status
        document = {"reference": submission.reference, "stage": stage, "status": status, "amount": amount, "paid_at": payment.paid_at}
    if as_json:
        show(document)
    else:
        print(f"{document['reference']} {stage}: {amount} {both(PAYMENT_SHEET[status].tag.label)}")
