"""The message that reminds a group of the deadline."""

import pytest
from factories.letters import LINK, letter

DEADLINE = "2020-05-29T23:59:59+07:00"


def test_reminder_says_how_long_is_left() -> None:
    sent = letter("reminder", days=7, deadline=DEADLINE)
    assert sent.subject == "เหลืออีก 7 วัน: โครงการเล็ก · 7 days left: A little programme"
    assert "ยังไม่ได้ส่งผลงาน โครงการเล็ก เหลือเวลาอีก 7 วัน (ถึง 29 พฤษภาคม 2563 23.59 น.)" in sent.thai
    assert "7 days are left (until 29 May 2020, 23:59)." in sent.english
    assert sent.thai.splitlines()[-1] == sent.english.splitlines()[-1] == LINK


@pytest.mark.parametrize(("days", "subject", "text"), [(1, "1 day left", "1 day is left"), (0, "0 days left", "0 days are left")])
def test_reminder_of_the_last_days_reads_well(days: int, subject: str, text: str) -> None:
    sent = letter("reminder", days=days, deadline=DEADLINE)
    assert subject in sent.subject
    assert text in sent.english
