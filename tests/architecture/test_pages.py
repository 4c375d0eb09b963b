"""What templates are given: typed models all the way down; and no template branches on words that people read."""

import ast
import re
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from jinja2 import Environment, nodes
from pydantic import BaseModel

ROOT = Path(__file__).parents[2]
TYPED = ("web", "operations", "review", "office", "intake", "pages")
"""Services whose every page is a typed model."""
SCALARS = (str, int, float, bool, Decimal, datetime, date, timedelta, UUID, type(None))
WORD = re.compile(r"[\u0e00-\u0e7f]|[A-Z]|\s")
"""What codes do not have: Thai letters, capitals, spaces."""


def pages() -> list[Any]:
    """Every page of the typed services."""
    for service in TYPED:
        for path in (ROOT / "services" / service).rglob("*.py"):
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    found, waiting = [], [import_module("services.web.templates").Page]
    while waiting:
        waiting += (more := waiting.pop().__subclasses__())
        found += [page for page in more if page.__module__.split(".")[1] in TYPED]
    return found


def untyped(kind: Any, at: str, seen: set[Any]) -> Iterator[str]:
    """Yield where a type, or what it holds, is anything but a scalar, an enum, a model or a list of them."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return
    if origin is Annotated:
        yield from untyped(arguments[0], at, seen)
    elif origin in (list, frozenset, Union, types.UnionType):
        for argument in arguments:
            yield from untyped(argument, at, seen)
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind not in seen:
            seen.add(kind)
            for name, field in kind.model_fields.items():
                yield from untyped(field.annotation, f"{at}.{name}", seen)
    elif is_dataclass(kind):
        if kind not in seen:
            seen.add(kind)
            hints = get_type_hints(kind)
            for part in fields(kind):
                yield from untyped(hints[part.name], f"{at}.{part.name}", seen)
    elif not (isinstance(kind, type) and issubclass(kind, (*SCALARS, Enum))):
        yield f"{at}: {kind}"


@pytest.mark.usefixtures("installation")
def test_pages_hold_typed_models_all_the_way_down() -> None:
    found = pages()
    assert len(found) > 8
    assert [where for page in found for where in untyped(page, page.__name__, set())] == []


def templates(*services: str) -> list[Path]:
    return [path for service in services for path in sorted((ROOT / "services" / service / "templates").rglob("*.html"))]


@pytest.mark.usefixtures("installation")
def test_every_template_of_a_page_exists_and_none_is_named_twice() -> None:
    named = [page.template for page in pages() if "template" in vars(page)]
    assert len(named) == len(set(named))
    assert [name for name in named if not any((ROOT / "services" / service / "templates" / name).exists() for service in TYPED)] == []


def compared(path: Path) -> Iterator[str]:
    """Yield the texts that a template compares with something, in `==` and `in` and in tests such as `selectattr(…, "equalto", …)`."""
    tree = Environment(autoescape=True).parse(path.read_text())
    for one in tree.find_all((nodes.Compare, nodes.Test)):
        yield from (text.value for text in one.find_all(nodes.Const) if isinstance(text.value, str))
    for one in tree.find_all(nodes.Filter):
        if one.name in ("select", "reject", "selectattr", "rejectattr"):
            yield from (text.value for argument in one.args for text in argument.find_all(nodes.Const) if isinstance(text.value, str))
            yield from (argument.value for argument in one.args if isinstance(argument, nodes.Const) and isinstance(argument.value, str))


@pytest.mark.parametrize("path", templates(*TYPED), ids=lambda path: path.name)
def test_no_template_branches_on_words_that_people_read(path: Path) -> None:
    assert [text for text in compared(path) if WORD.search(text)] == []


def test_templates_are_given_pages_and_nothing_else() -> None:
    """`show` is the only way to a template, and it takes a page."""
    by_themselves = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "services").rglob("*.py")
        if re.search(r"get_template|TemplateResponse", path.read_text())
    ]
    assert by_themselves == ["services/web/templates.py"]
    functions = [node for node in ast.parse((ROOT / by_themselves[0]).read_text()).body if isinstance(node, ast.FunctionDef)]
    assert [function.name for function in functions if function.args.kwarg] == []
