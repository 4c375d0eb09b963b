"""Every legal edge of a decision, and nothing else."""

from enum import StrEnum


class OutcomeKind(StrEnum):
    """What a published decision says of one submission at one judge stage."""

    SHORTLISTED = "shortlisted"
    NOT_SHORTLISTED = "not_shortlisted"
    AWARDED = "awarded"
    NOT_AWARDED = "not_awarded"


class DecisionStatus(StrEnum):
    """A decision is made from a closed round, signed by the chair, then published and applied.

    One that is made again, or whose round is opened again before it is published, is superseded.
    """

    MADE = "made"
    SIGNED = "signed"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


DECISION_TRANSITIONS: dict[DecisionStatus, set[DecisionStatus]] = {
    DecisionStatus.MADE: {DecisionStatus.SIGNED, DecisionStatus.SUPERSEDED},
    DecisionStatus.SIGNED: {DecisionStatus.PUBLISHED, DecisionStatus.SUPERSEDED},
}
