"""Tests of a file share what is slow to start: they have to run in one process, also where tests run on several."""

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
QUICK = "tests/unit/thai"


def test_tests_of_a_file_run_in_one_process() -> None:
    # Versions of pytest and pytest-xdist that do not fit, or marks that come too late, spread tests without a word.
    argv = [sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider", "--numprocesses", "2", "--dist", "loadgroup", QUICK]
    told = subprocess.run(argv, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    processes = defaultdict(set)
    for line in told.splitlines():
        if line.startswith("[gw"):
            processes[line.partition("::")[0].rpartition(" ")[2]].add(line.partition("]")[0])
    assert len(processes) >= 3, told
    assert [file for file, seen in processes.items() if len(seen) > 1] == []
