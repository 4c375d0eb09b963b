"""A number before and after."""

from typing import Any

import pytest
from factories.questions import asked, codes, form, read

from shared.forms.checking import check
from shared.forms.showing import shown

MEMBERS = asked("indicator", unit={"th": "คน", "en": "people"})


def test_what_is_not_given_is_never_zero() -> None:
    assert read(MEMBERS, {"before": "1,250", "after": ""}) == {"before": "1250", "after": None}
    assert read(MEMBERS, {"after": 0}) == {"before": None, "after": "0"}
    assert read(MEMBERS, {"before": "", "after": None}) is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"before": "x", "after": "1.5"}, {"answer.before": "not_a_number", "answer.after": "too_many_decimals"}),
        ({"before": 1, "middle": 2}, {"answer.middle": "unknown"}),
        ("5", {"answer": "not_a_pair"}),
    ],
)
def test_refused_each_at_its_place(typed: object, found: dict[str, str]) -> None:
    assert codes(MEMBERS, typed) == found


@pytest.mark.parametrize(
    ("required", "typed", "found"), [(True, {"before": 1}, [("answer", "after")]), (False, {"before": 1}, []), (True, {}, [("answer",)])]
)
def test_not_given_only_where_it_is_not_required(required: bool, typed: Any, found: list[Any]) -> None:
    checked = check(form(asked("indicator", required=required)), {"answer": typed}, files={}, complete=True)
    assert [problem.path for problem in checked.problems] == found


def test_shown() -> None:
    assert shown(MEMBERS, {"before": "1250", "after": None}).th == "ก่อน 1,250 คน หลัง ไม่ได้ระบุ"
