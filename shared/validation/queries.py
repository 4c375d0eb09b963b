"""Reads of findings, as people read them."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.validation.models import FindingRow
from shared.validation.rules import WORDS


def texts(code: str, data: dict[str, Any]) -> dict[str, str]:
    """Return a finding's words in both languages."""
    words = WORDS[code]
    return {"th": words.th.format(**data), "en": words.en.format(**data)}


def findings_of(session: Session, upload_ids: Collection[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Return, by upload, what was found: {code, severity, data, th, en}, blocking first. One query."""
    rows = session.scalars(
        select(FindingRow).where(FindingRow.upload_id.in_(upload_ids)).order_by(FindingRow.severity.desc(), FindingRow.id)
    )
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row.upload_id].append({"code": row.code, "severity": row.severity, "data": row.data, **texts(row.code, row.data)})
    return found
