"""Lengths and sizes as people read them; the cases are those of the pages' own figures.js."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from shared.thai.figures import length, megabytes

CASES = json.loads((Path(__file__).parents[2] / "fixtures/figures.json").read_text())


@pytest.mark.parametrize(("size", "shown"), CASES["megabytes"])
def test_size_is_in_the_unit_that_people_know(size: int, shown: str) -> None:
    assert megabytes(size) == shown


@pytest.mark.parametrize(("seconds", "shown"), CASES["length"])
def test_length_is_minutes_and_seconds(seconds: str, shown: str) -> None:
    assert length(Decimal(seconds)) == shown
    assert length(float(seconds)) == shown
