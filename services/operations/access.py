"""Operators run the machines; nobody else sees them."""

from typing import Annotated

from fastapi import Depends

from services.people.identity import Asking
from services.web.problems import raises
from shared.errors import Forbidden
from shared.people.person import Act, Person, Scope, may


class OperatorsOnly(Forbidden):
    """The account is not an operator's."""

    th = "หน้านี้สำหรับผู้ดูแลระบบเท่านั้น"
    en = "This is for operators only."


@raises(OperatorsOnly)
def _operator(person: Asking) -> Person:
    if not may(person, Act.OPERATE, Scope()):
        raise OperatorsOnly
    return person


Operator = Annotated[Person, Depends(_operator)]
