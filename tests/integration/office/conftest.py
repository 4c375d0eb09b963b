"""The staff of a little programme at their browsers, and its submissions on their way."""

import factories
import pytest
from factories.browser import Browser
from factories.doors import work
from sqlalchemy import Engine, select

from shared import clock
from shared.database import transaction
from shared.people import operations as people
from shared.people import queries as people_queries
from shared.people.models import Role
from shared.reviews.models import Entry
from shared.submissions.models import Submission

MARKS = (90, 80, 80, 10, 5)
"""Of five submissions: the second and the third are tied across the cut between the two levels."""
Browsers = dict[str, Browser]


@pytest.fixture
def browsers(engine: Engine) -> Browsers:
    """The staff of a programme with one round, five submissions of which are accepted."""
    with transaction() as session:
        programme = factories.programme(session, rounds=factories.document()["rounds"][1:])
        factories.submissions(session, programme, len(MARKS))
        here = {"programme_id": programme.id, "committee": "central"}
        accounts = {
            "officer": factories.account(session, "officer", Role.OFFICER),
            "lampang": factories.account(session, "lampang", Role.OFFICER, province="ลำปาง"),
            "administrator": factories.account(session, "administrator", Role.ADMINISTRATOR),
            "operator": factories.account(session, "operator", Role.OPERATOR),
            "chair": factories.account(session, "chair", Role.CHAIR, **here),
        }
        factories.members(session, programme, 2)
        now = clock.now()
        links = {name: factories.token_of(people.make_sign_in_link(session, account, now=now)) for name, account in accounts.items()}
    return {name: Browser("office", link) for name, link in links.items()}


@pytest.fixture
def judged(browsers: Browsers) -> Browsers:
    """The staff, with every ballot of both members in the open round."""
    browsers["officer"].post("/office/programmes/little/rounds/selection/open")
    work()
    with transaction() as session:
        entries = session.execute(select(Entry.id, Submission.reference).join(Submission).order_by(Submission.reference)).all()
        members = people_queries.with_role(session, Role.MEMBER)
        for (entry, _), mark in zip(entries, MARKS, strict=True):
            for member in members:
                factories.ballot(session, entry, member.id, quality=mark)
    return browsers
