"""A programme of several stages, and what its people do in it, by the verbs of the domain."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

import factories
from shared.awards import operations as awards
from shared.database import new_id
from shared.database.versions import Edit
from shared.events import SYSTEM, Actor, ActorKind
from shared.people.models import Account, Role
from shared.programmes.definition import Definition
from shared.programmes.models import Group, Programme, RegisterEntry
from shared.programmes.operations import load_programme
from shared.reviews import operations as reviews
from shared.reviews import queries, rounds
from shared.reviews.models import Entry
from shared.settings import secret_key
from shared.stages import operations, placing
from shared.submissions.filings import answers, context, settling
from shared.submissions.filings.context import FilingContext
from shared.submissions.lifecycle import FilingStatus, UploadStatus, VersionStatus
from shared.submissions.models import Filing, FilingVersion, Submission, Upload
from shared.validation.outcome import decide_outcome

LATER = "2020-12-31T23:59:59+07:00"
PLAN = {"items": [{"key": "plan", "label": {"en": "Plan"}, "types": ["pdf"], "max_bytes": 1_000_000}]}
NOTE = {"questions": [{"key": "note", "type": "short_text", "label": {"en": "Note"}}]}
CRITERIA = [{"key": "quality", "label": {"en": "Quality"}, "weight": 1}]


def collect(key: str, form: dict[str, Any] | None = None, **parts: Any) -> dict[str, Any]:
    """A collect stage."""
    return {"kind": "collect", "key": key, "label": {"en": key.title()}, "by": LATER, "form": form or PLAN, **parts}


def judge(key: str, **parts: Any) -> dict[str, Any]:
    """A judge stage that keeps ten, unless it says otherwise."""
    modes = {} if {"levels", "pass_score", "keep"} & set(parts) else {"keep": 10}
    return {"kind": "judge", "key": key, "label": {"en": key.title()}, "criteria": CRITERIA, **modes, **parts}


def support(key: str, **parts: Any) -> dict[str, Any]:
    """A support stage."""
    return {"kind": "support", "key": key, "label": {"en": key.title()}, **parts}


def level(key: str, quota: Any, amount: int = 0, **parts: Any) -> dict[str, Any]:
    """A level."""
    return {"key": key, "label": {"en": key.title()}, "quota": quota, "amount": amount, **parts}


def programme(session: Session, *stages: dict[str, Any], **parts: Any) -> Programme:
    """A programme of these stages, loaded."""
    return load_programme(session, programme_of(*stages, **parts), by=SYSTEM, now=factories.NOW)[0]


def programme_of(*stages: dict[str, Any], **parts: Any) -> Definition:
    """The definition of a programme of these stages."""
    document = {
        "format": 2,
        "slug": "stages",
        "name": {"en": "Stages"},
        "purpose": {"en": "To be tested"},
        "organisation": {"en": "Department"},
        "fiscal_year": 2563,
        "reference_prefix": "ST63",
        "committees": [{"key": "central", "label": {"en": "Central"}}],
        "routing": [{"committee": "central"}],
        "stages": list(stages),
    }
    return Definition.model_validate(document | parts)


def invited(session: Session, of: Programme, number: int = 1, *, province: str = "ฉะเชิงเทรา", now: datetime = factories.NOW) -> Submission:
    """An invited group's submission."""
    group = factories.group(session, of, number, province)
    return operations.invite(session, programme=of, group=group, by=SYSTEM, now=now)


def crowd(session: Session, of: Programme, numbers: range) -> list[UUID]:
    """Many submissions at once, each accepted at the programme's first stage; return their ids, in their order."""
    stage = of.definition.collects[0].key
    about = dict.fromkeys(("tambon", "amphoe", "contact_name"), "x") | {"programme_id": of.id, "province": "ฉะเชิงเทรา", "answers": {}}
    ids = sorted(new_id() for _ in numbers)
    register, groups, submissions, filings, versions = [], [], [], [], []
    for number, id_ in zip(numbers, ids, strict=True):
        known, group, filed, version = (new_id() for _ in range(4))
        reference = f"{of.definition.reference_prefix}-{number:05d}"
        register.append({"id": known, "organisation": "x", "code": reference})
        groups.append({"id": group, "register_id": known, "code": reference, "name": f"กลุ่ม {number}"} | about)
        submissions.append({"id": id_, "programme_id": of.id, "group_id": group, "reference": reference, "created_at": factories.NOW})
        filings.append(
            {"id": filed, "submission_id": id_, "stage": stage, "status": FilingStatus.ACCEPTED, "version_id": version}
            | dict.fromkeys(("made_at", "due_at", "submitted_at", "accepted_at"), factories.NOW)
        )
        versions.append(
            {"id": version, "filing_id": filed, "number": 1, "status": VersionStatus.PASSED, "document_version": 1, "answers": {}}
            | {"upload_ids": [], "submitted_at": factories.NOW, "by_kind": ActorKind.GROUP, "by_name": "กลุ่ม"}
        )
    made = ((RegisterEntry, register), (Group, groups), (Submission, submissions), (Filing, filings), (FilingVersion, versions))
    for table, rows in made:
        session.execute(insert(table), rows)
    return ids


def filing(session: Session, of: Submission, stage: str) -> FilingContext:
    """A submission's filing at a stage, locked."""
    return context.of_stage(session, of.id, stage, lock=True)


def file(
    session: Session,
    of: Submission,
    stage: str,
    *,
    by: Actor | None = None,
    now: datetime = factories.NOW,
    passed: bool = True,
    **typed: Any,
) -> FilingContext:
    """Fill in a stage's form and submit it: a file for each item it asks for, and these answers; then its checks end."""
    about = filing(session, of, stage)
    who = by or Actor.group(of.id)
    for item in about.form.items:
        earlier = session.scalars(select(Upload).where(Upload.filing_id == about.filing.id, Upload.kind == item.key)).all()
        for upload in earlier:
            upload.replaced_at = now
        for _ in range(item.min_files):
            status = UploadStatus.PASSED if passed else UploadStatus.FAILED
            factories.upload(session, of.id, filing_id=about.filing.id, kind=item.key, status=status, created_at=now)
    session.flush()
    answers.save(session, about, [Edit(key, value, None) for key, value in typed.items()], by=who, now=now)
    operations.submit(session, about, by=who, secret=secret_key(), now=now)
    decide_outcome(session, about.filing.id, now=now)
    return settled(session, of, stage, now=now)


def settled(session: Session, of: Submission, stage: str, *, now: datetime = factories.NOW) -> FilingContext:
    """Do what follows from a change of a filing, and return the filing."""
    placed(session, of, now=now)
    return filing(session, of, stage)


def placed(session: Session, *of: Submission, now: datetime = factories.NOW) -> None:
    """Give submissions the rows they belong to now."""
    session.flush()
    programme = session.get_one(Programme, of[0].programme_id)
    placing.place(session, programme, [one.id for one in of], now=now)


def accept(session: Session, of: Submission, stage: str, *, by: Account, now: datetime = factories.NOW, reason: str = "") -> FilingContext:
    """An officer accepts what was filed."""
    settling.accept_by_officer(session, filing(session, of, stage), by=actor(by), now=now, reason=reason)
    return settled(session, of, stage, now=now)


def actor(account: Account) -> Actor:
    """An account as history names it."""
    return Actor(ActorKind.STAFF, account.id, account.name)


def open_round(session: Session, of: Programme, key: str, *, now: datetime = factories.NOW) -> queries.RoundContext:
    """Open a round and put into it what belongs to it."""
    rounds.open_round(session, of, key, by=SYSTEM, now=now)
    loaded = queries.load_round(session, of, key)
    operations.fill_round(session, loaded, now=now)
    return loaded


def judged(session: Session, of: Programme, key: str, marks: dict[str, Any], *, now: datetime = factories.NOW) -> None:
    """Play a round from its opening to its published decision: one member a committee gives each submission (by reference) its mark."""
    loaded = open_round(session, of, key, now=now)
    for committee in {entry.committee for entry in session.scalars(select(Entry).where(Entry.round_id == loaded.row.id))}:
        member = factories.account(session, f"member-{committee}", Role.MEMBER, programme_id=of.id, committee=committee)
        while (claimed := reviews.claim(session, loaded, committee, member=member.id, by=actor(member), now=now)) is not None:
            detail = queries.assignment(session, claimed.id, member=member.id, lock=True)
            given = {criterion.key: Decimal(marks[detail.submission.reference]) for criterion in loaded.rules.criteria}
            reviews.save_ballot(session, detail, marks=given, comment="", submit=True, by=actor(member), now=now)
    decided(session, of, key, now=now)


def decided(session: Session, of: Programme, key: str, *, now: datetime = factories.NOW) -> None:
    """Close a round, decide, sign, publish and apply."""
    loaded = queries.load_round(session, of, key)
    operations.close_round(session, loaded, by=SYSTEM, now=now)
    decision = awards.decide(session, loaded, resolutions=[], by=SYSTEM, now=now)
    awards.sign(session, decision, seen=None, by=SYSTEM, now=now)
    awards.publish(session, decision, by=SYSTEM, now=now)
    operations.apply_decision(session, decision, now=now)


def officer(session: Session, name: str = "officer", *, province: str | None = "ฉะเชิงเทรา", district: str | None = None) -> Account:
    """An officer of an area."""
    return factories.account(session, name, Role.OFFICER, province=province, district=district)
