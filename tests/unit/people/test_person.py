"""Who may see and do what, one row a rule of the house."""

from uuid import UUID, uuid4

import pytest

from shared.people.models import Role
from shared.people.person import Act, Person, RoleGrant, Scope, may

PROGRAMME, OTHER_PROGRAMME, SUBMISSION, ACCOUNT = uuid4(), uuid4(), uuid4(), uuid4()
SCOPE = Scope(SUBMISSION, PROGRAMME, "ฉะเชิงเทรา", "คลองเขื่อน", frozenset({"central"}))

GROUP = Person("กลุ่ม", submissions=frozenset({SUBMISSION}))
OTHER_GROUP = Person("กลุ่มอื่น", submissions=frozenset({uuid4()}))


def staff(role: Role, account: UUID = ACCOUNT, **where: object) -> Person:
    return Person("เจ้าหน้าที่", account, "a@example.org", (RoleGrant(role, **where),))  # type: ignore[arg-type]


DEPARTMENT = staff(Role.OFFICER)
PROVINCE = staff(Role.OFFICER, province="ฉะเชิงเทรา")
DISTRICT = staff(Role.OFFICER, province="ฉะเชิงเทรา", district="คลองเขื่อน")
OTHER_DISTRICT = staff(Role.OFFICER, province="ฉะเชิงเทรา", district="บางปะกง")
OTHER_PROVINCE = staff(Role.OFFICER, province="ลำปาง")
MEMBER = staff(Role.MEMBER, programme_id=PROGRAMME, committee="central")
OTHER_MEMBER = staff(Role.MEMBER, programme_id=PROGRAMME, committee="north")
LAST_YEARS_MEMBER = staff(Role.MEMBER, programme_id=OTHER_PROGRAMME, committee="central")
CHAIR = staff(Role.CHAIR, programme_id=PROGRAMME, committee="central")
OPERATOR = staff(Role.OPERATOR)
ADMINISTRATOR = staff(Role.ADMINISTRATOR)
NOBODY = Person("?")


@pytest.mark.parametrize(
    ("act", "allowed"),
    [
        (Act.SEE_SUBMISSION, [GROUP, DEPARTMENT, PROVINCE, DISTRICT, MEMBER, CHAIR]),
        (Act.UPLOAD, [GROUP, DEPARTMENT, PROVINCE, DISTRICT]),
        (Act.SUBMIT, [GROUP, DEPARTMENT, PROVINCE, DISTRICT]),
        (Act.PREPARE, [DEPARTMENT, PROVINCE, DISTRICT]),
        (Act.SEE_CONTACTS, [DEPARTMENT, PROVINCE, DISTRICT]),
        (Act.REVIEW, [MEMBER]),
        (Act.SEE_RANKING, [DEPARTMENT, CHAIR, ADMINISTRATOR]),
        (Act.MANAGE_PROGRAMME, [DEPARTMENT, ADMINISTRATOR]),
        (Act.DECIDE, [DEPARTMENT]),
        (Act.SIGN, [CHAIR]),
        (Act.OPERATE, [OPERATOR]),
        (Act.MANAGE_ACCOUNTS, [ADMINISTRATOR]),
    ],
)
def test_act_is_allowed_to_exactly_these_people(act: Act, allowed: list[Person]) -> None:
    everyone = [
        GROUP, OTHER_GROUP, DEPARTMENT, PROVINCE, DISTRICT, OTHER_DISTRICT, OTHER_PROVINCE, MEMBER, OTHER_MEMBER, LAST_YEARS_MEMBER,
        CHAIR, OPERATOR, ADMINISTRATOR, NOBODY,
    ]  # fmt: skip
    assert [person for person in everyone if may(person, act, SCOPE)] == allowed


def test_member_with_a_conflict_sees_nothing_of_the_submission() -> None:
    conflicted = Scope(SUBMISSION, PROGRAMME, "ฉะเชิงเทรา", "คลองเขื่อน", frozenset({"central"}), frozenset({ACCOUNT}))
    assert not may(MEMBER, Act.SEE_SUBMISSION, conflicted)
    assert not may(MEMBER, Act.REVIEW, conflicted)


def test_person_without_links_has_no_right_to_things_without_a_submission() -> None:
    assert not may(NOBODY, Act.SEE_SUBMISSION, Scope())
