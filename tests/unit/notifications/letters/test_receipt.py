"""The receipt on paper, with what people may call their files and groups."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from shared.notifications.letters import set_letter
from shared.submissions.models import Receipt
from shared.submissions.receipts import letter

AT = datetime(2020, 5, 29, 7, 5, 0, 123456, tzinfo=UTC)


def facts(filename: str = "คลิป.mp4", *, files: int = 1, late: bool = False, **changes: Any) -> dict[str, Any]:
    file = {
        "label": {"th": "คลิปวิดีโอ", "en": "Clip"},
        "filename": filename,
        "size_bytes": 182_345_678,
        "sha256": "0123456789abcdef" * 4,
        "begun_at": AT.isoformat(),
        "received_at": AT.isoformat(),
        "duration_seconds": 296.96,
    }
    document: dict[str, Any] = {
        "reference": "OM63-0001",
        "programme": {"th": "โครงการ", "en": "Programme"},
        "organisation": {"th": "กรม", "en": "Department"},
        "group": {"name": "กลุ่มออมทรัพย์", "village_no": "1", "tambon": "ก", "amphoe": "ข", "province": "ค"},
        "handed_in_at": AT.isoformat(),
        "closes_at": datetime(2020, 5, 28 if late else 30, tzinfo=UTC).isoformat(),
        "by": {"kind": "group", "name": "กลุ่ม", "confirmed_by": "link"},
        "helped_by": [],
        "files": [file] * files,
        **changes,
    }
    return letter.facts(Receipt(code="OM63-0001-7KQ4-M2XD", issued_at=AT, document=document), base_url="https://omsap.example")


def pages(paper: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(paper))


def test_receipt_is_one_page_in_sarabun_and_the_same_whenever_it_is_made() -> None:
    paper = set_letter("receipt", facts(), at=AT)
    read = pages(paper)
    (page,) = read.pages
    fonts = {str(font["/BaseFont"]).partition("+")[2] for font in page["/Resources"]["/Font"].values()}
    assert {"Sarabun-Regular", "Sarabun-Bold"} <= fonts
    assert set_letter("receipt", facts(), at=AT) == paper


@pytest.mark.parametrize(
    "name",
    [
        '#panic() #read("/etc/passwd") *ก* $x$ \\u{41} `raw` <label> @ref // /* .pdf',
        '"}]}.mp4',
        "😀 中文 العربية.mp4",
        "ก" * 150,
        "่" * 150,
        "VID_" + "9" * 146,
    ],
)
def test_name_is_only_text(name: str) -> None:
    given = facts(name, group={"name": name, "village_no": name, "tambon": name, "amphoe": name, "province": name}, helped_by=[name])
    assert len(pages(set_letter("receipt", given, at=AT)).pages) >= 1


def test_many_files_go_on_to_further_pages() -> None:
    assert len(pages(set_letter("receipt", facts(files=40), at=AT)).pages) > 2


def test_grace_and_help_have_lines_of_their_own() -> None:
    plain = facts()
    helped = facts(late=True, helped_by=["นายสมชาย"])
    assert (plain["late"], plain["helped_by"]) == (None, [])
    assert helped["late"] == "ทุกไฟล์เริ่มส่งก่อนหมดเวลา และส่งผลงานภายในเวลาผ่อนผันของโครงการ"
    assert helped["files"][0]["seen"][2] == "เริ่มส่ง 29 พฤษภาคม 2563 14.05 น."
    assert set_letter("receipt", helped, at=AT) != set_letter("receipt", plain, at=AT)
