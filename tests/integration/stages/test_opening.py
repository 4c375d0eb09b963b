"""Stages that begin: when each is found, what it costs to look, and that its rows are made once, whoever dies or comes twice."""

import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from factories import NOW
from factories import stages as play
from factories.jobs import aged, job
from factories.query_count import QueryCount
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from shared import clock
from shared.database import transaction
from shared.events import Event, EventKind
from shared.programmes.models import Opening
from shared.queue import kinds
from shared.queue.lifecycle import JobState
from shared.queue.models import Job
from shared.queue.sweep import sweep
from shared.stages import opening, placing
from shared.submissions.models import Filing, Submission

ACCEPTED = {"for": {"plan": "accepted"}}
MANY = 2 * opening.BATCH + 5
PATIENCE = 60.0
WORK = "from shared import flow; flow.install(); import sys, uuid; from workers.routing import tasks; from workers.base import execute; "
WORK += "execute(tasks.place_stage, uuid.UUID(sys.argv[1]))"
"""A worker of one job."""


def opened(slug: str = "stages", count: int = 0, **stage: object) -> UUID:
    """Load a programme whose second stage begins, with so many submissions accepted at its first; return its id."""
    with transaction() as session:
        parts: dict[str, Any] = {"opens": "2020-06-02", "by": "2027-12-31", **ACCEPTED, **stage}
        of = play.programme(session, play.collect("plan"), play.collect("record", **parts), slug=slug, reference_prefix=slug.upper()[:8])
        if count:
            play.crowd(session, of, range(count))
        return of.id


def begin(now: datetime) -> int:
    with transaction() as session:
        return opening.open_due(session, now=now)


def place_all(now: datetime = NOW + timedelta(days=2)) -> int:
    with transaction() as session:
        ids = session.scalars(select(Opening.id).where(Opening.done_at.is_(None))).all()
    return sum(opening.place_stage(id_, now=now) for id_ in ids)


def asked_once(count: int) -> None:
    """Assert that each submission has one filing at the second stage, said once and announced once."""
    with transaction() as session:
        filings = session.scalars(select(Filing.submission_id).where(Filing.stage == "record")).all()
        said = session.scalars(select(Event.submission_id).where(Event.kind == EventKind.FILING_OPENED)).all()
        told = session.scalar(select(func.count()).select_from(Job).where(Job.kind == kinds.NOTIFY.name))
        assert set(filings) == set(session.scalars(select(Submission.id)))
    assert (len(filings), len(said), len(set(said)), told) == (count, count, count, count)


@pytest.mark.usefixtures("clean")
def test_stage_begins_once_at_the_first_instant_of_its_day() -> None:
    opened(count=3)
    assert [begin(datetime.fromisoformat(at)) for at in ("2020-06-01T23:59:59+07:00", "2020-06-02T00:00:00+07:00")] == [0, 1]
    assert begin(NOW + timedelta(days=5)) == 0
    assert place_all() == 3
    asked_once(3)


@pytest.mark.usefixtures("clean")
def test_looking_for_stages_is_one_query_however_many_programmes(query_count: QueryCount) -> None:
    def look() -> None:
        assert begin(NOW - timedelta(days=9)) == 0

    opened()
    assert query_count(look) == 1
    for number in range(3):
        opened(f"more{number}")
    assert query_count(look) == 1
    assert "programmes.document" not in query_count.statements[0].partition("FROM")[0]


@pytest.mark.usefixtures("clean")
def test_stage_a_term_after_what_came_before_opens_for_each_when_its_term_is_over() -> None:
    programme_id = opened(count=2, opens={"days": 3})
    with transaction() as session:
        late = session.scalars(select(Filing).order_by(Filing.submission_id.desc())).first()
        assert late is not None
        late.accepted_at = NOW + timedelta(days=2)
        late_id = late.submission_id

    def filed(at: datetime) -> set[UUID]:
        begin(at)
        place_all(at)
        with transaction() as session:
            return set(session.scalars(select(Filing.submission_id).where(Filing.stage == "record")))

    assert filed(NOW) == set()
    assert begin(NOW + timedelta(minutes=59)) == 0
    assert begin(NOW + timedelta(minutes=60)) == 1
    assert filed(NOW + timedelta(days=2)) == set()
    assert len(filed(NOW + timedelta(days=3)) - {late_id}) == 1
    assert late_id not in filed(NOW + timedelta(days=4))
    assert late_id in filed(NOW + timedelta(days=5))
    filed(NOW + timedelta(days=6))
    asked_once(2)
    with transaction() as session:
        assert [row.programme_id for row in session.scalars(select(Opening))] == [programme_id]


@pytest.mark.usefixtures("clean")
def test_worker_killed_in_the_middle_leaves_each_submission_one_filing() -> None:
    opened(count=MANY)
    begin(NOW + timedelta(days=2))
    with transaction() as session:
        ids = session.scalars(select(Submission.id).order_by(Submission.id)).all()
        job_id = session.scalars(select(Job.id).where(Job.kind == kinds.PLACE_STAGE.name)).one()
    with transaction() as holding:  # the last batch waits for this one's lock: there the worker is killed
        holding.get_one(Submission, ids[-1], with_for_update=True)
        with subprocess.Popen([sys.executable, "-c", WORK, str(job_id)]) as worker:
            until = time.monotonic() + PATIENCE
            while _placed_until() != ids[2 * opening.BATCH - 1]:
                assert time.monotonic() < until, "the worker does not get so far"
                time.sleep(0.02)
            worker.send_signal(signal.SIGKILL)
    assert job(job_id).state is JobState.RUNNING
    aged(job_id, "lease_until")
    with transaction() as session:
        sweep(session, now=clock.now(), ring_again=timedelta(hours=1))
    subprocess.run([sys.executable, "-c", WORK, str(job_id)], check=True)
    assert (job(job_id).state, job(job_id).attempts) == (JobState.DONE, 2)
    asked_once(MANY)


@pytest.mark.usefixtures("clean")
def test_two_workers_at_once_double_nothing() -> None:
    opened(count=MANY)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(begin, [NOW + timedelta(days=2)] * 2))
        done = list(pool.map(place_all, [NOW + timedelta(days=2)] * 2))
    assert sum(done) == MANY
    asked_once(MANY)


def test_placing_again_writes_nothing(session: Session) -> None:
    of = play.programme(
        session,
        play.collect("plan"),
        play.judge("screening"),
        play.judge("selection", levels=[play.level("gold", 1, 90_000)], **{"for": {"screening": "shortlisted"}}),
        play.support("money", **{"for": {"selection": "gold"}}),
        play.collect("record", play.NOTE, opens={"days": 0}, by={"days": 5}, **{"for": {"selection": "gold"}}),
        play.collect("excuse", play.NOTE, **{"for": {"plan": "missed"}}),
    )
    groups = [play.invited(session, of, number) for number in range(1, 5)]
    for group in groups[:3]:
        play.file(session, group, "plan")
    play.open_round(session, of, "screening")
    play.judged(session, of, "screening", {group.reference: 8 for group in groups})
    play.judged(session, of, "selection", {group.reference: 9 - number for number, group in enumerate(groups)})
    later, ids = NOW + timedelta(days=400), [group.id for group in groups]
    for at in (NOW, later):
        placing.place(session, of, ids, now=at)
        session.flush()
        before = versions(session)
        placing.place(session, of, ids, now=at)
        placing.place(session, of, ids[::-1], now=at)
        session.flush()
        assert versions(session) == before
    assert Counter(session.scalars(select(Filing.stage))) == {"plan": 4, "record": 1, "excuse": 1}


def versions(session: Session) -> dict[str, object]:
    """Return where each row of every table lies: an update moves it."""
    tables = session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
    return {table: session.scalars(text(f"SELECT ctid::text FROM {table} ORDER BY 1")).all() for table in tables}  # noqa: S608  # ours


def _placed_until() -> UUID | None:
    with transaction() as session:
        return session.scalars(select(Opening.placed_until)).one()
