"""The sheet of an assignment's states, as its member sees them."""

from services.review.lease import SHEET, LeaseState
from services.review.pages.queues import NOTICES, Notice
from shared.reviews.lifecycle import AssignmentStatus


def test_every_state_and_every_notice_has_its_words() -> None:
    assert set(SHEET) == set(LeaseState) > {LeaseState(status) for status in AssignmentStatus}
    assert set(NOTICES) == set(Notice)


def test_only_what_is_claimed_may_be_marked() -> None:
    assert [state for state, row in SHEET.items() if row.may_mark] == [LeaseState.CLAIMED]
