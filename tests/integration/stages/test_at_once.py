"""Those who change the same submissions at once wait for one another in one order: rounds, then submissions, then what they have."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import factories
import pytest
from factories import NOW
from factories import stages as play
from sqlalchemy import func, select, text

from shared.awards import operations as awards
from shared.awards import queries as award_queries
from shared.awards.models import Decision
from shared.database import transaction
from shared.database.transitions import StatusChanged
from shared.events import SYSTEM, Event, EventKind
from shared.payments.models import Payment
from shared.people.models import Role
from shared.programmes.models import Programme
from shared.reviews import entries, queries, rounds
from shared.reviews import operations as reviews
from shared.reviews.lifecycle import RoundStatus
from shared.reviews.models import Assignment, Entry, RoundRow
from shared.reviews.rounds import BallotsMissing
from shared.stages import opening, operations, placing
from shared.submissions.filings import making
from shared.submissions.lifecycle import FilingStatus
from shared.submissions.models import Filing, Submission

pytestmark = pytest.mark.usefixtures("clean")

PATIENCE = 30.0
WAITERS = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
SELECTION = play.judge("selection", levels=[play.level("gold", 1, 90_000)], ballots=1)


def programme(*more: dict[str, object], count: int = 3) -> tuple[UUID, list[UUID]]:
    """Load a programme with so many submissions in an open round, and a member to judge them; return its id and theirs."""
    with transaction() as session:
        of = play.programme(session, play.collect("plan"), SELECTION, play.support("money", **{"for": {"selection": "gold"}}), *more)
        ids = play.crowd(session, of, range(count))
        factories.account(session, "judge", Role.MEMBER, programme_id=of.id, committee="central")
        play.open_round(session, of, "selection")
        return of.id, ids


def place(programme_id: UUID, *ids: UUID) -> None:
    with transaction() as session:
        placing.place(session, session.get_one(Programme, programme_id), ids, now=NOW)


def close(programme_id: UUID) -> None:
    with transaction() as session:
        context = queries.load_round(session, session.get_one(Programme, programme_id), "selection")
        operations.close_round(session, context, by=SYSTEM, now=NOW)


def withdraw(submission_id: UUID) -> None:
    with transaction() as session:
        operations.withdraw(session, session.get_one(Submission, submission_id), reason="moved", by=SYSTEM, now=NOW)


def judge_all(programme_id: UUID) -> None:
    with transaction() as session:
        context = queries.load_round(session, session.get_one(Programme, programme_id), "selection")
        member = queries.members(session, programme_id, {"central"})["central"][0].id
        mark = Decimal(10)
        while (claimed := reviews.claim(session, context, "central", member=member, by=SYSTEM, now=NOW)) is not None:
            detail = queries.assignment(session, claimed.id, member=member, lock=True)
            reviews.save_ballot(session, detail, marks={"quality": mark}, comment="", submit=True, by=SYSTEM, now=NOW)
            mark -= 1


def waiting(count: int) -> None:
    """Return once so many transactions wait for a lock."""
    until = time.monotonic() + PATIENCE
    while True:
        with transaction() as session:
            if session.scalar(WAITERS) == count:
                return
        assert time.monotonic() < until, f"there are not {count} that wait"
        time.sleep(0.02)


def while_held(of: type[Submission] | type[RoundRow], id_: UUID, *acts: Callable[[], object]) -> list[Future[object]]:
    """Start the acts one after another while a row is locked, so that each waits; return them once the row was let go and all ended."""
    with ThreadPoolExecutor(len(acts)) as pool, transaction() as holding:
        holding.get_one(of, id_, with_for_update=True)
        started = []
        for number, act in enumerate(acts, start=1):
            started.append(pool.submit(act))
            waiting(number)
        holding.commit()
        return started


def open_row(programme_id: UUID, key: str = "selection") -> UUID:
    with transaction() as session:
        return session.scalars(select(RoundRow.id).where(RoundRow.programme_id == programme_id, RoundRow.key == key)).one()


def test_placing_and_closing_at_once_both_end() -> None:
    of, ids = programme()
    judge_all(of)
    with transaction() as session:
        late = play.crowd(session, session.get_one(Programme, of), range(10, 12))
    acts = (lambda: close(of), lambda: opening.place_programme(of, now=NOW), lambda: place(of, late[0]))
    closing, *others = while_held(Submission, ids[0], *acts)
    assert [act.exception() for act in others] == [None, None]
    assert isinstance(closing.exception(), BallotsMissing)  # for those that came late: closing found them
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 5
    judge_all(of)
    close(of)
    assert [act.exception() for act in while_held(RoundRow, open_row(of), lambda: close(of))] == [None]


@pytest.mark.parametrize("leaves_first", [True, False])
def test_withdrawing_and_closing_at_once_both_end(leaves_first: bool) -> None:
    of, ids = programme()
    judge_all(of)
    acts = (lambda: withdraw(ids[1]), lambda: close(of))
    ended = while_held(RoundRow, open_row(of), *(acts if leaves_first else acts[::-1]))
    assert [act.exception() for act in ended] == [None, None]
    with transaction() as session:
        assert session.get_one(Submission, ids[1]).is_out
        assert session.get_one(RoundRow, open_row(of)).status is RoundStatus.CLOSED


@pytest.mark.parametrize("act", ["withdraw", "apply"])
def test_who_waits_for_a_round_holds_no_submission(act: str) -> None:
    of, ids = programme(play.judge("second", keep=1))
    judge_all(of)
    close(of)
    decision = decided(of)
    with transaction() as session:
        rounds.open_round(session, session.get_one(Programme, of), "second", by=SYSTEM, now=NOW)
    acts = {"withdraw": lambda: withdraw(ids[0]), "apply": lambda: apply(decision)}
    with ThreadPoolExecutor(1) as pool:
        with transaction() as holding:
            holding.get_one(RoundRow, open_row(of, "second"), with_for_update=True)
            done = pool.submit(acts[act])
            waiting(1)
            locked = holding.scalars(select(Submission.id).order_by(Submission.id).with_for_update(skip_locked=True)).all()
            assert locked == ids
        done.result(PATIENCE)


def test_decision_applied_by_two_at_once_gives_each_its_outcome_and_payment_once() -> None:
    of, ids = programme()
    judge_all(of)
    close(of)
    decision = decided(of)
    ended = while_held(Submission, ids[0], lambda: apply(decision), lambda: apply(decision), lambda: place(of, *ids))
    assert [act.exception() for act in ended] == [None] * 3
    with transaction() as session:
        counted = select(func.count()).select_from(Event)
        given = session.scalar(counted.where(Event.kind.in_([EventKind.SUBMISSION_AWARDED, EventKind.SUBMISSION_NOT_AWARDED])))
        assert (given, session.scalar(counted.where(Event.kind == EventKind.PAYMENT_DUE))) == (3, 1)
        assert session.scalar(select(func.count()).select_from(Payment)) == 1


def test_claim_of_a_submission_that_leaves_at_the_same_moment_is_counted() -> None:
    of, _ = programme(count=1)
    with transaction() as session:
        context = queries.load_round(session, session.get_one(Programme, of), "selection")
        entry = session.scalars(select(Entry)).one()
        member = queries.members(session, of, {"central"})["central"][0].id
        with transaction() as claiming:
            assert reviews.claim(claiming, context, "central", member=member, by=SYSTEM, now=NOW) is not None
        assert entry.filled == 0  # as this session read it
        entries.lapse(session, context.row, entry, now=NOW)
    with transaction() as session:
        entry = session.scalars(select(Entry)).one()
        assert (entry.lapsed_at, entry.filled, session.scalars(select(Assignment.status)).one()) == (NOW, 0, "outdated")


def test_what_was_submitted_in_the_meantime_does_not_lapse() -> None:
    with transaction() as session:
        of = play.programme(session, play.collect("plan"))
        group = play.invited(session, of)
    with transaction() as stale:
        filing = stale.scalars(select(Filing)).one()
        assert filing.status is FilingStatus.OPEN
        with transaction() as session:
            play.file(session, session.get_one(Submission, group.id), "plan", now=NOW + timedelta(minutes=1))
        with pytest.raises(StatusChanged):
            making.lapse(stale, stale.get_one(Programme, of.id), filing, now=NOW)
    with transaction() as session:
        assert session.scalars(select(Filing.status)).one() is FilingStatus.ACCEPTED


def decided(programme_id: UUID) -> UUID:
    with transaction() as session:
        context = queries.load_round(session, session.get_one(Programme, programme_id), "selection")
        decision = awards.decide(session, context, resolutions=[], by=SYSTEM, now=NOW)
        awards.sign(session, decision, seen=None, by=SYSTEM, now=NOW)
        awards.publish(session, award_queries.decision(session, programme_id, decision.id), by=SYSTEM, now=NOW)
        return decision.id


def apply(decision_id: UUID) -> None:
    with transaction() as session:
        operations.apply_decision(session, session.get_one(Decision, decision_id), now=NOW)
