"""What is asked by the answers so far: the server and the page decide alike, on generated forms (tests/javascript/visibility.test.js)."""

import json
from pathlib import Path
from typing import Any

import pytest
from factories.questions import asked, form

from shared.forms.visibility import visible

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parents[2] / "fixtures" / "conditions.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_e2_e4_server_asks_what_the_page_asks(case: dict[str, Any]) -> None:
    questions = [asked(part["type"], part["key"], **condition(part)) for part in case["parts"] if part["type"] != "item"]
    items = tuple(
        {"key": part["key"], "label": {"en": part["key"]}, "types": ["pdf"], "max_bytes": 1, "when": part["when"]}
        for part in case["parts"]
        if part["type"] == "item"
    )
    answers = {key: stored(words, case, key) for key, words in case["answers"].items()}
    assert sorted(visible(form(*questions, items=items), answers)) == case["visible"]


def stored(words: list[str], case: dict[str, Any], key: str) -> Any:
    """Return the stored answer that has these words."""
    type_ = next(part["type"] for part in case["parts"] if part["key"] == key)
    if type_ == "consent":
        return words == ["yes"]
    return words if type_ == "several" else words[0]


def condition(part: dict[str, Any]) -> dict[str, Any]:
    """Return the condition of a part, where it has one."""
    return {"when": part["when"]} if part["when"] else {}
