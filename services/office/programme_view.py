"""Reads how far a programme is, for the JSON door and the pages alike."""

from sqlalchemy.orm import Session

from services.office.schemas.programmes import DecisionName, GrantTotal, ProgrammeView, ProgrammeWithResults, RoundProgress
from shared.awards import queries as awards
from shared.grants import queries as grants
from shared.listing import overview
from shared.people.person import Act, Person, Scope, may
from shared.programmes import queries
from shared.programmes.models import Programme
from shared.reviews import queries as reviews


def programme_view(session: Session, programme: Programme, person: Person) -> ProgrammeView:
    """Return a programme and how far it is: what `person` may see of it, counted; with its results for those who may see rankings."""
    opened, progress = reviews.rounds(session, programme.id), overview.progress(session, programme.id)
    statuses = overview.statuses(session, programme.id, person)
    about: dict[str, object] = {
        "definition": programme.document,
        "targets": queries.target_count(session, programme.id),
        "submissions": sum(statuses.values()),
        "statuses": statuses,
        "rounds": [
            RoundProgress.of(rules.key, rules.label, opened.get(rules.key), progress.get(rules.key, (0, 0)))
            for rules in programme.definition.rounds
        ],
    }
    if not may(person, Act.SEE_RANKING, Scope(programme_id=programme.id)):
        return ProgrammeView.of(programme, **about)
    totals = grants.totals(session, programme.id)
    return ProgrammeWithResults.of(
        programme,
        **about,
        decisions=[DecisionName.of(decision) for decision in awards.decisions(session, programme.id)],
        grants={level: GrantTotal(count=count, total=f"{total:.2f}") for level, (count, total) in totals.items()},
        total_baht=f"{sum(total for _, total in totals.values()):.2f}",
    )
