"""Pipeline: jobs a second through ledger and Celery, beside bare Celery no-ops, on the same broker, worker and processes.

`python tests/bench/pipeline.py [--jobs 2000] [--rounds 3]` starts the servers and one worker of two processes, and prints a table and a
line of JSON. A job's way is: row and doorbell by the sender, claim, lease, end in the ledger; a bare no-op is a message and its end.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from sqlalchemy import func, select

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench.ground import print_line, servers, show
from shared import clock
from shared.database import new_id, transaction
from shared.queue import client, ledger
from shared.queue.lifecycle import JobState
from shared.queue.models import Job

PROCESSES = 2
AT_ONCE = 50
"""Jobs of one transaction."""
PATIENCE = 120.0


def through_ledger(jobs: int) -> None:
    """Put so many jobs into the ledger and wait until all are done."""
    from bench.noops import NOOP

    before = _done()
    for _ in range(jobs // AT_ONCE):
        with transaction() as opened:
            for _ in range(AT_ONCE):
                ledger.add(opened, NOOP, subject_id=new_id(), key="bench", now=clock.now())
    _wait(lambda: _done() - before >= jobs)


def bare(jobs: int) -> None:
    """Send so many no-ops and wait until the worker has done all."""
    from bench.noops import BARE

    app, before = client.application(), _worked()
    for _ in range(jobs):
        app.send_task(BARE, queue="upkeep", ignore_result=True)
    _wait(lambda: _worked() - before >= jobs)


def _done() -> int:
    with transaction() as opened:
        return opened.scalar(select(func.count()).select_from(Job).where(Job.kind == "bench.noop", Job.state == JobState.DONE)) or 0


def _worked() -> int:
    from bench.noops import BARE

    # One worker is asked, so its answer is not waited for any longer than it takes.
    stats = client.application().control.inspect(timeout=2, limit=1).stats() or {}
    return sum(worker["total"].get(BARE, 0) for worker in stats.values())


def _wait(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > until:
            sys.exit(f"not done within {PATIENCE:g} s")
        time.sleep(0.05)


def rate(work: Callable[[int], None], jobs: int) -> float:
    """Return jobs a second, from the first sent to the last done."""
    began = time.perf_counter()
    work(jobs)
    return jobs / (time.perf_counter() - began)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    found: dict[str, list[float]] = {"ledger": [], "bare": []}
    with servers():
        argv = [sys.executable, "-m", "celery", "--quiet", "-A", "bench.noops:app", "worker", "-Q", "upkeep", "-c", str(PROCESSES)]
        argv += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        tests = str(Path(__file__).parent.parent)
        worker = subprocess.Popen(argv, env={**os.environ, "PYTHONPATH": os.pathsep.join([tests, *sys.path[1:]])}, cwd=tests)
        try:
            through_ledger(AT_ONCE)
            bare(AT_ONCE)
            for _ in range(asked.rounds):
                found["ledger"].append(rate(through_ledger, asked.jobs))
                found["bare"].append(rate(bare, asked.jobs))
        finally:
            worker.terminate()
            worker.wait(60)
    rates = {name: round(median(values)) for name, values in found.items()}
    title = f"{asked.jobs} no-ops, one worker of {PROCESSES} processes, median of {asked.rounds}"
    show(title, "jobs/s", {"ledger + Celery": rates["ledger"], "bare Celery": rates["bare"]})
    facts = {"jobs": asked.jobs, "ledger_per_second": rates["ledger"], "bare_per_second": rates["bare"]}
    print_line("pipeline", {"ledger_to_bare": (rates["ledger"], rates["bare"])}, **facts)


if __name__ == "__main__":
    main()
