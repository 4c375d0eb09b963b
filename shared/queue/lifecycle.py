"""The states of a job. They move in `ledger` alone, by statements that compare and set."""

from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands. `dead`: gave up, waits for an operator. `cancelled`: no longer applies, or an operator said so."""

    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"
