"""Tables to take away."""

from typing import Any, Literal

from fastapi import APIRouter, Response

from services.office import spreadsheets
from services.office.access import NotAllowed, ThisProgramme
from services.people.identity import Asking
from services.web.database import Transaction
from services.web.media import content_disposition
from services.web.problems import raises
from shared.errors import NotFound
from shared.exports.tables import TABLES
from shared.people.models import Role

router = APIRouter(prefix="/programmes/{slug}/exports", tags=["exports"])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The table.",
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}, "text/csv": {"schema": {"type": "string"}}},
    }
}


class ExportUnknown(NotFound):
    """There is no such table."""

    th = "ไม่มีไฟล์ส่งออกชื่อ {name} เลือกได้จาก {known}"
    en = "There is no export {name}. There are: {known}."


@router.get("/{name}.{ending}", response_class=Response, responses=TABLE)
@raises(NotAllowed, ExportUnknown)
def export(name: str, ending: Literal["xlsx", "csv", "zip"], programme: ThisProgramme, session: Transaction, person: Asking) -> Response:
    """Return a table of what the asking person may see: results, contacts, grants, filings, payments."""
    if not person.has(Role.OFFICER):
        raise NotAllowed(act="export")
    if name not in TABLES or ending == "zip":
        raise ExportUnknown(name=f"{name}.{ending}", known=", ".join(f"{known}.xlsx, {known}.csv" for known in TABLES))
    table = TABLES[name](session, programme, person)
    content = spreadsheets.xlsx(table, name=name) if ending == "xlsx" else spreadsheets.csv_(table)
    headers = {
        "Content-Disposition": content_disposition(f"{programme.slug}-{name}.{ending}", inline=False),
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=XLSX if ending == "xlsx" else "text/csv; charset=utf-8", headers=headers)
