"""Telephone numbers in one form (G7)."""

import pytest
from factories.questions import asked, read, refused

from shared.forms.showing import shown

TELEPHONE = asked("telephone")


@pytest.mark.parametrize(
    "typed", ["0612345678", "06-1234-5678", "061 234 5678", "+66612345678", "+66 (0)61 234 5678", "๐๖๑๒๓๔๕๖๗๘", "โทร. 061-2345678"]
)
def test_any_spacing_is_one_number(typed: str) -> None:
    assert read(TELEPHONE, typed) == "+66612345678"


def test_extension() -> None:
    assert read(TELEPHONE, "02-123-4567 ต่อ 12") == read(TELEPHONE, "+66 2 123 4567 ext.12") == "+6621234567;ext=12"
    assert shown(TELEPHONE, "+6621234567;ext=12").th == "02 123 4567 ต่อ 12"


def test_a_number_has_lost_its_leading_zero() -> None:
    assert refused(TELEPHONE, 812345678) == "telephone_not_text"
    assert refused(TELEPHONE, 812345678.0) == "telephone_not_text"


@pytest.mark.parametrize("typed", ["1669", "08123456789", "081-234-5678, 02-123-4567", "not yet", "++66812345678", "0" * 5000])
def test_refused(typed: str) -> None:
    assert refused(TELEPHONE, typed) == "not_a_telephone"
