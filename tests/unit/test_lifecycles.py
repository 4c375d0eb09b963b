"""Every status has its row, its way in, and an honest end; every edge has a verb."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from shared.awards.lifecycle import DECISION_TRANSITIONS, DecisionStatus
from shared.awards.sheet import DECISION_SHEET
from shared.payments.lifecycle import PAYMENT_TRANSITIONS, PaymentStatus
from shared.payments.sheet import PAYMENT_SHEET
from shared.queue.lifecycle import JobState
from shared.queue.sheet import JOB_SHEET
from shared.reviews.lifecycle import ASSIGNMENT_TRANSITIONS, ROUND_TRANSITIONS, AssignmentStatus, RoundStatus
from shared.reviews.sheet import ASSIGNMENT_SHEET, ROUND_SHEET
from shared.submissions.lifecycle import (
    FILING_TRANSITIONS,
    UPLOAD_TRANSITIONS,
    VERSION_TRANSITIONS,
    FilingStatus,
    UploadStatus,
    VersionStatus,
)
from shared.submissions.sheet import FILING_SHEET, STANDINGS, UPLOAD_SHEET, VERSION_SHEET, Standing

ROOT = Path(__file__).parents[2]
Lifecycle = tuple[type[StrEnum], dict[Any, set[Any]], dict[Any, Any], StrEnum]
LIFECYCLES: list[Lifecycle] = [
    (FilingStatus, FILING_TRANSITIONS, FILING_SHEET, FilingStatus.OPEN),
    (VersionStatus, VERSION_TRANSITIONS, VERSION_SHEET, VersionStatus.CHECKING),
    (PaymentStatus, PAYMENT_TRANSITIONS, PAYMENT_SHEET, PaymentStatus.DUE),
    (UploadStatus, UPLOAD_TRANSITIONS, UPLOAD_SHEET, UploadStatus.RECEIVING),
    (RoundStatus, ROUND_TRANSITIONS, ROUND_SHEET, RoundStatus.WAITING),
    (AssignmentStatus, ASSIGNMENT_TRANSITIONS, ASSIGNMENT_SHEET, AssignmentStatus.CLAIMED),
    (DecisionStatus, DECISION_TRANSITIONS, DECISION_SHEET, DecisionStatus.MADE),
]
each = pytest.mark.parametrize(("statuses", "edges", "sheet", "first"), LIFECYCLES, ids=[name.__name__ for name, *_ in LIFECYCLES])


@each
def test_every_status_has_a_row_in_its_sheet(
    statuses: type[StrEnum], edges: dict[Any, set[Any]], sheet: dict[Any, Any], first: StrEnum
) -> None:
    assert set(statuses) - set(sheet) == set()


def test_every_state_of_a_job_has_a_row() -> None:
    assert set(JobState) - set(JOB_SHEET) == set()


def test_every_standing_has_a_row() -> None:
    assert set(Standing) - set(STANDINGS) == set()


@each
def test_a_status_is_final_exactly_when_no_edge_leaves_it(
    statuses: type[StrEnum], edges: dict[Any, set[Any]], sheet: dict[Any, Any], first: StrEnum
) -> None:
    assert {status for status in statuses if not edges.get(status)} == {status for status in statuses if sheet[status].is_final}


@each
def test_every_status_can_be_reached(statuses: type[StrEnum], edges: dict[Any, set[Any]], sheet: dict[Any, Any], first: StrEnum) -> None:
    reached = {first}
    while more := {to for status in reached for to in edges.get(status, ())} - reached:
        reached |= more
    assert set(statuses) - reached == set()


@each
def test_every_status_that_edges_lead_to_has_a_verb(
    statuses: type[StrEnum], edges: dict[Any, set[Any]], sheet: dict[Any, Any], first: StrEnum
) -> None:
    used = re.compile(rf"\b{statuses.__name__}\.([A-Z_]+)")
    verbs = [path for path in (ROOT / "shared").rglob("*.py") if path.stem not in ("lifecycle", "sheet") and "migrations" not in path.parts]
    spoken = {name for path in verbs for name in used.findall(path.read_text())}
    assert {to.name for targets in edges.values() for to in targets} - spoken == set()
