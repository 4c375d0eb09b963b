"""What a signature covers, pure: the document of a decision and its SHA-256, in the format in which the decision was made.

Format 1 (until 2026-11-25): {programme, round, places, ties}; the rule was always the mean.
Format 2: the same with {format: 2, rule: {name, version}}.
A decision is verified in its own format for ever, so a format is never changed: a new one is added.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shared.awards.snapshot import RuleUsed

FORMAT = 2
"""Of decisions made now."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is signed."""

    programme: str
    """Its slug."""
    round: str
    """Its key."""
    rule: RuleUsed
    places: list[Any]
    """As stored, see `AwardPlace.to_json`."""
    ties: list[Any]
    """As stored, see `DecidedTie.to_json`."""


def _format_1(content: Content) -> dict[str, Any]:
    return {"programme": content.programme, "round": content.round, "places": content.places, "ties": content.ties}


def _format_2(content: Content) -> dict[str, Any]:
    return {"format": 2, "rule": content.rule.to_json(), **_format_1(content)}


FORMATS: dict[int, Callable[[Content], dict[str, Any]]] = {1: _format_1, 2: _format_2}


def digest(content: Content, *, seal_format: int) -> str:
    """Return the SHA-256 (hexadecimal) of the document in a format as canonical JSON: keys sorted, no spaces, UTF-8.

    Raises KeyError for a format that this release does not know.
    """
    document = FORMATS[seal_format](content)
    return hashlib.sha256(json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
