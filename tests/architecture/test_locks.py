"""What images install is what runs: no tool of development, no embedded server, and the versions that the tests ran with."""

import ast
import re
import sys
import tomllib
from fnmatch import fnmatch
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNNING = ("services", "workers", "shared")
"""The packages that containers run; `deploy` is for one machine, and has the group `local`."""
TYPES_ONLY = {"mypy_boto3_s3"}
"""Imported by type checkers alone."""
UNREAD = {"README.md", "vendor.json"}
"""Files that only people and checks of a clone read."""


def locked(name: str) -> dict[str, str]:
    """Return the packages of a lock with their versions."""
    found = re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in found}


def named(group: str) -> set[str]:
    """Return the packages that a dependency group names."""
    entries = PROJECT["dependency-groups"][group]
    return {canonicalize_name(Requirement(entry).name) for entry in entries if isinstance(entry, str)}


PRODUCTION, DEVELOPMENT = locked("requirements.lock"), locked("requirements-dev.lock")


def test_production_has_every_dependency_of_the_project_and_none_of_development() -> None:
    wanted = {canonicalize_name(Requirement(entry).name) for entry in PROJECT["project"]["dependencies"]}
    assert wanted <= PRODUCTION.keys()
    assert PRODUCTION.keys() & (named("dev") | named("local") | named("build")) == set()


def test_production_has_the_versions_that_tests_run_with() -> None:
    assert PRODUCTION.items() <= DEVELOPMENT.items()
    assert named("dev") | named("local") | named("build") <= DEVELOPMENT.keys()


def test_every_package_that_services_and_workers_import_is_in_production() -> None:
    imported = set()
    for path in (path for package in RUNNING for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    others = imported - sys.stdlib_module_names - {*RUNNING, "deploy"} - TYPES_ONLY
    provided = packages_distributions()
    missing = {name for name in others if not PRODUCTION.keys() & {canonicalize_name(found) for found in provided.get(name, ())}}
    assert missing == set()


def test_images_install_the_production_lock_alone() -> None:
    stages = re.split(r"^FROM \S+ AS (\w+)$", (ROOT / "deploy/images/Dockerfile").read_text(), flags=re.MULTILINE)[1:]
    locks = {name: set(re.findall(r"requirements\S*\.lock", text)) for name, text in zip(stages[::2], stages[1::2], strict=True)}
    assert locks == {"wheel": {"requirements-build.lock"}, "omsap": {"requirements.lock"}, "documents": set()}


def test_wheel_carries_every_file_that_services_and_workers_read() -> None:
    carried = ["*.py", *PROJECT["tool"]["setuptools"]["package-data"]["*"]]
    files = [path for package in RUNNING for path in (ROOT / package).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    left = {path.name for path in files if not any(fnmatch(path.name, pattern) for pattern in carried)}
    assert left == UNREAD
