"""Lengths and sizes as people read them."""

from decimal import Decimal

import pytest

from shared.thai.figures import length, megabytes


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 KB"),
        (1, "1 KB"),
        (843_000, "823 KB"),
        (1024**2, "1 MB"),
        (52_428_800, "50 MB"),
        (2 * 1024**3, "2 GB"),
        (1_610_612_736, "1.5 GB"),
    ],
)
def test_size_is_in_the_unit_that_people_know(size: int, shown: str) -> None:
    assert megabytes(size) == shown


@pytest.mark.parametrize(("seconds", "shown"), [(Decimal("319.99"), "5:20"), (3661, "1:01:01"), (45, "0:45")])
def test_length_is_minutes_and_seconds(seconds: Decimal | int, shown: str) -> None:
    assert length(seconds) == shown
