"""Rounds, rankings and decisions."""

from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from services.web.answers import Answer
from shared.awards.lifecycle import DecisionStatus
from shared.awards.models import Decision
from shared.awards.queries import Ranking
from shared.awards.snapshot import AwardPlace, DecidedTie, OpenTie, RuleUsed
from shared.programmes.models import Programme
from shared.reviews.lifecycle import RoundStatus
from shared.reviews.models import RoundRow


class RoundView(Answer):
    """A round that was opened."""

    id: UUID
    round: str
    status: RoundStatus
    opened_at: datetime | None
    closed_at: datetime | None

    @classmethod
    def of(cls, row: RoundRow, **more: object) -> Self:
        """Return a round; `more` are the members that a subclass adds."""
        about = {"id": row.id, "round": row.key, "status": row.status, "opened_at": row.opened_at, "closed_at": row.closed_at}
        return cls.model_validate({**about, **more})


class RankingView(RoundView):
    """A round with its ranking as the submitted ballots make it."""

    rule: RuleUsed
    places: list[AwardPlace]
    ties: list[OpenTie]
    unranked: list[str]
    """References of submissions without a ballot."""
    total_baht: str

    @classmethod
    def of_round(cls, row: RoundRow, ranking: Ranking) -> Self:
        """Return a round with its ranking."""
        return cls.of(row, **ranked(ranking))


class DecisionPreview(Answer):
    """What would be decided, with the given ties."""

    dry_run: Literal[True]
    round: str
    status: RoundStatus
    rule: RuleUsed
    places: list[AwardPlace]
    ties: list[OpenTie]
    unranked: list[str]
    total_baht: str

    @classmethod
    def of(cls, row: RoundRow, ranking: Ranking) -> Self:
        """Return what would be decided."""
        return cls.model_validate({"dry_run": True, "round": row.key, "status": row.status, **ranked(ranking)})


class DecisionView(Answer):
    """A frozen ranking with its outcome, and who made, signed and published it."""

    id: UUID
    programme: str
    round: str
    status: DecisionStatus
    format: int
    """Which document is signed; see `shared.awards.seal`."""
    rule: RuleUsed
    """The award rule that made the ranking."""
    digest: str
    """SHA-256 of what is signed."""
    places: list[AwardPlace]
    ties: list[DecidedTie]
    made_by: str
    made_at: datetime
    signed_by: str | None
    signed_at: datetime | None
    published_at: datetime | None
    applied_at: datetime | None

    @classmethod
    def of(cls, decision: Decision, row: RoundRow, programme: Programme) -> Self:
        """Return a decision of a round."""
        return cls(
            id=decision.id,
            programme=programme.slug,
            round=row.key,
            status=decision.status,
            format=decision.seal_format,
            rule=decision.rule,
            digest=decision.digest,
            places=decision.places,
            ties=decision.ties,
            made_by=decision.made_by,
            made_at=decision.made_at,
            signed_by=decision.signed_by,
            signed_at=decision.signed_at,
            published_at=decision.published_at,
            applied_at=decision.applied_at,
        )


class DecisionList(Answer):
    """The decisions of a programme that are not superseded."""

    decisions: list[DecisionView]


def ranked(ranking: Ranking) -> dict[str, Any]:
    """Return the members that a ranking adds to an answer."""
    return {
        "rule": ranking.rule_used,
        "places": ranking.places,
        "ties": ranking.ties,
        "unranked": ranking.unranked,
        "total_baht": f"{ranking.total:.2f}",
    }
