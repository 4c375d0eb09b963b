"""Small true things for tests: a programme, people, groups and submissions in a given state."""

from typing import Any
from uuid import UUID

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from factories.filed import NOW, filing, filing_of, outcome, outcome_of, upload, version
from shared.awards.lifecycle import OutcomeKind
from shared.database import new_id
from shared.events import SYSTEM
from shared.people import contacts
from shared.people import operations as people
from shared.people import queries as people_queries
from shared.people.models import Account, Credential, Role
from shared.people.person import RoleGrant
from shared.programmes import operations, reading
from shared.programmes.definition import Definition
from shared.programmes.models import Group, Programme, RegisterEntry
from shared.queue.kinds import JobKind
from shared.queue.models import Job, QueuePause
from shared.reviews.lifecycle import RoundStatus
from shared.reviews.models import Ballot, ConflictOfInterest, Entry, RoundRow
from shared.settings import secret_key
from shared.submissions.lifecycle import FilingStatus
from shared.submissions.models import Filing, Submission
from shared.submissions.sheet import Standing
from shared.thai import places

__all__ = ["NOW", "filing", "filing_of", "outcome", "outcome_of", "upload", "version"]
"""What is made elsewhere and has its name here, too."""

DEFINITION = """
slug: little
name: {th: โครงการเล็ก, en: A little programme}
purpose: {th: ทดสอบ, en: To be tested}
organisation: {th: กรม, en: Department}
fiscal_year: 2563
reference_prefix: LT63
items:
  - {kind: plan, label: {th: แผนธุรกิจ, en: Plan}, types: [pdf], max_bytes: 1000000}
  - {kind: clip, label: {th: คลิป, en: Clip}, types: [mp4], max_bytes: 1000000, max_seconds: 300}
milestones:
  - {key: hand_in, label: {th: ส่งผลงาน, en: Hand in}, by: 2020-05-29T23:59:59+07:00}
deadline: hand_in
rounds:
  - key: screening
    label: {th: กลั่นกรอง, en: Screening}
    keep: 4
    criteria:
      - {key: plan, label: {th: แผน, en: Plan}, weight: 60}
      - {key: clip, label: {th: คลิป, en: Clip}, weight: 40, step: 0.5}
  - key: selection
    label: {th: คัดเลือก, en: Selection}
    criteria:
      - {key: quality, label: {th: คุณภาพ, en: Quality}, max: 100, weight: 1}
    levels:
      - {key: outstanding, label: {th: ดีเด่น, en: Outstanding}, quota: 2, amount: 90000}
      - {key: good, label: {th: ดี, en: Good}, quota: 2, amount: 50000}
committees:
  - {key: central, label: {th: ส่วนกลาง, en: Central}}
  - {key: north, label: {th: ภาคเหนือ, en: North}}
routing:
  - {committee: north, provinces: [ลำปาง]}
  - {committee: central}
"""


def document(**changes: Any) -> dict[str, Any]:
    """The little programme as plain data, with some of its parts replaced."""
    return {**yaml.load(DEFINITION, Loader=yaml.BaseLoader), **changes}  # noqa: S506  # text only, of our own


def definition(**changes: Any) -> Definition:
    """The little programme, with some of its parts replaced."""
    return reading.read(yaml.safe_dump(document(**changes), allow_unicode=True))


def programme(session: Session, **changes: Any) -> Programme:
    """The little programme, loaded."""
    return operations.load_programme(session, definition(**changes), by=SYSTEM, now=NOW)[0]


def account(session: Session, name: str, role: Role, **where: Any) -> Account:
    """An account with one role."""
    return people.put_account(session, email=f"{name}@example.org", name=name, grants=(RoleGrant(role, **where),), by=SYSTEM, now=NOW)


def members(session: Session, of: Programme, count: int, committee: str = "central") -> list[Account]:
    """So many members of a committee."""
    return [
        account(session, f"{committee}{number}", Role.MEMBER, programme_id=of.id, committee=committee) for number in range(1, count + 1)
    ]


def token(session: Session, account: Account) -> str:
    """A token with which a program acts as the account."""
    return token_of(people.make_api_token(session, account))


def token_of(credential: Credential) -> str:
    """The token that opens with a credential of this installation."""
    return people_queries.token_of(credential, secret=secret_key())


def group(session: Session, of: Programme, number: int, province: str = "ฉะเชิงเทรา", amphoe: str = "คลองเขื่อน") -> Group:
    """An applicant of a programme that asks the form of a savings group."""
    code, name = f"SG-{number:04d}", f"กลุ่มออมทรัพย์ที่ {number}"
    place_code = _place_code(province, amphoe, "คลองเขื่อน")
    answers = {
        "name": name,
        "village_no": str(number),
        "place": place_code,
        "business": "ขนมไข่",
        "contact_name": "นางสมใจ ทองหลาง",
        "email": f"group{number}@groups.example",
        "phone": "+6620000000",
    }
    made = Group(
        id=new_id(),
        programme_id=of.id,
        register_id=_register_id(session, of.definition.organisation.th, code),
        code=code,
        answers=answers,
        name=name,
        tambon="คลองเขื่อน",
        amphoe=amphoe,
        province=province,
        place_code=place_code,
        contact_name=answers["contact_name"],
        email=answers["email"],
        phone=answers["phone"],
    )
    session.add(made)
    session.flush()
    contacts.put(session, contacts.EMAIL, groups={made.id: made.email})
    return made


def _place_code(province: str, amphoe: str, tambon: str) -> str | None:
    """The code of a place as deep as there is one of these names."""
    found = places.province(province)
    within = found and places.district(amphoe, province_code=found.code)
    below = within and places.tambon(tambon, district_code=within.code)
    return next((one.code for one in (below, within, found) if one), None)


def _register_id(session: Session, organisation: str, code: str) -> UUID:
    entry = session.scalar(select(RegisterEntry).where(RegisterEntry.organisation == organisation, RegisterEntry.code == code))
    if entry is None:
        entry = RegisterEntry(id=new_id(), organisation=organisation, code=code)
        session.add(entry)
        session.flush()
    return entry.id


def move_email(session: Session, group: Group, email: str | None) -> None:
    """Give a group another e-mail address, or none, as an import of its table does."""
    group.email, group.answers = email, {**group.answers, "email": email}
    contacts.put(session, contacts.EMAIL, groups={group.id: email})


def submissions(
    session: Session, of: Programme, count: int, *, status: Standing = Standing.ACCEPTED, province: str = "ฉะเชิงเทรา", first: int = 1
) -> list[Submission]:
    """So many submissions of target groups, in a given state: with a filing at the programme's first stage, submitted in most states."""
    made = []
    for number in range(first, first + count):
        about = group(session, of, number, province)
        came = None if status is Standing.INVITED else NOW
        reference = f"{of.definition.reference_prefix}-{number:04d}"
        made.append(Submission(id=new_id(), programme_id=of.id, group_id=about.id, reference=reference, created_at=NOW, opened_at=came))
        session.add(made[-1])
        session.flush()
        filing(session, made[-1], of, status=FILINGS.get(status, FilingStatus.ACCEPTED))
        if status in OUTCOMES:
            outcome(session, made[-1], of, OUTCOMES[status])
    return made


FILINGS = {
    Standing.INVITED: FilingStatus.OPEN,
    Standing.OPEN: FilingStatus.OPEN,
    Standing.SUBMITTED: FilingStatus.SUBMITTED,
    Standing.RETURNED: FilingStatus.RETURNED,
}
OUTCOMES = {
    Standing.SHORTLISTED: OutcomeKind.SHORTLISTED,
    Standing.NOT_SHORTLISTED: OutcomeKind.NOT_SHORTLISTED,
    Standing.AWARDED: OutcomeKind.AWARDED,
    Standing.NOT_AWARDED: OutcomeKind.NOT_AWARDED,
}


def entry(session: Session, of: Submission, programme: Programme, *, committee: str = "central", stage: str | None = None) -> Entry:
    """A submission in a round of its programme (the first when none is named), with the versions that are accepted."""
    judge = programme.definition.judge(stage) if stage else programme.definition.judges[0]
    assert judge is not None
    row = session.scalar(select(RoundRow).where(RoundRow.programme_id == programme.id, RoundRow.key == judge.key))
    if row is None:
        row = RoundRow(id=new_id(), programme_id=programme.id, key=judge.key, ordinal=0, status=RoundStatus.OPEN, opened_at=NOW)
        session.add(row)
        session.flush()
    accepted = session.scalars(select(Filing).where(Filing.submission_id == of.id, Filing.version_id.is_not(None)))
    made = Entry(
        id=new_id(), round_id=row.id, submission_id=of.id, committee=committee, filled=0,
        versions={filing.stage: str(filing.version_id) for filing in accepted},
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def lapsed(session: Session, of: Submission) -> None:
    """The entries of a submission, which no longer belongs to any round."""
    for made in session.scalars(select(Entry).where(Entry.submission_id == of.id)):
        made.lapsed_at = NOW
    session.flush()


def job(session: Session, kind: JobKind, **columns: Any) -> Job:
    """A job of the ledger that waits; `columns` are those that are to be otherwise."""
    values = {"id": new_id(), "kind": kind.name, "queue": kind.queue, "subject_id": new_id(), "key": "test", "run_at": NOW, "rung_at": NOW}
    made = Job(**values | columns)
    session.add(made)
    session.flush()
    return made


def conflict(session: Session, submission_id: UUID, account_id: UUID) -> ConflictOfInterest:
    """A member's reason not to judge a submission."""
    made = ConflictOfInterest(id=new_id(), submission_id=submission_id, account_id=account_id, reason="ญาติ", declared_at=NOW)
    session.add(made)
    session.flush()
    return made


def ballot(session: Session, entry_id: UUID, account_id: UUID, **marks: object) -> Ballot:
    """A member's submitted ballot: marks by the keys of criteria."""
    written = {key: str(mark) for key, mark in marks.items()}
    made = Ballot(id=new_id(), entry_id=entry_id, account_id=account_id, marks=written, saved_at=NOW, submitted_at=NOW)
    session.add(made)
    session.flush()
    return made


def pause(session: Session, queue: str) -> QueuePause:
    """A queue whose jobs wait."""
    made = QueuePause(queue=queue, reason="เครื่องมือเสีย", paused_by="operator", paused_at=NOW)
    session.add(made)
    session.flush()
    return made


def ids(rows: list[Any]) -> list[UUID]:
    """The ids of rows."""
    return [row.id for row in rows]
