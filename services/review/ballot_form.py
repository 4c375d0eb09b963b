"""The ballot as a form: its fields with what is saved or was typed, and what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from services.review.schemas.assignments import BallotView, CriterionView
from services.web.templates import PageModel
from shared.awards.ranking import score
from shared.errors import Refusal
from shared.programmes.stages import Criterion
from shared.text import Text

NUMBER = re.compile(r"-?\d{1,12}([.,]\d{1,12})?")
RANGE = Text("{min}–{max} · น้ำหนัก {weight}/{weights}", "{min}–{max} · weight {weight}/{weights}")
RANGE_IN_STEPS = Text("{min}–{max} ขั้นละ {step} · น้ำหนัก {weight}/{weights}", "{min}–{max} in steps of {step} · weight {weight}/{weights}")


@dataclass(frozen=True, slots=True)
class TypedBallot:
    """What a member typed: a mark for each criterion by key, and a comment."""

    marks: Mapping[str, str]
    comment: str


class CriterionField(PageModel):
    """The field for the mark of one criterion."""

    criterion: CriterionView
    range: Text
    value: str
    error: Text | None


class BallotForm(PageModel):
    """The ballot as a member sees it."""

    fields: list[CriterionField]
    comment: str
    score: str | None
    """What the saved marks come to; None while one is missing or other marks were typed."""
    saved_at: datetime | None
    problem: Text | None
    """Why it was not saved."""

    @property
    def has_errors(self) -> bool:
        """Whether what is wrong belongs to single marks, each named at its field."""
        return any(field.error for field in self.fields)

    @classmethod
    def of(
        cls,
        saved: BallotView | None,
        criteria: Sequence[Criterion],
        *,
        typed: TypedBallot | None = None,
        is_final: bool = False,
        refusal: Refusal | None = None,
    ) -> Self:
        """Return the form with what was `typed`, else with what is saved; a ballot that is final shows only what was submitted."""
        marks: Mapping[str, str] = saved.marks if saved else {}
        comment = saved.comment if saved else ""
        if typed and not is_final:
            marks, comment = typed.marks, typed.comment
        weights = sum(known.weight for known in criteria)
        errors = _errors(refusal)
        return cls(
            fields=[
                CriterionField(
                    criterion=CriterionView.of(known),
                    range=_range(known, weights),
                    value=marks.get(known.key, ""),
                    error=errors.get(known.key),
                )
                for known in criteria
            ],
            comment=comment,
            score=score_text(saved.marks, criteria) if saved and not typed else None,
            saved_at=saved.saved_at if saved else None,
            problem=Text(refusal.detail("th"), refusal.detail("en")) if refusal else None,
        )


def score_text(marks: Mapping[str, str], criteria: Sequence[Criterion]) -> str | None:
    """Return what marks come to, 0 to 100 with two decimals, for people to read; None while one is missing."""
    return f"{float(score(marks, criteria)):.2f}" if all(known.key in marks for known in criteria) else None


def mark(text: str) -> Decimal | None:
    """Read a mark as typed, None for an empty field. What is no number lies in no range."""
    if not text:
        return None
    return Decimal(text.replace(",", ".")) if NUMBER.fullmatch(text) else Decimal("NaN")


def _range(criterion: Criterion, weights: Decimal | int) -> Text:
    sentence = RANGE if criterion.step == 1 else RANGE_IN_STEPS
    return sentence.fill(min=criterion.min, max=criterion.max, step=criterion.step, weight=criterion.weight, weights=weights)


def _errors(refusal: Refusal | None) -> dict[str, Text]:
    """Return what is wrong with single marks, by criterion."""
    found: list[dict[str, Any]] = refusal.facts.get("errors", []) if refusal else []
    return {error["criterion"]: Text(error["th"], error["en"]) for error in found}
