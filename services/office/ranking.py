"""A ranking as its table shows it: what each place gets, where the cuts lie, and which places are tied across one."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from shared.awards import levels
from shared.awards.rules import RULES
from shared.awards.snapshot import AwardPlace, RuleUsed
from shared.programmes.definition import Round
from shared.text import Text


def table(places: list[AwardPlace], rules: Round, *, tied: Collection[UUID] = (), seen: Collection[UUID] = ()) -> list[dict[str, Any]]:
    """Return the rows of a ranking in order: each place with its words, whether a cut follows, is `tied`, and may be `seen` by who asks."""
    cuts = levels.cuts(rules)
    return [
        {
            **dict(place),
            "label": label(rules, place.outcome),
            "cut": position if position in cuts and position < len(places) else None,
            "tied": place.submission in tied,
            "linked": place.submission in seen,
        }
        for position, place in enumerate(places, start=1)
    ]


def label(rules: Round, outcome: str | None) -> dict[str, str]:
    """Return what an outcome of a round is called, in both languages."""
    if outcome is None:
        return {"th": "ไม่ได้รับคัดเลือก", "en": "not awarded"} if rules.levels else {"th": "ไม่ผ่าน", "en": "not kept"}
    if outcome == levels.KEPT:
        return {"th": "ผ่าน", "en": "kept"}
    return next(level.label.model_dump() for level in rules.levels if level.key == outcome)


def rule_label(used: RuleUsed) -> Text:
    """Return what an award rule does, with its name and version; one that this release does not have any more has only these."""
    code = f"{used.name}, version {used.version}"
    known = RULES.get(used.name)
    if known is None:
        return Text(code, code)
    return Text(f"{known.label.th} ({used.name} รุ่นที่ {used.version})", f"{known.label.en} ({code})")
