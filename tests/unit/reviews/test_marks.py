"""Marks against criteria."""

from decimal import Decimal

import pytest

from shared.programmes.stages import Criterion
from shared.reviews.marks import MarksInvalid, checked
from shared.text import Text

PLAN = Criterion(key="plan", label=Text(th="แผน", en="Plan"), weight=Decimal(60))
CLIP = Criterion(key="clip", label=Text(th="คลิป", en="Clip"), min=Decimal(1), max=Decimal(5), step=Decimal("0.5"), weight=Decimal(40))


def test_marks_are_kept_as_short_decimals() -> None:
    assert checked({"plan": Decimal("10.0"), "clip": Decimal("2.50")}, (PLAN, CLIP), complete=True) == {"plan": "10", "clip": "2.5"}


def test_draft_may_lack_marks() -> None:
    assert checked({"plan": None}, (PLAN, CLIP), complete=False) == {}


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("0.5", "between 1 and 5"),
        ("5.5", "between 1 and 5"),
        ("1.2", "steps of 0.5"),
        ("2.0000000000000000000000000000000001", "steps of 0.5"),
        ("NaN", "between"),
        ("Infinity", "between"),
        ("1e9", "between"),
    ],
)
def test_mark_outside_its_criterion_is_refused_in_draft_and_for_good(mark: str, words: str) -> None:
    for complete in (False, True):
        with pytest.raises(MarksInvalid, match=words):
            checked({"plan": Decimal(1), "clip": Decimal(mark)}, (PLAN, CLIP), complete=complete)


def test_every_fault_comes_at_once() -> None:
    with pytest.raises(MarksInvalid) as caught:
        checked({"plan": Decimal(11), "style": Decimal(1)}, (PLAN, CLIP), complete=True)
    assert [error["criterion"] for error in caught.value.facts["errors"]] == ["style", "plan", "clip"]
    assert "คลิป ยังไม่ได้ให้คะแนน" in caught.value.detail("th")
