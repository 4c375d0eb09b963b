"""The fields that a document's parts have: from the models, for whoever misspelt one and for the reference of all fields. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from shared.forms.part import WrittenText
from shared.programmes.definition import Definition
from shared.text import Text

TAGS = ("kind", "type")
"""Fields that say which of several models a part is."""


def known(path: Sequence[str | int]) -> list[str]:
    """Return the names of the fields that the part at one of pydantic's paths may have."""
    return list(dict.fromkeys(name for model in _models(path) for name in names(model)))


def kinds(path: Sequence[str | int]) -> list[str]:
    """Return what the part at one of pydantic's paths may say of itself in `kind` or `type`."""
    return [which[1] for model in _models(path) if (which := tag(model)) is not None]


def names(model: type[BaseModel]) -> list[str]:
    """Return the names of a model's fields as a file has them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def alternatives(annotation: Any) -> Iterator[Any]:
    """Yield the types that a field may be of: of a union each, of a list or a mapping that of its entries, without what annotates them."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from alternatives(arguments[0])
    elif origin in (Union, UnionType):
        for argument in arguments:
            yield from alternatives(argument)
    elif origin is tuple:
        yield from alternatives(arguments[0])
    elif origin is not None and origin is not Literal and issubclass(origin, Mapping):
        yield from alternatives(arguments[1])
    else:
        yield WrittenText if annotation is Text else annotation


def models(annotation: Any) -> list[type[BaseModel]]:
    """Return the models that a field may be of."""
    return [one for one in alternatives(annotation) if isinstance(one, type) and issubclass(one, BaseModel)]


def tag(model: type[BaseModel]) -> tuple[str, str] | None:
    """Return the field that says which of several models a part is, and its value for this one."""
    for name in TAGS:
        field = model.model_fields.get(name)
        if field is not None and len(values := get_args(field.annotation)) == 1:
            return name, str(values[0])
    return None


def _models(path: Sequence[str | int]) -> list[type[BaseModel]]:
    found: list[type[BaseModel]] = [Definition]
    for step in path:
        if isinstance(step, int):
            continue
        chosen = [model for model in found if (which := tag(model)) is not None and which[1] == step]
        if chosen:
            found = chosen
            continue
        fields = [field for model in found for name, field in model.model_fields.items() if step in (name, field.alias)]
        if fields:
            found = [model for field in fields for model in models(field.annotation)]
    return found
