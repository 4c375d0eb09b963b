"""A programme that asks in several stages, with the people who file at them, for the doors of intake."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import factories
from factories import questions, stages
from factories.browser import Browser
from factories.doors import Door
from shared import clock
from shared.database import transaction
from shared.events import SYSTEM
from shared.people import operations as people
from shared.people.models import Role
from shared.submissions.filings import context, settling
from shared.submissions.models import Filing

LATER = "2099-12-31T23:59:59+07:00"
HERE, DISTRICT, AWAY = "ฉะเชิงเทรา", "คลองเขื่อน", "ลำปาง"


def question(type_: str, key: str, **more: Any) -> dict[str, Any]:
    """A question of a form."""
    return {"key": key, "type": type_, "label": {"th": f"ข้อ {key}", "en": f"Question {key}"}} | questions.NEEDED.get(type_, {}) | more


def item(key: str, **more: Any) -> dict[str, Any]:
    """An item of a form."""
    return {"key": key, "label": {"th": f"ไฟล์ {key}", "en": f"File {key}"}, "types": ["pdf"], "max_bytes": 1_000_000, **more}


FORM = {
    "questions": [
        question("short_text", "title"),
        question("long_text", "about", required=False),
        question("money", "requested", max="90000"),
        question("date", "begins_on", required=False),
        question("choice", "kind"),
        question("short_text", "which_tools", when={"kind": ["tools"]}),
        question("table", "budget", required=False),
    ],
    "items": [item("paper"), item("drawing", required=False, when={"kind": ["tools"]})],
}
RIGHT = {"title": "ขนมไข่", "requested": "50000.00", "kind": "seeds"}
"""Answers that can be submitted."""
OFFICE = {
    "questions": [question("short_text", "bought"), question("short_text", "note", internal=True, required=False)],
    "items": [],
}


@dataclass
class People:
    """A group with its link, officers of each place, and the group's submission."""

    submission: UUID
    link: str
    sign_ins: dict[str, str]
    tokens: dict[str, str]

    def group(self) -> Browser:
        """The group's browser."""
        browser = Browser("intake")
        browser.get(f"/s/{self.link}")
        return browser

    def officer(self, name: str) -> Browser:
        """An officer's browser."""
        return Browser("intake", self.sign_ins[name])

    def door(self, name: str = "group") -> Door:
        """A program of somebody."""
        return Door(self.link if name == "group" else self.tokens[name])

    @property
    def at(self) -> str:
        """The submission's page."""
        return f"/s/submissions/{self.submission}"

    @property
    def api(self) -> str:
        """The submission's address for programs."""
        return f"intake/submissions/{self.submission}"


def play(*collects: dict[str, Any], **parts: Any) -> People:
    """A programme of these stages (else of one with questions and files), a group that was invited, and officers."""
    made = collects or (stages.collect("first", FORM, by=LATER),)
    with transaction() as session:
        programme = stages.programme(session, *made, **parts)
        submission = stages.invited(session, programme, now=clock.now())
        accounts = {
            "district": factories.account(session, "district", Role.OFFICER, province=HERE, district=DISTRICT),
            "district2": factories.account(session, "district2", Role.OFFICER, province=HERE, district=DISTRICT),
            "province": factories.account(session, "province", Role.OFFICER, province=HERE),
            "away": factories.account(session, "away", Role.OFFICER, province=AWAY),
            "department": factories.account(session, "department", Role.OFFICER),
        }
        return People(
            submission.id,
            factories.token_of(people.make_link(session, submission_id=submission.id)),
            {name: factories.token_of(people.make_sign_in_link(session, one, now=clock.now())) for name, one in accounts.items()},
            {name: factories.token(session, one) for name, one in accounts.items()},
        )


def sent(who: People, stage: str, kind: str, **columns: Any) -> None:
    """A file of an item's draft that arrived and passed its check; versions stay as they are."""
    now = clock.now()
    times = {"created_at": now, "received_at": now, "checked_at": now, "expires_at": now}
    about = {"kind": kind, "filename": f"{kind}.pdf", "facts": {"type": "pdf", "pages": 3}, **times, **columns}
    with transaction() as session:
        filed = factories.filing_of(session, who.submission, stage)
        before = {version.id: list(version.upload_ids) for version in context.versions(session, filed.id)}
        factories.upload(session, who.submission, filing_id=filed.id, **about)
        for version in context.versions(session, filed.id):
            version.upload_ids = before[version.id]


def filing(who: People, stage: str = "first") -> Filing:
    """What is filed at a stage."""
    with transaction() as session:
        return factories.filing_of(session, who.submission, stage)


def due(who: People, stage: str, at: datetime) -> None:
    """Have the deadline of a filing lie there."""
    with transaction() as session:
        factories.filing_of(session, who.submission, stage).due_at = at


def returned(who: People, stage: str, *, reason: str) -> None:
    """An officer returns what was filed."""
    with transaction() as session:
        of = context.of_stage(session, who.submission, stage, lock=True)
        settling.return_by_officer(session, of, reason=reason, by=SYSTEM, now=clock.now())
