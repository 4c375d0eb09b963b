"""Recipes of the documentation, carried out on a copy of the project.

A block of a recipe belongs to the path in backquotes that begins a line above it. A block of `diff` changes lines that are there; any other
is the whole of a new file.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("shared", "services", "workers", "deploy", "tests", "docs", "pyproject.toml", "docker-compose.yml", "README.md", "Makefile")
_PATH = re.compile(r"^`([\w/.-]+\.\w+)`")


def blocks(page: str) -> list[tuple[str, str, list[str]]]:
    """Return the blocks of a recipe in order: the path each belongs to, its language, its lines."""
    found: list[tuple[str, str, list[str]]] = []
    path = ""
    language: str | None = None
    lines: list[str] = []
    for line in page.splitlines():
        if line.startswith("```"):
            if language is not None and path:
                found.append((path, language, lines))
            language, lines = (line[3:], []) if language is None else (None, [])
        elif language is not None:
            lines.append(line)
        elif match := _PATH.match(line):
            path = match[1]
    return found


def copy_of_the_project(folder: Path) -> Path:
    """Return a copy of what is needed to run tests, without what was built."""
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copy(ROOT / part, folder / part)
    return folder


def carry_out(page: str, project: Path) -> None:
    """Do what every block of a recipe says. Raises AssertionError for lines to change that are not there exactly once."""
    for name, language, lines in blocks(page):
        path = project / name
        if language == "diff":
            before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
            after = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
            text = path.read_text(encoding="utf-8")
            assert text.count(before) == 1, f"{before!r} stands {text.count(before)} times in {name}"
            path.write_text(text.replace(before, after), encoding="utf-8")
        else:
            assert not path.exists(), f"{name} is there already: say what changes in it"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def run_tests(project: Path, *tests: str) -> str:
    """Run tests in the copy and return what they printed. Raises AssertionError when one fails."""
    argv = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--import-mode=importlib", "-vv", *tests]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(project), str(project / "tests")])}
    done = subprocess.run(argv, cwd=project, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
