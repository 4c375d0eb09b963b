"""Amounts in words."""

import random
from decimal import Decimal

import pytest
from pythainlp.util import bahttext

from shared.thai.baht import in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (90000, "เก้าหมื่นบาทถ้วน"),
        (50000, "ห้าหมื่นบาทถ้วน"),
        (2520000, "สองล้านห้าแสนสองหมื่นบาทถ้วน"),
        (0, "ศูนย์บาทถ้วน"),
        (1, "หนึ่งบาทถ้วน"),
        (11, "สิบเอ็ดบาทถ้วน"),
        (21, "ยี่สิบเอ็ดบาทถ้วน"),
        (101, "หนึ่งร้อยเอ็ดบาทถ้วน"),
        (1000001, "หนึ่งล้านเอ็ดบาทถ้วน"),
        (Decimal("0.50"), "ห้าสิบสตางค์"),
        (Decimal("0.01"), "หนึ่งสตางค์"),
        (Decimal("1.005"), "หนึ่งบาทหนึ่งสตางค์"),
        (Decimal("20.21"), "ยี่สิบบาทยี่สิบเอ็ดสตางค์"),
    ],
)
def test_in_words(amount: Decimal | int, words: str) -> None:
    assert in_words(amount) == words


def test_in_words_agrees_with_pythainlp_on_whole_amounts() -> None:
    chosen = random.Random(2563)  # noqa: S311  # the same numbers each time
    for _ in range(5000):
        amount = chosen.randrange(1, 10 ** chosen.randrange(1, 13))
        assert in_words(amount) == bahttext(amount), amount


def test_in_words_refuses_floats_and_debts() -> None:
    with pytest.raises(TypeError):
        in_words(0.1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="negative"):
        in_words(Decimal("-1"))
