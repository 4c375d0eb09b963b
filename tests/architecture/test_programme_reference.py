"""The reference of a programme's fields shows what the models have, and its example has one of everything."""

from architecture.programme_reference import EXAMPLE, QUESTIONS, REFERENCE, STAGES, missing, reference

from shared.programmes import fields
from shared.programmes.reading import read_with_warnings


def test_reference_is_written_from_the_models() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == reference(), "run python -m tests.architecture.programme_reference"


def test_every_part_of_a_document_is_explained() -> None:
    assert missing() == set()


def test_example_has_every_kind_of_stage_and_every_type_of_question_and_reads_without_a_word() -> None:
    definition, warnings = read_with_warnings(EXAMPLE.read_bytes())
    assert warnings == []
    assert {stage.kind for stage in definition.timeline} == {which[1] for model in STAGES if (which := fields.tag(model))}
    asked = {question.type for stage in definition.collects for question in definition.form_of(stage).questions}
    assert asked == {which[1] for model in QUESTIONS if (which := fields.tag(model))}
