"""Names that others build on: every error code names one error."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]


def refusals() -> list[str]:
    """The names of all classes of errors: those derived, over any number of steps, from Refusal."""
    bases: list[tuple[str, set[str]]] = []
    for path in [found for package in ("shared", "services", "workers") for found in (ROOT / package).rglob("*.py")]:
        classes = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ClassDef))
        bases += [(found.name, {ast.unparse(base).rpartition(".")[2] for base in found.bases}) for found in classes]
    kinds = {"Refusal"}
    while more := {name for name, of in bases if of & kinds} - kinds:
        kinds |= more
    return [name for name, of in bases if of & kinds]


def test_every_error_code_names_one_error() -> None:
    codes = Counter(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower() for name in refusals())
    assert len(codes) > 100
    assert {code: count for code, count in codes.items() if count > 1} == {}
