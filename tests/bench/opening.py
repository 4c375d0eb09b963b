"""Stages of a programme of 10,000: how long it takes until each has its rows, and how much memory.

`python tests/bench/opening.py [--submissions 10000]` starts servers of its own on free ports and prints a table and a line of JSON. A
collect stage opens for all, a round is filled and closed, its decision takes effect and each award gets its payment: the same verbs that
workers call, with events, jobs and the bell of every job. A tenth as many go first, so that what grows with the number shows; so do the
CPU seconds of this process, which another program on the machine does not lengthen.
"""

import argparse
import gc
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from uuid import UUID

from sqlalchemy import event, func, insert, select

sys.path.insert(0, str(Path(__file__).parent.parent))

import factories
from factories import NOW
from factories import stages as play
from factories.query_count import QueryCount

from bench.ground import MB, Figure, as_json, print_line, servers, show_figures
from shared import flow
from shared.awards import operations as awards
from shared.awards.models import Decision
from shared.database import new_id, session, transaction
from shared.events import SYSTEM
from shared.payments.models import Payment
from shared.people.models import Role, RoleGrantRow
from shared.programmes.models import Opening, Programme
from shared.reviews import queries, rounds
from shared.reviews.models import Ballot, Entry, RoundRow
from shared.stages import opening, operations, placing
from shared.submissions.models import Filing, Submission

LONGEST_OPENING = 10.0
"""Seconds until all of 10,000 have their rows of a stage that opens."""
MOST_MEMORY = 100.0
"""Megabytes that this may take: some batches, however many submissions."""
SAMPLES = 200
"""Submissions that are placed alone."""
OPENS = "2020-06-02T00:00:00+07:00"
LATER = NOW + timedelta(days=2)
PROGRAMMES = 200
"""Among which the periodic job looks every minute for stages that begin."""
AT_ONCE = 2000
"""Rows of the ground in one statement."""


def ground(count: int) -> UUID:
    """Make a programme with so many submissions whose plans are accepted; return its id."""
    with transaction() as open_session:
        of = play.programme(
            open_session,
            play.collect("plan"),
            play.judge("selection", levels=[play.level("gold", count, 90_000)], ballots=1),
            play.support("money", **{"for": {"selection": "gold"}}),
            play.collect("record", play.NOTE, opens=OPENS, **{"for": {"plan": "accepted"}}),
            slug=f"bench-{count}",
            reference_prefix=f"B{count}",
        )
        factories.account(open_session, f"judge-{count}", Role.MEMBER, programme_id=of.id, committee="central")
        for first in range(0, count, AT_ONCE):
            play.crowd(open_session, of, range(first, min(first + AT_ONCE, count)))
        return of.id


def ballots(programme_id: UUID) -> None:
    """Give every submission of the round its ballot."""
    with transaction() as open_session:
        member = open_session.scalars(select(RoleGrantRow.account_id).where(RoleGrantRow.programme_id == programme_id)).one()
        entries = open_session.scalars(
            select(Entry.id).join(RoundRow, RoundRow.id == Entry.round_id).where(RoundRow.programme_id == programme_id)
        ).all()
        rows = [
            {"id": new_id(), "entry_id": entry, "account_id": member, "marks": {"quality": "8"}, "saved_at": NOW, "submitted_at": NOW}
            for entry in entries
        ]
        for first in range(0, len(rows), AT_ONCE):
            open_session.execute(insert(Ballot), rows[first : first + AT_ONCE])


def open_stage(programme_id: UUID) -> None:
    """Open the stage as the periodic job and the job that follows do."""
    with transaction() as open_session:
        opening.open_due(open_session, now=LATER)
    with transaction() as open_session:
        opened = open_session.scalars(select(Opening.id).where(Opening.programme_id == programme_id)).one()
    opening.place_stage(opened, now=LATER)


def fill_round(programme_id: UUID) -> None:
    """Open the round, and put everything into its queues as the job that follows does."""
    with transaction() as open_session:
        rounds.open_round(open_session, open_session.get_one(Programme, programme_id), "selection", by=SYSTEM, now=LATER)
    opening.place_programme(programme_id, now=LATER)


def close_round(programme_id: UUID) -> None:
    """Close the round as the office does."""
    with transaction() as open_session:
        context = queries.load_round(open_session, open_session.get_one(Programme, programme_id), "selection")
        operations.close_round(open_session, context, by=SYSTEM, now=LATER)


def decide(programme_id: UUID) -> UUID:
    """Decide, sign and publish; return the decision."""
    with transaction() as open_session:
        context = queries.load_round(open_session, open_session.get_one(Programme, programme_id), "selection")
        decision = awards.decide(open_session, context, resolutions=[], by=SYSTEM, now=LATER)
        awards.sign(open_session, decision, seen=None, by=SYSTEM, now=LATER)
        awards.publish(open_session, decision, by=SYSTEM, now=LATER)
        return decision.id


def apply(decision_id: UUID) -> None:
    """Let the decision take effect in one transaction, as its job does."""
    with transaction() as open_session:
        operations.apply_decision(open_session, open_session.get_one(Decision, decision_id), now=LATER)


def place_alone(programme_id: UUID) -> tuple[float, int]:
    """Place submissions one at a time, of which nothing has changed; return the median in milliseconds, and the statements of one."""
    with transaction() as open_session:
        ids = open_session.scalars(select(Submission.id).where(Submission.programme_id == programme_id).limit(SAMPLES)).all()
    taken, counting = [], QueryCount()

    def one(id_: UUID) -> None:
        with transaction() as open_session:
            placing.place(open_session, open_session.get_one(Programme, programme_id), [id_], now=LATER)

    for id_ in ids:
        began = time.perf_counter()
        one(id_)
        taken.append(time.perf_counter() - began)
    event.listen(session.engine(), "before_cursor_execute", counting.note)
    statements = counting(lambda: one(ids[0]))
    event.remove(session.engine(), "before_cursor_execute", counting.note)
    return median(taken) * 1000, statements


@dataclass(frozen=True, slots=True)
class Step:
    """What a step took: seconds, those of them that this process computed, and the megabytes it grew by at the most."""

    seconds: float
    cpu: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s ({self.cpu:.1f} s CPU), {self.megabytes:.0f} MB"


def look(programmes: int) -> float:
    """Return the median of milliseconds that looking for stages to open takes, where so many programmes have one that opens later."""
    with transaction() as open_session:
        for number in range(programmes):
            stages = play.collect("plan"), play.collect("record", play.NOTE, opens="2020-11-01", **{"for": {"plan": "accepted"}})
            play.programme(open_session, *stages, slug=f"later-{number}", reference_prefix=f"L{number}")
    taken = []
    for _ in range(SAMPLES // 10):
        began = time.perf_counter()
        with transaction() as open_session:
            opening.open_due(open_session, now=NOW)
        taken.append(time.perf_counter() - began)
    return median(taken) * 1000


def timed(act: Callable[[], object]) -> Step:
    """Do it, and return what it took."""
    gc.collect()
    began, cpu = time.perf_counter(), time.process_time()
    before = _forget_peak()
    act()
    return Step(time.perf_counter() - began, time.process_time() - cpu, (_peak() - before) / MB)


def _forget_peak() -> int:
    """Have the kernel count this process's peak of memory from now on, and return how much it holds (proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> int:
    """Return the most bytes that this process held since `_forget_peak`."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def count_rows(table: type[Filing | Payment], stage: str, programme_id: UUID) -> int:
    """Return how many submissions of the programme have their row of a stage."""
    query = select(func.count()).select_from(table).join(Submission, Submission.id == table.submission_id)
    with transaction() as open_session:
        return open_session.scalar(query.where(Submission.programme_id == programme_id, table.stage == stage)) or 0


def play_through(count: int) -> tuple[dict[str, Step], tuple[float, int]]:
    """Take a programme of so many submissions from its opening to its payments; return its steps, and what `place_alone` found."""
    of = ground(count)
    steps = {"opening": timed(lambda: open_stage(of))}
    alone = place_alone(of)
    steps["round filled"] = timed(lambda: fill_round(of))
    ballots(of)
    steps["placed again"] = timed(lambda: opening.place_programme(of, now=LATER))
    steps["round closed"] = timed(lambda: close_round(of))
    decision = decide(of)
    steps["decision applied"] = timed(lambda: apply(decision))
    for table, stage in ((Filing, "record"), (Payment, "money")):
        if (found := count_rows(table, stage, of)) != count:
            sys.exit(f"{found} rows of {stage} for {count} submissions")
    return steps, alone


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=10_000)
    count = parser.parse_args().submissions
    flow.install()
    with servers():
        (few, _), (many, (alone, statements)) = play_through(count // 10), play_through(count)
        looked = look(PROGRAMMES)
    opened = many["opening"]
    figures = [
        Figure(f"a stage opened for {count}", round(opened.seconds, 1), LONGEST_OPENING, "s", peer=f"a tenth: {few['opening']}"),
        Figure("CPU of it", round(opened.cpu, 1), LONGEST_OPENING, "s"),
        Figure("memory of it", round(opened.megabytes), MOST_MEMORY, "MB"),
        Figure("one submission placed again", round(alone, 1), 50, "ms", peer=f"{statements} statements"),
        Figure(f"{PROGRAMMES} programmes looked over", round(looked, 1), 100, "ms"),
        *(
            Figure(f"{step}, {count}", round(many[step].seconds, 1), aim, "s", peer=f"all: {many[step]}; a tenth: {few[step]}")
            for step, aim in (("round filled", 20), ("placed again", 10), ("round closed", 20), ("decision applied", 30))
        ),
    ]
    show_figures("stages", figures)
    ratios = {"opening_to_limit": (opened.seconds, LONGEST_OPENING), "opening_memory_to_limit": (opened.megabytes, MOST_MEMORY)}
    cpu = {name: round(step.cpu, 1) for name, step in many.items()}
    print_line("opening", ratios, submissions=count, statements=statements, cpu_seconds=cpu, figures=as_json(figures))


if __name__ == "__main__":
    main()
