"""Write the reference of a programme's fields from its models: `python -m tests.architecture.programme_reference`.

What a field means is the text under it in its model; the examples are parts of docs/reference/programme-example.yaml.
"""

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from shared.forms import form, items, part, questions
from shared.programmes import definition, fields, stages
from shared.programmes.applicants import SHIPPED, shipped
from shared.programmes.consistency.outline import COLLECT_STATES, JUDGE_STATES, SUPPORT_STATES
from shared.text import Text

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs/reference/programme.md"
EXAMPLE = ROOT / "docs/reference/programme-example.yaml"

QUESTIONS: tuple[type[BaseModel], ...] = tuple(fields.models(questions.Question))
STAGES: tuple[type[BaseModel], ...] = tuple(fields.models(stages.Stage))
PARTS: tuple[type[BaseModel], ...] = (
    definition.Category,
    definition.Committee,
    definition.Milestone,
    stages.Route,
    stages.Term,
    stages.Repeat,
    stages.Every,
    stages.Criterion,
    stages.Level,
    stages.Grant,
    form.Form,
    items.Item,
    questions.Option,
    questions.Column,
)
"""What is neither a stage nor a question, in the order in which it is explained."""
WORDS: dict[Any, str] = {
    str: "text",
    int: "whole number",
    Decimal: "number",
    bool: "`true` or `false`",
    Text: "text in `th`, `en` or both",
}
NAMES: tuple[tuple[Any, str], ...] = (
    (part.Key, "key"),
    (stages.When, "date, see [Dates](#dates)"),
    (stages.Condition, "condition, see [For whom a stage is](#for-whom-a-stage-is)"),
    (part.Words, "one word or a list of words"),
    (stages.NamedForm, "a form's name, or [Form](#form)"),
    (stages.Stage, "[stage](#stages)"),
    (questions.Question, "[question](#questions)"),
    (stages.Quota, "whole number, or by the name of each part"),
    (stages.Ballots, "whole number or `all`"),
    (questions.AtMost, "number or `grant`"),
)
ANSWERED = "mapping of other questions' keys to one answer or a list of answers"
PLURALS = {"text": "texts", "key": "keys", "whole number": "whole numbers"}
LIMITS = {"gt": "more than {}", "ge": "at least {}", "le": "at most {}", "decimal_places": "at most {} decimal places"}


def _asks(name: str) -> str:
    """Return the questions of a shipped form of an applicant."""
    return ", ".join(f"`{question.key}`" + ("" if question.required else " (optional)") for question in shipped(name).questions)


SHIPPED_FORMS = "\n".join(f"| `{name}` | {_asks(name)} |" for name in SHIPPED)

INTRODUCTION = f"""# The programme document

<!-- Written by `python -m tests.architecture.programme_reference` from the models. Do not edit. -->

One file, YAML or JSON, says all of one call: who applies, what is asked, who judges, what is paid. `omsap programme check FILE` tells every
error with its line, and what is probably not meant; `omsap programme load FILE` takes it. Shipped to read and to copy from:
`deploy/demo/programme-2563.yaml` (the first programme), `deploy/demo/film.yaml` (a film award), `deploy/demo/research.yaml` (research
grants), and [one of everything](programme-example.yaml).

A **key** is small letters, digits and `_`, beginning with a letter. Nothing in the program knows a key: call things as you like, and keep
the keys once the programme runs, for answers are stored under them. A **text** has `th`, `en` or both; what is missing reads as the other.

## Dates
A date (`opens`, `by`) is written in the common era, as one of

- an instant with its time zone, `2020-05-29T16:30:00+07:00`;
- a day, `2020-05-29`: it begins at 00:00 and ends at 23:59:59 in the programme's time zone;
- a term, `{{days: 30}}`, after what made the submission belong to the stage. The first day is not counted, and a term that would end on a
  Saturday, a Sunday or a holiday ends with the next working day (Thai Civil and Commercial Code, sections 193/3 and 193/8; holidays are
  data of the installation, see `omsap holidays`).

## For whom a stage is
`for` names stages and the states that a submission may have there; all of them must hold, of the states of one stage any. Without `for`
a stage is for every submission. Stages need not follow the order of the list, and their dates may overlap.

| named | may be |
|---|---|
| a `collect` stage | {", ".join(f"`{state}`" for state in COLLECT_STATES)} |
| a `judge` stage that keeps | {", ".join(f"`{state}`" for state in (JUDGE_STATES[0], JUDGE_STATES[2]))} |
| a `judge` stage with levels | the key of a level, `{JUDGE_STATES[1]}` (any level), `{JUDGE_STATES[2]}` |
| a `support` stage | {", ".join(f"`{state}`" for state in SUPPORT_STATES)} |
| `category` | keys of categories |
| `province`, `district` | official Thai names, as ลำปาง |

## Who applies
`applicant` names a form of this document or one that is shipped, or is a form itself. Some keys mean something in it; all else is yours.

| question | is | says |
|---|---|---|
| `name` | `short_text`, required | who applies |
| the first of type `place` | `place` | the areas that conditions, routes and officers go by; without one they are empty |
| `contact_name`, `email`, `phone` | `short_text`, `email`, `telephone` | whom to write to and where, for officers alone |
| `business` | `short_text` | what the applicant does; published with its name where results are |

It asks for no files, tables or indicators, and no question is called `code`: a table of applicants has a column for each question, under
its label or key (a place in its parts), and one for the register's code, by which an organisation knows an applicant over all its
programmes. `omsap targets template` writes the empty table. `category` and routes name its answers as `applicant.question`.

| shipped | asks |
|---|---|
{SHIPPED_FORMS}
"""


def reference() -> str:
    """Return the page."""
    document = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    parts = [INTRODUCTION, "## The document", _table(definition.Definition)]
    parts += ["## Stages", "Every stage has these fields, and by its `kind` those of one of the following.", _table(stages.StagePart)]
    for model in STAGES:
        parts += list(_explained(model, _first(document["stages"], "kind", model), stages.StagePart))
    parts += ["## Questions", "Every question has these fields, and by its `type` those of one of the following.", _table(questions.Asked)]
    asked = [question for stage in document["stages"] if isinstance(stage.get("form"), dict) for question in stage["form"]["questions"]]
    asked += [question for one in document["forms"].values() for question in one["questions"]]
    for model in QUESTIONS:
        parts += list(_explained(model, _first(asked, "type", model), questions.Asked))
    parts.append("## Parts")
    for model in PARTS:
        parts += list(_explained(model, None))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def missing() -> set[str]:
    """Return the models that a document may have and the page does not explain."""
    explained = {definition.Definition, *STAGES, *QUESTIONS, *PARTS, part.WrittenText}
    waiting: list[type[BaseModel]] = [definition.Definition]
    found: set[type[BaseModel]] = set()
    while waiting:
        model = waiting.pop()
        found.add(model)
        waiting += [one for field in model.model_fields.values() for one in fields.models(field.annotation) if one not in found]
    return {model.__name__ for model in found - explained}


def _first(listed: list[dict[str, Any]], name: str, model: type[BaseModel]) -> dict[str, Any]:
    which = fields.tag(model)
    return next(one for one in listed if which is not None and one[name] == which[1])


def _explained(model: type[BaseModel], example: dict[str, Any] | None, base: type[BaseModel] = BaseModel) -> Iterator[str]:
    which = fields.tag(model)
    yield f"### {which[1] if which else model.__name__}"
    yield _one_line(model.__doc__ or "")
    yield _table(model, base)
    if example is not None:
        shown = {**example}
        if isinstance(shown.get("form"), dict):
            shown["form"] = {name: listed[:1] for name, listed in shown["form"].items()}
        text = yaml.safe_dump([shown], allow_unicode=True, sort_keys=False, width=120)
        yield f"```yaml\n{text}```"


def _table(model: type[BaseModel], base: type[BaseModel] = BaseModel) -> str:
    """Return the fields of a model that its base has not, or has otherwise."""
    rows = ["| field | is | needed | what |", "|---|---|---|---|"]
    for name, field in model.model_fields.items():
        if name in base.model_fields and field.description == base.model_fields[name].description:
            continue
        description = _one_line(field.description or "").replace("None: ", "left out: ")
        cells = (f"`{field.alias or name}`", ANSWERED if name == "when" else _type(field), _needed(field), description)
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def _needed(field: FieldInfo) -> str:
    if field.is_required():
        return "yes"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value in ((), {}):
        return "no"
    values = value if isinstance(value, tuple) else (value,)
    return "else " + ", ".join(f"`{_plain(one)}`" for one in values)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value.value if isinstance(value, Enum) else value)


def _type(field: FieldInfo) -> str:
    whole = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
    if any(getattr(one, "pattern", None) == part.KEY_PATTERN for one in field.metadata):
        return "key"
    limits = list(dict.fromkeys(_limits(field.metadata)))
    return ", ".join([_named(field.annotation, whole), *limits])


def _limits(metadata: list[Any]) -> Iterator[str]:
    for one in metadata:
        for name, words in LIMITS.items():
            if (limit := getattr(one, name, None)) is not None:
                yield words.format(limit)
        if isinstance(pattern := getattr(one, "pattern", None), str) and pattern != part.KEY_PATTERN:
            yield f"matching `{pattern}`"
        if inner := getattr(one, "metadata", None):
            yield from _limits(inner)


def _named(annotation: Any, whole: Any = None) -> str:
    """Return what a value may be, in words."""
    for known, words in NAMES:
        if known in (annotation, whole):
            return words
    if isinstance(whole, type(Annotated[int, 0])) and any(isinstance(one, FieldInfo) for one in get_args(whole)[1:]):
        annotation = get_args(whole)[0]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _named(arguments[0])
    if origin is Literal:
        return " or ".join(f"`{one}`" for one in arguments)
    if origin is tuple:
        entry = _named(arguments[0])
        return f"list of {PLURALS.get(entry, entry)}"
    if origin is not None and isinstance(origin, type) and issubclass(origin, dict):
        return f"mapping of keys to {_named(arguments[1])}"
    if arguments:
        return " or ".join(_named(one) for one in arguments if one is not NoneType)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return " or ".join(f"`{one.value}`" for one in annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return WORDS.get(annotation, "day" if getattr(annotation, "__name__", "") == "date" else "date with time")


def _one_line(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    REFERENCE.write_text(reference(), encoding="utf-8")
