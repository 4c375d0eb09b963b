"""Builds what a group, its officers and programs see of a submission: one model for the page and for JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake import schemas, stage_view, texts
from services.intake.coming import Facts, coming, words_of
from services.intake.filing_state import FilingState, current, load
from services.intake.progress import JUDGED, TEXTS, dates, ends, progress_steps
from services.intake.upload_view import Findings
from shared.access.visibility import scope_of
from shared.awards.lifecycle import OutcomeKind
from shared.awards.models import Outcome
from shared.awards.queries import outcomes_of
from shared.listing.standing import standings
from shared.people.person import Act, Person, Scope, may
from shared.programmes.definition import Definition
from shared.programmes.models import Group, Programme
from shared.programmes.stages import Collect
from shared.renditions.queries import RenditionInProgress, renditions_in_progress
from shared.reviews.models import RoundRow
from shared.reviews.position import queue_position
from shared.submissions import queries
from shared.submissions.filings import context
from shared.submissions.filings.context import FilingUnknown
from shared.submissions.history import HistoryLine
from shared.submissions.models import Submission
from shared.submissions.sheet import STANDINGS, Standing
from shared.validation.queries import findings_of

AWARDED = STANDINGS[Standing.AWARDED].tag.label


@dataclass(frozen=True, slots=True)
class Seen:
    """A submission with what it files, as one person sees it at one moment."""

    submission: Submission
    group: Group
    programme: Programme
    scope: Scope
    states: Sequence[FilingState]
    """In the order of the stages."""
    outcomes: Sequence[tuple[RoundRow, Outcome]]
    """The earliest first."""
    standing: Standing
    now: datetime

    @property
    def definition(self) -> Definition:
        """The programme's present document."""
        return self.programme.definition

    def state(self, stage: str) -> FilingState:
        """Return the filing at a stage. Raises FilingUnknown."""
        found = next((state for state in self.states if state.of.stage.key == stage), None)
        if found is None:
            raise FilingUnknown(stage=stage[:40])
        return found


def seen_by(session: Session, person: Person, submission_id: UUID, *, now: datetime) -> Seen:
    """Return a submission to those who may see it. Raises SubmissionUnknown."""
    submission, group, programme = queries.submission_with_group(session, submission_id)
    scope = scope_of(session, submission, group)
    if not may(person, Act.SEE_SUBMISSION, scope):
        raise queries.SubmissionUnknown
    contexts = context.of_submissions(session, [submission_id])[submission_id]
    return Seen(
        submission=submission,
        group=group,
        programme=programme,
        scope=scope,
        states=load(session, contexts, person, scope, now=now) if contexts else (),
        outcomes=outcomes_of(session, [submission_id])[submission_id],
        standing=standings(session, [submission_id])[submission_id],
        now=now,
    )


def view(
    session: Session, seen: Seen, history: Sequence[HistoryLine], *, language: str, asked: FilingState | None = None
) -> schemas.SubmissionView:
    """Return the submission with what is asked now (or at the filing `asked`), its stages, dates and history.

    One query, one more until that is accepted, and one for work that is with its committee.
    """
    definition, tag = seen.definition, STANDINGS[seen.standing].tag
    asked = asked or current(seen.states)
    findings = _findings(session, asked) if asked else {}
    queue = _queue(session, seen) if seen.standing in JUDGED else None
    return schemas.SubmissionView(
        id=seen.submission.id,
        reference=seen.submission.reference,
        state=seen.standing,
        state_th=tag.label.th,
        state_en=tag.label.en,
        programme=schemas.ProgrammeView(slug=seen.programme.slug, name=definition.name, deadline=asked.of.filing.due_at if asked else None),
        group=schemas.GroupView(name=seen.group.name, province=seen.group.province, amphoe=seen.group.amphoe, tambon=seen.group.tambon),
        award=_award(seen),
        queue=queue,
        steps=_steps(session, seen, asked, queue) if asked else [],
        stage=asked.of.stage.key if asked else None,
        stages=stages(seen, language),
        milestones=_milestones(definition, seen.now),
        history=[_history_entry(line, language) for line in history],
        **(stage_view.asked(asked, findings, language) if asked else stage_view.nothing_asked(language)),
    )


def form(session: Session, state: FilingState, *, language: str) -> schemas.StageForm:
    """Return the form of a stage. One query."""
    return stage_view.form(state, _findings(session, state), language)


def stage_of(session: Session, state: FilingState, *, language: str) -> schemas.StageAsked:
    """Return a stage without its answers. One query."""
    return stage_view.asked_at(state, _findings(session, state), language)


def stages(seen: Seen, language: str) -> list[schemas.StageView]:
    """Return what the submission files, and what it may still have to file."""
    filed = [stage_view.stage(state, language) for state in seen.states]
    return filed + [stage_view.coming(stage, ends(seen.definition, stage.key)) for stage in coming_stages(seen)]


def coming_stages(seen: Seen) -> list[Collect]:
    """Return the stages at which it may still have something to file."""
    if seen.submission.is_out:
        return []
    facts = Facts(
        province=seen.group.province,
        district=seen.group.amphoe,
        category=seen.submission.category,
        filings={state.of.stage.key: state.of.filing.status for state in seen.states},
        outcomes={row.key: words_of(outcome.kind, outcome.level) for row, outcome in seen.outcomes},
    )
    return coming(seen.definition, facts)


def _findings(session: Session, state: FilingState) -> Findings:
    return findings_of(session, [upload.id for upload in state.uploads]) if state.uploads else {}


def _award(seen: Seen) -> schemas.Award | None:
    awarded = next((outcome for _, outcome in reversed(seen.outcomes) if outcome.kind is OutcomeKind.AWARDED), None)
    if awarded is None:
        return None
    label = seen.definition.level_label(awarded.level) if awarded.level else None
    return schemas.Award(level=awarded.level, label=label or AWARDED, amount=awarded.amount)


def _queue(session: Session, seen: Seen) -> schemas.QueueView | None:
    """Return where accepted work is with its committee: the round, and the place in its queue while it waits there."""
    place = queue_position(session, seen.submission, seen.definition)
    decided = {row.key for row, _ in seen.outcomes}
    coming_round = place.round if place else next((judge.key for judge in seen.definition.judges if judge.key not in decided), None)
    if coming_round is None:
        return None
    text = texts.place_in_queue(place, ends=ends(seen.definition, coming_round))
    number, of = (place.place, place.of) if place else (None, None)
    return schemas.QueueView(round=coming_round, place=number, of=of, th=text.th, en=text.en)


def _steps(session: Session, seen: Seen, asked: FilingState, queue: schemas.QueueView | None) -> list[schemas.StepView]:
    in_progress: dict[UUID, dict[str, RenditionInProgress]] = (
        {} if asked.row.is_done else renditions_in_progress(session, seen.submission.id)
    )
    definition = seen.definition
    steps = progress_steps(
        asked.of.filing.status,
        asked.form,
        asked.arrived,
        missing=asked.missing,
        standing=seen.standing,
        is_judged=any(asked.of.stage.key in definition.reads_of(judge) for judge in definition.judges),
        queue=queue.text if queue else None,
        in_progress=in_progress,
    )
    return [
        schemas.StepView(key=step.key, state=step.state, th=TEXTS[step.key].th, en=TEXTS[step.key].en, detail=step.detail) for step in steps
    ]


def _milestones(definition: Definition, now: datetime) -> list[schemas.MilestoneView]:
    return [schemas.MilestoneView(key=one.key, label=one.label, by=one.at, state=one.state) for one in dates(definition, now)]


def _history_entry(line: HistoryLine, language: str) -> schemas.HistoryEntry:
    checked: dict[str, Any] = {} if line.passed is None else {"passed": line.passed}
    return schemas.HistoryEntry(
        at=line.at, event=line.event, by=line.by.read(language), th=line.text.th, en=line.text.en, reason=line.reason, **checked
    )
