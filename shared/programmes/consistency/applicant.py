"""What a form of an applicant needs, and what needs an applicant's place. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from shared.forms.problem import Path, Problem
from shared.programmes import applicants
from shared.programmes.consistency import plain
from shared.programmes.consistency.outline import Outline
from shared.text import Text

NO_NAME = Text(
    "แบบฟอร์มของผู้สมัครต้องมีคำถาม name ชนิด short_text ที่จำเป็นต้องตอบเสมอ",
    "a form of an applicant needs a question `name`: a short_text that is required, without `when`, and not internal",
)
WRONG_TYPE = Text("ในแบบฟอร์มของผู้สมัคร คำถาม {name} ต้องเป็นชนิด {type}", "in a form of an applicant the question {name} is of the type {type}")
CODE_ASKED = Text("ในแบบฟอร์มของผู้สมัครใช้ชื่อ code ไม่ได้ เพราะหมายถึงรหัสในทะเบียน", "in a form of an applicant `code` means the register's code")
NO_FILES = Text("แบบฟอร์มของผู้สมัครขอไฟล์ไม่ได้", "a form of an applicant asks for no files")
ONE_CELL = Text(
    "แบบฟอร์มของผู้สมัครใช้คำถามชนิด {type} ไม่ได้ เพราะตารางนำเข้ามีหนึ่งช่องต่อคำถาม",
    "a form of an applicant has no {type}: a table of applicants has one cell for each question",
)
RESERVED = Text("ใช้ชื่อ {name} ไม่ได้ เพราะหมายถึงแบบฟอร์มของผู้สมัคร", "may not be called {name}, which means the form of the applicant")
NO_PLACE = Text(
    "แบบฟอร์มของผู้สมัครไม่ได้ถาม{level} จึงไม่มีใบสมัครใดตรงกับเงื่อนไขนี้", "the applicant's form asks for no {level}, so this fits no submission"
)
PROVINCE, DISTRICT = Text("จังหวัด", "province"), Text("อำเภอ", "district")
LEVELS = ("province", "amphoe", "tambon")


def problems(outline: Outline) -> Iterator[Problem]:
    """Yield what a form of an applicant lacks, and what it may not ask."""
    for path, stage in outline.written:
        if stage.get("key") == applicants.APPLICANT:
            yield Problem((*path, "key"), RESERVED.fill(name=applicants.APPLICANT))
    at, form = _place(outline), outline.applicant
    if at is None or form is None:
        return
    if form.get("items"):
        yield Problem((*at, "items"), NO_FILES)
    asked = plain.keys(form, "questions")
    if not _is_always_asked(asked.get(applicants.NAME, {})):
        yield Problem(at, NO_NAME)
    for number, question in plain.parts(form, "questions"):
        yield from _question(question, (*at, "questions", number))


def warnings(outline: Outline) -> Iterator[Problem]:
    """Yield conditions on places that no applicant says."""
    form = outline.applicant
    if form is None:
        return
    asked = [question.get("level", LEVELS[-1]) for question in plain.keys(form, "questions").values() if question.get("type") == "place"]
    depth = LEVELS.index(asked[0]) if asked and asked[0] in LEVELS else -1
    for path, table in [((), outline.document), *outline.written]:
        for number, route in plain.parts(table, "routing"):
            if route.get("provinces") and depth < 0:
                yield Problem((*path, "routing", number, "provinces"), NO_PLACE.fill(level=PROVINCE))
    for path, stage in outline.written:
        condition = plain.mapping(stage, "for")
        filers = [word for _, word in plain.words(stage.get("filed_by"))]
        if depth < 0 and ("province" in condition or "province" in filers):
            yield Problem((*path, "for" if "province" in condition else "filed_by"), NO_PLACE.fill(level=PROVINCE))
        if depth < 1 and ("district" in condition or "district" in filers):
            yield Problem((*path, "for" if "district" in condition else "filed_by"), NO_PLACE.fill(level=DISTRICT))


def _place(outline: Outline) -> Path | None:
    """Return where the form is written; None where it is one that is shipped."""
    applicant = outline.document.get("applicant")
    if isinstance(applicant, Mapping):
        return ("applicant",)
    return ("forms", applicant) if isinstance(applicant, str) and applicant in outline.forms else None


def _is_always_asked(question: Mapping[str, Any]) -> bool:
    optional = question.get("required", True) in (False, "false") or question.get("internal") in (True, "true")
    return bool(question) and not optional and not question.get("when")


def _question(question: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    key, type_ = question.get("key"), question.get("type")
    if key == applicants.CODE:
        yield Problem((*path, "key"), CODE_ASKED)
    expected = applicants.ROLES.get(key) if isinstance(key, str) else None
    if expected is not None and isinstance(type_, str) and type_ != expected:
        yield Problem((*path, "type"), WRONG_TYPE.fill(name=key, type=expected))
    elif type_ in ("table", "indicator"):
        yield Problem((*path, "type"), ONE_CELL.fill(type=type_))
