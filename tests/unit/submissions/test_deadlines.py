"""Until when a filing may still be worked on."""

from datetime import UTC, datetime, timedelta

from factories import stages

from shared.programmes.stages import Collect
from shared.submissions.deadlines import closes_at, finishes_at, mends_until, submits_until

DEADLINE = datetime(2020, 5, 29, 16, 59, tzinfo=UTC)
HOUR = timedelta(hours=1)
STAGE = Collect.model_validate(stages.collect("plan", grace_minutes=60, mend_hours=48))


def mends(*, submitted_at: datetime, returned_at: datetime) -> datetime:
    return closes_at(DEADLINE, mends_until(STAGE, due_at=DEADLINE, submitted_at=submitted_at, returned_at=returned_at))


def test_it_closes_at_the_deadline() -> None:
    assert closes_at(DEADLINE, None) == DEADLINE


def test_work_returned_after_the_deadline_may_be_fixed_for_the_term() -> None:
    assert mends(submitted_at=DEADLINE - HOUR, returned_at=DEADLINE + HOUR) == DEADLINE + HOUR + timedelta(hours=48)


def test_work_returned_long_before_keeps_the_deadline() -> None:
    assert mends(submitted_at=DEADLINE - 200 * HOUR, returned_at=DEADLINE - 199 * HOUR) == DEADLINE


def test_work_submitted_late_gains_no_term() -> None:
    assert mends(submitted_at=DEADLINE + 2 * HOUR, returned_at=DEADLINE + 2 * HOUR) == DEADLINE


def test_upload_begun_in_time_may_finish_within_the_grace() -> None:
    assert finishes_at(STAGE, DEADLINE) == DEADLINE + HOUR


def test_files_begun_in_time_may_be_submitted_within_the_grace() -> None:
    assert submits_until(STAGE, DEADLINE, begun=[DEADLINE - HOUR, DEADLINE]) == DEADLINE + HOUR
    assert submits_until(STAGE, DEADLINE, begun=[DEADLINE, DEADLINE + timedelta(seconds=1)]) == DEADLINE
    assert submits_until(STAGE, DEADLINE, begun=[]) == DEADLINE
