"""Issuing a receipt, and noting that its PDF is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared import events
from shared.database import new_id
from shared.events import SYSTEM, Actor, ActorKind, Event, EventKind
from shared.events.texts import actor_text
from shared.forms.items import Item
from shared.programmes.applicants.describing import AnswerLine, described
from shared.programmes.stages import Office
from shared.submissions.filings.context import FilingContext
from shared.submissions.models import Filing, FilingVersion, Receipt, Submission, Upload
from shared.submissions.receipts import code


@dataclass(frozen=True, slots=True)
class Consent:
    """Who submits, how they confirmed it (`link`, `code` or `account`), and the names of the officers who helped."""

    by: Actor
    confirmed_by: str
    helpers: tuple[str, ...]


def issue(
    session: Session,
    of: FilingContext,
    version: FilingVersion,
    *,
    uploads: Sequence[Upload],
    closes: datetime,
    consent: Consent,
    secret: str,
    now: datetime,
) -> Receipt:
    """Issue the receipt of a version at the moment it is submitted; `secret` signs its code."""
    submission, group, definition = of.submission, of.group, of.definition
    applicant = described(of.programme.definition, group.answers, contacts=False)
    document: dict[str, Any] = {
        "reference": submission.reference,
        "programme": definition.name.to_json(),
        "organisation": definition.organisation.to_json(),
        "stage": {"key": of.stage.key, **of.stage.label.to_json()},
        "version": version.number,
        "group": {
            "name": group.name,
            "answers": [_answer(line) for line in applicant],
        },
        "handed_in_at": now.isoformat(),
        "closes_at": closes.isoformat(),
        "by": {"kind": str(consent.by.kind), "name": actor_text(consent.by.kind, consent.by.name).th, "confirmed_by": consent.confirmed_by},
        "helped_by": _helpers(uploads, consent),
        "files": _files(of, uploads),
        "answers": len(version.answers),
    }
    id_ = new_id()
    written = code.write(secret, reference=submission.reference, id_=id_, document=document)
    receipt = Receipt(id=id_, code=written, submission_id=submission.id, version_id=version.id, issued_at=now, document=document)
    session.add(receipt)
    session.flush()
    return receipt


def note_pdf(session: Session, receipt: Receipt, *, key: str, sha256: str) -> None:
    """Note where the PDF of a receipt lies."""
    session.execute(update(Receipt).where(Receipt.id == receipt.id).values(pdf_key=key, pdf_sha256=sha256))


def record_receipt_made(session: Session, receipt: Receipt, *, now: datetime) -> None:
    """Record, once, that the receipt is made: the group is sent it, with the PDF if there is one by then."""
    known = select(Event.id).where(Event.subject_id == receipt.id, Event.kind == EventKind.RECEIPT_MADE)
    if session.scalar(known) is not None:
        return
    submission = session.get_one(Submission, receipt.submission_id)
    filed_by = session.scalar(
        select(Filing.filed_by).join(FilingVersion, FilingVersion.filing_id == Filing.id).where(FilingVersion.id == receipt.version_id)
    )
    events.append(
        session,
        EventKind.RECEIPT_MADE,
        subject_id=receipt.id,
        submission_id=submission.id,
        programme_id=submission.programme_id,
        by=SYSTEM,
        now=now,
        data={"filed_by": filed_by or Office.APPLICANT},
    )


def _answer(line: AnswerLine) -> dict[str, Any]:
    return {"key": line.key, "type": line.type, "label": line.label.to_json(), "value": line.value.to_json()}


def _helpers(uploads: Sequence[Upload], consent: Consent) -> list[str]:
    """Return the staff who sent files, prepared them or stood by, each once."""
    senders = [upload.by_name for upload in uploads if upload.by_kind == ActorKind.STAFF]
    return list(dict.fromkeys([*senders, *consent.helpers]))


def _files(of: FilingContext, uploads: Sequence[Upload]) -> list[dict[str, Any]]:
    """Return all files in the order in which the form asks for them."""
    places = {item.key: place for place, item in enumerate(of.form.items)}
    return [_file(upload, of.form.item(upload.kind)) for upload in sorted(uploads, key=lambda upload: places.get(upload.kind, len(places)))]


def _file(upload: Upload, item: Item | None) -> dict[str, Any]:
    facts = upload.facts or {}
    return {
        "item": upload.kind,
        "label": item.label.to_json() if item else {"th": upload.kind, "en": upload.kind},
        "filename": upload.filename,
        "size_bytes": upload.size_bytes,
        "sha256": upload.sha256,
        "begun_at": upload.created_at.isoformat(),
        "received_at": upload.received_at.isoformat() if upload.received_at else None,
        **{name: facts[name] for name in ("duration_seconds", "pages") if facts.get(name) is not None},
    }
