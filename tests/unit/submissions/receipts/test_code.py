"""The code of a receipt: read aloud, typed back, and not to be made up."""

import json
from copy import deepcopy
from typing import Any
from uuid import UUID

import pytest

from shared.submissions.receipts import code

SECRET = "0123456789abcdef" * 2
ID = UUID(int=7)
DOCUMENT: dict[str, Any] = {
    "reference": "OM63-0001",
    "handed_in_at": "2020-05-29T07:05:00+00:00",
    "group": {"name": "กลุ่มออมทรัพย์บ้านท่าทองหลาง"},
    "files": [{"filename": "คลิป.mp4", "size_bytes": 182_345_678, "sha256": "ab" * 32, "duration_seconds": 296.96}],
}
PREFIXES = ["OM6", "OM63", "LOIS63"]


def written(document: dict[str, Any] = DOCUMENT, secret: str = SECRET, id_: UUID = ID, reference: str = "OM63-0001") -> str:
    return code.write(secret, reference=reference, id_=id_, document=document)


def is_genuine(written_: str, document: dict[str, Any] = DOCUMENT, secret: str = SECRET, id_: UUID = ID) -> bool:
    return code.is_genuine(secret, written_, reference="OM63-0001", id_=id_, document=document)


def test_code_is_the_reference_and_eight_letters_that_can_be_read_aloud() -> None:
    reference, number, *letters = written().split("-")
    assert (reference, number) == ("OM63", "0001")
    assert [len(part) for part in letters] == [4, 4]
    assert set("".join(letters)) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_code_stays_when_the_document_has_been_in_the_database() -> None:
    again = json.loads(json.dumps(dict(reversed(DOCUMENT.items()))))
    assert is_genuine(written(), again)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("handed_in_at",), "2020-05-29T07:04:59+00:00"),
        (("group", "name"), "กลุ่มอื่น"),
        (("files", 0, "sha256"), "ab" * 31 + "ac"),
        (("files", 0, "size_bytes"), 182_345_679),
        (("files",), []),
        (("helped_by",), ["นายแทรก"]),
    ],
)
def test_document_that_was_changed_is_not_genuine(path: tuple[Any, ...], value: Any) -> None:
    changed = deepcopy(DOCUMENT)
    place: Any = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert is_genuine(written(), DOCUMENT)
    assert not is_genuine(written(), changed)


def test_code_belongs_to_one_receipt_one_reference_and_one_secret() -> None:
    assert not is_genuine(written(), id_=UUID(int=8))
    assert not is_genuine(written(), secret=SECRET[::-1])
    assert not is_genuine(written(reference="OM63-0002"))
    assert not is_genuine(written()[:-1] + ("0" if written()[-1] != "0" else "1"))
    assert not is_genuine("")
    assert not is_genuine("โค้ดปลอม")


@pytest.mark.parametrize(
    "typed",
    [
        "OM63-0001-7K01-M2XD",
        "om63-0001-7k01-m2xd",
        "  OM63 0001 7K01 M2XD ",
        "OM6300017K01M2XD",
        "0M63-OOO1-7KOI-M2XD",
        "om63–oool–7kol–m2xd",
        "OM๖๓-๐๐๐๑-๗K๐๑-M๒XD",
        "OM63-0001\u200b-7K01-M2XD\x00",
    ],
)
def test_code_is_found_however_it_is_typed(typed: str) -> None:
    assert "OM63-0001-7K01-M2XD" in code.meant(typed, PREFIXES)


def test_prefix_of_letters_that_look_like_figures_is_found_too() -> None:
    assert "LOIS63-0012-7K01-M2XD" in code.meant("1o1s63-0012-7K01-M2XD", PREFIXES)


def test_code_of_a_programme_whose_prefix_changed_is_found_as_it_is_printed() -> None:
    assert "OLD-0001-7K01-M2XD" in code.meant("old-0001-7k01-m2xd", PREFIXES)


@pytest.mark.parametrize("typed", ["", "-", "OM63-0001", "7K01-M2XD", "x" * 10_000, "' OR 1=1 --", "\x00" * 50])
def test_what_is_no_code_is_at_most_itself(typed: str) -> None:
    assert len(code.meant(typed, PREFIXES)) == 1
