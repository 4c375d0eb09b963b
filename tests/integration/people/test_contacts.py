"""Where messages reach people: written with the address it follows from, one a channel."""

import factories
from factories import NOW
from sqlalchemy.orm import Session

from shared.events import SYSTEM
from shared.people import contacts
from shared.people import operations as people
from shared.people.models import Role
from shared.people.person import RoleGrant
from shared.programmes import operations, targets
from shared.programmes.models import Group

TABLE = "รหัสกลุ่ม,ชื่อกลุ่ม,หมู่ที่,ตำบล,อำเภอ,จังหวัด,กิจการ,ผู้ประสานงาน,อีเมล\n"


def imported(session: Session, *addresses: str) -> list[list[tuple[str, str]]]:
    """Import one group for each address; return the contact points of each."""
    rows = [f"G-{number},กลุ่ม,1,ดอนไฟ,แม่ทะ,ลำปาง,ขนม,นางสมใจ,{address}\n" for number, address in enumerate(addresses)]
    programme = factories.programme(session)
    found = targets.read((TABLE + "".join(rows)).encode(), programme.definition)
    operations.import_targets(session, programme, found, by=SYSTEM, now=NOW)
    groups = session.query(Group).order_by(Group.code)
    return [[(point.channel, point.address) for point in contacts.of_group(session, group.id)] for group in groups]


def test_account_is_reached_where_it_signs_in(session: Session) -> None:
    account = people.put_account(session, email=" Chair@Example.org ", name="ประธาน", grants=(), by=SYSTEM, now=NOW)
    people.put_account(session, email="chair@example.org", name="ประธาน", grants=(RoleGrant(Role.OPERATOR),), by=SYSTEM, now=NOW)
    (point,) = contacts.of_account(session, account.id)
    assert (point.channel, point.address, point.account_id, point.group_id) == ("email", "chair@example.org", account.id, None)


def test_import_moves_adds_and_takes_away_addresses(session: Session) -> None:
    first = [[("email", "a@b.example")], [], [("email", "c@d.example")]]
    then = [[("email", "moved@b.example")], [("email", "new@b.example")], []]
    assert imported(session, "a@b.example", "", "c@d.example") == first
    assert imported(session, "moved@b.example", "new@b.example", "") == then
    assert imported(session, "moved@b.example", "new@b.example", "") == then


def test_other_channels_keep_their_addresses(session: Session) -> None:
    group = factories.group(session, factories.programme(session), 1)
    contacts.put(session, "webhook", groups={group.id: "https://example.org/hook"})
    factories.move_email(session, group, None)
    assert [(point.channel, point.address) for point in contacts.of_group(session, group.id)] == [("webhook", "https://example.org/hook")]
