"""A table of target groups → rows, or every error at once with its row."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from shared.programmes import columns, reading, targets
from shared.programmes.definition import Definition
from shared.programmes.sheets import MOST_ROWS, TableTooLarge, TableUnreadable
from shared.programmes.targets import TargetRow, TargetsInvalid

HERE = Path(__file__).parents[3]
FIRST = HERE / "deploy/demo/targets-2563.csv"
NETWORK = reading.read((HERE / "deploy/demo/programme-2563.yaml").read_bytes())
THAI = [column.headings[0] for column in columns.columns(NETWORK)]
ROW = ["SG-0001", "กลุ่มบ้านนา", "3", "ลำปาง", "แม่ทะ", "ดอนไฟ", "ขนม", "นางสมใจ", "a@groups.example", "0812345678"]


def read(content: bytes, definition: Definition = NETWORK) -> list[TargetRow]:
    return targets.read(content, definition)


def csv(*rows: list[str], headings: list[str] = THAI, encoding: str = "utf-8") -> bytes:
    return "".join(",".join(row) + "\r\n" for row in (headings, *rows)).encode(encoding)


def xlsx(*rows: Sequence[object]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((THAI, *rows)):
            sheet.write_row(number, 0, row)
    return content.getvalue()


def faults(content: bytes, definition: Definition = NETWORK) -> list[tuple[int, str, str]]:
    with pytest.raises(TargetsInvalid) as caught:
        read(content, definition)
    return [(error["row"], error["column"], error["en"]) for error in caught.value.facts["errors"]]


def test_demo_has_thirty_six_groups() -> None:
    groups = read(FIRST.read_bytes())
    assert len({group.code for group in groups}) == len(groups) == 36
    assert all(group.answers["email"].endswith(".example") for group in groups)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_csv_in_every_encoding_of_thai_machines_reads_the_same(encoding: str) -> None:
    assert read(csv(ROW, encoding=encoding)) == read(csv(ROW))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv_with_another_delimiter_reads_the_same(delimiter: str) -> None:
    assert read(csv(ROW).replace(b",", delimiter.encode())) == read(csv(ROW))


def test_a_row_is_the_answers_to_the_form_of_a_savings_group() -> None:
    assert THAI == ["รหัสกลุ่ม", "ชื่อกลุ่ม", "หมู่ที่", "จังหวัด", "อำเภอ", "ตำบล", "กิจการ", "ผู้ประสานงาน", "อีเมล", "โทรศัพท์"]
    answers = {
        "name": "กลุ่มบ้านนา",
        "village_no": "3",
        "place": "521007",
        "business": "ขนม",
        "contact_name": "นางสมใจ",
        "email": "a@groups.example",
        "phone": "+66812345678",
    }
    assert read(csv(ROW)) == [TargetRow("SG-0001", answers)]


ENGLISH = ["CODE", "Group", "village no.", "Province", "district", "Subdistrict", "BUSINESS", "contact", "e-mail", "Telephone"]
KEYS = ["code", "name", "village_no", "place.province", "place.amphoe", "place.tambon", "business", "contact_name", "email", "phone"]
OLD = ["รหัส", "กลุ่ม", "หมู่", "จังหวัด", "อำเภอ", "ตำบล", "ธุรกิจชุมชน", "ผู้ติดต่อ", "อีเมล์", "เบอร์โทร"]


@pytest.mark.parametrize("headings", [ENGLISH, KEYS, OLD], ids=["english", "keys", "synonyms"])
def test_headings_are_labels_keys_or_synonyms_in_any_case_and_order(headings: list[str]) -> None:
    assert read(csv(ROW[::-1], headings=headings[::-1])) == read(csv(ROW))


def test_xlsx_reads_as_csv_does_and_whole_numbers_lose_their_fraction() -> None:
    assert read(xlsx([*ROW[:2], 3.0, *ROW[3:]])) == read(csv(ROW))


def test_code_and_phone_as_numbers_are_refused_with_their_row() -> None:
    assert faults(xlsx(ROW, [1.1e12, *ROW[1:9], 812345678])) == [
        (3, "รหัสกลุ่ม", "is a number and may have lost its leading zeros; format the cells as text"),
        (3, "โทรศัพท์", "the number is no text and may have lost its leading zero; please send it as text"),
    ]


def test_every_fault_of_a_table_comes_at_once() -> None:
    bad = csv(
        ["SG-0001", "ก", "1", "ฉะเชิงเทรา", "คลองเขื่อน", "คลองเขื่อน", "ข", "น", "no-address", "1"],
        [""] * 10,
        ["SG-0001", "", "1", "ลำปาง", "แม่ทะ", "", "ข" * 301, "น", "", ""],
        ["SG-0002", "ก", "1", "", "", "", "ข", "น", "", ""],
    )
    assert faults(bad) == [
        (2, "อีเมล", "is not an e-mail address; it looks like name@example.com"),
        (2, "โทรศัพท์", "is not a telephone number; please type one complete number, as 081 234 5678 or +44 20 7946 0958"),
        (4, "ชื่อกลุ่ม", "is empty"),
        (4, "ตำบล", "please say the tambon, too"),
        (4, "กิจการ", "has 301 characters, more than 300; please make it shorter"),
        (4, "รหัสกลุ่ม", "code SG-0001 stands in row 2 already"),
        (5, "จังหวัด", "is empty"),
    ]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (["จ.ลำปาง", "อ.แม่ทะ", "ต.ดอนไฟ"], "521007"),
        (["Lampang", "Mae Tha", "Don Fai"], "521007"),
        (["52", "5210", "521007"], "521007"),
        (["จังหวัดฉะเชิงเทรา", "อำเภอคลองเขื่อน", "ตำบลคลองเขื่อน"], "241102"),
    ],
)
def test_places_are_known_however_they_are_written(place: list[str], code: str) -> None:
    (found,) = read(csv([*ROW[:3], *place, *ROW[6:]]))
    assert found.answers["place"] == code


@pytest.mark.parametrize(
    ("place", "column", "text"),
    [
        (["จ.ลำปาว", "แม่ทะ", "ดอนไฟ"], "จังหวัด", "there is no province called จ.ลำปาว there; please check the spelling"),
        (["ลำปาง", "คลองเขื่อน", "ดอนไฟ"], "อำเภอ", "there is no amphoe called คลองเขื่อน there; please check the spelling"),
        (["ลำปาง", "แม่ทะ", "คลองเขื่อน"], "ตำบล", "there is no tambon called คลองเขื่อน there; please check the spelling"),
    ],
)
def test_unknown_places_are_refused_at_their_own_column(place: list[str], column: str, text: str) -> None:
    assert faults(csv(ROW, [*ROW[:3], *place, *ROW[6:]])) == [
        (3, column, text),
        (3, "รหัสกลุ่ม", "code SG-0001 stands in row 2 already"),
    ]


def test_place_may_stand_in_one_column() -> None:
    headings = [*THAI[:3], "ที่ตั้ง", *THAI[6:]]
    assert read(csv([*ROW[:3], "ต.ดอนไฟ อ.แม่ทะ จ.ลำปาง", *ROW[6:]], headings=headings)) == read(csv(ROW))
    assert faults(csv([*ROW[:3], "521001", *ROW[3:]], headings=[*THAI[:3], "ที่ตั้ง", *THAI[3:]]))[0] == (
        1,
        "จังหวัด",
        "says the same as the column ที่ตั้ง",
    )


def test_missing_and_repeated_columns_are_named() -> None:
    assert faults(csv(ROW, headings=["ชื่อกลุ่ม", "group", *THAI[2:]])) == [
        (1, "group", "says the same as the column ชื่อกลุ่ม"),
        (1, "รหัสกลุ่ม", "there is no such column"),
    ]


@pytest.mark.parametrize("name", ["name", " NAME "])
def test_another_form_has_other_columns(name: str) -> None:
    film = reading.read((HERE / "deploy/demo/film.yaml").read_bytes())
    (row,) = read(csv(["F-1", "Jane Doe", "Chile", "Jane@films.example"], headings=["code", name, "country", "email"]), film)
    assert row == TargetRow("F-1", {"name": "Jane Doe", "country": "Chile", "email": "jane@films.example"})


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
