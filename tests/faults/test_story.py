"""A part that dies, or a broker that forgets everything, changes nothing in what the story comes to."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from redis import Redis

from deploy.local.background import BackgroundStack
from shared.queue.kinds import Queue

GROUPS = 6
RESULT = {
    "groups": 6,
    "submitted": 6,
    "returned_then_accepted": 3,
    "rejected_files": 2,
    "screened_in": 6,
    "outstanding": 3,
    "good": 3,
    "total_baht": 3 * 90_000 + 3 * 50_000,
    "jobs_dead": 0,
    "procured": 6,
    "recorded": 6,
    "reported": 6,
}
LEAST_TOLD = 6 * 5 + 2 * 2
"""Invitation, received, accepted, shortlisted and awarded to each group; two were returned, and received again. Officers come on top."""
SENDING, SCREENED, SELECTED = "get their links", "Screening: members score", "Selection: members score"
"""What the story tells when groups begin to send, and when the decision of each round is about to be made."""
QUICK = "worker.validation"
"""The part that is killed in every `make test`; the others are in `make test-all`."""
PARTS = (QUICK, *(f"worker.{queue}" for queue in Queue if f"worker.{queue}" != QUICK), "web")
INTO_THE_SCENE = 1.5
"""Seconds from the mark to the blow, so that it falls into the work."""

PATIENCE = 60.0

Fault = Callable[[BackgroundStack], None]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[BackgroundStack, Path]]:
    """One stack for all plays; each play is a programme of its own."""
    folder = tmp_path_factory.mktemp("story")
    stack = BackgroundStack(folder)
    yield stack, folder
    stack.discard()


def play(running: tuple[BackgroundStack, Path], fault: Fault) -> dict[str, Any]:
    """Play with so many groups while `fault` strikes thrice; return the last line without its seconds."""
    stack, folder = running
    argv = [sys.executable, "-m", "services.cli.main", "demo", "--exit", "--groups", str(GROUPS), "--data", str(folder)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as playing:
        assert playing.stdout is not None
        told = []
        for line in playing.stdout:
            told.append(line)
            if any(mark in line for mark in (SENDING, SCREENED, SELECTED)):
                if SENDING in line:
                    sleep(INTO_THE_SCENE)
                fault(stack)
    assert playing.returncode == 0, "".join(told[-40:])
    result: dict[str, Any] = json.loads(told[-1])
    assert result.pop("seconds") > 0
    assert result.pop("notifications_sent") >= LEAST_TOLD
    return result


def killing(part: str) -> Fault:
    """`kill -9` of a part's processes."""

    def strike(stack: BackgroundStack) -> None:
        until = monotonic() + PATIENCE
        while not (pids := stack.describe()["pids"].get(part)):
            assert monotonic() < until, f"{part} was not started again"
            sleep(0.1)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)

    return strike


def forget_everything(stack: BackgroundStack) -> None:
    """Empty the broker."""
    with Redis.from_url(stack.describe()["broker_url"]) as broker:
        broker.flushall()


@pytest.mark.timeout(600)  # seven steps, each of which waits for work that is killed
@pytest.mark.parametrize("part", [pytest.param(part, marks=() if part == QUICK else pytest.mark.thorough) for part in PARTS])
def test_part_that_is_killed_changes_nothing(running: tuple[BackgroundStack, Path], part: str) -> None:
    assert play(running, killing(part)) == RESULT


@pytest.mark.thorough
def test_broker_that_forgets_everything_changes_nothing(running: tuple[BackgroundStack, Path]) -> None:
    assert play(running, forget_everything) == RESULT
