"""What waits for an officer."""

from fastapi import APIRouter

from services.office.access import NotOfTheOffice
from services.office.schemas.filings import WaitingList, WaitingView
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.problems import raises
from shared.listing import work
from shared.listing.work import Worklist
from shared.people.models import Role

router = APIRouter(tags=["work"])


@router.get("/to-file")
@raises(NotOfTheOffice)
def list_to_file(session: Transaction, person: Asking) -> WaitingList:
    """Return what the officer's office has to fill in, what is overdue first."""
    if not person.has(Role.OFFICER):
        raise NotOfTheOffice
    return _listed(work.to_file(session, person))


@router.get("/to-accept")
@raises(NotOfTheOffice)
def list_to_accept(session: Transaction, person: Asking, lower: bool = False) -> WaitingList:
    """Return what waits for the officer's acceptance, the earliest submitted first; with `lower` also what lower offices accept."""
    if not person.has(Role.OFFICER):
        raise NotOfTheOffice
    return _listed(work.to_accept(session, person, below=lower))


def _listed(found: Worklist) -> WaitingList:
    return WaitingList(count=found.count, waiting=[WaitingView.of(one) for one in found.waiting])
