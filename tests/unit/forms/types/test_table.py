"""Tables: typed columns, sums of the server (G4, G5)."""

from decimal import Decimal
from typing import Any

import pytest
from factories.questions import asked, codes, form, read, refused

from shared.forms.checking import Checked, check
from shared.forms.reading import Writing
from shared.forms.showing import shown

TABLE = asked("table", max_rows=3)
ROW = {"what": "ปุ๋ย", "count": "3", "amount": "1,250.50", "on": "29 พ.ค. 2563"}
STORED = {"what": "ปุ๋ย", "count": "3", "amount": "1250.50", "on": "2020-05-29"}


def checked(question: Any, typed: object, *, grant: Decimal | None = None, complete: bool = True) -> Checked:
    return check(form(question), {"answer": typed}, files={}, grant=grant, complete=complete)


def test_cells_are_typed_and_blank_rows_at_the_end_dropped() -> None:
    assert read(TABLE, [ROW, {"what": "", "count": None}, {}, None]) == [STORED]
    assert read(TABLE, [{}, ROW]) == [{}, STORED]
    assert read(TABLE, [{}, {"what": " "}]) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (
            [ROW, {"what": "x", "amount": "1.005", "on": "30/2/2563"}],
            {"answer[1].amount": "too_many_decimals", "answer[1].on": "day_impossible"},
        ),
        ([{"colour": "red"}], {"answer[0].colour": "unknown"}),
        (["x"], {"answer[0]": "not_a_row"}),
        ("x", {"answer": "not_rows"}),
        ([ROW] * 4, {"answer": "too_many_rows"}),
        ([[[[[["x"]]]]]], {"answer[0]": "not_a_row"}),
    ],
)
def test_refused_each_at_its_place(typed: object, found: dict[str, str]) -> None:
    assert codes(TABLE, typed) == found


def test_too_many_rows_are_refused_before_they_are_read() -> None:
    assert refused(TABLE, [{"amount": "x"}] * 100_000) == "too_many_rows"


@pytest.mark.parametrize("complete", [True, False])
def test_the_server_adds_up_and_looks_at_no_sum_that_was_sent(complete: bool) -> None:
    typed = {"rows": [ROW, ROW | {"amount": "0.01"}], "sums": {"amount": "1.00"}}
    assert checked(TABLE, typed, complete=complete).sums == {"answer": {"count": "6", "amount": "1250.51"}}
    assert checked(TABLE, None, complete=False).sums == {"answer": {"count": "0", "amount": "0.00"}}


def test_a_hundred_tenths_are_ten() -> None:
    table = asked("table", max_rows=100)
    assert checked(table, [{"what": "x", "amount": 0.1}] * 100).sums["answer"]["amount"] == "10.00"


def test_required_cells_and_rows_are_no_fault_of_a_draft() -> None:
    table = asked("table", min_rows=2)
    assert checked(table, [{"count": 1}], complete=False).problems == ()
    found = [(problem.path, problem.code) for problem in checked(table, [{"count": 1}]).problems]
    assert found == [(("answer",), "too_few_rows"), (("answer", 0, "what"), "missing"), (("answer", 0, "amount"), "missing")]


@pytest.mark.parametrize("at_most", ["grant", 2501])
@pytest.mark.parametrize("complete", [True, False])
def test_the_sum_of_money_stays_within_its_limit(at_most: Any, complete: bool) -> None:
    table = asked("table", at_most=at_most)
    assert checked(table, [ROW, ROW], grant=Decimal(2501), complete=complete).problems == ()
    problems = checked(table, [ROW, ROW | {"amount": "1250.51"}], grant=Decimal(2501), complete=complete).problems
    assert [(problem.path, problem.code) for problem in problems] == [(("answer", "amount"), "sum_above_most")]
    assert problems[0].text.en == "comes to 2,501.01, which is 0.01 more than 2,501"


def test_a_grant_that_is_not_known_is_no_limit_of_any_height() -> None:
    table = asked("table", at_most="grant")
    assert [problem.code for problem in checked(table, [ROW]).problems] == ["grant_unknown"]
    assert checked(table, [ROW], complete=False).problems == ()


def test_shown_row_by_row_with_sums() -> None:
    words = shown(TABLE, [STORED, {"what": "จอบ"}], Writing(currency="THB")).th
    assert words.splitlines() == [
        "รายการ: ปุ๋ย; จำนวน: 3; เงิน: 1,250.50 บาท; วันที่: 29 พฤษภาคม 2563",
        "รายการ: จอบ",
        "รวมจำนวน: 3; รวมเงิน: 1,250.50 บาท",
    ]
