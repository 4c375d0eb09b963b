"""Who coordinates a filing: an officer of the office that fills it in, who alone is reminded of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from shared.errors import Invalid
from shared.events import Actor
from shared.people import queries as people
from shared.people.models import Account
from shared.programmes.models import Group
from shared.programmes.stages import Office
from shared.submissions.filings import settling
from shared.submissions.filings.asking import require_asked
from shared.submissions.filings.context import FilingContext


class NotOfTheFilingOffice(Invalid):
    """Only an officer of the office that fills in a filing coordinates it."""

    th = "ผู้ประสานงานต้องเป็นเจ้าหน้าที่ของหน่วยงานที่ส่ง {stage_th} เลือกได้จาก {names}"
    en = "The coordinator has to be an officer of the office that files {stage_en}. There are: {names}"


def officers(session: Session, office: Office, group: Group) -> Sequence[Account]:
    """Return the officers of an office in a group's area, by name; nobody for the applicant."""
    if office is Office.APPLICANT:
        return []
    province = None if office is Office.DEPARTMENT else group.province
    return people.officers_of(session, province=province, district=group.amphoe if office is Office.DISTRICT else None)


def name(session: Session, of: FilingContext, *, account_id: UUID | None, by: Actor, now: datetime) -> None:
    """Name the officer who is reminded of a filing; None: all of its office. Raises SubmissionOut, FilingEnded, NotOfTheFilingOffice."""
    require_asked(of)
    if account_id is not None:
        there = officers(session, of.filing.filed_by, of.group)
        if account_id not in {account.id for account in there}:
            names = ", ".join(account.name for account in there) or "–"
            raise NotOfTheFilingOffice(stage_th=of.stage.label.th, stage_en=of.stage.label.en, names=names)
    settling.name_coordinator(session, of, account_id=account_id, by=by, now=now)
