"""A programme's file → its definition, or every error at once with its line."""

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
import yaml

from shared.forms.items import FileType
from shared.programmes.definition import Definition
from shared.programmes.reading import LONGEST, ProgrammeInvalid, read
from shared.text import Text

FIXTURES = Path(__file__).parents[2] / "fixtures"
OLD = FIXTURES / "programme-format-1.yaml"
"""The first programme as it was written before there were stages."""
DEFINITION = "\n" + (FIXTURES / "little-format-1.yaml").read_text(encoding="utf-8")


NAMES = [f"'{name}'" for name in get_args(FileType)]
TYPES = f"must be one of {', '.join(NAMES[:-1])} or {NAMES[-1]}"


def errors(content: str | bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(ProgrammeInvalid) as caught:
        read(content)
    return [(error["line"], error["path"], error["en"]) for error in caught.value.facts["errors"]]


def test_first_programme_as_it_was_written_first_holds_the_numbers_of_its_letter() -> None:
    first = read(OLD.read_bytes())
    screening, selection = first.judges
    assert [stage.key for stage in first.timeline] == ["hand_in", "screening", "selection", "support"]
    assert screening.keep == 36
    assert [(level.key, level.quota, level.amount) for level in selection.levels] == [
        ("outstanding", 18, Decimal(90000)),
        ("good", 18, Decimal(50000)),
    ]
    assert [sum(criterion.weight for criterion in judge.criteria) for judge in first.judges] == [100, 100]
    (collect,) = first.collects
    clip = first.form_of(collect).item("clip")
    assert clip is not None
    assert clip.max_seconds == 300
    assert isinstance(collect.by, datetime)
    assert collect.by.isoformat() == "2020-05-29T23:59:59+07:00"
    assert [milestone.key for milestone in first.milestones] == ["procurement", "record", "follow_up"]


def test_same_programme_as_json_with_tabs_reads_the_same() -> None:
    plain = yaml.load(DEFINITION, Loader=yaml.BaseLoader)  # noqa: S506  # text only, of our own
    assert read(json.dumps(plain, indent="\t")) == read(json.dumps(plain, ensure_ascii=False)) == read(DEFINITION)


def test_fractions_stay_exact() -> None:
    assert read(DEFINITION.replace("weight: 60", "weight: 0.1")).judges[0].criteria[0].weight == Decimal("0.1")


def test_bad_file_tells_every_error_with_its_line() -> None:
    bad = (
        DEFINITION.replace("fiscal_year: 2563", "fiscal_year: 2020")
        .replace("types: [mp4]", "types: [exe]")
        .replace("deadline: hand_in", "deadline: tomorrow\ncolour: red")
        .replace("by: 2020-05-29T23:59:59+07:00", "by: 2020-05-29T23:59:59")
        .replace("keep: 4", "keep: 4\n    levels: [{key: x, label: {th: x, en: x}, quota: 1, amount: 1}]")
        .replace("key: clip, label: {th: คลิป, en: Clip}, weight: 40", "key: plan, label: {}, weight: 40")
        .replace("amount: 50000", "amount: 0.001")
        .replace("committee: north, provinces", "committee: south, provinces")
        .replace("- {committee: central}", "- {committee: central, provinces: [ระยอง]}")
    )
    assert errors(bad) == [
        (6, "fiscal_year", "2020 is no year of the Buddhist era, which is the programme's calendar; did you mean 2563?"),
        (10, "items[1].types[0]", TYPES),
        (12, "milestones[0].by", "must say its time zone, as +07:00"),
        (13, "deadline", "deadline names no milestone: tomorrow; known: hand_in"),
        (14, "colour", "is not a known field; check its spelling"),
        (16, "rounds[0]", "a round either keeps submissions (keep, pass_score) or fills levels (levels)"),
        (22, "rounds[0].criteria[1].key", "plan is used twice"),
        (22, "rounds[0].criteria[1].label", "needs a text in Thai (th), in English (en) or in both"),
        (29, "rounds[1].levels[1].amount", "may have at most 2 decimal places"),
        (33, "routing", "routing needs one route without conditions, for all the rest"),
        (34, "routing[0].committee", "routing names no committee: south; known: central, north"),
    ]


def test_text_in_one_language_reads_the_same_in_the_other() -> None:
    only_thai = read(DEFINITION.replace("key: clip, label: {th: คลิป, en: Clip}", "key: clip, label: {th: คลิป}"))
    only_english = read(DEFINITION.replace("key: clip, label: {th: คลิป, en: Clip}", "key: clip, label: {en: Clip}"))
    assert [one.judges[0].criteria[1].label for one in (only_thai, only_english)] == [Text("คลิป", "คลิป"), Text("Clip", "Clip")]


@pytest.mark.parametrize(
    ("label", "path", "en"),
    [
        ("{th: คลิป, en: ''}", ".en", "must not be empty"),
        ("{th: 5}", ".th", "must be text"),
        ("{th: คลิป, en: null}", ".en", "must be text"),
        ("{th: คลิป, fr: Clip}", ".fr", "is not a known field; check its spelling; known: th, en"),
        ("Clip", "", "must be a mapping of names to values"),
    ],
)
def test_text_that_is_wrong_is_named_with_its_language(label: str, path: str, en: str) -> None:
    bad = DEFINITION.replace("key: clip, label: {th: คลิป, en: Clip}", f"key: clip, label: {label}")
    assert errors(bad) == [(20, f"rounds[0].criteria[1].label{path}", en)]


def test_definition_is_stored_with_both_languages_and_loads_unchanged() -> None:
    definition = read(DEFINITION)
    stored = definition.model_dump(mode="json")
    assert stored["stages"][1]["criteria"][1]["label"] == {"th": "คลิป", "en": "Clip"}
    assert Definition.model_validate(stored) == definition
    assert Definition.model_validate_json(definition.model_dump_json()) == definition


def test_every_error_has_thai_words() -> None:
    with pytest.raises(ProgrammeInvalid) as caught:
        read(DEFINITION.replace("keep: 4", "keep: many").replace("slug: little", ""))
    assert [error["th"] for error in caught.value.facts["errors"]] == ["ยังไม่ได้ระบุ", "ต้องเป็นจำนวนเต็ม"]
    assert "2 แห่ง" in caught.value.detail("th")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        ("", 1, "empty"),
        ("- a\n- b", 1, "mapping"),
        ("a: [1, 2\nb: 3", 2, "cannot be read"),
        ("a: 1\nb: {c: \x00}", 1, "cannot be read"),
        (b"a: 1\nb: \xff\xfe", 2, "UTF-8"),
        ("a" * (LONGEST + 1), 1, "larger"),
        ("a: &a [*a]", 1, "more than"),
        ("[" * 5000, 1, "cannot be read"),
        ("a: !!python/object:os.system {}", 1, "known field"),
    ],
)
def test_file_that_is_no_programme_is_refused_in_words(content: str | bytes, line: int, words: str) -> None:
    first = errors(content)[0]
    assert first[0] == line
    assert words in first[2]


def test_key_written_twice_is_an_error_though_yaml_would_take_the_last() -> None:
    assert errors(DEFINITION + "fiscal_year: 2564\n") == [(34, "fiscal_year", "fiscal_year is written twice")]


def test_aliases_that_unfold_without_end_are_refused() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    assert "more than" in errors(bomb)[0][2]
