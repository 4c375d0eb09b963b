"""What the README of the rules says of adding one is done to a copy of the project, and its test run there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shared.validation import rules

README = Path(rules.__file__).with_name("README.md")
ROOT = README.parents[3]
BLOCK = re.compile(r"^`([\w/.]+\.py)`[^\n]*\n\n```(?:python)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project to which every block of the README was added: a file, or lines after the first of them."""
    shutil.copytree(ROOT / "shared", tmp_path / "shared", ignore=shutil.ignore_patterns("__pycache__"))
    tests = tmp_path / "tests/unit/validation"
    tests.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("test_rules.py"), tests)
    for name, block in BLOCK.findall(README.read_text(encoding="utf-8")):
        path = tmp_path / name
        if path.exists():
            there, _ = block.split("\n", 1)
            lines = path.read_text(encoding="utf-8")
            assert lines.count(f"\n{there}\n") == 1, f"{there!r} in {name}"
            block = lines.replace(f"\n{there}\n", f"\n{block}")
        path.write_text(block, encoding="utf-8")
    return tmp_path


def test_a_rule_is_one_file_one_line_and_one_test(project: Path) -> None:
    argv = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--import-mode=importlib", "-v", "tests"]
    done = subprocess.run(argv, cwd=project, env={**os.environ, "PYTHONPATH": str(project)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "test_clip_that_is_too_short_is_told_both_lengths PASSED" in done.stdout
    assert "test_words_ask_for_the_same_data_in_both_languages[clip_too_short] PASSED" in done.stdout


def test_rules_that_are_there_know_nothing_of_the_example() -> None:
    assert "short" not in rules.NAMES
