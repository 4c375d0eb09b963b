"""Claims: how many a second through the operations, beside raw SKIP LOCKED SQL on the same PostgreSQL, in one run.

`python tests/bench/claims.py [--entries 2000] [--threads 8] [--rounds 3]` starts a stack of its own on free ports and prints a table and
a line of JSON. Both ways empty a queue of as many entries by as many threads, one claim a transaction, in turns. A committee claims about
once a minute a member: the number shows how far away the limit is, and whether it falls with the queue's length.
"""

import argparse
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median
from uuid import UUID

from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parent.parent))

import factories
from factories import NOW
from factories import stages as play

from bench.ground import print_line, servers, show
from shared.database import session, transaction
from shared.events import SYSTEM
from shared.people import operations as people
from shared.people.models import Role
from shared.people.person import RoleGrant
from shared.reviews import operations, queries, rounds
from shared.reviews.queries import RoundContext, load_round_by_id
from shared.stages import operations as stages

RAW = text("""
    WITH next AS MATERIALIZED (
        SELECT id FROM bench_queue WHERE state = 'queued' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    UPDATE bench_queue SET state = 'claimed', owner = :owner, lease_until = now() + interval '1 hour'
    FROM next WHERE bench_queue.id = next.id RETURNING bench_queue.id
""")


def fill(number: int, entries: int, threads: int) -> tuple[RoundContext, list[UUID]]:
    """Make a programme with an open round of so many entries, each needing one ballot, and its members."""
    with transaction() as session:
        document = factories.document(slug=f"bench-{number}", reference_prefix=f"B{number}")
        document["rounds"][0]["ballots"] = 1
        programme = factories.programme(session, **document)
        members = [
            people.put_account(
                session,
                email=f"{number}.{member}@example.org",
                name=f"กรรมการ {member}",
                grants=(RoleGrant(Role.MEMBER, programme_id=programme.id, committee="central"),),
                by=SYSTEM,
                now=NOW,
            ).id
            for member in range(threads)
        ]
        play.crowd(session, programme, range(entries))
        row = rounds.open_round(session, programme, "screening", by=SYSTEM, now=NOW)
        stages.fill_round(session, load_round_by_id(session, row.id), now=NOW)
        return queries.load_round(session, programme, "screening"), members


def ours(context: RoundContext, member: UUID) -> int:
    """Claim until nothing is left."""
    claimed = 0
    while True:
        with transaction() as session:
            if operations.claim(session, context, "central", member=member, by=SYSTEM, now=NOW) is None:
                return claimed
        claimed += 1


def raw(owner: UUID) -> int:
    """Claim by one bare statement a transaction until nothing is left."""
    claimed = 0
    while True:
        with session.engine().begin() as connection:
            if connection.execute(RAW, {"owner": owner}).one_or_none() is None:
                return claimed
        claimed += 1


def refill(entries: int) -> None:
    """Make the raw queue anew."""
    with session.engine().begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS bench_queue"))
        connection.execute(text("CREATE TABLE bench_queue (id serial PRIMARY KEY, state text, owner uuid, lease_until timestamptz)"))
        connection.execute(text("INSERT INTO bench_queue (state) SELECT 'queued' FROM generate_series(1, :entries)"), {"entries": entries})
        connection.execute(text("CREATE INDEX ON bench_queue (id) WHERE state = 'queued'"))


def timed(pull: Callable[[UUID], int], owners: list[UUID], entries: int) -> float:
    """Return claims a second of one thread an owner; every entry is claimed once."""
    began = time.perf_counter()
    with ThreadPoolExecutor(len(owners)) as pool:
        claimed = sum(pool.map(pull, owners))
    seconds = time.perf_counter() - began
    if claimed != entries:
        sys.exit(f"{claimed} claims of {entries} entries")
    return claimed / seconds


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=2000)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    rates: dict[str, list[float]] = {"ours": [], "raw": []}
    with servers():
        for number in range(asked.rounds):
            context, members = fill(number, asked.entries, asked.threads)
            rates["ours"].append(timed(partial(ours, context), members, asked.entries))
            refill(asked.entries)
            rates["raw"].append(timed(raw, members, asked.entries))
    found = {name: round(median(values)) for name, values in rates.items()}
    title = f"{asked.entries} entries, {asked.threads} threads, median of {asked.rounds}"
    show(title, "claims/s", {"operations.claim (events, leases, conflicts)": found["ours"], "raw SKIP LOCKED": found["raw"]})
    facts = {"entries": asked.entries, "ours_per_second": found["ours"], "raw_per_second": found["raw"]}
    print_line("claims", {"claims_to_raw": (found["ours"], found["raw"])}, **facts)


if __name__ == "__main__":
    main()
