"""The pydantic model of a form: what people type in, what is stored out. It is one for page, API, command line and import."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model
from pydantic_core import ErrorDetails

from shared.forms.form import Form
from shared.forms.problem import Path
from shared.forms.reading import Stored
from shared.forms.types import TYPES
from shared.text import Text

MOST_MODELS = 200
"""Forms whose models are kept in memory."""

UNKNOWN = Text("แบบฟอร์มนี้ไม่มีคำถามชื่อ {name}", "this form has no question called {name}")
UNKNOWN_PART = Text("ข้อนี้ไม่มีช่องชื่อ {name}", "this question has no part called {name}")
UNREADABLE = Text("อ่านคำตอบไม่ได้", "cannot be read")
LONGEST_NAME = 60
"""Characters of an unknown name that are shown."""

Answers = Mapping[str, Stored]
"""Stored answers by the key of their question."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with something typed: where, from the question's key on, a stable code, and what to do."""

    path: Path
    code: str
    text: Text


def model_of(form: Form) -> type[BaseModel]:
    """Return the model of a form's answers, the same for every form of the same content.

    Its fields are the questions by their keys (as aliases, since a key may be a name that pydantic has for itself), None where
    nothing is answered. What is required is no matter of the model: that depends on the other answers, see `shared.forms.checking`.
    """
    return _model(_Content(form))


def read(form: Form, typed: Mapping[str, object]) -> tuple[dict[str, Stored], list[Fault]]:
    """Return the stored answers by key, without those that are blank or wrong, and everything that is wrong."""
    model, faults = model_of(form), list[Fault]()
    try:
        answers = model.model_validate(dict(typed))
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        faults = [_fault(one) for one in found]
        wrong = {one["loc"][0] for one in found if one["loc"]}
        answers = model.model_validate({key: value for key, value in typed.items() if key not in wrong})
    stored = {question.key: getattr(answers, _name(position)) for position, question in enumerate(form.questions)}
    return {key: value for key, value in stored.items() if value is not None}, faults


def _name(position: int) -> str:
    return f"q{position}"


class _Content:
    """A form as a key of a cache: by what it says, for the same document is read again and again."""

    __slots__ = ("content", "form")

    def __init__(self, form: Form) -> None:
        self.form, self.content = form, form.content

    def __hash__(self) -> int:
        return hash(self.content)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content) and self.content == other.content


@lru_cache(maxsize=MOST_MODELS)
def _model(of: _Content) -> type[BaseModel]:
    fields: dict[str, Any] = {
        _name(position): (TYPES[question.type].field(question), Field(default=None, alias=question.key))
        for position, question in enumerate(of.form.questions)
    }
    model: type[BaseModel] = create_model("FormAnswers", __config__=ConfigDict(extra="forbid"), **fields)
    return model


def _fault(error: ErrorDetails) -> Fault:
    facts = error.get("ctx", {})
    if "th" in facts and "en" in facts:
        return Fault(error["loc"], error["type"], Text(facts["th"], facts["en"]))
    if error["type"] == "extra_forbidden":
        text = UNKNOWN if len(error["loc"]) == 1 else UNKNOWN_PART
        return Fault(error["loc"], "unknown", text.fill(name=str(error["loc"][-1])[:LONGEST_NAME]))
    return Fault(error["loc"], "unreadable", UNREADABLE)
