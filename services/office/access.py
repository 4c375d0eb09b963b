"""Who may do what in the office; every answer is that of `may`."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends

from services.people.identity import Asking
from services.web.database import Transaction
from services.web.problems import raises
from shared.errors import Forbidden
from shared.people.models import Role
from shared.people.person import Act, Person, Scope, may
from shared.programmes import queries
from shared.programmes.models import Programme
from shared.programmes.queries import ProgrammeUnknown

STAFF = Role.OFFICER, Role.ADMINISTRATOR, Role.CHAIR, Role.MEMBER


class NotOfTheOffice(Forbidden):
    """The office is for staff."""

    th = "ส่วนนี้สำหรับเจ้าหน้าที่เท่านั้น"
    en = "This part is for staff only."


class NotAllowed(Forbidden):
    """The person's role does not include this act."""

    th = "บทบาทของท่านไม่มีสิทธิ์ทำรายการนี้ ({act})"
    en = "Your role does not allow this ({act})."


def require(person: Person, act: Act, programme: Programme | None = None) -> None:
    """Let those pass who may do `act` in a programme. Raises NotAllowed."""
    if not may(person, act, Scope(programme_id=programme.id if programme else None)):
        raise NotAllowed(act=str(act))


def manages(person: Person) -> Callable[[Programme], bool]:
    """Return the function that says of a programme whether a person manages it, and so may be told of it."""
    return lambda programme: may(person, Act.MANAGE_PROGRAMME, Scope(programme_id=programme.id))


@raises(NotOfTheOffice, ProgrammeUnknown)
def _programme(slug: str, session: Transaction, person: Asking) -> Programme:
    """Return the programme an address names, to staff."""
    if not person.has(*STAFF):
        raise NotOfTheOffice
    return queries.programme(session, slug)


ThisProgramme = Annotated[Programme, Depends(_programme)]
