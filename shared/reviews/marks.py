"""Marks against the criteria of a round, pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from shared.errors import Invalid
from shared.programmes.stages import Criterion
from shared.text import Text

UNKNOWN_CRITERION = Text("ไม่มีเกณฑ์ {criterion}", "there is no criterion {criterion}")
MARK_MISSING = Text("{criterion} ยังไม่ได้ให้คะแนน", "{criterion} has no mark yet")
OUT_OF_RANGE = Text("{criterion} ต้องอยู่ระหว่าง {min} ถึง {max}", "{criterion} must lie between {min} and {max}")
BETWEEN_STEPS = Text("{criterion} ต้องเป็นขั้นละ {step}", "{criterion} goes in steps of {step}")


class MarksInvalid(Invalid):
    """Some marks are not what the criteria allow; `errors` holds all of them."""

    th = "คะแนนไม่ถูกต้อง: {all_th}"
    en = "The marks are not valid: {all_en}"

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(
            errors=errors, all_th="; ".join(error["th"] for error in errors), all_en="; ".join(error["en"] for error in errors)
        )


def checked(marks: Mapping[str, Decimal | None], criteria: Sequence[Criterion], *, complete: bool) -> dict[str, str]:
    """Return marks as they are stored: criterion → decimal text, without those not given yet.

    Each lies within its criterion's range and on its steps; with `complete` every criterion has one. Raises MarksInvalid with every
    fault at once.
    """
    known = {criterion.key: criterion for criterion in criteria}
    errors = [_error(key, UNKNOWN_CRITERION.fill(criterion=key)) for key in marks if key not in known]
    given: dict[str, str] = {}
    for criterion in criteria:
        mark = marks.get(criterion.key)
        if mark is None:
            if complete:
                errors.append(_error(criterion.key, MARK_MISSING.fill(criterion=criterion.label)))
        elif not mark.is_finite() or not criterion.min <= mark <= criterion.max:
            outside = OUT_OF_RANGE.fill(criterion=criterion.label, min=criterion.min, max=criterion.max)
            errors.append(_error(criterion.key, outside))
        elif (Fraction(mark) - Fraction(criterion.min)) % Fraction(criterion.step):  # exact, however long the mark is written
            errors.append(_error(criterion.key, BETWEEN_STEPS.fill(criterion=criterion.label, step=criterion.step)))
        else:
            given[criterion.key] = _plain(mark)
    if errors:
        raise MarksInvalid(errors)
    return given


def _error(key: str, text: Text) -> dict[str, str]:
    return {"criterion": key, **text.to_json()}


def _plain(mark: Decimal) -> str:
    """Write a mark in its shortest form, without an exponent: 7.50 → 7.5, 10 → 10."""
    text = f"{mark:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
