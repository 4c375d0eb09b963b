"""Texts go out to proof-readers as a spreadsheet and come back."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from services.cli.texts.harvest import Found, harvest
from services.cli.texts.workbook import wrong

Run = Callable[..., CompletedProcess[str]]


def rows(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def write(path: Path, table: list[list[Any]]) -> None:
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(table):
            sheet.write_row(number, 0, row)


def test_every_text_goes_out_with_its_places_and_comes_back_unchanged(omsap: Run, tmp_path: Path) -> None:
    sent = omsap("texts", "export", "texts.xlsx", "--json")
    table = rows(tmp_path / "texts.xlsx")
    assert json.loads(sent.stdout)["texts"] == len(table) - 1
    where = {row[2]: row[3] for row in table}
    assert "shared/submissions/sheet.py" in where["returned for changes"]
    back = json.loads(omsap("texts", "check", "texts.xlsx", "--json").stdout)
    assert (back["changes"], back["faults"]) == ([], [])


def test_a_changed_text_is_shown_with_its_place_and_a_lost_slot_is_refused(omsap: Run, tmp_path: Path) -> None:
    omsap("texts", "export", "texts.xlsx")
    table = rows(tmp_path / "texts.xlsx")
    plain = next(row for row in table if row[2] == "returned for changes")
    plain[1] = "ส่งกลับให้กลุ่มแก้ไข"
    slotted = next(row for row in table if "{fields}" in row[1])
    slotted[1] = slotted[1].replace("{fields}", "")
    write(tmp_path / "back.xlsx", table)
    back = omsap("texts", "check", "back.xlsx", "--json")
    found = json.loads(back.stdout)
    assert back.returncode == 1
    assert [change["after"][0] for change in found["changes"] if "sheet.py" in change["where"][0]] == ["ส่งกลับให้กลุ่มแก้ไข"]
    assert len(found["faults"]) == 1
    assert "{fields}" in found["faults"][0]


def test_a_text_that_changed_since_the_export_is_named(omsap: Run, tmp_path: Path) -> None:
    write(tmp_path / "old.xlsx", [["key", "ไทย", "English", "where used"], ["0123456789ab", "เก่า", "old", "somewhere"]])
    back = omsap("texts", "check", "old.xlsx")
    assert back.returncode == 1
    assert "this text has changed since the export" in back.stdout


def test_places_of_a_text_are_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "services").mkdir()
    (tmp_path / "shared/one.py").write_text('X = Text("หนึ่ง {count}", "one {count}")\nY = "สอง"\n', encoding="utf-8")
    (tmp_path / "services/two.html").write_text("<p>{{ t('สาม', 'three') }}</p>\n<p>สี่</p>", encoding="utf-8")
    (tmp_path / "services/three.js").write_text('// ความเห็น\nconst a = ["ห้า", "five"];\nconst b = "หก";\n', encoding="utf-8")
    found = harvest(tmp_path)
    assert [(text.where, text.en) for text in found.texts] == [
        ("services/three.js:2", "five"),
        ("services/two.html:1", "three"),
        ("shared/one.py:1", "one {count}"),
    ]
    assert [stray.rpartition(" ")[2] for stray in found.stray] == ['"หก";', "<p>สี่</p>", "สอง"]


def test_both_forms_of_a_plural_and_the_typed_texts_of_a_class_are_found(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    several = 'a = plural(2, th="{count} คน", one="{count} person", many="{count} people")\n'
    refusal = 'class No:\n    th: str = "ไม่"\n    en: str = "no"\n'
    (tmp_path / "shared/one.py").write_text(several + refusal, encoding="utf-8")
    found = harvest(tmp_path)
    assert [text.en for text in found.texts] == ["no", "{count} person", "{count} people"]
    assert found.stray == []


@pytest.mark.parametrize(
    ("th", "en", "slots"),
    [
        ("{first_th} ใน {line}", "{first_en} in {line}", None),
        ("{first_th} ใน {line}", "{first_en}", "{line}"),
        ("{first_th}", "{last_en}", "{first}, {last}"),
        ("เรียน {{ name }} {% for file in files %}{{ file }}{% endfor %}", "Dear {{ name }}", None),
    ],
)
def test_slots_are_compared_without_their_language_and_mails_not_between_languages(th: str, en: str, slots: str | None) -> None:
    problem = wrong(Found("here", th, en))
    assert (problem.en if problem else None) == (slots and f"both languages must have the slots {slots}")


def test_a_mail_keeps_its_variables_in_each_language() -> None:
    mail = Found("here", "เรียน {{ name }} {% if late %}ช้า{% endif %}", "Dear {{ name }}")
    assert wrong(mail, like=mail) is None
    for th, en, slot in [(mail.th, "Dear", "{name}"), (mail.th.replace("late", "tired"), mail.en, "{late}, {tired}")]:
        problem = wrong(Found("here", th, en), like=mail)
        assert problem is not None
        assert problem.en.endswith(f"the slots {slot}")
    broken = wrong(Found("here", "เรียน {{ name", mail.en), like=mail)
    assert broken is not None
    assert "no partner" in broken.en


def test_a_slot_of_the_other_language_is_refused() -> None:
    pair = Found("here", "{first_th}", "{first_en}")
    assert wrong(Found("here", "{first_en}", "{first_th}"), like=pair) is not None
