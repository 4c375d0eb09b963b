"""A yes."""

import pytest
from factories.questions import asked, form, read, refused

from shared.forms.checking import check
from shared.forms.showing import shown

CONSENT = asked("consent")


@pytest.mark.parametrize("typed", ["yes", "on", "TRUE", "1", 1, True, "ใช่"])
def test_yes(typed: object) -> None:
    assert read(CONSENT, typed) is True


@pytest.mark.parametrize("typed", ["no", "off", "false", "0", 0, False, "ไม่ใช่"])
def test_no_is_an_answer(typed: object) -> None:
    assert read(CONSENT, typed) is False
    assert shown(CONSENT, False).en == "no"


@pytest.mark.parametrize("typed", ["perhaps", 2, ["yes"]])
def test_refused(typed: object) -> None:
    assert refused(CONSENT, typed) in {"not_yes_or_no", "not_text"}


@pytest.mark.parametrize(
    ("required", "typed", "found"), [(True, "no", ["consent_needed"]), (True, "", ["missing"]), (True, "yes", []), (False, "no", [])]
)
def test_required_means_yes(required: bool, typed: str, found: list[str]) -> None:
    checked = check(form(asked("consent", required=required)), {"answer": typed}, files={}, complete=True)
    assert [problem.code for problem in checked.problems] == found
