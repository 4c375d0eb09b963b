"""Parts of plain data that may be of any shape: what is not as expected is passed over. Pure."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from shared.forms.part import MOST_DIGITS


def mapping(parent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a mapping of a parent, empty if it has none of that name."""
    found = parent.get(name)
    return found if isinstance(found, Mapping) else {}


def parts(parent: Mapping[str, Any], name: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the mappings in a list of a parent, each with its position."""
    listed = parent.get(name)
    if isinstance(listed, list | tuple):
        for number, part in enumerate(listed):
            if isinstance(part, Mapping):
                yield number, part


def keys(parent: Mapping[str, Any], name: str) -> dict[str, Mapping[str, Any]]:
    """Return the parts in a list of a parent by their keys."""
    return {part["key"]: part for _, part in parts(parent, name) if isinstance(part.get("key"), str)}


def words(written: object) -> list[tuple[tuple[int, ...], str]]:
    """Return one word or several, each with the rest of its path."""
    if isinstance(written, str):
        return [((), written)]
    if isinstance(written, list | tuple):
        return [((number,), word) for number, word in enumerate(written) if isinstance(word, str)]
    return []


def number(written: object) -> Decimal | None:
    """Return a number however it is written, None if it is none."""
    if isinstance(written, bool) or not isinstance(written, int | Decimal | str):
        return None
    try:
        value = Decimal(written)
    except InvalidOperation:
        return None
    return value if value.is_finite() and value.adjusted() < MOST_DIGITS else None


def whole(written: object, *, most: int) -> int | None:
    """Return a whole number, what is more than `most` as that; None if it is none."""
    value = number(written)
    return None if value is None else int(min(max(value, Decimal(0)), Decimal(most)))
