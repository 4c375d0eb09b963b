"""Reads how far a programme is, for the JSON door and the pages alike."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.office.schemas.programmes import DecisionName, GrantTotal, ProgrammeView, ProgrammeWithResults, RoundProgress, StageProgress
from shared.awards import queries as awards
from shared.listing import filings, overview
from shared.listing.filings import StageCounts
from shared.people.person import Act, Person, Scope, may
from shared.programmes import queries
from shared.programmes.models import Programme
from shared.reviews import queries as reviews


def programme_view(session: Session, programme: Programme, person: Person, *, now: datetime) -> ProgrammeView:
    """Return a programme and how far it is: what `person` may see of it, counted; with its results for those who may see rankings."""
    definition, opened = programme.definition, reviews.rounds(session, programme.id)
    counts = filings.counts(session, programme.id, person, now=now)
    statuses = overview.statuses(session, programme.id, person)
    about: dict[str, object] = {
        "definition": programme.document,
        "targets": queries.target_count(session, programme.id),
        "submissions": sum(statuses.values()),
        "statuses": statuses,
        "stages": [StageProgress.of(stage, counts.get(stage.key, StageCounts())) for stage in definition.timeline],
        "rounds": [
            RoundProgress.of(rules.key, rules.label, opened.get(rules.key), _judged(counts.get(rules.key))) for rules in definition.judges
        ],
    }
    if not may(person, Act.SEE_RANKING, Scope(programme_id=programme.id)):
        return ProgrammeView.of(programme, **about)
    totals = awards.totals(session, programme.id)
    return ProgrammeWithResults.of(
        programme,
        **about,
        decisions=[DecisionName.of(decision) for decision in awards.decisions(session, programme.id)],
        grants={level: GrantTotal(count=count, total=f"{total:.2f}") for level, (count, total) in totals.items()},
        total_baht=f"{sum(total for _, total in totals.values()):.2f}",
    )


def _judged(counts: StageCounts | None) -> tuple[int, int]:
    return (counts.entries, counts.ballots) if counts else (0, 0)
