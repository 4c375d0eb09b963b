"""What holds of every message."""

from uuid import uuid4

import pytest
from factories.letters import LINK, letter
from jinja2 import UndefinedError

from shared.events import Event
from shared.flow import FLOW, consequences
from shared.notifications.messages import MESSAGES
from shared.queue import kinds


def test_every_message_is_told_by_the_flow() -> None:
    data = {"receipt": str(uuid4())}
    events = [Event(id=uuid4(), kind=kind, subject_id=uuid4(), submission_id=uuid4(), data=data) for kind in FLOW]
    jobs = [job for event in events for job in consequences(event)]
    assert {job.data["message"] for job in jobs if job.kind is kinds.NOTIFY} == set(MESSAGES)


@pytest.mark.parametrize("name", MESSAGES)
def test_message_without_its_facts_is_not_sent_with_gaps(name: str) -> None:
    with pytest.raises(UndefinedError):
        MESSAGES[name].render({}, link=LINK)


def test_link_can_be_pressed_and_names_are_no_mark_up() -> None:
    html = letter("result_shortlisted", group="กลุ่ม <script>alert(1)</script> & เพื่อน").html
    assert html.count(f'<a href="{LINK}">{LINK}</a>') == 2
    assert "กลุ่ม &lt;script&gt;alert(1)&lt;/script&gt; &amp; เพื่อน" in html


def test_line_that_only_begins_like_an_address_is_no_link() -> None:
    assert "<a href" not in letter("result_shortlisted", group="http://elsewhere.example โปรดกด").html.replace(f'<a href="{LINK}">', "")
