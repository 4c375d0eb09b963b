"""A ranking as its table shows it: parts that are ranked apart, cuts within each, and how much is given."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from factories import stages as play

from services.office.ranking import part_label, ranking_rows, summary
from shared.awards.snapshot import AwardPlace
from shared.programmes.definition import Definition
from shared.text import Text


def definition(**judge: Any) -> Definition:
    """A programme of one judge stage."""
    categories = [{"key": key, "label": {"th": th, "en": key.title()}} for key, th in (("short", "สั้น"), ("long", "ยาว"))]
    form = {
        "questions": [
            {
                "key": "category",
                "type": "choice",
                "label": {"en": "Category"},
                "options": [{"key": one["key"], "label": one["label"]} for one in categories],
            }
        ]
    }
    document = {
        "format": 2,
        "slug": "parts",
        "name": {"en": "Parts"},
        "purpose": {"en": "x"},
        "organisation": {"en": "x"},
        "fiscal_year": 2020,
        "calendar": "gregorian",
        "currency": "EUR",
        "reference_prefix": "P",
        "committees": [{"key": "central", "label": {"en": "Central"}}],
        "routing": [{"committee": "central"}],
        "categories": categories,
        "category": "entry.category",
        "stages": [play.collect("entry", form), play.judge("final", **judge)],
    }
    return Definition.model_validate(document)


def place(rank: int, outcome: str | None, *, part: str | None = None, amount: int = 0) -> AwardPlace:
    """A place of a ranking."""
    return AwardPlace(
        submission=uuid4(), reference=f"P-{rank:04d}", group="g", province="p", rank=rank, score=Decimal(90), exact="90/1", ballots=2,
        outcome=outcome, amount=Decimal(amount), part=part,
    )  # fmt: skip


def test_each_part_has_its_name_and_its_own_cuts() -> None:
    of = definition(keep=1, within="category")
    rules = of.judges[0]
    places = [place(1, "kept", part="long"), place(2, None, part="long"), place(1, "kept", part="short"), place(2, None, part="short")]
    rows = ranking_rows(places, of, rules)
    assert [row.part for row in rows] == [Text("ยาว", "Long"), None, Text("สั้น", "Short"), None]
    assert [row.cut for row in rows] == [1, None, 1, None]


def test_one_ranking_has_no_parts() -> None:
    of = definition(keep=1)
    assert [row.part for row in ranking_rows([place(1, "kept"), place(2, None)], of, of.judges[0])] == [None, None]


def test_part_that_is_no_category_is_called_by_its_own_name() -> None:
    of = definition(keep=1, within="province")
    assert part_label(of, of.judges[0], "ลำปาง") == Text("ลำปาง", "ลำปาง")
    of = definition(keep=1, within="committee")
    assert part_label(of, of.judges[0], "central").en == "Central"


def test_summary_says_each_amount_or_their_sum_in_the_programmes_currency() -> None:
    of = definition(levels=[play.level("gold", 2, 500), play.level("grant", 2), play.level("honour", 1)])
    places = [
        place(1, "gold", amount=500), place(2, "gold", amount=500), place(3, "grant", amount=100), place(4, "grant", amount=250),
        place(5, "honour"),
    ]  # fmt: skip
    assert [text.en for text in summary(places, of, of.judges[0])] == ["Gold: 2, 500 EUR each", "Grant: 2, 350 EUR in all", "Honour: 1"]
