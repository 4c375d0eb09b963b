"""Whether a receipt is genuine, for programs; public."""

from fastapi import APIRouter, Depends

from services.intake import receipts
from services.intake.access import count_code
from services.web.database import Transaction
from services.web.problems import raises
from shared.settings import secret_key
from shared.submissions.receipts import finding

router = APIRouter(prefix="/receipts", tags=["receipts"])


@router.get("/{code}", dependencies=[Depends(count_code)])
@raises(finding.ReceiptNotGenuine)
def check(session: Transaction, code: str) -> receipts.ReceiptCheck:
    """What a genuine receipt says, without a name of a group, a person or a file; 404 for any other."""
    return receipts.checked(finding.genuine(session, code, secret=secret_key()))
