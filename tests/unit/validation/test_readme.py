"""What the README of the rules says of adding one is done to a copy of the project, and its test run there."""

from pathlib import Path

from factories.recipes import carry_out, copy_of_the_project, run_tests

from shared.validation import rules

README = Path(rules.__file__).with_name("README.md")


def test_a_rule_is_one_file_one_line_and_one_test(tmp_path: Path) -> None:
    project = copy_of_the_project(tmp_path)
    carry_out(README.read_text(encoding="utf-8"), project)
    printed = run_tests(project, "tests/unit/validation/test_rules.py", "tests/unit/validation/test_short.py")
    assert "test_clip_that_is_too_short_is_told_both_lengths PASSED" in printed
    assert "test_words_ask_for_the_same_data_in_both_languages[clip_too_short] PASSED" in printed


def test_rules_that_are_there_know_nothing_of_the_example() -> None:
    assert "short" not in rules.NAMES
