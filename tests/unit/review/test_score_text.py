"""A ballot's score as the committee reads it; the page computes the same while marks are typed, see tests/javascript/total.test.js."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.review.ballot_form import score_text
from shared.programmes.stages import Criterion
from shared.text import Text

CASES = json.loads((Path(__file__).parents[2] / "fixtures/ballots.json").read_text())
LABEL = Text(th="เกณฑ์", en="Criterion")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_score_has_two_decimals(case: dict[str, Any]) -> None:
    criteria = [
        Criterion(key=f"c{number}", label=LABEL, **{name: Decimal(one[name]) for name in ("weight", "min", "max")})
        for number, one in enumerate(case["criteria"])
    ]
    assert score_text({f"c{number}": one["mark"] for number, one in enumerate(case["criteria"])}, criteria) == case["total"]
