"""What the README of the channels says of adding one is done to a copy of the project, and its test run there."""

from pathlib import Path

from factories.recipes import carry_out, copy_of_the_project, run_tests

from shared.notifications import channels

README = Path(channels.__file__).with_name("README.md")
TESTS = (
    "tests/unit/notifications/channels/test_webhook.py",
    "tests/unit/notifications/test_deliveries.py",
    "tests/architecture/test_house.py",
)


def test_a_channel_is_one_file_one_line_and_one_test(tmp_path: Path) -> None:
    project = copy_of_the_project(tmp_path)
    carry_out(README.read_text(encoding="utf-8"), project)
    printed = run_tests(project, *TESTS, "-v")
    assert "test_message_is_posted_with_the_key_of_its_notification PASSED" in printed
    assert "test_person_with_two_contact_points_gets_the_message_on_both PASSED" in printed
    assert "test_channel_has_what_a_channel_has[webhook] PASSED" in printed


def test_channels_that_are_there_know_nothing_of_the_example() -> None:
    assert "webhook" not in channels.NAMES
