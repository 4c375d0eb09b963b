"""What must always hold is looked at on a schedule; a breach ends the job as dead, where operators see it."""

from shared import invariants
from shared.database import transaction
from shared.queue import kinds
from shared.queue.ledger import Work
from workers.base import task


@task(kinds.CHECK_INVARIANTS)
def check_invariants(work: Work) -> None:
    """Check every standing invariant."""
    with transaction() as session:
        invariants.check(session)
