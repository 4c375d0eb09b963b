"""A table of target groups → rows, or every error at once with its row."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from shared.programmes.columns import HEADINGS
from shared.programmes.targets import MOST_ROWS, TableTooLarge, TableUnreadable, TargetsInvalid, read

FIRST = Path(__file__).parents[3] / "deploy/demo/targets-2563.csv"
THAI = [headings[0] for headings in HEADINGS.values()]
ROW = ["SG-0001", "กลุ่มบ้านนา", "3", "ตำบล", "อำเภอ", "ลำปาง", "ขนม", "นางสมใจ", "a@groups.example", "0812345678"]


def csv(*rows: list[str], headings: list[str] = THAI, encoding: str = "utf-8") -> bytes:
    return "".join(",".join(row) + "\r\n" for row in (headings, *rows)).encode(encoding)


def xlsx(*rows: Sequence[object]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((THAI, *rows)):
            sheet.write_row(number, 0, row)
    return content.getvalue()


def faults(content: bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(TargetsInvalid) as caught:
        read(content)
    return [(error["row"], error["column"], error["en"]) for error in caught.value.facts["errors"]]


def test_demo_has_thirty_six_groups() -> None:
    groups = read(FIRST.read_bytes())
    assert len({group.code for group in groups}) == len(groups) == 36
    assert all(group.email and group.email.endswith(".example") for group in groups)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_csv_in_every_encoding_of_thai_machines_reads_the_same(encoding: str) -> None:
    assert read(csv(ROW, encoding=encoding)) == read(csv(ROW))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv_with_another_delimiter_reads_the_same(delimiter: str) -> None:
    assert read(csv(ROW).replace(b",", delimiter.encode())) == read(csv(ROW))


def test_english_headings_in_any_case_and_order_are_known() -> None:
    english = [field.upper() for field in HEADINGS]
    assert read(csv(ROW[::-1], headings=english[::-1])) == read(csv(ROW))


def test_xlsx_reads_as_csv_does_and_whole_numbers_lose_their_fraction() -> None:
    assert read(xlsx([*ROW[:2], 3.0, *ROW[3:]])) == read(csv(ROW))


def test_code_and_phone_as_numbers_are_refused_with_their_row() -> None:
    assert faults(xlsx(ROW, [1.1e12, *ROW[1:9], 812345678])) == [
        (3, "รหัสกลุ่ม", "code is a number and may have lost its leading zeros; format the cells as text"),
        (3, "โทรศัพท์", "phone is a number and may have lost its leading zeros; format the cells as text"),
    ]


def test_every_fault_of_a_table_comes_at_once() -> None:
    bad = csv(
        ["SG-0001", "ก", "1", "ต", "อ", "จ", "ข", "น", "no-address", "1"],
        [""] * 10,
        ["SG-0001", "", "1", "ต", "อ", "x" * 301, "ข", "น", "", ""],
    )
    assert faults(bad) == [
        (2, "อีเมล", "no-address is not an e-mail address"),
        (2, "โทรศัพท์", "1 is not a telephone number"),
        (4, "ชื่อกลุ่ม", "name is empty"),
        (4, "จังหวัด", "is longer than 300 characters"),
        (4, "code", "code SG-0001 stands in row 2 already"),
    ]


def test_missing_and_repeated_columns_are_named() -> None:
    assert faults(csv(ROW, headings=["ชื่อกลุ่ม", "group", *THAI[2:]])) == [
        (1, "group", "the column group stands twice"),
        (1, "รหัสกลุ่ม", "there is no column code"),
    ]


def test_table_without_groups_is_refused() -> None:
    assert faults(csv()) == [(1, "", "the table holds no group")]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"PK\x03\x04 no archive", b"\xff\xfe\x00", b"\x00\x01\x02", b'a,b\n"c,d\n'])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises((TableUnreadable, TargetsInvalid)):
        read(content)


def test_archive_that_unfolds_beyond_measure_is_refused_before_it_does() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as part:
        for _ in range(201):
            part.write(b"\0" * 1024 * 1024)
    with pytest.raises(TableTooLarge):
        read(content.getvalue())


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(TableTooLarge):
        read(csv(*[[f"SG-{number}", *ROW[1:]] for number in range(MOST_ROWS + 1)]))
