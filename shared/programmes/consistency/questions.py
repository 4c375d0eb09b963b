"""What names a question of a stage as `stage.question`: the programme's category, routes, grants. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from shared.forms.nearest import unknown
from shared.forms.problem import Path, Problem
from shared.programmes.applicants import APPLICANT
from shared.programmes.consistency import plain
from shared.programmes.consistency.outline import Outline
from shared.text import Text

NO_REFERENCE = Text("ต้องเขียนเป็น ขั้นตอน.คำถาม เช่น plan.category", "must be written stage.question, as plan.category")
NO_APPLICANT_QUESTION = Text("แบบฟอร์มของผู้สมัครไม่มีคำถามชื่อ {name}", "the applicant's form asks no question {name}")
UNKNOWN_STAGE = Text("ไม่มีขั้นตอน collect ชื่อ {name}", "there is no collect stage {name}")
UNKNOWN_QUESTION = Text("ขั้นตอน {stage} ไม่มีคำถามชื่อ {name}", "stage {stage} asks no question {name}")
WRONG_TYPE = Text("คำถาม {name} ต้องเป็นชนิด {types}", "question {name} must be of the type {types}")
NO_OPTION = Text("คำถาม {question} ไม่มีคำตอบ {name}", "question {question} has no option {name}")
CATEGORY_MISSING = Text(
    "มีประเภท (categories) แต่ไม่ได้ระบุว่าคำถามใดบอกประเภท (category: ขั้นตอน.คำถาม)",
    "is missing: the programme has categories, but no question says which (category: stage.question)",
)
CATEGORIES_MISSING = Text("ไม่มีประเภท (categories) ให้คำถามนี้บอก", "says the category, but the programme has no categories")
NO_SUCH_CATEGORY = Text("คำตอบ {name} ไม่ใช่ประเภทของโครงการ", "option {name} is no category of the programme")
CATEGORY_NOT_OFFERED = Text("คำถาม {question} ไม่มีคำตอบสำหรับประเภท {name}", "question {question} does not offer category {name}")
CATEGORY_OPTIONAL = Text(
    "คำถามที่บอกประเภทต้องจำเป็นต้องตอบเสมอ (required) และไม่มีเงื่อนไข (when)",
    "says the category, so it must always be asked and answered: required, without `when`",
)


def problems(outline: Outline) -> Iterator[Problem]:
    """Yield what is wrong with the question that says the category."""
    written = outline.document.get("category")
    if written is None:
        if outline.categories:
            yield Problem(("category",), CATEGORY_MISSING)
        return
    if not outline.categories:
        yield Problem(("category",), CATEGORIES_MISSING)
    question, wrong = resolve(outline, ("category",), written, types=("choice",), applicant=True)
    yield from wrong
    if question is None:
        return
    options = tuple(plain.keys(question, "options"))
    for name in options:
        if outline.categories and name not in outline.categories:
            yield Problem(("category",), unknown(NO_SUCH_CATEGORY, name, outline.categories))
    for name in outline.categories:
        if name not in options:
            yield Problem(("category",), CATEGORY_NOT_OFFERED.fill(question=written, name=name))
    if question.get("required", True) in (False, "false") or question.get("when"):
        yield Problem(("category",), CATEGORY_OPTIONAL)


def resolve(
    outline: Outline, path: Path, written: object, *, types: tuple[str, ...], applicant: bool = False
) -> tuple[Mapping[str, Any] | None, list[Problem]]:
    """Return the question that `stage.question` names, None if it is not there or of another type; and what is wrong.

    With `applicant` it may be one of the applicant's form, `applicant.question`.
    """
    if not isinstance(written, str):
        return None, []
    name, dot, key = written.partition(".")
    if not (name and dot and key):
        return None, [Problem(path, NO_REFERENCE)]
    stages = {stage.key: stage for stage in outline.of_kind("collect")}
    is_applicant = applicant and name == APPLICANT
    if not is_applicant and name not in stages:
        return None, [Problem(path, unknown(UNKNOWN_STAGE, name, [*stages, APPLICANT] if applicant else stages))]
    form = outline.applicant if is_applicant else outline.form(stages[name])
    if form is None:
        return None, []  # the form itself is complained of
    asked = plain.keys(form, "questions")
    if key not in asked:
        fitting = [other for other, question in asked.items() if question.get("type") in types]
        text = NO_APPLICANT_QUESTION if is_applicant else UNKNOWN_QUESTION.fill(stage=name, name="{name}")
        return None, [Problem(path, unknown(text, key, fitting))]
    if asked[key].get("type") not in types:
        return None, [Problem(path, WRONG_TYPE.fill(name=written, types=" / ".join(types)))]
    return asked[key], []


def answers(question: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what may be answered to a choice, to several, or to a consent."""
    return ("yes", "no") if question.get("type") == "consent" else tuple(plain.keys(question, "options"))
