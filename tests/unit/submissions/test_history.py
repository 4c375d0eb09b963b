"""A line of history says what happened and who did it, in the reader's language, whatever the row was written by."""

from typing import Any

import pytest
from factories import NOW

from shared.events import SYSTEM, Actor, ActorKind, Event, EventKind
from shared.events.texts import actor_text
from shared.submissions.history import history_lines
from shared.submissions.texts import history_text
from shared.text import Text


def event(kind: str, *, by: Actor = SYSTEM, **data: Any) -> Event:
    return Event(at=NOW, kind=kind, actor_kind=by.kind, actor_name=by.name, reason=None, data=data)


@pytest.mark.parametrize(
    ("kind", "name", "shown"),
    [
        (ActorKind.GROUP, Actor.group(None).name, Text("กลุ่ม", "Group")),
        (ActorKind.SYSTEM, SYSTEM.name, Text("ระบบ", "System")),
        (ActorKind.GROUP, "กลุ่ม", Text("กลุ่ม", "Group")),  # rows of the first version
        (ActorKind.SYSTEM, "ระบบ", Text("ระบบ", "System")),
        (ActorKind.SYSTEM, "somchai@server", Text("somchai@server", "somchai@server")),
        (ActorKind.STAFF, "กลุ่ม", Text("กลุ่ม", "กลุ่ม")),
    ],
)
def test_actor_is_shown_by_role_or_name(kind: str, name: str, shown: Text) -> None:
    assert actor_text(kind, name) == shown


def test_lines_leave_out_what_is_not_shown_and_kinds_that_are_gone() -> None:
    events = [
        event(EventKind.UPLOAD_CHECKED, filename="a.pdf", passed=False),
        event(EventKind.SUBMISSION_REMINDED, days=3),
        event("submission.of_an_older_version"),
        event(EventKind.SUBMISSION_SUBMITTED, by=Actor.group(None)),
    ]
    shown = [(line.event, line.text, line.by.en, line.passed) for line in history_lines(events, history_text)]
    assert shown == [
        ("upload.checked", Text("ตรวจไฟล์ a.pdf แล้ว", "a.pdf checked"), "System", False),
        ("submission.submitted", Text("ส่งผลงาน", "Submitted"), "Group", None),
    ]


def test_lines_name_their_stage_and_write_amounts_as_people_do() -> None:
    stage: dict[str, Any] = {"stage_th": "รายงาน", "stage_en": "Report"}
    events = [
        event(EventKind.SUBMISSION_SUBMITTED, by=Actor.group(None), **stage),
        event(EventKind.SUBMISSION_RETURNED, **stage),
        event(EventKind.FILING_WAIVED, **stage),
        event(EventKind.PAYMENT_PAID, amount="90000.00"),
    ]
    assert [line.text.en for line in history_lines(events, history_text)] == [
        "Submitted: Report",
        "Returned for changes: Report",
        "Waived: Report",
        "Paid: 90,000.00",
    ]


def test_name_with_braces_is_shown_as_it_is() -> None:
    (line,) = history_lines([event(EventKind.UPLOAD_RECEIVED, filename="{0}{group}.pdf")], history_text)
    assert line.text.en == "{0}{group}.pdf uploaded"
