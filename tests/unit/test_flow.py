"""The flow names only what exists, and leaves no background work without a cause."""

import subprocess
import sys
from datetime import UTC, datetime
from uuid import uuid4

from shared.events import Event, EventKind
from shared.flow import FLOW, consequences
from shared.queue.kinds import KINDS, SEND_NOTIFICATION

EVERYTHING_TRUE = {"playable": True, "audible": True, "readable": True, "web": True, "announce": True} | {
    name: str(uuid4()) for name in ("receipt", "filing", "version")
}


def happened(kind: EventKind) -> Event:
    return Event(
        id=uuid4(),
        at=datetime(2020, 5, 29, tzinfo=UTC),
        kind=kind,
        subject_id=uuid4(),
        submission_id=uuid4(),
        actor_kind="system",
        actor_name="ระบบ",
        programme_id=uuid4(),
        data=EVERYTHING_TRUE,
    )


def test_flow_causes_every_kind_of_job_that_is_not_periodic() -> None:
    caused = {consequence.kind.name for kind in FLOW for consequence in consequences(happened(kind))}
    periodic = {kind.name for kind in KINDS.values() if kind.every}
    # A message becomes one job a person and channel, which the worker that knows the people adds.
    assert caused == set(KINDS) - periodic - {SEND_NOTIFICATION.name}


def test_consequences_of_one_event_have_different_keys() -> None:
    for kind in FLOW:
        made = [(consequence.kind.name, consequence.subject_id, consequence.qualifier) for consequence in consequences(happened(kind))]
        assert len(made) == len(set(made)), kind


def test_copies_are_made_only_of_what_can_be_looked_at() -> None:
    event = happened(EventKind.UPLOAD_CHECKED)
    event.data = {"playable": False, "audible": False, "readable": False, "filing": str(uuid4())}
    assert [consequence.kind.name for consequence in consequences(event)] == ["validation.settle_filing"]


def test_process_without_the_flow_appends_nothing() -> None:
    append = (
        "from datetime import UTC, datetime; from uuid import uuid4; from sqlalchemy.orm import Session; from shared import events; "
        "events.append(Session(), events.EventKind.ROUND_OPENED, subject_id=uuid4(), by=events.SYSTEM, now=datetime.now(UTC))"
    )
    done = subprocess.run([sys.executable, "-c", append], capture_output=True, text=True, check=False)
    assert (done.returncode, "FlowNotInstalled: shared.flow.install() was not called in this process" in done.stderr) == (1, True)
