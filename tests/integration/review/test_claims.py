"""Claims, leases, conflicts and ballots on the real database."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread
from uuid import UUID

import factories
import pytest
from factories import NOW
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared import invariants
from shared.database import transaction
from shared.errors import Conflict
from shared.events import SYSTEM
from shared.people.models import Account
from shared.programmes.models import Programme
from shared.reviews import operations, queries, rounds
from shared.reviews.lifecycle import AssignmentStatus, RoundStatus
from shared.reviews.marks import MarksInvalid
from shared.reviews.models import Assignment, Ballot, Entry
from shared.reviews.operations import AlreadyBalloted, AssignmentLost, ReasonMissing
from shared.reviews.queries import AssignmentDetail, RoundContext, load_round_by_id
from shared.reviews.rounds import RoundNotOpen
from shared.stages import operations as stages

LEASE = timedelta(minutes=60)
MARKS = {"plan": Decimal(7), "clip": Decimal("8.5")}


def opened(session: Session, programme: Programme) -> RoundContext:
    row = rounds.open_round(session, programme, "screening", by=SYSTEM, now=NOW)
    stages.fill_round(session, load_round_by_id(session, row.id), now=NOW)
    return queries.load_round(session, programme, "screening")


def claim(session: Session, context: RoundContext, member: Account | UUID, *, later: timedelta = timedelta(0)) -> AssignmentDetail | None:
    id_ = member if isinstance(member, UUID) else member.id
    claimed = operations.claim(session, context, "central", member=id_, by=SYSTEM, now=NOW + later)
    return queries.assignment(session, claimed.id, member=id_, lock=True) if claimed else None


def save(session: Session, whole: AssignmentDetail, *, submit: bool = True, later: timedelta = timedelta(0), **marks: Decimal) -> Ballot:
    again = queries.assignment(session, whole.assignment.id, member=whole.assignment.account_id, lock=True)
    return operations.save_ballot(session, again, marks={**MARKS, **marks}, comment="ดี", submit=submit, by=SYSTEM, now=NOW + later)


@pytest.fixture
def programme(session: Session) -> Programme:
    return factories.programme(session)


def test_least_filled_goes_first_then_the_oldest(session: Session, programme: Programme) -> None:
    factories.submissions(session, programme, 3)
    one, two = factories.members(session, programme, 2)
    context = opened(session, programme)
    taken = [claim(session, context, member) for member in (one, one, two, two, two)]
    assert [whole.submission.reference[-1] for whole in taken if whole] == ["1", "2", "3", "1", "2"]


def test_member_gets_each_submission_once_and_then_nothing(session: Session, programme: Programme) -> None:
    factories.submissions(session, programme, 2)
    (member,) = factories.members(session, programme, 1)
    context = opened(session, programme)
    for _ in range(2):
        whole = claim(session, context, member)
        assert whole is not None
        save(session, whole)
    assert claim(session, context, member) is None


def test_number_of_ballots_limits_claims_of_one_submission(session: Session) -> None:
    document = factories.document()
    document["rounds"][0]["ballots"] = 2
    programme = factories.programme(session, rounds=document["rounds"])
    factories.submissions(session, programme, 1)
    context = opened(session, programme)
    first, second, third = factories.members(session, programme, 3)
    held = claim(session, context, first)
    assert held is not None
    assert claim(session, context, second) is not None
    assert claim(session, context, third) is None
    operations.give_back(session, held, by=SYSTEM, now=NOW)
    assert claim(session, context, third) is not None


def test_lapsed_claim_of_another_is_free_without_waiting_for_upkeep(session: Session) -> None:
    document = factories.document()
    document["rounds"][0]["ballots"] = 1
    programme = factories.programme(session, rounds=document["rounds"])
    factories.submissions(session, programme, 1)
    context = opened(session, programme)
    first, second = factories.members(session, programme, 2)
    assert claim(session, context, first) is not None
    assert claim(session, context, second, later=LEASE - timedelta(seconds=1)) is None
    assert claim(session, context, second, later=LEASE) is not None


def test_other_committees_and_submissions_that_are_out_are_not_given_out(session: Session, programme: Programme) -> None:
    factories.submissions(session, programme, 1, province="ลำปาง")
    (out,) = factories.submissions(session, programme, 1, first=2)
    context = opened(session, programme)
    factories.lapsed(session, out)
    (member,) = factories.members(session, programme, 1)
    assert claim(session, context, member) is None


def test_renewal_lengthens_a_claim_and_a_lost_one_is_refused(session: Session, programme: Programme) -> None:
    factories.submissions(session, programme, 1)
    (member,) = factories.members(session, programme, 1)
    whole = claim(session, opened(session, programme), member)
    assert whole is not None
    operations.renew(session, whole, now=NOW + LEASE / 2)
    assert whole.assignment.lease_until == NOW + LEASE * 1.5
    with pytest.raises(AssignmentLost):
        operations.renew(session, whole, now=NOW + LEASE * 2)
    assert operations.expire(session, now=NOW + LEASE * 2) == 1
    with pytest.raises(AssignmentLost):
        save(session, whole, later=LEASE * 2)


def test_draft_is_found_again_after_the_claim_expired(session: Session, programme: Programme) -> None:
    factories.submissions(session, programme, 1)
    (member,) = factories.members(session, programme, 1)
    context = opened(session, programme)
    first = claim(session, context, member)
    assert first is not None
    save(session, first, submit=False)
    again = claim(session, context, member, later=LEASE * 3)
    assert again is not None
    assert again.assignment.id != first.assignment.id
    assert again.ballot is not None
    assert (again.ballot.marks, again.ballot.submitted_at) == ({"plan": "7", "clip": "8.5"}, None)


def test_given_back_goes_to_the_queue_and_again_changes_nothing(session: Session, programme: Programme) -> None:
    factories.submissions(session, programme, 1)
    (member,) = factories.members(session, programme, 1)
    context = opened(session, programme)
    whole = claim(session, context, member)
    assert whole is not None
    for _ in range(2):
        operations.give_back(session, whole, by=SYSTEM, now=NOW)
    assert session.scalar(select(Entry.filled)) == 0
    assert claim(session, context, member) is not None


def test_conflict_takes_the_submission_away_in_this_and_every_round(session: Session, programme: Programme) -> None:
    factories.submissions(session, programme, 1)
    (member,) = factories.members(session, programme, 1)
    context = opened(session, programme)
    whole = claim(session, context, member)
    assert whole is not None
    save(session, whole, submit=False)
    whole = queries.assignment(session, whole.assignment.id, member=member.id, lock=True)
    with pytest.raises(ReasonMissing):
        operations.declare_conflict(session, whole, reason=" ", by=SYSTEM, now=NOW)
    for _ in range(2):
        operations.declare_conflict(session, whole, reason="ญาติ", by=SYSTEM, now=NOW)
    assert whole.assignment.status == AssignmentStatus.CONFLICTED
    assert session.scalar(select(func.count()).select_from(Ballot)) == 0
    assert claim(session, context, member) is None


def test_ballot_is_final_once_submitted_and_the_same_again_changes_nothing(session: Session, programme: Programme) -> None:
    factories.submissions(session, programme, 1)
    (member,) = factories.members(session, programme, 1)
    whole = claim(session, opened(session, programme), member)
    assert whole is not None
    first = save(session, whole)
    assert save(session, whole, later=LEASE * 5) is first
    with pytest.raises(AlreadyBalloted):
        save(session, whole, plan=Decimal(1))
    with pytest.raises(AlreadyBalloted):
        save(session, whole, submit=False)
    whole = queries.assignment(session, whole.assignment.id, member=member.id, lock=True)
    with pytest.raises(AlreadyBalloted):
        operations.give_back(session, whole, by=SYSTEM, now=NOW)


def test_mark_out_of_range_is_refused_and_nothing_kept(session: Session, programme: Programme) -> None:
    factories.submissions(session, programme, 1)
    (member,) = factories.members(session, programme, 1)
    whole = claim(session, opened(session, programme), member)
    assert whole is not None
    with pytest.raises(MarksInvalid):
        save(session, whole, plan=Decimal("10.5"))
    assert session.scalar(select(func.count()).select_from(Ballot)) == 0


def test_closed_round_takes_no_claim_and_no_ballot(session: Session, programme: Programme) -> None:
    factories.submissions(session, programme, 1)
    one, _ = factories.members(session, programme, 1)[0], None
    context = opened(session, programme)
    whole = claim(session, context, one)
    assert whole is not None
    context.row.status = RoundStatus.CLOSED
    session.flush()
    with pytest.raises(RoundNotOpen):
        claim(session, context, one)
    with pytest.raises(RoundNotOpen):
        save(session, whole)


@pytest.mark.usefixtures("clean")
def test_claims_at_once_never_give_one_submission_twice_to_a_member_nor_beyond_its_number(engine: object) -> None:
    submissions, people, most = 24, 4, 2
    with transaction() as session:
        document = factories.document()
        document["rounds"][0]["ballots"] = most
        programme = factories.programme(session, rounds=document["rounds"])
        factories.submissions(session, programme, submissions)
        members = factories.ids(factories.members(session, programme, people))
        context = opened(session, programme)
    together, refused = Barrier(2 * people), []

    def pull(member: UUID) -> None:
        together.wait()
        while True:
            try:
                with transaction() as session:
                    if claim(session, context, member) is None:
                        return
            except Conflict as error:  # collected, and asserted to be none
                refused.append(error)
                return

    # Two browsers of each member pull at the same time.
    threads = [Thread(target=pull, args=(member,)) for member in members for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []
    with transaction() as session:
        invariants.check(session)
        by_entry = session.scalars(select(func.count()).select_from(Assignment).group_by(Assignment.entry_id)).all()
        pairs = session.execute(select(Assignment.entry_id, Assignment.account_id)).all()
    assert by_entry == [most] * submissions
    assert len(set(pairs)) == len(pairs) == most * submissions
