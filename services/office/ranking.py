"""A ranking as its table shows it: what each place gets, where the cuts lie, which places are tied across one; parts apart."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from services.office.money import money_text
from services.web.templates import PageModel
from shared.awards import levels
from shared.awards.rules import RULES
from shared.awards.snapshot import AwardPlace, RuleUsed
from shared.programmes.definition import Definition, Named
from shared.programmes.stages import Judge
from shared.text import Look, Tag, Text, plural

SHORTLISTED = Text("ผ่าน", "shortlisted")
NOT_SHORTLISTED = Text("ไม่ผ่าน", "not shortlisted")
NOT_AWARDED = Text("ไม่ได้รับคัดเลือก", "not awarded")


class RankingRow(PageModel):
    """One place of a ranking."""

    part: Text | None
    """The name of the part that begins here, where parts are ranked apart."""
    rank: int
    submission: UUID
    reference: str
    group: str
    province: str
    score: Decimal
    ballots: Text
    outcome: Tag
    cut: int | None
    """The place of its part after which something changes, where that is this one."""
    is_tied: bool
    is_linked: bool
    """Whether the person may see the submission."""


def ranking_rows(
    places: Sequence[AwardPlace], definition: Definition, rules: Judge, *, tied: Collection[UUID] = (), seen: Collection[UUID] = ()
) -> list[RankingRow]:
    """Return the rows of a ranking in order, part after part; those in `tied` are marked, those in `seen` are linked."""
    rows = []
    for key, of_part in groupby(places, key=lambda place: place.part):
        part = list(of_part)
        cuts = levels.cuts([place.outcome for place in part])
        label = part_label(definition, rules, key) if key is not None else None
        rows += [
            RankingRow(
                part=label if position == 1 else None,
                rank=place.rank,
                submission=place.submission,
                reference=place.reference,
                group=place.group,
                province=place.province,
                score=place.score,
                ballots=plural(place.ballots, th="{count} ใบ", one="{count} ballot", many="{count} ballots"),
                outcome=outcome_tag(rules, place.outcome),
                cut=position if position in cuts else None,
                is_tied=place.submission in tied,
                is_linked=place.submission in seen,
            )
            for position, place in enumerate(part, start=1)
        ]
    return rows


def part_label(definition: Definition, rules: Judge, part: str) -> Text:
    """Return what a part that is ranked apart is called: a category, a committee, or a province by its own name."""
    named: Sequence[Named] = {"category": definition.categories, "committee": definition.committees}.get(rules.within or "", ())
    return next((one.label for one in named if one.key == part), Text(part, part))


def outcome_tag(rules: Judge, outcome: str | None) -> Tag:
    """Return what an outcome of a round is called."""
    if outcome is None:
        return Tag(NOT_AWARDED if rules.levels else NOT_SHORTLISTED)
    if outcome == levels.KEPT:
        return Tag(SHORTLISTED, Look.GOOD)
    return Tag(next((level.label for level in rules.levels if level.key == outcome), Text(outcome, outcome)), Look.GOOD)


def summary(places: Sequence[AwardPlace], definition: Definition, rules: Judge) -> list[Text]:
    """Return how many places get what."""
    if not rules.levels:
        passed = sum(place.outcome is not None for place in places)
        shortlisted = Text("ผ่าน {passed} จาก {count} ราย", "{passed} of {count} shortlisted")
        return [shortlisted.fill(passed=passed, count=f"{len(places):,}")]
    return [_given(level.label, [place.amount for place in places if place.outcome == level.key], definition) for level in rules.levels]


def _given(label: Text, amounts: Sequence[Decimal], definition: Definition) -> Text:
    """Return how many were given a level, and how much: each, where all are given the same."""
    count = len(amounts)
    if not any(amounts):
        return plural(count, th="{label} {count} ราย", one="{label}: {count}", many="{label}: {count}", label=label)
    if len(set(amounts)) == 1:
        return plural(
            count,
            th="{label} {count} ราย รายละ {amount}",
            one="{label}: {count}, {amount}",
            many="{label}: {count}, {amount} each",
            label=label,
            amount=money_text(amounts[0], definition),
        )
    total = money_text(sum(amounts, Decimal(0)), definition)
    text = Text("{label} {count} ราย รวม {total}", "{label}: {count}, {total} in all")
    return text.fill(label=label, count=f"{count:,}", total=total)


def rule_text(used: RuleUsed) -> Text:
    """Return what an award rule does, with its name and version; one that this release does not have any more has only these."""
    known = RULES.get(used.name)
    if known is None:
        return Text("{name} รุ่นที่ {version}", "{name}, version {version}").fill(name=used.name, version=used.version)
    return Text("{label} ({name} รุ่นที่ {version})", "{label} ({name}, version {version})").fill(
        label=known.label, name=used.name, version=used.version
    )
