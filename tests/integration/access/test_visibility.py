"""Lists are filtered by exactly what `may` allows, for every kind of person and act."""

import factories
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.access.visibility import scope_of, visible
from shared.database import new_id
from shared.people.models import Role
from shared.people.person import Act, Person, RoleGrant, may
from shared.programmes.models import Group, Programme
from shared.submissions.models import Submission

ACTS = [Act.SEE_SUBMISSION, Act.SEE_CONTACTS, Act.UPLOAD, Act.SUBMIT, Act.PREPARE, Act.REVIEW, Act.SEE_RANKING]


@pytest.fixture
def programme(session: Session) -> Programme:
    return factories.programme(session)


def people(session: Session, programme: Programme, submissions: list[Submission]) -> list[Person]:
    member = factories.account(session, "member", Role.MEMBER, programme_id=programme.id, committee="central")
    factories.conflict(session, submissions[0].id, member.id)
    session.flush()
    grants = [
        (RoleGrant(Role.OFFICER),),
        (RoleGrant(Role.OFFICER, province="ลำปาง"),),
        (RoleGrant(Role.OFFICER, province="ฉะเชิงเทรา", district="คลองเขื่อน"),),
        (RoleGrant(Role.OFFICER, province="ฉะเชิงเทรา", district="บางคล้า"),),
        (RoleGrant(Role.MEMBER, programme_id=programme.id, committee="central"),),
        (RoleGrant(Role.CHAIR, programme_id=programme.id, committee="north"),),
        (RoleGrant(Role.MEMBER, programme_id=new_id(), committee="central"),),
        (RoleGrant(Role.OPERATOR),),
        (RoleGrant(Role.ADMINISTRATOR),),
        (RoleGrant(Role.OFFICER, province="ลำปาง"), RoleGrant(Role.MEMBER, programme_id=programme.id, committee="central")),
        (),
    ]
    staff = [Person("เจ้าหน้าที่", member.id, grants=held) for held in grants]
    return [*staff, Person("กลุ่ม", submissions=frozenset({submissions[1].id}))]


@pytest.mark.parametrize("act", ACTS)
def test_list_shows_exactly_what_may_allows(session: Session, programme: Programme, act: Act) -> None:
    submissions = factories.submissions(session, programme, 3) + factories.submissions(session, programme, 2, province="ลำปาง", first=4)
    for submission, committee in zip(submissions, ("central", "central", None, "north", "north"), strict=True):
        if committee is not None:
            factories.entry(session, submission, programme, committee=committee)
    for person in people(session, programme, submissions):
        listed = set(session.scalars(select(Submission.id).join(Group, Group.id == Submission.group_id).where(visible(person, act))))
        allowed = {
            submission.id
            for submission in submissions
            if may(person, act, scope_of(session, submission, session.get_one(Group, submission.group_id)))
        }
        assert listed == allowed, (person, act)
