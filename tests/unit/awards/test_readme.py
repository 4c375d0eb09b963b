"""What the README of the award rules says of adding one is done to a copy of the project, and its test run there."""

from pathlib import Path

from factories.recipes import carry_out, copy_of_the_project, run_tests

from shared.awards import rules

README = Path(rules.__file__).with_name("README.md")


def test_an_award_rule_is_one_file_one_line_a_name_and_one_test(tmp_path: Path) -> None:
    project = copy_of_the_project(tmp_path)
    carry_out(README.read_text(encoding="utf-8"), project)
    printed = run_tests(project, "tests/unit/awards/test_rules.py", "tests/unit/awards/test_middle_of_five.py")
    assert "test_of_five_the_highest_and_the_lowest_do_not_count PASSED" in printed
    assert "test_rule_has_the_name_of_its_file_and_says_what_it_does[middle_of_five] PASSED" in printed


def test_rules_that_are_there_know_nothing_of_the_example() -> None:
    assert "middle_of_five" not in rules.NAMES
