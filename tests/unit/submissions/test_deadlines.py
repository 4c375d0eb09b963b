"""Until when a group may still do what."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.programmes.definition import Definition
from shared.submissions.deadlines import closes_at, finishes_at, hands_in_until

DEADLINE = datetime(2020, 5, 29, 16, 59, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def definition() -> Definition:
    text = {"th": "ก", "en": "a"}
    return Definition.model_validate(
        {
            "slug": "p",
            "name": text,
            "purpose": text,
            "organisation": text,
            "fiscal_year": 2563,
            "reference_prefix": "OM63",
            "items": [{"kind": "plan", "label": text, "types": ["pdf"], "max_bytes": 1}],
            "milestones": [{"key": "submit", "label": text, "by": DEADLINE}],
            "deadline": "submit",
            "grace_minutes": 60,
            "mend_hours": 48,
            "rounds": [
                {
                    "key": "selection",
                    "label": text,
                    "criteria": [{"key": "c", "label": text, "weight": 1}],
                    "levels": [{"key": "good", "label": text, "quota": 1, "amount": 1}],
                }
            ],
            "committees": [{"key": "central", "label": text}],
            "routing": [{"committee": "central"}],
        }
    )


def test_first_hand_in_closes_at_the_deadline(definition: Definition) -> None:
    assert closes_at(definition, submitted_at=None, returned_at=None) == DEADLINE


def test_work_returned_after_the_deadline_may_be_mended_for_the_term(definition: Definition) -> None:
    assert closes_at(definition, submitted_at=DEADLINE - HOUR, returned_at=DEADLINE + HOUR) == DEADLINE + HOUR + timedelta(hours=48)


def test_work_returned_long_before_keeps_the_deadline(definition: Definition) -> None:
    assert closes_at(definition, submitted_at=DEADLINE - 200 * HOUR, returned_at=DEADLINE - 199 * HOUR) == DEADLINE


def test_work_handed_in_late_gains_no_term(definition: Definition) -> None:
    assert closes_at(definition, submitted_at=DEADLINE + 2 * HOUR, returned_at=DEADLINE + 2 * HOUR) == DEADLINE


def test_upload_begun_in_time_may_finish_within_the_grace(definition: Definition) -> None:
    assert finishes_at(definition, DEADLINE) == DEADLINE + HOUR


def test_files_begun_in_time_may_be_handed_in_within_the_grace(definition: Definition) -> None:
    assert hands_in_until(definition, DEADLINE, begun=[DEADLINE - HOUR, DEADLINE]) == DEADLINE + HOUR
    assert hands_in_until(definition, DEADLINE, begun=[DEADLINE, DEADLINE + timedelta(seconds=1)]) == DEADLINE
    assert hands_in_until(definition, DEADLINE, begun=[]) == DEADLINE
