"""Forms of applicants: those that are shipped, what a document's own needs, and how answers read."""

from typing import Any

import factories
import pytest

from shared.forms.checking import check
from shared.programmes import applicants, consistency
from shared.programmes.applicants.describing import described
from shared.programmes.applicants.snapshot import Snapshot, snapshot
from shared.programmes.definition import Definition

NAME = {"key": "name", "type": "short_text", "label": {"en": "Name"}}
KIND = {
    "key": "kind",
    "type": "choice",
    "label": {"en": "Kind"},
    "options": [{"key": "food", "label": {"en": "Food"}}, {"key": "craft", "label": {"en": "Craft"}}],
}


def definition(*questions: dict[str, Any], **changes: Any) -> Definition:
    return factories.definition(applicant={"questions": list(questions)}, **changes)


def problems(applicant: Any, **changes: Any) -> list[tuple[str, str]]:
    """What is wrong with a document of such a form, or probably not meant: where, and what."""
    document = factories.definition().model_dump(mode="json") | {"applicant": applicant} | changes
    found = consistency.problems(document) or consistency.warnings(document)
    return [(".".join(map(str, problem.path)), problem.text.en) for problem in found]


@pytest.mark.parametrize("name", applicants.SHIPPED)
def test_shipped_forms_agree_with_themselves_in_both_languages(name: str) -> None:
    assert problems(applicants.written(name)) == []
    form = applicants.shipped(name)
    assert all(question.label.th != question.label.en for question in form.questions)
    assert factories.definition(applicant=name).applicant_form == form


def test_a_form_of_the_document_is_found_by_its_name_or_where_it_stands() -> None:
    document = factories.definition().model_dump(mode="json")
    named = Definition.model_validate({**document, "applicant": "maker", "forms": {**document["forms"], "maker": {"questions": [NAME]}}})
    assert [question.key for question in named.applicant_form.questions] == ["name"]
    assert [question.key for question in definition(NAME, KIND).applicant_form.questions] == ["name", "kind"]


@pytest.mark.parametrize(
    ("questions", "place", "words"),
    [
        ([KIND], "applicant", "needs a question `name`"),
        ([{**NAME, "required": False}], "applicant", "needs a question `name`"),
        ([{**NAME, "internal": True}], "applicant", "needs a question `name`"),
        ([{**NAME, "type": "number"}], "applicant.questions.0.type", "question name is of the type short_text"),
        ([NAME, {**NAME, "key": "email"}], "applicant.questions.1.type", "question email is of the type email"),
        ([NAME, {**NAME, "key": "phone"}], "applicant.questions.1.type", "question phone is of the type telephone"),
        ([NAME, {**NAME, "key": "code"}], "applicant.questions.1.key", "`code` means the register's code"),
        ([NAME, {**NAME, "key": "sales", "type": "indicator"}], "applicant.questions.1.type", "one cell for each question"),
    ],
)
def test_what_a_form_of_an_applicant_lacks_is_told(questions: list[dict[str, Any]], place: str, words: str) -> None:
    ((path, text),) = problems({"questions": questions}, routing=[{"committee": "central"}], committees=CENTRAL)
    assert (path, words in text) == (place, True)


CENTRAL = [{"key": "central", "label": {"en": "Central", "th": "ส่วนกลาง"}}]


def test_conditions_on_places_that_nobody_is_asked_are_told_as_a_warning() -> None:
    asked = {"questions": [NAME]}
    assert problems(asked) == [("routing.0.provinces", "the applicant's form asks for no province, so this fits no submission")]
    assert problems({"questions": [NAME, {"key": "at", "type": "place", "level": "province", "label": {"en": "At"}}]}) == []


def test_files_are_no_part_of_it() -> None:
    item = {"key": "paper", "label": {"en": "Paper"}, "types": ["pdf"], "max_bytes": 10}
    found = problems({"questions": [NAME], "items": [item]}, routing=[{"committee": "central"}], committees=CENTRAL)
    assert found == [("applicant.items", "a form of an applicant asks for no files")]


def test_a_stage_may_not_be_called_applicant() -> None:
    stages = factories.definition().model_dump(mode="json")["stages"]
    stages[0]["key"] = "applicant"
    assert ("stages.0.key", "may not be called applicant, which means the form of the applicant") in problems("person", stages=stages)


@pytest.mark.parametrize(("category", "wrong"), [("applicant.kind", []), ("applicant.name", ["category"]), ("applicant.knd", ["category"])])
def test_the_category_may_be_asked_of_the_applicant(category: str, wrong: list[str]) -> None:
    categories = [{"key": key, "label": {"en": key, "th": key}} for key in ("food", "craft")]
    found = problems({"questions": [NAME, KIND]}, category=category, categories=categories, routing=[{"committee": "central"}])
    assert [path for path, _ in found if path == "category"] == wrong


def answers(form: str, **typed: str) -> tuple[Definition, dict[str, Any]]:
    of = factories.definition(applicant=form)
    return of, check(of.applicant_form, typed, files={}, complete=True).or_refused().values


def test_what_follows_from_answers_are_names_by_official_codes() -> None:
    of, given = answers("person", name="Somjai", email="Somjai@Example.org", place="ต.ดอนไฟ อ.แม่ทะ จ.ลำปาง")
    assert snapshot(of.applicant_form, given) == Snapshot(
        name="Somjai",
        province="ลำปาง",
        amphoe="แม่ทะ",
        tambon="ดอนไฟ",
        place_code="521007",
        contact_name="Somjai",
        email="somjai@example.org",
        phone=None,
    )


def test_without_a_place_question_areas_are_empty() -> None:
    of = definition(NAME, KIND)
    found = snapshot(of.applicant_form, {"name": "Jane", "kind": "food"})
    assert (found.province, found.amphoe, found.tambon, found.place_code, found.email, found.phone) == ("", "", "", None, None, None)


def test_answers_read_by_the_labels_of_the_form_and_contacts_only_for_those_who_may() -> None:
    typed = {"name": "บริษัท ก", "registration_no": "0105", "place": "521007", "contact_name": "นางสมใจ", "email": "a@b.example"}
    of, given = answers("organisation", phone="081-234 5678", **typed)
    public = [(line.label.en, line.value.th) for line in described(of, given, contacts=False)]
    assert public == [("Registration number", "0105"), ("Address", "ต.ดอนไฟ อ.แม่ทะ จ.ลำปาง")]
    full = [(line.label.en, line.value.th) for line in described(of, given, contacts=True)]
    assert full == [*public, ("Contact person", "นางสมใจ"), ("E-mail", "a@b.example"), ("Telephone", "081 234 5678")]


def test_internal_answers_are_for_officers() -> None:
    of = definition(NAME, {**NAME, "key": "note", "internal": True})
    given = {"name": "Jane", "note": "late last year"}
    assert [line.key for line in described(of, given, contacts=True)] == []
    assert [line.key for line in described(of, given, contacts=True, internal=True)] == ["note"]
