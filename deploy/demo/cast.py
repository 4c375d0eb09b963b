"""Who plays: the programme as data, its groups, and invented staff with accounts and tokens."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from shared import clock
from shared.database import transaction
from shared.events import SYSTEM
from shared.people import operations as people
from shared.people import queries
from shared.people.models import Role
from shared.people.person import RoleGrant
from shared.programmes.definition import Definition
from shared.programmes.queries import programme
from shared.settings import secret_key

HERE = Path(__file__).parent
DAYS_TO_HAND_IN = 28
MEMBERS = ("สมชาย ตรึกตรอง", "สมหญิง รอบคอบ", "ประเสริฐ เที่ยงธรรม", "วิมล ใจเป็นกลาง", "อนันต์ พินิจ")


@dataclass(frozen=True, slots=True)
class Cast:
    """A programme to play, and the groups it invites, as the rows of the targets' table."""

    definition: dict[str, Any]
    targets: list[dict[str, str]]

    @property
    def slug(self) -> str:
        """The programme's name in addresses."""
        return str(self.definition["slug"])

    def programme_json(self) -> bytes:
        """The programme as a client sends it."""
        return json.dumps(self.definition, default=str, ensure_ascii=False).encode()

    def targets_csv(self) -> bytes:
        """The groups as a client sends them."""
        out = io.StringIO()
        writer = csv.DictWriter(out, fieldnames=list(self.targets[0]))
        writer.writeheader()
        writer.writerows(self.targets)
        return out.getvalue().encode("utf-8-sig")


def first_programme(*, run: int, groups: int | None = None) -> Cast:
    """Return the first programme with its dates moved so that groups have four weeks from now; `run` tells one playing from another.

    With fewer `groups` the screening keeps so many, and the levels share them in the programme's own proportion.
    """
    definition = Definition.model_validate(yaml.safe_load((HERE / "programme-2563.yaml").read_text()))
    targets = list(csv.DictReader((HERE / "targets-2563.csv").read_text(encoding="utf-8-sig").splitlines()))
    shift = clock.now() + timedelta(days=DAYS_TO_HAND_IN) - definition.deadline_at
    document = definition.shifted(timedelta(days=shift.days + 1)).model_dump(mode="json")
    if run > 1:
        document["slug"] = f"{definition.slug}-{run}"
        document["reference_prefix"] = f"{definition.reference_prefix}R{run}"
    if groups is not None:
        targets = targets[:groups]
        _scale(document, groups)
    return Cast(document, targets)


def _scale(document: dict[str, Any], groups: int) -> None:
    for round_ in document["rounds"]:
        if round_["keep"] is not None:
            round_["keep"] = groups
        quotas = sum(level["quota"] for level in round_["levels"])
        for level in round_["levels"]:
            level["quota"] = groups * level["quota"] // quotas


def office_staff() -> dict[str, Any]:
    """Make the accounts that are there before any programme; return each with a token."""
    return {
        "administrator": _staff("admin@omsap.example", "ผู้ดูแลบัญชี", RoleGrant(Role.ADMINISTRATOR)),
        "operator": _staff("operator@omsap.example", "ผู้ดูแลระบบ", RoleGrant(Role.OPERATOR)),
        "officers": [
            {"area": None, **_staff("department@omsap.example", "เจ้าหน้าที่กรมฯ", RoleGrant(Role.OFFICER))},
            {"area": "ฉะเชิงเทรา", **_staff("chachoengsao@omsap.example", "พัฒนาการจังหวัด", RoleGrant(Role.OFFICER, province="ฉะเชิงเทรา"))},
        ],
    }


def committee(cast: Cast) -> dict[str, Any]:
    """Make the five members and the chair of a loaded programme's committee; return each with a token."""
    with transaction() as session:
        programme_id = programme(session, cast.slug).id
    key = cast.definition["committees"][0]["key"]
    members = [
        _staff(f"member{number}@omsap.example", name, RoleGrant(Role.MEMBER, programme_id=programme_id, committee=key))
        for number, name in enumerate(MEMBERS, 1)
    ]
    chair = _staff("chair@omsap.example", "ประธานกรรมการ", RoleGrant(Role.CHAIR, programme_id=programme_id, committee=key))
    return {"members": members, "chair": chair}


def links(submissions: list[str], base_url: str) -> list[dict[str, str]]:
    """Return the link of each submission, as its invitation carries it."""

    found = []
    with transaction() as session:
        for submission in submissions:
            link = queries.link_of(session, UUID(submission))
            if link is not None:
                token = queries.token_of(link, secret=secret_key())
                found.append({"submission": submission, "link": f"{base_url}/s/{token}", "token": token})
    return found


def sign_in_link(email: str, base_url: str) -> str:
    """Return a one-time link that signs an account in."""
    now = clock.now()
    with transaction() as session:
        credential = people.make_sign_in_link(session, queries.account_by_email(session, email), now=now)
        return f"{base_url}/sign-in/{queries.token_of(credential, secret=secret_key())}"


def _staff(email: str, name: str, grant: RoleGrant) -> dict[str, str]:
    with transaction() as session:
        account = people.put_account(session, email=email, name=name, grants=(grant,), by=SYSTEM, now=clock.now())
        return {"email": email, "token": queries.token_of(people.make_api_token(session, account), secret=secret_key())}
