"""Who a message goes to and what it has to say, read from the event it is about."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.events import Event, EventKind
from shared.grants.models import Grant
from shared.notifications.messages import MESSAGES, Audience
from shared.notifications.operations import Recipient
from shared.people import codes
from shared.people import queries as people
from shared.people.models import Account, Code, Credential, Role
from shared.programmes.definition import Definition
from shared.programmes.models import Programme
from shared.settings import secret_key, settings
from shared.submissions import queries
from shared.submissions.deadlines import closes_at
from shared.submissions.models import Receipt
from shared.submissions.receipts import texts as receipt_texts
from shared.thai.figures import megabytes
from shared.validation.queries import texts


def planned(session: Session, event: Event, message: str) -> tuple[list[Recipient], dict[str, Any]]:
    """Return the recipients of a message about an event, and its context (JSON, without any token)."""
    audience = MESSAGES[message].to
    if audience is Audience.GROUP:
        return _for_group(session, event)
    if audience is Audience.ACCOUNT:
        account = session.get_one(Account, event.subject_id)
        return [Recipient(account.name, account.email)], {"credential": event.data["credential"]}
    role = Role.CHAIR if audience is Audience.CHAIR else Role.MEMBER
    accounts = people.with_role(session, role, programme_id=event.programme_id)
    definition = session.get_one(Programme, event.programme_id).definition
    return [Recipient(account.name, account.email) for account in accounts], _round_context(definition, event)


def link_for(session: Session, *, submission_id: UUID | None, audience: Audience, context: dict[str, Any]) -> str:
    """Return the address a message leads to; written now, so that no token lies in the database.

    A group whose link was revoked is led to the public page.
    """
    base = settings().base_url
    if audience is Audience.ACCOUNT:
        credential = session.get_one(Credential, UUID(context["credential"]))
        return f"{base}/sign-in/{people.token_of(credential, secret=secret_key())}"
    if audience is Audience.GROUP and submission_id is not None:
        link = people.link_of(session, submission_id)
        return f"{base}/s/{people.token_of(link, secret=secret_key())}" if link else base
    if audience is Audience.CHAIR:
        return f"{base}/office/programmes/{context['programme']}/rounds/{context['round']}"
    return f"{base}/review"


def code_for(session: Session, context: dict[str, Any]) -> dict[str, Any]:
    """Return the code that a message tells, if it tells one; written now, for the same reason."""
    return {"code": codes.written(session.get_one(Code, UUID(context["code"])), secret=secret_key())} if "code" in context else {}


def _for_group(session: Session, event: Event) -> tuple[list[Recipient], dict[str, Any]]:
    if event.submission_id is None:
        raise ValueError(f"{event.kind} belongs to no submission")
    submission, group, programme = queries.submission_with_group(session, event.submission_id)
    definition = programme.definition
    items = {item.kind: item for item in definition.items}
    context: dict[str, Any] = {
        "group": group.name,
        "reference": submission.reference,
        "programme_th": definition.name.th,
        "programme_en": definition.name.en,
        "deadline": definition.deadline_at.isoformat(),
        "items_th": ", ".join(item.label.th for item in items.values() if item.required),
        "items_en": ", ".join(item.label.en for item in items.values() if item.required),
        "at": event.at.isoformat(),
        "closes": closes_at(definition, submitted_at=submission.submitted_at, returned_at=submission.returned_at).isoformat(),
        **{name: event.data[name] for name in ("files", "days", "helped_by", "code") if name in event.data},
    }
    if "findings" in event.data:
        context["findings"] = [
            {"item_th": items[found["item"]].label.th, "item_en": items[found["item"]].label.en, **texts(found["code"], found["data"])}
            for found in event.data["findings"]
        ]
    if event.kind == EventKind.RECEIPT_MADE:
        context |= _receipt_context(session.get_one(Receipt, event.subject_id))
    grant = session.scalar(select(Grant).where(Grant.submission_id == submission.id))
    level = definition.level(submission.level) if submission.level else None
    if level is not None:
        amount = grant.amount if grant is not None else level.amount
        context |= {"level_th": level.label.th, "level_en": level.label.en, "amount": str(amount)}
    return [Recipient(group.contact_name, group.email)], context


def _receipt_context(receipt: Receipt) -> dict[str, Any]:
    """Return what is told of a receipt; the document's own instant, for the PDF may have been made later."""
    document = receipt.document
    return {
        "receipt": str(receipt.id),
        "receipt_code": receipt.code,
        "at": document["handed_in_at"],
        "late_th": receipt_texts.LATE[0] if receipt_texts.is_late(document) else "",
        "late_en": receipt_texts.LATE[1] if receipt_texts.is_late(document) else "",
        "check": receipt_texts.check_url(settings().base_url, receipt.code),
        "files": [
            {"item_th": file["label"]["th"], "item_en": file["label"]["en"], "size": megabytes(file["size_bytes"])}
            | {name: file[name] for name in ("filename", "sha256")}
            for file in document["files"]
        ],
    }


def _round_context(definition: Definition, event: Event) -> dict[str, Any]:
    key = event.data["round"]
    round_ = definition.round(key)
    return {
        "programme": definition.slug,
        "round": key,
        "programme_th": definition.name.th,
        "programme_en": definition.name.en,
        "round_th": round_.label.th if round_ else "",
        "round_en": round_.label.en if round_ else "",
    }
