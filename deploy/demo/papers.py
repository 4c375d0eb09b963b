"""The files that an office sends: made by the types that an item takes, and different for each group."""

from pathlib import Path
from typing import Any

import xlsxwriter
from PIL import Image

from deploy.demo import clips, plans

CLIPS_AFTER = 40
"""Numbers of clips from here on are those of offices: no office sends a group's footage."""
PICTURE = (640, 480)
SHADES = 40


def paper(item: dict[str, Any], submission: dict[str, Any], number: int, copy: int, *, folder: Path) -> Path:
    """Return a file of a type that the item takes; it is made in `folder` unless it is there."""
    types = item["types"]
    name = f"{item['kind']}-{number:02d}-{copy}"
    if item["is_clip"]:
        return clips.good_clip(CLIPS_AFTER + number).make(folder)
    if "xlsx" in types:
        return _workbook(folder / f"{name}.xlsx", submission)
    if "pdf" in types:
        file = folder / f"{name}.pdf"
        file.write_bytes(plans.plan(f"{submission['reference']}-{item['kind']}-{copy}", submission["name"], item["label"]["th"]))
        return file
    return _picture(folder / f"{name}.jpg", SHADES * number + copy)


def _workbook(file: Path, submission: dict[str, Any]) -> Path:
    with xlsxwriter.Workbook(str(file)) as workbook:
        sheet = workbook.add_worksheet()
        for row, cells in enumerate((("เลขที่", "กลุ่ม", "บาท"), (submission["reference"], submission["name"], 12500))):
            sheet.write_row(row, 0, cells)
    return file


def _picture(file: Path, shade: int) -> Path:
    picture = Image.new("RGB", PICTURE)
    picture.putdata([((x * 255) // PICTURE[0], (y * 255) // PICTURE[1], shade % 256) for y in range(PICTURE[1]) for x in range(PICTURE[0])])
    picture.save(file, quality=80, comment=str(shade).encode())
    return file
