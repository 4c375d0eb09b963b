"""What the README of the messages says of adding one is done to a copy of the project, and its test run there."""

from pathlib import Path

from factories.recipes import carry_out, copy_of_the_project, run_tests

from shared import messages

README = Path(messages.__file__).with_name("README.md")
TESTS = ("tests/unit/messages/test_upload_expired.py", "tests/unit/messages/test_messages.py", "tests/architecture/test_house.py")


def test_a_message_is_one_file_two_lines_and_one_test(tmp_path: Path) -> None:
    project = copy_of_the_project(tmp_path)
    carry_out(README.read_text(encoding="utf-8"), project)
    printed = run_tests(project, *TESTS, "-v")
    assert "test_group_learns_which_file_to_upload_again_and_where PASSED" in printed
    assert "test_every_message_follows_from_an_event PASSED" in printed
    assert "test_message_without_its_facts_is_not_sent_with_gaps[upload_expired] PASSED" in printed


def test_messages_that_are_there_know_nothing_of_the_example() -> None:
    assert "upload_expired" not in messages.NAMES
