"""A ranking as its table shows it: what each place gets, where the cuts lie, and which places are tied across one."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from uuid import UUID

from services.web.templates import PageModel, baht
from shared.awards import levels
from shared.awards.rules import RULES
from shared.awards.snapshot import AwardPlace, RuleUsed
from shared.programmes.definition import Round
from shared.text import Look, Tag, Text, plural

SHORTLISTED = Text("ผ่าน", "shortlisted")
NOT_SHORTLISTED = Text("ไม่ผ่าน", "not shortlisted")
NOT_AWARDED = Text("ไม่ได้รับคัดเลือก", "not awarded")


class RankingRow(PageModel):
    """One place of a ranking."""

    rank: int
    submission: UUID
    reference: str
    group: str
    province: str
    score: Decimal
    ballots: Text
    outcome: Tag
    cut: int | None
    """The place after which something changes, where that is this one."""
    is_tied: bool
    is_linked: bool
    """Whether the person may see the submission."""


def ranking_rows(
    places: Sequence[AwardPlace], rules: Round, *, tied: Collection[UUID] = (), seen: Collection[UUID] = ()
) -> list[RankingRow]:
    """Return the rows of a ranking in order; those in `tied` are marked, those in `seen` are linked."""
    cuts = levels.cuts(rules)
    return [
        RankingRow(
            rank=place.rank,
            submission=place.submission,
            reference=place.reference,
            group=place.group,
            province=place.province,
            score=place.score,
            ballots=plural(place.ballots, th="{count} ใบ", one="{count} ballot", many="{count} ballots"),
            outcome=outcome_tag(rules, place.outcome),
            cut=position if position in cuts and position < len(places) else None,
            is_tied=place.submission in tied,
            is_linked=place.submission in seen,
        )
        for position, place in enumerate(places, start=1)
    ]


def outcome_tag(rules: Round, outcome: str | None) -> Tag:
    """Return what an outcome of a round is called."""
    if outcome is None:
        return Tag(NOT_AWARDED if rules.levels else NOT_SHORTLISTED)
    if outcome == levels.KEPT:
        return Tag(SHORTLISTED, Look.GOOD)
    return Tag(next(level.label for level in rules.levels if level.key == outcome), Look.GOOD)


def summary(places: Sequence[AwardPlace], rules: Round) -> list[Text]:
    """Return how many places get what."""
    if not rules.levels:
        passed = sum(place.outcome is not None for place in places)
        shortlisted = Text("ผ่าน {passed} จาก {count} กลุ่ม", "{passed} of {count} groups shortlisted")
        return [shortlisted.fill(passed=passed, count=f"{len(places):,}")]
    return [
        plural(
            sum(place.outcome == level.key for place in places),
            th="{label} {count} กลุ่ม กลุ่มละ {amount} บาท",
            one="{label}: {count} group, {amount} baht",
            many="{label}: {count} groups, {amount} baht each",
            label=level.label,
            amount=baht(level.amount),
        )
        for level in rules.levels
    ]


def rule_text(used: RuleUsed) -> Text:
    """Return what an award rule does, with its name and version; one that this release does not have any more has only these."""
    known = RULES.get(used.name)
    if known is None:
        return Text("{name} รุ่นที่ {version}", "{name}, version {version}").fill(name=used.name, version=used.version)
    return Text("{label} ({name} รุ่นที่ {version})", "{label} ({name}, version {version})").fill(
        label=known.label, name=used.name, version=used.version
    )
