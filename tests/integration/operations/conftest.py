"""An operator, an officer, and a ledger in which something of everything stands."""

from dataclasses import dataclass
from uuid import UUID

import factories
import pytest
from factories.browser import Browser
from factories.doors import Door
from factories.jobs import claimed, put
from sqlalchemy import Engine

from shared import clock
from shared.database import transaction
from shared.events import SYSTEM, EventKind
from shared.people import operations as people
from shared.people.models import Role
from shared.queue import kinds, ledger
from shared.queue.lifecycle import JobState
from shared.submissions import operations as submissions

STAFF = (Role.OPERATOR, Role.OFFICER, Role.ADMINISTRATOR)
ERROR = "ToolFailed: ffmpeg อ่านไฟล์นี้ไม่ได้"


@pytest.fixture
def doors(engine: Engine) -> dict[str, Door]:
    """The staff's programs, and nobody's."""
    with transaction() as session:
        known = {str(role): Door(factories.token(session, factories.account(session, role, role))) for role in STAFF}
    return {**known, "nobody": Door(None)}


@pytest.fixture
def browsers(engine: Engine) -> dict[str, Browser]:
    """The staff's browsers."""
    now = clock.now()
    with transaction() as session:
        accounts = {str(role): factories.account(session, role, role) for role in STAFF}
        links = {name: factories.token_of(people.make_sign_in_link(session, account, now=now)) for name, account in accounts.items()}
    return {name: Browser("operations", link) for name, link in links.items()}


@dataclass(frozen=True)
class Ledger:
    """Jobs by their state, and the submission that the dead one touches."""

    pending: UUID
    running: UUID
    dead: UUID
    submission: UUID


@pytest.fixture
def jobs(engine: Engine) -> Ledger:
    """A pending message, a running check, and a dead poster of a submission."""
    with transaction() as session:
        programme = factories.programme(session)
        (submission,) = factories.submissions(session, programme, 1)
        submissions.record_event(session, EventKind.SUBMISSION_ROUTED, submission, by=SYSTEM, now=factories.NOW)
    running, dead = put(kinds.CHECK_UPLOAD), put(kinds.MAKE_POSTER, submission_id=submission.id)
    claimed(running, "worker:7")
    with transaction() as session:
        ledger.give_up(session, claimed(dead), state=JobState.DEAD, error=ERROR)
    return Ledger(put(kinds.NOTIFY), running, dead, submission.id)
