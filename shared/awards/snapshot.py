"""What a decision keeps of a ranking, as plain JSON: its places in order, and how ties were decided. Pure."""

from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Snapshot(BaseModel):
    """A part of a ranking that is written as JSON and never changed."""

    model_config = ConfigDict(frozen=True)

    def to_json(self) -> dict[str, Any]:
        """Return the part as it is stored and signed: numbers with a fraction are decimal text."""
        return self.model_dump(mode="json")

    @classmethod
    def from_json(cls, documents: list[Any]) -> list[Self]:
        """Return the parts of a stored list."""
        return [cls.model_validate(document) for document in documents]


class AwardPlace(Snapshot):
    """One place of a ranking: whose it is, how it came about, and what it gets."""

    submission: UUID
    reference: str
    group: str
    province: str
    rank: int
    """From 1; equal scores share a rank."""
    score: Decimal
    """0 to 100, rounded to four decimals for people."""
    exact: str
    """The same as a fraction, `numerator/denominator`: it decides the order."""
    ballots: int
    outcome: str | None
    """`kept`, the key of a level, or None."""
    amount: Decimal
    """In the programme's currency."""
    part: str | None = None
    """The part that was ranked apart: a category, a province or a committee; None where all are in one ranking."""

    def to_json(self) -> dict[str, Any]:
        """Return the place as it is stored and signed; one of a single ranking names no part, as before there were parts."""
        document = super().to_json()
        return document if self.part is not None else {name: value for name, value in document.items() if name != "part"}


class OpenTie(Snapshot):
    """Submissions of one score on both sides of a cut, whose order people have to decide."""

    submissions: list[UUID]
    references: list[str]
    score: Decimal
    cuts: list[int]
    """The places after which its members would get something else."""


class DecidedTie(Snapshot):
    """The order that people gave to tied submissions, and why."""

    submissions: list[UUID]
    references: list[str]
    reason: str


class RuleUsed(Snapshot):
    """Which award rule made a ranking, and in which version."""

    name: str
    version: int
