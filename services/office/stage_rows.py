"""The stages of a programme as its page shows them: dates, who files and accepts, and how far each is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal
from urllib.parse import urlencode

from services.office.money import money_text
from services.office.schemas.programmes import PaymentTotal, ProgrammeView, RoundProgress, StageProgress
from services.office.stage_texts import acceptor_text, dates_text, filers_text
from services.web.templates import PageModel
from shared.listing.filings import FilingState
from shared.payments.lifecycle import PaymentStatus
from shared.payments.sheet import PAYMENT_SHEET
from shared.programmes.definition import Definition
from shared.reviews.lifecycle import RoundStatus
from shared.reviews.sheet import ROUND_SHEET
from shared.submissions.lifecycle import FilingStatus
from shared.submissions.sheet import FILING_SHEET
from shared.text import Look, Tag, Text

MISSED = Tag(Text("เลยกำหนด", "overdue"), Look.BAD)
FILING_TAGS: dict[FilingState, Tag] = {
    state: MISSED if state is FilingState.MISSED else FILING_SHEET[FilingStatus(state.value)].tag for state in FilingState
}
PAID = Text("{label} {count} รายการ {total}", "{label}: {count}, {total}")


class FilingCount(PageModel):
    """How many filings of a stage are in a state; `query` looks for their submissions."""

    tag: Tag
    count: int
    query: str


class RoundPart(PageModel):
    """What a judge stage adds; `can_open` and `can_close` say what is offered to the person."""

    tag: Tag
    was_opened: bool
    opened_at: datetime | None
    closed_at: datetime | None
    entries: int
    ballots: int
    can_rank: bool
    can_open: bool
    can_close: bool


class StageRow(PageModel):
    """A stage of the programme."""

    kind: Literal["collect", "judge", "support"]
    key: str
    label: Text
    dates: Text | None
    files: Text | None
    """Who fills in what a collect stage asks."""
    accepts: Text | None
    """Who accepts it."""
    filings: list[FilingCount]
    payments: list[Text]
    round: RoundPart | None


def stage_rows(definition: Definition, seen: ProgrammeView, *, may_manage: bool, may_rank: bool) -> list[StageRow]:
    """Return the stages in the order of the document."""
    rounds = {one.key: one for one in seen.rounds}
    return [_row(definition, one, rounds, may_manage=may_manage, may_rank=may_rank) for one in seen.stages]


def filing_counts(stage: str, counts: Mapping[FilingState, int]) -> list[FilingCount]:
    """Return how many filings are in which state, in the order of a filing's way."""
    return [
        FilingCount(tag=tag, count=counts[state], query=urlencode({"stage": stage, "filing": state.value}))
        for state, tag in FILING_TAGS.items()
        if state in counts
    ]


def _row(definition: Definition, seen: StageProgress, rounds: Mapping[str, RoundProgress], *, may_manage: bool, may_rank: bool) -> StageRow:
    collect = definition.collect(seen.key)
    judged = rounds.get(seen.key)
    return StageRow(
        kind=seen.kind,
        key=seen.key,
        label=seen.label,
        dates=dates_text(definition, seen.opens, seen.by),
        files=filers_text(collect) if collect else None,
        accepts=acceptor_text(collect) if collect else None,
        filings=filing_counts(seen.key, seen.filings),
        payments=_payments(definition, seen.payments),
        round=_round(judged, may_manage=may_manage, may_rank=may_rank) if judged else None,
    )


def _payments(definition: Definition, payments: Mapping[PaymentStatus, PaymentTotal]) -> list[Text]:
    return [
        PAID.fill(label=row.tag.label, count=f"{payments[status].count:,}", total=money_text(payments[status].total, definition))
        for status, row in PAYMENT_SHEET.items()
        if status in payments
    ]


def _round(one: RoundProgress, *, may_manage: bool, may_rank: bool) -> RoundPart:
    return RoundPart(
        tag=ROUND_SHEET[one.status].tag,
        was_opened=one.status != RoundStatus.WAITING,
        opened_at=one.opened_at,
        closed_at=one.closed_at,
        entries=one.entries,
        ballots=one.ballots,
        can_rank=may_rank and one.status != RoundStatus.WAITING,
        can_open=may_manage and one.status == RoundStatus.WAITING,
        can_close=may_manage and one.status == RoundStatus.OPEN,
    )


def opened(rounds: Sequence[RoundProgress]) -> list[RoundProgress]:
    """Return the rounds that were opened, in their order."""
    return [one for one in rounds if one.status != RoundStatus.WAITING]
