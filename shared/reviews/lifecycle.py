"""Every legal edge of a round, an entry and an assignment, and nothing else."""

from enum import StrEnum


class RoundStatus(StrEnum):
    """The status of a round; `decided` when its published decision has been applied to every submission."""

    WAITING = "waiting"
    OPEN = "open"
    CLOSED = "closed"
    DECIDED = "decided"


ROUND_TRANSITIONS: dict[RoundStatus, set[RoundStatus]] = {
    RoundStatus.WAITING: {RoundStatus.OPEN},
    RoundStatus.OPEN: {RoundStatus.CLOSED},
    RoundStatus.CLOSED: {RoundStatus.OPEN, RoundStatus.DECIDED},
}


class AssignmentStatus(StrEnum):
    """What became of a claim; `outdated`: a later version of the work was filed, so it has to be looked at again."""

    CLAIMED = "claimed"
    GIVEN_BACK = "given_back"
    EXPIRED = "expired"
    CONFLICTED = "conflicted"
    SUBMITTED = "submitted"
    OUTDATED = "outdated"


ASSIGNMENT_TRANSITIONS: dict[AssignmentStatus, set[AssignmentStatus]] = {
    AssignmentStatus.CLAIMED: {
        AssignmentStatus.GIVEN_BACK,
        AssignmentStatus.EXPIRED,
        AssignmentStatus.CONFLICTED,
        AssignmentStatus.SUBMITTED,
        AssignmentStatus.OUTDATED,
    },
    AssignmentStatus.SUBMITTED: {AssignmentStatus.OUTDATED},
}
