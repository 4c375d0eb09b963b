"""Which forms are used where. What agrees inside one form, `shared.forms` knows. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from shared.forms import consistency
from shared.forms.nearest import unknown
from shared.forms.problem import Path, Problem
from shared.programmes.applicants import SHIPPED
from shared.programmes.consistency import plain
from shared.programmes.consistency.outline import Outline
from shared.text import Text

UNKNOWN_FORM = Text("ไม่มีแบบฟอร์มชื่อ {name}", "there is no form {name}")
UNUSED = Text("ไม่มีขั้นตอนใดใช้แบบฟอร์มนี้", "no stage uses this form")


def problems(outline: Outline) -> Iterator[Problem]:
    """Yield forms that are named and not there, and what does not agree inside of one."""
    for path, stage in outline.written:
        form = stage.get("form")
        if stage.get("kind") == "collect" and isinstance(form, str) and form not in outline.forms:
            yield Problem((*path, "form"), unknown(UNKNOWN_FORM, form, outline.forms))
    applicant = outline.document.get("applicant")
    known = [*SHIPPED, *outline.forms]
    if isinstance(applicant, str) and applicant not in known:
        yield Problem(("applicant",), unknown(UNKNOWN_FORM, applicant, known))
    for path, form in _written(outline):
        yield from consistency.problems(form, path)


def warnings(outline: Outline) -> Iterator[Problem]:
    """Yield forms that nobody fills in."""
    named = [outline.document.get("applicant"), *(stage.get("form") for _, stage in outline.written)]
    used = {name for name in named if isinstance(name, str)}
    for name in outline.forms:
        if name not in used:
            yield Problem(("forms", name), UNUSED)


def _written(outline: Outline) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield every form that is written out, with its path."""
    places: list[tuple[Path, Mapping[str, Any]]] = [((*path, "form"), plain.mapping(stage, "form")) for path, stage in outline.written]
    places += [(("forms", name), plain.mapping(outline.forms, name)) for name in outline.forms]
    yield from (place for place in [*places, (("applicant",), plain.mapping(outline.document, "applicant"))] if place[1])
