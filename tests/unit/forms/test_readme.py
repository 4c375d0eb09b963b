"""What the README of the types says of adding one is done to a copy of the project, and its test run there."""

from pathlib import Path

from factories.recipes import carry_out, copy_of_the_project, run_tests

from shared.forms import types

README = Path(types.__file__).with_name("README.md")


def test_a_type_is_one_model_one_file_one_line_and_one_test(tmp_path: Path) -> None:
    project = copy_of_the_project(tmp_path)
    carry_out(README.read_text(encoding="utf-8"), project)
    printed = run_tests(project, "tests/unit/forms/types/test_registry.py", "tests/unit/forms/types/test_time.py")
    assert "test_what_is_stored_can_be_typed_again_and_shown[time] PASSED" in printed
    assert "test_refused[noon] PASSED" in printed


def test_types_that_are_there_know_nothing_of_the_example() -> None:
    assert "time" not in types.NAMES
