"""One chromium, and for each file of tests a first programme of its own, with as many groups as its `GROUPS` says."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from browser.browser import chromium
from playwright.sync_api import Browser

from deploy.local.background import BackgroundStack


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's chromium. It ends with its file of tests: as long as it runs, no other event loop can in this process."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def prepared(request: pytest.FixtureRequest, live: BackgroundStack) -> dict[str, Any]:
    """The first programme with its groups invited, as `omsap demo --prepare --json` describes it."""
    argv = [sys.executable, "-m", "services.cli.main", "demo", "--prepare", "--json", "--exit", "--data", str(live.folder)]
    argv += ["--groups", str(getattr(request.module, "GROUPS", 2))]
    found: dict[str, Any] = json.loads(subprocess.run(argv, check=True, capture_output=True, text=True).stdout)
    return found
