"""What the documentation says of adding a thing is done to a copy of the project, and the tests of it run there."""

from pathlib import Path

import pytest
from factories.recipes import ROOT, carry_out, copy_of_the_project, run_tests

HOW_TO = ROOT / "docs/how-to"
RECIPES = {
    "page": ("tests/integration/office/test_help.py",),
    "status": ("tests/unit/test_lifecycles.py", "tests/integration/stages/test_withholding.py", "tests/integration/test_choices.py"),
    "service": ("tests/integration/letters/test_letters.py", "tests/architecture/test_deployment.py"),
}
"""Page of the documentation → the tests that hold what it adds."""


@pytest.mark.parametrize("name", RECIPES)
def test_recipe_is_all_there_is_to_do(name: str, tmp_path: Path) -> None:
    project = copy_of_the_project(tmp_path)
    carry_out((HOW_TO / f"{name}.md").read_text(encoding="utf-8"), project)
    assert " passed" in run_tests(project, *RECIPES[name])
