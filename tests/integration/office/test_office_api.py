"""The officers' door: programmes, targets, invitations, lists, exports."""

import csv
import io
from typing import Any

import factories
import pytest
from factories.doors import Door
from factories.query_count import QueryCount
from python_calamine import CalamineWorkbook
from sqlalchemy import Engine, func, select

from shared.database import transaction
from shared.people.models import Role
from shared.programmes.columns import columns
from shared.programmes.models import RegisterEntry
from shared.submissions.sheet import Standing

pytestmark = pytest.mark.usefixtures("clean")
AT = "office/programmes/little"


@pytest.fixture
def doors(engine: Engine) -> dict[str, Door]:
    with transaction() as session:
        people = {
            "officer": factories.account(session, "officer", Role.OFFICER),
            "lampang": factories.account(session, "lampang", Role.OFFICER, province="ลำปาง"),
            "administrator": factories.account(session, "administrator", Role.ADMINISTRATOR),
            "operator": factories.account(session, "operator", Role.OPERATOR),
        }
        return {name: Door(factories.token(session, person)) for name, person in people.items()}


@pytest.fixture
def loaded(doors: dict[str, Door]) -> dict[str, Door]:
    with transaction() as session:
        programme = factories.programme(session)
        factories.submissions(session, programme, 2)
        (one,) = factories.submissions(session, programme, 1, province="ลำปาง", first=3, status=Standing.INVITED)
        assert one.reference == "LT63-0003"
    return doors


def table(*rows: list[str]) -> dict[str, Any]:
    content = io.StringIO()
    csv.writer(content).writerows([[column.headings[0] for column in columns(factories.definition())], *rows])
    return {"file": ("กลุ่ม.csv", content.getvalue().encode(), "text/csv")}


ROW = ["SG-1", "กลุ่มบ้านนา", "3", "จ.ลำปาง", "แม่ทะ", "ดอนไฟ", "ขนม", "นางสมใจ", "a@groups.example", "0812345678"]


def test_programme_is_loaded_as_yaml_or_json_and_the_same_again_changes_nothing(doors: dict[str, Door]) -> None:
    officer = doors["officer"]
    first = officer("PUT", AT, 201, content=factories.DEFINITION.encode())
    assert (first["version"], first["changed"]) == (1, True)
    assert officer("PUT", AT, json=factories.document())["changed"] is False
    assert officer("PUT", AT, json=factories.document(fiscal_year="2564"))["version"] == 2
    assert officer("GET", AT)["definition"]["fiscal_year"] == 2564
    assert [one["slug"] for one in officer("GET", "office/programmes")["programmes"]] == ["little"]


def test_bad_programme_gets_every_error_with_its_line(doors: dict[str, Door]) -> None:
    bad = factories.DEFINITION.replace("keep: 4", "keep: many").replace("deadline: hand_in", "deadline: never")
    refused = doors["officer"]("PUT", AT, 422, content=bad.encode())
    assert refused["code"] == "programme_invalid"
    assert [(error["line"], error["path"]) for error in refused["errors"]] == [(13, "deadline"), (17, "rounds[0].keep")]


def test_programme_under_another_name_is_refused(doors: dict[str, Door]) -> None:
    assert doors["officer"]("PUT", "office/programmes/other", 422, content=factories.DEFINITION.encode())["code"] == "slug_differs"


@pytest.mark.parametrize(("who", "status"), [("lampang", 403), ("operator", 403), ("administrator", 201)])
def test_programmes_are_loaded_by_those_who_manage_them(doors: dict[str, Door], who: str, status: int) -> None:
    doors[who]("PUT", AT, status, content=factories.DEFINITION.encode())


def test_programme_that_was_saved_meanwhile_shows_both_documents(doors: dict[str, Door]) -> None:
    officer = doors["officer"]
    officer("PUT", AT, 201, content=factories.DEFINITION.encode())
    etag = officer.raw("GET", AT).headers["etag"]
    assert etag == '"1"'
    assert officer.raw("PUT", AT, json=factories.document(fiscal_year="2564"), headers={"If-Match": etag}).headers["etag"] == '"2"'
    for named in ({"headers": {"If-Match": etag}}, {"params": {"version": 1}}):
        refused = officer("PUT", AT, 409, json=factories.document(fiscal_year="2565"), **named)
        (clash,) = refused["clashes"]
        assert (refused["code"], clash["mine"]["fiscal_year"], clash["theirs"]["fiscal_year"], clash["version"]) == (
            "edited_meanwhile", 2565, 2564, 2,
        )  # fmt: skip
    assert officer("PUT", f"{AT}?version=2", json=factories.document(fiscal_year="2565"))["version"] == 3
    assert officer("PUT", AT, 422, json=factories.document(), headers={"If-Match": "yesterday"})["code"] == "version_unclear"
    assert officer("PUT", AT, json=factories.document(fiscal_year="2566"), headers={"If-Match": "*"})["version"] == 4
    assert officer("PUT", "office/programmes/new?version=3", 404, json=factories.document(slug="new", reference_prefix="N"))


def test_versions_of_a_document_are_kept_with_who_and_when(doors: dict[str, Door]) -> None:
    officer = doors["officer"]
    officer("PUT", AT, 201, content=factories.DEFINITION.encode())
    doors["administrator"]("PUT", AT, json=factories.document(fiscal_year="2564"))
    versions = officer("GET", f"{AT}/versions")["versions"]
    assert [(one["version"], one["saved_by"]) for one in versions] == [(2, "administrator"), (1, "officer")]
    assert officer("GET", f"{AT}/versions/1")["definition"]["fiscal_year"] == 2563
    assert officer("GET", f"{AT}/versions/7", 404)["code"] == "version_unknown"
    doors["lampang"]("GET", f"{AT}/versions", 403)


def test_prefix_of_another_programme_is_refused_in_words(doors: dict[str, Door]) -> None:
    officer = doors["officer"]
    officer("PUT", AT, 201, content=factories.DEFINITION.encode())
    refused = officer("PUT", "office/programmes/copy", 409, json=factories.document(slug="copy"))
    assert (refused["code"], refused["programme"]) == ("prefix_in_use", "little")
    assert "โครงการเล็ก" in refused["detail"]


def test_import_of_one_programme_never_changes_another(doors: dict[str, Door]) -> None:
    officer, other = doors["officer"], "office/programmes/other"
    officer("PUT", AT, 201, content=factories.DEFINITION.encode())
    officer("PUT", other, 201, json=factories.document(slug="other", reference_prefix="OT63"))
    officer("POST", f"{AT}/targets", files=table(ROW))
    renamed = [ROW[0], "กลุ่มชื่อใหม่", *ROW[2:-1], "0899999999"]
    assert officer("POST", f"{other}/targets", files=table(renamed))["groups_new"] == 1
    for at in (AT, other):
        officer("POST", f"{at}/invitations")
    groups = [officer("GET", f"{at}/submissions")["submissions"][0]["group"] for at in (AT, other)]
    assert [(one["code"], one["name"], one["phone"]) for one in groups] == [
        ("SG-1", "กลุ่มบ้านนา", "+66812345678"),
        ("SG-1", "กลุ่มชื่อใหม่", "+66899999999"),
    ]
    assert officer("POST", f"{AT}/targets", files=table(ROW))["groups_same"] == 1
    with transaction() as session:  # both are one entry of the organisation's register
        assert session.scalar(select(func.count()).select_from(RegisterEntry)) == 1


def test_imported_places_reach_the_officers_of_the_province(doors: dict[str, Door]) -> None:
    officer = doors["officer"]
    officer("PUT", AT, 201, content=factories.DEFINITION.encode())
    officer("POST", f"{AT}/targets", files=table(ROW))
    officer("POST", f"{AT}/invitations")
    (seen,) = doors["lampang"]("GET", f"{AT}/submissions")["submissions"]
    assert (seen["group"]["province"], seen["group"]["amphoe"], seen["group"]["tambon"]) == ("ลำปาง", "แม่ทะ", "ดอนไฟ")
    answers = {one["key"]: one["text"]["th"] for one in seen["group"]["answers"]}
    assert (answers["place"], answers["business"], answers["phone"]) == ("ต.ดอนไฟ อ.แม่ทะ จ.ลำปาง", "ขนม", "081 234 5678")
    unknown = [ROW[0], ROW[1], "3", "จ.ลำปาว", *ROW[4:]]
    (fault,) = officer("POST", f"{AT}/targets?dry_run=true", 422, files=table(unknown))["errors"]
    assert (fault["row"], fault["column"]) == (2, "จังหวัด")


def test_unknown_programme_answers_404(doors: dict[str, Door]) -> None:
    assert doors["officer"]("GET", AT, 404)["code"] == "programme_unknown"


def test_targets_are_imported_after_a_dry_run_and_invited_once(doors: dict[str, Door]) -> None:
    officer = doors["officer"]
    officer("PUT", AT, 201, content=factories.DEFINITION.encode())
    rows = [[f"SG-{number}", *ROW[1:]] for number in range(3)]
    dry = officer("POST", f"{AT}/targets?dry_run=true", files=table(*rows))
    assert (dry["dry_run"], dry["groups_new"], officer("GET", AT)["targets"]) == (True, 3, 0)
    done = officer("POST", f"{AT}/targets", files=table(*rows))
    assert {**dry, "dry_run": False} == done
    changed = officer("POST", f"{AT}/targets", files=table(["SG-0", "กลุ่มใหม่", *ROW[2:]], rows[1]))
    assert [changed[name] for name in ("groups_new", "groups_changed", "groups_same", "targets_new", "targets_total")] == [0, 1, 1, 0, 3]
    invited = officer("POST", f"{AT}/invitations")
    assert [one["reference"] for one in invited["submissions"]] == ["LT63-0001", "LT63-0002", "LT63-0003"]
    assert officer("POST", f"{AT}/invitations") == {"invited": 0, "remaining": 0, "submissions": []}
    assert officer("GET", AT)["statuses"] == {"invited": 3}


def test_bad_table_changes_nothing_and_tells_every_fault(doors: dict[str, Door]) -> None:
    officer = doors["officer"]
    officer("PUT", AT, 201, content=factories.DEFINITION.encode())
    refused = officer("POST", f"{AT}/targets", 422, files=table(ROW, ROW, ["SG-2", "", *ROW[2:8], "x", ""]))
    assert refused["code"] == "targets_invalid"
    assert [(error["row"], error["column"]) for error in refused["errors"]] == [(3, "รหัสกลุ่ม"), (4, "ชื่อกลุ่ม"), (4, "อีเมล")]
    assert officer("GET", AT)["targets"] == 0


def test_officer_of_a_province_sees_its_groups_only(loaded: dict[str, Door]) -> None:
    everything = loaded["officer"]("GET", f"{AT}/submissions")["submissions"]
    (own,) = loaded["lampang"]("GET", f"{AT}/submissions")["submissions"]
    assert len(everything) == 3
    assert own == everything[2]
    assert own["group"]["phone"] == "+6620000000"
    assert loaded["lampang"]("GET", AT)["statuses"] == {"invited": 1}
    assert "total_baht" not in loaded["lampang"]("GET", AT)
    assert loaded["administrator"]("GET", f"{AT}/submissions")["submissions"] == []
    loaded["operator"]("GET", f"{AT}/submissions", 403)


def test_submissions_are_listed_in_pages_and_by_what_is_looked_for(loaded: dict[str, Door]) -> None:
    officer = loaded["officer"]

    def references(query: str) -> list[str]:
        return [one["reference"] for one in officer("GET", f"{AT}/submissions?{query}")["submissions"]]

    first = officer("GET", f"{AT}/submissions?limit=2")
    assert (first["next"], references(f"limit=2&after={first['next']}")) == ("LT63-0002", ["LT63-0003"])
    assert references("status=accepted") == ["LT63-0001", "LT63-0002"]
    assert references("province=ลำปาง") == ["LT63-0003"]
    assert references("q=0002") == ["LT63-0002"]
    assert references("q=%25") == []


def test_list_takes_as_many_queries_for_three_rows_as_for_one(loaded: dict[str, Door], query_count: QueryCount) -> None:
    officer = loaded["officer"]
    assert query_count(lambda: officer("GET", f"{AT}/submissions?limit=1")) == 7
    assert query_count(lambda: officer("GET", f"{AT}/submissions?limit=3")) == 7


@pytest.mark.parametrize(("who", "rows"), [("officer", 3), ("lampang", 1)])
def test_exports_hold_what_the_person_may_see(loaded: dict[str, Door], who: str, rows: int) -> None:
    door = loaded[who]
    answer = door.raw("GET", f"{AT}/exports/contacts.xlsx")
    assert "attachment" in answer.headers["content-disposition"]
    with CalamineWorkbook.from_object(io.BytesIO(answer.content)) as book:
        sheet = book.get_sheet_by_index(0).to_python()
    assert (len(sheet) - 1, sheet[-1][0], sheet[-1][8]) == (rows, "LT63-0003", "02 000 0000")
    assert (sheet[0][9], sheet[-1][9]) == ("สถานะ", "ได้รับเชิญ")
    text = door.raw("GET", f"{AT}/exports/results.csv").content.decode("utf-8-sig")
    headings, *results = csv.reader(io.StringIO(text))
    assert len(results) == rows
    assert results[-1][headings.index("สถานะ")] == "ได้รับเชิญ"
    assert len(door.raw("GET", f"{AT}/exports/grants.csv").content.decode().splitlines()) == 1


def test_export_that_does_not_exist_is_refused_in_words(loaded: dict[str, Door]) -> None:
    assert loaded["officer"]("GET", f"{AT}/exports/bpm.zip", 404)["code"] == "export_unknown"
    assert loaded["officer"]("GET", f"{AT}/exports/secrets.csv", 404)["code"] == "export_unknown"
    assert loaded["administrator"]("GET", f"{AT}/exports/contacts.csv", 403)["code"] == "not_allowed"


def test_cell_that_looks_like_a_formula_stays_text(loaded: dict[str, Door]) -> None:
    row = ["SG-9", "=1+1", *ROW[2:]]
    loaded["officer"]("POST", f"{AT}/targets", files=table(row))
    with transaction() as session:
        programme = factories.programme(session)
        assert programme.next_reference == 1
        programme.next_reference = 9
    loaded["officer"]("POST", f"{AT}/invitations")
    text = loaded["officer"].raw("GET", f"{AT}/exports/contacts.csv").content.decode("utf-8-sig")
    assert "'=1+1" in text
    with CalamineWorkbook.from_object(io.BytesIO(loaded["officer"].raw("GET", f"{AT}/exports/contacts.xlsx").content)) as book:
        assert book.get_sheet_by_index(0).to_python()[-1][2] == "=1+1"
