"""Findings are kept for years, rules are not: what was stored is shown also when its rule is gone."""

from typing import Any

import pytest

from shared.text import Text
from shared.validation.queries import finding_text

SHORT = "Pages in the document: 1. The minimum is 3."


@pytest.mark.parametrize(
    ("code", "data", "shown"),
    [
        (
            "too_few_pages",
            {"found": 1, "allowed": 3},
            Text("เอกสารมี 1 หน้า น้อยกว่าที่กำหนด 3 หน้า", SHORT),
        ),
        ("rule_that_is_gone", {"found": 1}, Text("rule_that_is_gone", "rule_that_is_gone")),
        ("too_few_pages", {"pages": 1}, Text("too_few_pages", "too_few_pages")),  # stored before the rule asked for other data
    ],
)
def test_stored_finding_has_a_text(code: str, data: dict[str, Any], shown: Text) -> None:
    assert finding_text(code, data) == shown
