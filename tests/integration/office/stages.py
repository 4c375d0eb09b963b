"""A programme that goes on after the decision, and its officers; what the office's tests of filings begin with."""

from dataclasses import dataclass
from typing import Any

import factories
from factories import stages as play
from factories.browser import Browser
from factories.doors import Door
from sqlalchemy.orm import Session

from shared import clock
from shared.database import transaction
from shared.people import operations as people
from shared.people.models import Account, Role
from shared.programmes.models import Programme
from shared.submissions.models import Submission

AT = "office/programmes/stages"
LONG = "2099-12-31T23:59:59+07:00"
RECORD: dict[str, Any] = {
    "questions": [
        {"key": "number", "type": "short_text", "label": {"th": "เลขที่บันทึก", "en": "Number"}},
        {"key": "inside", "type": "short_text", "label": {"th": "หมายเหตุภายใน", "en": "Remark"}, "internal": True, "required": False},
    ]
}
STAFF = {
    "department": {},
    "province": {"province": "ฉะเชิงเทรา"},
    "colleague": {"province": "ฉะเชิงเทรา"},
    "district": {"province": "ฉะเชิงเทรา", "district": "คลองเขื่อน"},
    "lampang": {"province": "ลำปาง"},
}


@dataclass
class Awarded:
    """Two groups of the programme `stages`, the first awarded gold, the second silver; each has a record to be filed by the province."""

    groups: list[Submission]
    accounts: dict[str, Account]
    doors: dict[str, Door]

    def at(self, number: int = 0) -> str:
        """The address of a group's submission in the office's JSON door."""
        return f"office/submissions/{self.groups[number].id}"

    def page(self, number: int = 0) -> str:
        """The address of a group's submission among the office's pages."""
        return f"/office/submissions/{self.groups[number].id}"

    def browser(self, who: str) -> Browser:
        """A browser that an officer has signed in to."""
        with transaction() as session:
            account = session.get_one(Account, self.accounts[who].id)
            token = factories.token_of(people.make_sign_in_link(session, account, now=clock.now()))
        return Browser("office", token)

    def file(self, which: int = 0, *, by: str = "province", stage: str = "record", **typed: Any) -> None:
        """Submit what is asked of a group at a stage, as an officer or (`group`) as itself; its checks pass."""
        with transaction() as session:
            group = session.get_one(Submission, self.groups[which].id)
            who = play.actor(self.accounts[by]) if by != "group" else None
            play.file(session, group, stage, by=who, **(typed or {"number": "BPM-1", "inside": "ลับ"}))


def programme(session: Session, **parts: Any) -> Programme:
    """A programme with a plan, a selection, a payment, and a record that provinces file and the department accepts."""
    chosen = {"for": {"selection": ["gold", "silver"]}}
    return play.programme(
        session,
        play.collect("plan"),
        play.judge("selection", levels=[play.level("gold", 1, 90_000), play.level("silver", 1, 50_000)]),
        play.support("money", **chosen),
        play.collect("record", RECORD, by=LONG, filed_by=["province"], accepted_by="officer", **chosen),
        play.collect("report", play.NOTE, by=LONG, accepted_by="officer", **chosen),
        **parts,
    )


def awarded() -> Awarded:
    """Play the programme until its groups have a record to file."""
    with transaction() as session:
        of = programme(session)
        accounts = {name: factories.account(session, name, Role.OFFICER, **where) for name, where in STAFF.items()}
        groups = [play.invited(session, of, number) for number in (1, 2)]
        for group in groups:
            play.file(session, group, "plan")
        play.judged(session, of, "selection", {group.reference: 9 - number for number, group in enumerate(groups)})
        doors = {name: Door(factories.token(session, account)) for name, account in accounts.items()}
    return Awarded(groups, accounts, doors)
