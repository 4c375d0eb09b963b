"""What a decision keeps is read and written without a change."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from shared.awards.snapshot import AwardPlace, DecidedTie

PLACE: dict[str, Any] = {
    "submission": "0190b0f3-0000-7000-8000-000000000001",
    "reference": "LT63-0001",
    "group": "กลุ่มออมทรัพย์ที่ 1",
    "province": "ฉะเชิงเทรา",
    "rank": 1,
    "score": "100.0000",
    "exact": "100/1",
    "ballots": 5,
    "outcome": "outstanding",
    "amount": "90000.00",
}


def test_place_is_written_as_it_was_read() -> None:
    (place,) = AwardPlace.from_json([PLACE])
    assert (place.submission, place.amount) == (UUID(PLACE["submission"]), Decimal(90000))
    assert place.to_json() == PLACE


def test_place_that_gets_nothing_is_written_as_it_was_read() -> None:
    stored = {**PLACE, "outcome": None, "amount": "0.00", "score": "0.0000"}
    assert [place.to_json() for place in AwardPlace.from_json([stored])] == [stored]


def test_decided_tie_is_written_as_it_was_read() -> None:
    stored = {"submissions": [PLACE["submission"]] * 2, "references": ["LT63-0001"] * 2, "reason": "กิจการเข้มแข็งกว่า"}
    assert [tie.to_json() for tie in DecidedTie.from_json([stored])] == [stored]
