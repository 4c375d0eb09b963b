"""Facts that several messages need, read from the event they are about."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from shared.events import Event
from shared.messages.message import Facts, Site
from shared.programmes.definition import Definition
from shared.programmes.models import Programme
from shared.submissions.filings.context import FilingContext
from shared.submissions.filings.record import filing_of
from shared.submissions.models import Submission
from shared.submissions.queries import submission_with_group


@dataclass(frozen=True, slots=True)
class SubmissionFacts:
    """A submission, its programme, and the facts that every message to its group has: `group`, `reference`, `programme_th` and `_en`."""

    submission: Submission
    definition: Definition
    common: Facts


def of_submission(session: Session, event: Event) -> SubmissionFacts:
    """Return what messages say of the submission an event belongs to."""
    if event.submission_id is None:
        raise ValueError(f"{event.kind} belongs to no submission")
    submission, group, programme = submission_with_group(session, event.submission_id)
    definition = programme.definition
    common = {"group": group.name, "reference": submission.reference, **programme_facts(definition)}
    return SubmissionFacts(submission, definition, common)


def of_filing(session: Session, event: Event) -> tuple[FilingContext, Facts]:
    """Return the filing that an event is about, and the facts of messages of it: the common ones, `stage`, its names, and `deadline`."""
    of = filing_of(session, event)
    facts = {
        "group": of.group.name,
        "reference": of.submission.reference,
        **programme_facts(of.definition),
        "stage": of.stage.key,
        "filed_by": of.filing.filed_by.value,
        "stage_th": of.stage.label.th,
        "stage_en": of.stage.label.en,
        "deadline": of.closes.isoformat(),
    }
    return of, facts


def filing(session: Session, event: Event, site: Site) -> Facts:
    """Return the facts that every message about a filing has."""
    return of_filing(session, event)[1]


def common(session: Session, event: Event, site: Site) -> Facts:
    """Return the facts that every message to a group has."""
    return of_submission(session, event).common


def of_round(session: Session, event: Event, site: Site) -> Facts:
    """Return `programme` and `round` (keys, for links) and the names of both."""
    definition = session.get_one(Programme, event.programme_id).definition
    key = event.data["round"]
    round_ = definition.judge(key)
    return {
        "programme": definition.slug,
        "round": key,
        **programme_facts(definition),
        "round_th": round_.label.th if round_ else "",
        "round_en": round_.label.en if round_ else "",
    }


def programme_facts(definition: Definition) -> Facts:
    """Return the name of a programme."""
    return {"programme_th": definition.name.th, "programme_en": definition.name.en}
