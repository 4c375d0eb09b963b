"""The rules of the house that no linter knows."""

from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("services", "workers", "shared", "deploy")
LONGEST = 300
VAGUE = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "core"}
REGISTRIES = {
    "shared/validation/rules": "one rule a file",
    "shared/awards/rules": "one award rule a file",
    "shared/forms/types": "one type of question a file",
    "shared/messages": "one message a file",
    "shared/notifications/channels": "one channel a file",
}
SUPPORT = {"composing", "envelope", "facts", "headers", "links", "message", "recipients", "refusals", "smtp"}
"""Files of such a folder that are not one of its kind."""
TABLES_AND_VERBS = {"models", "operations", "queries", "lifecycle", "sheet"}
"""Files of every room of the domain: tested by what people do with them, lifecycles and sheets in tests/unit/test_lifecycles.py."""


def modules() -> list[Path]:
    return [path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts]


def test_modules_are_one_thing_each() -> None:
    long = {str(path.relative_to(ROOT)): lines for path in modules() if (lines := len(path.read_text().splitlines())) > LONGEST}
    assert long == {}


def test_names_explain() -> None:
    assert [str(path) for path in modules() if path.stem in VAGUE or VAGUE & set(path.relative_to(ROOT).parts)] == []


@pytest.mark.parametrize("folder", REGISTRIES)
def test_every_file_of_a_registry_is_listed(folder: str) -> None:
    package = import_module(folder.replace("/", "."))
    files = {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__"} - SUPPORT
    listed = {name for name in files if hasattr(package, name)}
    assert listed == files


@pytest.mark.parametrize(
    "folder", ["shared/validation/rules", "shared/awards/rules", "shared/forms/types", "shared/notifications/channels", "shared/awards"]
)
def test_every_file_of_a_registry_has_a_test_of_its_name(folder: str) -> None:
    files = {path.stem for path in (ROOT / folder).glob("*.py")} - {"__init__"} - SUPPORT
    tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests").rglob("test_*.py")}
    assert files - tested - TABLES_AND_VERBS == set()


def test_every_package_says_what_it_is() -> None:
    silent = [str(path.relative_to(ROOT)) for path in modules() if path.name == "__init__.py" and not path.read_text().startswith('"""')]
    assert silent == []
