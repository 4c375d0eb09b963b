"""Reads of findings, as people read them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.text import Text
from shared.validation.findings import Severity
from shared.validation.models import FindingRow
from shared.validation.rules import WORDS


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """What was found of an upload, with its text."""

    code: str
    severity: Severity
    data: dict[str, Any]
    text: Text


def finding_text(code: str, data: dict[str, Any]) -> Text:
    """Return what a stored finding says; its code, where the rule that found it is gone or asks for other data by now."""
    try:
        return WORDS[code].fill(**data)
    except KeyError:
        return Text(code, code)


def findings_of(session: Session, upload_ids: Collection[UUID]) -> dict[UUID, list[StoredFinding]]:
    """Return, by upload, what was found, blocking first. One query."""
    rows = session.scalars(
        select(FindingRow).where(FindingRow.upload_id.in_(upload_ids)).order_by(FindingRow.severity.desc(), FindingRow.id)
    )
    found: dict[UUID, list[StoredFinding]] = defaultdict(list)
    for row in rows:
        found[row.upload_id].append(StoredFinding(row.code, Severity(row.severity), row.data, finding_text(row.code, row.data)))
    return found
