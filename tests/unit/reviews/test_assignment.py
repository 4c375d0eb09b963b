"""Who still owes which ballot."""

from uuid import UUID, uuid4

import pytest

from shared.reviews.assignment import Ballots, IncompleteEntry, JudgedEntry, incomplete, most_at_once, needed

A, B, C = uuid4(), uuid4(), uuid4()
MEMBERS = {"central": [A, B, C]}


def entry(balloted: set[UUID] = frozenset(), conflicted: set[UUID] = frozenset(), reference: str = "OM63-0001") -> JudgedEntry:  # type: ignore[assignment]
    return JudgedEntry(reference, "central", frozenset(conflicted), frozenset(balloted))


@pytest.mark.parametrize(
    ("ballots", "balloted", "waiting", "expected"),
    [("all", 0, 3, 3), ("all", 2, 1, 3), ("all", 0, 0, 1), (2, 0, 3, 2), (2, 0, 1, 1), (2, 0, 0, 1), (2, 3, 0, 2)],
)
def test_needed_ballots_never_exceed_the_people_there_are(ballots: Ballots, balloted: int, waiting: int, expected: int) -> None:
    assert needed(ballots, balloted=balloted, waiting=waiting) == expected


def test_all_members_without_a_conflict_owe_a_ballot() -> None:
    assert incomplete([entry({A}, {B})], ballots="all", members=MEMBERS) == [IncompleteEntry("OM63-0001", 2, 1, (C,))]


def test_nothing_is_missing_when_everybody_who_may_has_balloted() -> None:
    assert incomplete([entry({A, C}, {B})], ballots="all", members=MEMBERS) == []


def test_number_of_ballots_is_enough_when_reached() -> None:
    assert incomplete([entry({A, B})], ballots=2, members=MEMBERS) == []
    assert incomplete([entry({A})], ballots=2, members=MEMBERS) == [IncompleteEntry("OM63-0001", 2, 1, (B, C))]


def test_submission_nobody_may_judge_is_missing_a_ballot() -> None:
    assert incomplete([entry(conflicted={A, B, C})], ballots="all", members=MEMBERS) == [IncompleteEntry("OM63-0001", 1, 0, ())]


def test_ballot_of_a_former_member_counts_beside_those_of_today() -> None:
    former = uuid4()
    assert incomplete([entry({former})], ballots="all", members=MEMBERS) == [IncompleteEntry("OM63-0001", 4, 1, (A, B, C))]
    assert incomplete([entry({former, A})], ballots=2, members=MEMBERS) == []


def test_missing_ones_come_by_reference() -> None:
    entries = [entry(reference="OM63-0002"), entry(reference="OM63-0001")]
    assert [one.reference for one in incomplete(entries, ballots=1, members=MEMBERS)] == ["OM63-0001", "OM63-0002"]


def test_all_sets_no_limit_to_claims_of_one_entry() -> None:
    assert (most_at_once("all"), most_at_once(3)) == (None, 3)
