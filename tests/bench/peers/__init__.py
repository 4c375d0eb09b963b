"""Other tus servers with an S3 store, installed once into a cache folder and started beside ours."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from bench.ground import MIB, Server, free_port, uvicorn

HERE = Path(__file__).parent
PART_BYTES = 8 * MIB
NODE, PYTHON = "@tus/server + @tus/s3-store", "tuspyserver + S3"


class PeerMissing(Exception):
    """A peer cannot be had on this machine; says why."""


def cache_folder() -> Path:
    """Where peers are installed unless another folder is named."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "omsap-bench"


def start_node(cache: Path) -> Server:
    """Start the Node peer. Raises PeerMissing."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise PeerMissing("npm or node is missing")
    folder = _installed(cache, "package.json", [[npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--omit=dev"]])
    # A module finds its packages beside itself.
    shutil.copy(HERE / "server.js", folder)
    return _start(lambda port: [node, str(folder / "server.js")], folder)


def start_python(cache: Path) -> Server:
    """Start the Python peer. Raises PeerMissing."""
    python = "venv/bin/python"
    steps = [[sys.executable, "-m", "venv", "venv"], [python, "-m", "pip", "install", "--quiet", "-r", "requirements.txt"]]
    folder = _installed(cache, "requirements.txt", steps)
    shutil.copy(HERE / "tuspy_app.py", folder)
    return _start(lambda port: uvicorn("tuspy_app:app", port=port, python=str(folder / python)), folder)


PEERS: dict[str, Callable[[Path], Server]] = {NODE: start_node, PYTHON: start_python}


def _start(argv: Callable[[int], list[str]], folder: Path) -> Server:
    port = free_port()
    return Server(
        argv(port), port=port, env={"PEER_PORT": str(port), "PEER_PART_BYTES": str(PART_BYTES), "NODE_NO_WARNINGS": "1"}, folder=folder
    )


def _installed(cache: Path, pins: str, steps: list[list[str]]) -> Path:
    """Return the folder in which the packages of a file of pins are installed, by these commands if they are not yet."""
    content = (HERE / pins).read_bytes()
    folder = cache / f"{Path(pins).stem}-{hashlib.sha256(content).hexdigest()[:12]}"
    if (folder / "installed").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / pins).write_bytes(content)
    for step in steps:
        done = subprocess.run(step, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise PeerMissing(f"not installed: {(done.stderr or done.stdout).strip().splitlines()[-1][:200]}")
    (folder / "installed").touch()
    return folder
