"""Documents of format 1, written anew: what they say stays, and faults are told where they stand in the old file."""

from typing import Any

import pytest
import yaml
from unit.programmes.changes import DEMO, errors

from shared.programmes.definition import Definition
from shared.programmes.upgrading import upgrade

OLD = (DEMO.parents[1] / "tests/fixtures/little-format-1.yaml").read_text(encoding="utf-8")


def old(**changes: Any) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(OLD)
    return {**document, **changes}


def test_collection_rounds_and_payment_become_stages() -> None:
    definition = Definition.model_validate(upgrade(old()).document)
    assert [(stage.kind, stage.key, dict(stage.for_)) for stage in definition.timeline] == [
        ("collect", "hand_in", {}),
        ("judge", "screening", {}),
        ("judge", "selection", {"screening": ("shortlisted",)}),
        ("support", "support", {"selection": ("outstanding", "good")}),
    ]
    assert [item.key for item in definition.form_of(definition.collects[0]).items] == ["plan", "clip"]


def test_document_in_stages_stays_as_it_is() -> None:
    document = {"stages": [], "slug": "a"}
    made = upgrade(document)
    assert (made.document, made.original(("stages", 0)), made.is_implied(("stages", 0, "for"))) == (document, ("stages", 0), False)


def test_milestone_and_round_of_one_name_become_two_stages() -> None:
    milestones = [{"key": "screening", "label": {"th": "ก"}, "by": "2020-05-29T23:59:59+07:00"}]
    definition = Definition.model_validate(upgrade(old(milestones=milestones, deadline="screening")).document)
    assert [stage.key for stage in definition.timeline] == ["screening_step", "screening", "selection", "support"]


def test_round_called_support_leaves_the_payment_a_name_of_its_own() -> None:
    document = old()
    document["rounds"][1]["key"] = "support"
    definition = Definition.model_validate(upgrade(document).document)
    assert [(one.key, dict(one.for_)) for one in definition.supports] == [("support_step", {"support": ("outstanding", "good")})]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("deadline: hand_in\n", "", [("deadline", "is missing")]),
        ("deadline: hand_in", "deadline: hand_im", [("deadline", "deadline names no milestone: hand_im; did you mean ‘hand_in’?")]),
        ("reference_prefix: LT63", "reference_prefix: lt63", [("reference_prefix", "must match ^[A-Z0-9]{1,12}$")]),
        ("kind: clip", "kind: plan", [("items[1].kind", "plan is used twice")]),
        ("max_bytes: 1000000}", "max_byte: 1000000}", [
            ("items[0].max_byte", "is not a known field; check its spelling; did you mean ‘max_bytes’?"),
            ("items[0].max_bytes", "is missing"),
        ]),
        ("key: selection", "key: screening", [("rounds[1].key", "screening is used twice")]),
        ("deadline: hand_in", "deadline: hand_in\nmend_hour: 5", [
            ("mend_hour", "is not a known field; check its spelling; did you mean ‘mend_hours’?"),
        ]),
        ("deadline: hand_in", "deadline: hand_in\nmend_hours: many", [("mend_hours", "must be a whole number")]),
        ("quota: 2, amount: 90000", "quota: 0, amount: 90000", [("rounds[1].levels[0].quota", "must be greater than 0")]),
        (", by: 2020-05-29T23:59:59+07:00", "", [("milestones[0].by", "is missing")]),
        ("keep: 4", "keep: 4\n    keeps: 5", [("rounds[0].keeps", "is not a known field; check its spelling; did you mean ‘keep’?")]),
    ],
)  # fmt: skip
def test_fault_is_told_where_it_stands_in_the_old_file(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert before in OLD
    assert errors(OLD.replace(before, after, 1)) == expected


@pytest.mark.parametrize("name", ["items", "rounds", "milestones"])
def test_list_that_is_missing_or_empty_is_one_fault(name: str) -> None:
    without = {key: value for key, value in old().items() if key != name}
    assert (name, "is missing") in errors(yaml.safe_dump(without, allow_unicode=True))
    assert (name, "must be a list with at least one entry") in errors(yaml.safe_dump(old(**{name: []}), allow_unicode=True))
    assert (name, "must be a list with at least one entry") in errors(yaml.safe_dump(old(**{name: 5}), allow_unicode=True))


def test_document_that_was_saved_before_a_rule_was_made_still_loads() -> None:
    document = old(routing=[{"committee": "central", "provinces": ["เมืองที่ไม่มี"]}, {"committee": "central"}])
    assert errors(yaml.safe_dump(document, allow_unicode=True))[0][0] == "routing[0].provinces[0]"
    assert Definition.stored(upgrade(document).document).routing[0].provinces == ("เมืองที่ไม่มี",)
