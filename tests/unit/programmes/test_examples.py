"""The programmes that are shipped read without an error or a warning, say what they should, and hang on no name."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from factories.examples import renamed
from unit.programmes.changes import FILM, FIRST, RESEARCH

from shared.forms.questions import Table
from shared.programmes.definition import Definition
from shared.programmes.reading import read, read_with_warnings
from shared.programmes.stages import Office, Term


@pytest.mark.parametrize("file", [FIRST, FILM, RESEARCH], ids=lambda file: str(file.stem))
def test_example_reads_without_a_word_and_is_stored_unchanged(file: Path) -> None:
    definition, warnings = read_with_warnings(file.read_bytes())
    assert warnings == []
    assert Definition.model_validate(definition.model_dump(mode="json")) == definition
    assert Definition.stored(definition.model_dump(mode="json")) == definition


def test_first_programme_is_the_seven_steps_of_its_letter() -> None:
    first = read(FIRST.read_bytes())
    assert [(stage.kind, stage.key) for stage in first.timeline] == [
        ("collect", "plan"),
        ("judge", "screening"),
        ("judge", "selection"),
        ("support", "support"),
        ("collect", "procurement"),
        ("collect", "record"),
        ("collect", "follow_up"),
    ]
    screening, selection = first.judges
    assert screening.keep == 36
    assert [(level.quota, level.amount) for level in selection.levels] == [(18, Decimal(90000)), (18, Decimal(50000))]
    assert sum(level.quota * level.amount for level in selection.levels if isinstance(level.quota, int)) == 2_520_000
    assert [f"{at.astimezone(first.zone):%d.%m.%Y}" for _, _, at in first.dates()] == [
        "29.05.2020",
        "30.06.2020",
        "30.06.2020",
        "31.07.2020",
        "31.07.2020",
        "20.08.2020",
        "31.08.2020",
    ]
    plan, procurement, record, follow_up = (first.form_of(stage) for stage in first.collects)
    assert [stage.filed_by for stage in first.collects] == [
        (Office.APPLICANT,),
        (Office.DISTRICT, Office.PROVINCE),
        (Office.PROVINCE,),
        (Office.PROVINCE,),
    ]
    purchases = procurement.question("purchases")
    assert isinstance(purchases, Table)
    assert purchases.at_most == "grant"
    assert [(column.key, column.type, column.sum) for column in purchases.columns] == [
        ("what", "short_text", False),
        ("method", "choice", False),
        ("supplier", "short_text", False),
        ("amount", "money", True),
    ]
    assert [(item.key, item.min_files) for item in record.items] == [("data", 1), ("pictures", 2)]
    assert [item.max_seconds for form in (plan, follow_up) for item in form.items if item.is_clip] == [300, 300]
    assert [question.type for question in follow_up.questions] == ["indicator"] * 3


def test_film_award_is_english_of_the_common_era_and_ranks_its_categories_apart() -> None:
    film = read(FILM.read_bytes())
    assert (film.languages, film.calendar, film.currency) == (("en",), "gregorian", "EUR")
    assert [judge.within for judge in film.judges] == ["category", "category"]
    assert [level.quota for level in film.judges[1].levels] == [
        {"fiction": 1, "documentary": 1},
        {"fiction": 1, "documentary": 1},
        {"fiction": 3, "documentary": 2},
    ]
    assert [(route.committee, route.categories) for route in film.routing] == [
        ("fiction_jury", ("fiction",)),
        ("documentary_jury", ("documentary",)),
    ]


def test_research_grant_has_thresholds_requested_amounts_and_two_instalments() -> None:
    research = read(RESEARCH.read_bytes())
    first, last = research.judges
    assert first.keep is None
    assert [first.pass_score, last.levels[0].min_score] == [Decimal(60), Decimal(70)]
    assert last.reads == ("proposal", "full")
    assert last.grant is not None
    assert last.grant.answer == "proposal.requested"
    assert [(one.share, dict(one.for_)) for one in research.supports] == [
        (Decimal(60), {"last": ("funded",)}),
        (Decimal(40), {"last": ("funded",), "report": ("accepted",)}),
    ]
    assert research.collects[1].by == Term(days=30)


def test_every_key_of_the_first_programme_may_be_another() -> None:
    """Stages, levels, items, questions and committees are renamed all at once: nothing hangs on a name."""
    text = FIRST.read_text(encoding="utf-8")
    keys = set(re.findall(r"\bkey: ([a-z_]+)", text))
    assert {"plan", "screening", "outstanding", "purchases", "documents", "central"} < keys
    before, after = read(text), read(renamed(FIRST.name))
    assert [stage.key for stage in after.timeline] == [f"zq_{stage.key}" for stage in before.timeline]
    assert yaml.safe_dump(after.model_dump(mode="json")).replace("zq_", "") == yaml.safe_dump(before.model_dump(mode="json"))
