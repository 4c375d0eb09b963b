"""The stack as somebody who is not root; tried by root, who can be anybody."""

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx2
import psutil
import pytest
from integration.cli.conftest import environment
from integration.local.processes import alive, tree

ROOT = Path(__file__).parents[3]
USER, GROUP = "nobody", "nogroup"
PROGRAMS = ("redis-server", "rclone")


def may_enter(path: Path) -> bool:
    """Say whether any user may enter every folder down to `path`."""
    return all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents)


def own_environment(home: Path) -> dict[str, str]:
    """The environment of the user, who may not write what is measured of the tests where they are run."""
    return {name: value for name, value in environment(HOME=str(home)).items() if not name.startswith("COV")}


@pytest.fixture
def home() -> Iterator[Path]:
    """A home of the user's own, which nobody else reads."""
    if os.geteuid() != 0:
        pytest.skip("this user is ordinary, so the other tests of the stack show it")
    folder = Path(tempfile.mkdtemp(prefix="omsap-user-"))
    folder.chmod(0o755)
    own = folder / "home"
    own.mkdir(mode=0o700)
    shutil.chown(own, USER, GROUP)
    yield own
    shutil.rmtree(folder)


@pytest.fixture
def python(home: Path) -> Path:
    """A Python that the user can start: this one, or the system's with this one's packages."""
    packages, system = Path(sysconfig.get_path("purelib")), Path(f"/usr/bin/python3.{sys.version_info.minor}")
    if not may_enter(ROOT / "pyproject.toml") or not may_enter(packages):
        pytest.skip("this installation lies where no other user may enter")
    if may_enter(Path(sys.executable)):
        return Path(sys.executable)
    if not system.exists():
        pytest.skip("this Python lies where no other user may enter, and the system has none of its version")
    made = home.parent / "venv"
    subprocess.run([system, "-m", "venv", "--without-pip", made], check=True)
    (link,) = made.glob("lib/python3*/site-packages")
    (link / "packages.pth").write_text(f"import site; site.addsitedir({str(packages)!r})\n")
    for program in PROGRAMS:
        (made / "bin" / program).symlink_to(Path(sys.executable).with_name(program))
    return made / "bin" / "python"


@pytest.mark.thorough
def test_stack_of_an_ordinary_user(home: Path, python: Path) -> None:
    identity = ["setpriv", "--reuid", USER, "--regid", GROUP, "--clear-groups", "--pdeathsig", "TERM"]
    argv: list[str | Path] = [*identity, python, "-m", "services.cli.main", "up", "--json", "--port", "0", "--data", home / "data"]
    with (home.parent / "log").open("w+") as log:
        stack = subprocess.Popen(argv, cwd=home, env=own_environment(home), stdout=subprocess.PIPE, stderr=log, text=True)
        assert stack.stdout is not None
        line = stack.stdout.readline()
        assert line, (home.parent / "log").read_text()
    description = json.loads(line)
    processes = tree(description["supervisor"])
    try:
        assert {process.username() for process in processes} == {USER}
        assert {part["ok"] for part in httpx2.get(f"{description['base_url']}/readyz", timeout=30).json().values()} == {True}
        assert {path.owner() for path in (home / "data").rglob("*")} == {USER}
    finally:
        stack.send_signal(signal.SIGTERM)
        assert stack.wait(60) == 0
    psutil.wait_procs(processes, timeout=10)
    assert alive(processes) == []


def test_folder_of_another_user_is_refused_in_a_sentence(home: Path, python: Path) -> None:
    roots = home.parent / "var"
    roots.mkdir(mode=0o755)
    argv: list[str | Path] = ["setpriv", "--reuid", USER, "--regid", GROUP, "--clear-groups"]
    argv += [python, "-m", "services.cli.main", "up", "--data", roots]
    refused = subprocess.run(argv, cwd=home, env=own_environment(home), check=False, capture_output=True, text=True, timeout=60)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == f"{roots} belongs to another user: give another folder with --data.\n"
