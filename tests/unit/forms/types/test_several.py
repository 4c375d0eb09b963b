"""Any number of options."""

import pytest
from factories.questions import asked, codes, form, read, refused

from shared.forms.checking import check
from shared.forms.showing import shown

SEVERAL = asked("several", max_choices=2, min_choices=2)


@pytest.mark.parametrize("typed", [["fence", "seeds"], "seeds, fence", "fence;seeds", ["", "seeds", "fence", "seeds"]])
def test_stored_as_keys_in_the_order_of_the_form_each_once(typed: object) -> None:
    assert read(SEVERAL, typed) == ["seeds", "fence"]


def test_nothing_chosen_is_not_answered() -> None:
    assert read(SEVERAL, [""]) is None
    assert read(SEVERAL, []) is None
    assert read(SEVERAL, " , ") is None


def test_refused() -> None:
    assert refused(SEVERAL, "seeds tools fence") == "too_many_choices"
    assert codes(SEVERAL, ["seeds", "rice"]) == {"answer": "option_unknown"}
    assert refused(SEVERAL, {"seeds": True}) == "not_a_list"


def test_too_few_are_no_fault_of_a_draft() -> None:
    typed = {"answer": ["seeds"]}
    assert check(form(SEVERAL), typed, files={}, complete=False).problems == ()
    assert [problem.code for problem in check(form(SEVERAL), typed, files={}, complete=True).problems] == ["too_few_choices"]


def test_shown_by_labels() -> None:
    assert shown(SEVERAL, ["seeds", "fence"]).th == "ข้อ seeds, ข้อ fence"
