"""A group's files sent by its link: through a network that breaks, in two runs, refused, handed in."""

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from integration.cli.conftest import OMSAP, Cable, Group, Run, environment
from media.corpus import media

MIB = 1024 * 1024
PADDING = 12 * MIB


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """A good clip with enough bytes to be cut in the middle."""
    path = tmp_path / "คลิปของกลุ่ม.mp4"
    box = (PADDING + 8).to_bytes(4, "big") + b"free" + os.urandom(PADDING)
    path.write_bytes(media("h264.mp4").read_bytes() + box)
    return path


def test_files_go_on_after_the_connection_was_cut_and_are_handed_in(
    omsap: Run, invite: Callable[[int], Group], cable: Cable, clip: Path
) -> None:
    group = invite(1)
    cable.break_at = 5 * MIB
    sent = omsap("submit", f"{cable.base_url}/s/{group.token}", "--plan", media("plan.pdf"), "--clip", clip, "--json")
    assert sent.returncode == 0, sent.stderr
    assert cable.broken.is_set()
    told = json.loads(sent.stdout)
    assert (told["submission"], told["handed_in"], told["passed"]) == (str(group.submission), True, True)
    assert {file["kind"]: file["state"] for file in told["files"]} == {"plan": "passed", "clip": "passed"}
    assert cable.sent < clip.stat().st_size + 4 * MIB

    again = omsap("submit", group.link, "--plan", media("plan.pdf"), "--clip", clip)
    assert again.returncode == 0
    assert "LT63-9001" in again.stdout

    other = omsap("submit", group.link, "--item", f"clip={media('h264.mp4')}", "--json")  # until the deadline: the next version
    assert other.returncode == 0, other.stderr
    assert json.loads(other.stdout)["handed_in"]


@pytest.mark.thorough
def test_second_run_sends_on_what_the_first_left(omsap: Run, invite: Callable[[int], Group], cable: Cable, clip: Path) -> None:
    group = invite(2)
    link = f"{cable.base_url}/s/{group.token}"
    cable.break_at = 7 * MIB
    first = subprocess.Popen([OMSAP, "submit", link, "--clip", clip], env=environment(), stderr=subprocess.DEVNULL)
    assert cable.broken.wait(60)
    first.send_signal(signal.SIGKILL)
    first.wait(10)

    before = cable.sent
    second = omsap("submit", link, "--plan", media("plan.pdf"), "--clip", clip, "--no-hand-in")
    assert second.returncode == 0, second.stderr
    assert cable.sent - before < clip.stat().st_size - 2 * MIB
    assert second.stdout.count("✓ ผ่าน") == 2
    assert "All files are here. Submit them." in second.stdout


def test_file_that_does_not_pass_is_told_in_both_languages_and_not_handed_in(omsap: Run, invite: Callable[[int], Group]) -> None:
    group = invite(3)
    refused = omsap("submit", group.link, "--plan", media("plan.pdf"), "--clip", media("5-20.mp4"))
    assert refused.returncode == 1
    assert "5:20" in refused.stdout
    assert "ไม่ผ่าน · not passed" in refused.stdout
    assert "Replace the file that has a problem, then submit." in refused.stdout

    mended = omsap("submit", group.link, "--clip", media("h264.mp4"))
    assert mended.returncode == 0, mended.stderr


def test_what_is_missing_is_said_by_the_server(omsap: Run, invite: Callable[[int], Group]) -> None:
    group = invite(4)
    missing = omsap("submit", group.link, "--plan", media("plan.pdf"))
    assert missing.returncode == 1
    assert "ยังขาด: คลิป" in missing.stderr
    assert "Missing: Clip" in missing.stderr


def test_link_that_opens_nothing_is_refused(omsap: Run, invite: Callable[[int], Group]) -> None:
    group = invite(5)
    broken = omsap("submit", group.link + "x", "--plan", media("plan.pdf"))
    assert broken.returncode == 1
    assert "This link or token is not valid any more." in broken.stderr
    assert omsap("submit", "https://host.example/office", "--plan", media("plan.pdf")).returncode == 2
    assert omsap("submit", group.link, "--plan", "nowhere.pdf").returncode == 2
    assert omsap("submit", group.link, "--plan").returncode == 2
