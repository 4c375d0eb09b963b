"""The tables of decisions and of what they say of each submission."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.awards.lifecycle import DecisionStatus, OutcomeKind
from shared.awards.rules import mean
from shared.awards.snapshot import AwardPlace, DecidedTie, RuleUsed
from shared.database import Base, Choice, new_id


class Decision(Base):
    """A frozen ranking of one round with its outcome, signed."""

    __tablename__ = "decisions"
    __table_args__ = (
        Index("uq_decisions_standing", "round_id", unique=True, postgresql_where=text("status <> 'superseded'")),
        CheckConstraint("seal_format = 1 OR (rule_name IS NOT NULL AND rule_version IS NOT NULL)", name="rule"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"), index=True)
    round_id: Mapped[UUID] = mapped_column(ForeignKey("rounds.id"))
    status: Mapped[DecisionStatus] = mapped_column(Choice(DecisionStatus), default=DecisionStatus.MADE)
    places_json: Mapped[list[Any]] = mapped_column("places")
    """The ranking as it is signed; read it as `places`."""
    ties_json: Mapped[list[Any]] = mapped_column("ties")
    """How people decided ties, as it is signed; read it as `ties`."""
    rule_name: Mapped[str | None]
    rule_version: Mapped[int | None]
    seal_format: Mapped[int] = mapped_column(server_default=text("1"))
    """Which document `digest` is of, see `shared.awards.seal`. The default serves a process of the release before, which knows only 1."""
    digest: Mapped[str]
    """SHA-256 of the signed document."""
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    signed_by: Mapped[str | None]
    signed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]

    @property
    def places(self) -> list[AwardPlace]:
        """The ranking, the best first."""
        return AwardPlace.from_json(self.places_json)

    @property
    def ties(self) -> list[DecidedTie]:
        """How people decided ties."""
        return DecidedTie.from_json(self.ties_json)

    @property
    def rule(self) -> RuleUsed:
        """The award rule that made the ranking. A decision of format 1 names none: the mean was the only one then."""
        if self.rule_name is None or self.rule_version is None:
            return RuleUsed(name=mean.NAME, version=1)
        return RuleUsed(name=self.rule_name, version=self.rule_version)


class Outcome(Base):
    """What a published decision says of one submission at one judge stage. It is written once and never changes."""

    __tablename__ = "outcomes"
    __table_args__ = (UniqueConstraint("submission_id", "round_id"), Index("ix_outcomes_decision_id", "decision_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    submission_id: Mapped[UUID] = mapped_column(ForeignKey("submissions.id"))
    round_id: Mapped[UUID] = mapped_column(ForeignKey("rounds.id"))
    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"))
    kind: Mapped[OutcomeKind] = mapped_column(Choice(OutcomeKind))
    level: Mapped[str | None]
    """The key of the level, where one was awarded."""
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    """What was awarded, in the programme's currency."""
    made_at: Mapped[datetime]
