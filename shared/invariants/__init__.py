"""What must be true at every moment, one invariant a file; checked on a schedule, and by tests after a story.

Each module has `broken(session)`, which returns a sentence for each breach it finds, and nothing when all is well.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from shared.errors import Refusal
from shared.invariants import (
    accepted_files_passed,
    awards_are_decided,
    ballots_are_complete,
    email_addresses_are_contact_points,
    entries_count_active_claims,
    outcomes_equal_decisions,
    payments_within_awards,
    signed_decisions_unchanged,
)

INVARIANTS: dict[str, Callable[[Session], list[str]]] = {
    module.__name__.rpartition(".")[2]: module.broken
    for module in (
        accepted_files_passed,
        awards_are_decided,
        ballots_are_complete,
        email_addresses_are_contact_points,
        entries_count_active_claims,
        outcomes_equal_decisions,
        payments_within_awards,
        signed_decisions_unchanged,
    )
}


class InvariantsBroken(Refusal):
    """Something that must always hold does not: an operator has to look before anything else is done."""

    th = "ข้อมูลไม่สอดคล้องกัน: {summary}"
    en = "The data contradict themselves: {summary}"


def check(session: Session) -> None:
    """Check every invariant on one snapshot of the database; `session` has done nothing yet. Raises InvariantsBroken with all breaches."""
    session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    breaches = {name: found for name, broken in INVARIANTS.items() if (found := broken(session))}
    if breaches:
        summary = "; ".join(f"{name}: {', '.join(found[:5])}" for name, found in breaches.items())
        raise InvariantsBroken(summary=summary, breaches=breaches)
