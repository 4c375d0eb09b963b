"""The empty table of target groups: filled in, it is taken as it is."""

import io
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import factories
import pytest
from python_calamine import CalamineWorkbook

from shared.exports.targets_template import workbook
from shared.programmes import reading, targets
from shared.programmes.definition import Definition

KIND = {
    "key": "kind",
    "type": "choice",
    "label": {"th": "ประเภท", "en": "Kind"},
    "options": [{"key": "food", "label": {"th": "อาหาร", "en": "Food"}}, {"key": "craft", "label": {"th": "หัตถกรรม", "en": "Craft"}}],
}
NAME = {"key": "name", "type": "short_text", "label": {"th": "ชื่อ", "en": "Name"}, "hint": {"th": "ตามทะเบียน", "en": "As registered"}}
SECOND = {"key": "shop", "type": "place", "level": "province", "required": "false", "label": {"th": "ร้าน", "en": "Shop"}}
HOME = {"key": "home", "type": "place", "level": "amphoe", "label": {"th": "บ้าน", "en": "Home"}}


def asking(*questions: dict[str, Any], **changes: Any) -> Definition:
    return factories.definition(applicant={"questions": list(questions)}, **changes)


def sheets(definition: Definition) -> list[list[list[Any]]]:
    """Both sheets of a template as rows of cells."""
    with CalamineWorkbook.from_object(io.BytesIO(workbook(definition))) as book:
        return [book.get_sheet_by_index(number).to_python() for number in (0, 1)]


def headings(definition: Definition) -> list[str]:
    return [str(cell) for cell in sheets(definition)[0][0]]


def filled(definition: Definition, *cells: str) -> bytes:
    """A table with the headings of the template and one row."""
    return "\n".join(",".join(row) for row in (headings(definition), cells)).encode()


def test_it_has_a_column_for_each_question_with_places_in_their_parts() -> None:
    definition = asking(NAME, HOME, KIND, SECOND)
    assert headings(definition) == ["รหัส", "ชื่อ", "จังหวัด", "อำเภอ", "ประเภท", "ร้าน จังหวัด"]
    (row,) = targets.read(filled(definition, "0012", "ก", "จ.ลำปาง", "เมือง", "หัตถกรรม", "ชลบุรี"), definition)
    assert (row.code, row.answers) == ("0012", {"name": "ก", "home": "5201", "kind": "craft", "shop": "20"})


def test_a_label_that_two_questions_have_gives_way_to_the_key() -> None:
    other = {**NAME, "key": "other"}
    definition = asking(NAME, other)
    assert headings(definition) == ["รหัส", "ชื่อ", "other"]
    (row,) = targets.read(filled(definition, "1a", "ก", "ข"), definition)
    assert row.answers == {"name": "ก", "other": "ข"}


def test_it_explains_itself_and_offers_the_options() -> None:
    definition = asking(NAME, KIND)
    _, _, name, kind = sheets(definition)[1]
    assert name == ["ชื่อ", "จำเป็น", "ตามทะเบียน"]
    assert kind == ["ประเภท", "จำเป็น", "เลือกหนึ่งข้อ: อาหาร, หัตถกรรม"]
    with ZipFile(io.BytesIO(workbook(definition))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert '<formula1>"อาหาร,หัตถกรรม"</formula1>' in sheet
    assert 'formatCode="@"' in styles  # text, so that codes keep their zeros


@pytest.mark.parametrize("name", ["programme-2563.yaml", "film.yaml", "research.yaml"])
def test_every_example_has_one(name: str) -> None:
    definition = reading.read((Path(__file__).parents[3] / "deploy/demo" / name).read_bytes())
    assert headings(definition)[0] in {"รหัส", "รหัสกลุ่ม", "code"}
