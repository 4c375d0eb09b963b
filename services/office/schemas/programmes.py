"""Programmes: in a list, as loaded, and how far one is; targets and invitations."""

from dataclasses import asdict
from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import JsonValue

from services.web.answers import Answer
from shared.awards.lifecycle import DecisionStatus
from shared.awards.models import Decision
from shared.listing.filings import FilingState, StageCounts
from shared.payments.lifecycle import PaymentStatus
from shared.programmes import operations
from shared.programmes.models import Programme, ProgrammeVersion
from shared.programmes.stages import Collect, Judge, Office, Support, When
from shared.reviews.lifecycle import RoundStatus
from shared.reviews.models import RoundRow
from shared.submissions.models import Submission
from shared.text import Text


class ProgrammeName(Answer):
    """A programme as a list shows it."""

    id: UUID
    slug: str
    name: Text
    fiscal_year: int
    """Of the programme's calendar."""
    version: int

    @classmethod
    def of(cls, programme: Programme, **more: object) -> Self:
        """Return a programme; `more` are the members that a subclass adds."""
        return cls.model_validate(
            {
                "id": programme.id,
                "slug": programme.slug,
                "name": programme.document["name"],
                "fiscal_year": programme.document["fiscal_year"],
                "version": programme.version,
                **more,
            }
        )


class ProgrammeList(Answer):
    """The programmes, the newest first."""

    programmes: list[ProgrammeName]


class LoadedProgramme(ProgrammeName):
    """A programme that was just loaded, whether that changed it, and how many filings go on by the new document."""

    changed: bool
    filings_moved: int


class VersionName(Answer):
    """A version of a programme's document: its number, and who saved it when."""

    version: int
    saved_at: datetime
    saved_by: str

    @classmethod
    def of(cls, saved: ProgrammeVersion, **more: object) -> Self:
        """Return a version; `more` are the members that a subclass adds."""
        return cls.model_validate({"version": saved.version, "saved_at": saved.saved_at, "saved_by": saved.saved_by, **more})


class VersionView(VersionName):
    """A version with the document as it was saved."""

    definition: dict[str, JsonValue]


class VersionList(Answer):
    """The versions of a programme's document, the newest first."""

    versions: list[VersionName]


class RoundProgress(Answer):
    """A round of a programme: its status, how many submissions it holds and how many ballots were submitted."""

    key: str
    label: Text
    status: RoundStatus
    opened_at: datetime | None
    closed_at: datetime | None
    entries: int
    ballots: int

    @classmethod
    def of(cls, key: str, label: Text, row: RoundRow | None, counts: tuple[int, int]) -> Self:
        """Return a round; `row` is None before it is opened, `counts` are its submissions and ballots."""
        return cls(
            key=key,
            label=label,
            status=row.status if row else RoundStatus.WAITING,
            opened_at=row.opened_at if row else None,
            closed_at=row.closed_at if row else None,
            entries=counts[0],
            ballots=counts[1],
        )


class PaymentTotal(Answer):
    """How many payments there are, and their sum in the programme's currency."""

    count: int
    total: str


class StageProgress(Answer):
    """A stage of a programme, and how far it is: what the asking person may see of it, counted."""

    kind: Literal["collect", "judge", "support"]
    key: str
    label: Text
    opens: When | None
    by: When | None
    filed_by: list[Office]
    """Who fills in what a collect stage asks: the first of these that has an officer for the submission's area."""
    accepted_by: str | None
    """Who accepts what a collect stage asked: `checks`, `officer` (of the level above who filed it), or the level."""
    filings: dict[FilingState, int]
    """Of a collect stage, by status; those whose time has passed are `missed`, whatever their status."""
    entries: int
    """Of a judge stage."""
    ballots: int
    """Of a judge stage: those submitted."""
    payments: dict[PaymentStatus, PaymentTotal]
    """Of a support stage, by status."""

    @classmethod
    def of(cls, stage: Collect | Judge | Support, counts: StageCounts) -> Self:
        """Return a stage with its counts."""
        asked = stage if isinstance(stage, Collect) else None
        return cls(
            kind=stage.kind,
            key=stage.key,
            label=stage.label,
            opens=stage.opens,
            by=stage.by,
            filed_by=list(asked.filed_by) if asked else [],
            accepted_by=asked.accepted_by if asked else None,
            filings=counts.filings,
            entries=counts.entries,
            ballots=counts.ballots,
            payments={status: PaymentTotal(count=paid.count, total=f"{paid.total:.2f}") for status, paid in counts.payments.items()},
        )


class ProgrammeView(ProgrammeName):
    """A programme and how far it is."""

    definition: dict[str, JsonValue]
    """As loaded last; see `shared.programmes.definition`."""
    targets: int
    submissions: int
    """Those that the asking person may see."""
    statuses: dict[str, int]
    """How many of them have which status."""
    stages: list[StageProgress]
    """In the order of the document; repeated ones written out."""
    rounds: list[RoundProgress]


class DecisionName(Answer):
    """A decision as the programme lists it."""

    id: UUID
    round_id: UUID
    status: DecisionStatus
    applied_at: datetime | None

    @classmethod
    def of(cls, decision: Decision) -> Self:
        """Return a decision."""
        return cls.model_validate(decision, from_attributes=True)


class GrantTotal(Answer):
    """How many awards of a level were made, and their sum in the programme's currency."""

    count: int
    total: str


class ProgrammeWithResults(ProgrammeView):
    """A programme for those who may see its rankings: with its decisions and what they awarded."""

    decisions: list[DecisionName]
    grants: dict[str, GrantTotal]
    """By level."""
    total_baht: str


class TargetsImport(Answer):
    """What an import of target groups did, or with `dry_run` would do."""

    dry_run: bool
    rows: int
    groups_new: int
    groups_changed: int
    groups_same: int
    targets_new: int
    targets_total: int
    without_email: int

    @classmethod
    def of(cls, result: operations.Import, *, dry_run: bool) -> Self:
        """Return what an import did."""
        return cls(dry_run=dry_run, **asdict(result))


class InvitedSubmission(Answer):
    """The submission that an invited group got."""

    id: UUID
    reference: str

    @classmethod
    def of(cls, submission: Submission) -> Self:
        """Return an invited submission."""
        return cls(id=submission.id, reference=submission.reference)


class Invitations(Answer):
    """Whom one request invited, and how many groups it left for the next."""

    invited: int
    remaining: int
    submissions: list[InvitedSubmission]
