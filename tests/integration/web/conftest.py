"""A little programme with one group and one officer, and what each of them was sent."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import factories
import pytest
from factories.tus import FOREVER, ITEMS
from sqlalchemy import Engine

from shared import clock
from shared.database import transaction
from shared.people import operations as people
from shared.people.models import Role
from shared.submissions.sheet import Standing


@dataclass(frozen=True)
class Scene:
    """Who there is, and their secrets."""

    submission: UUID
    link: str
    sign_in: str
    expired_sign_in: str
    api_token: str


@pytest.fixture
def scene(engine: Engine, clean: None) -> Scene:
    """The little programme, open for ever."""
    with transaction() as session:
        programme = factories.programme(session, milestones=FOREVER, items=ITEMS)
        (submission,) = factories.submissions(session, programme, 1, status=Standing.INVITED)
        officer = factories.account(session, "officer", Role.OFFICER)
        now = clock.now()
        return Scene(
            submission.id,
            factories.token_of(people.make_link(session, submission_id=submission.id)),
            factories.token_of(people.make_sign_in_link(session, officer, now=now)),
            factories.token_of(people.make_sign_in_link(session, officer, now=now - timedelta(minutes=16))),
            factories.token(session, officer),
        )
