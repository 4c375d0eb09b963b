"""Find every text of the product in its source: pairs of Thai and English, with the place where each stands.

Python: `Text(…)` and `plural(…)`, and the class attributes `th` and `en` of refusals. Templates: `t("ไทย", "English")`. JavaScript: pairs
`["ไทย", "English"]`. Whatever else holds Thai letters is `stray`: it should be one of these.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from string import Formatter

from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[3]
FOLDERS = ("shared", "services", "workers")
THAI = re.compile(r"[\u0e00-\u0e7f]")
PAIR = re.compile(r"""\[\s*(["'`])((?:(?!\1).)*[\u0e00-\u0e7f](?:(?!\1).)*)\1\s*,\s*(["'`])((?:(?!\3).)*)\3\s*,?\s*\]""", re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)
CALLS = {"Text": ("th", "en"), "plural": ("th", "one")}
"""Calls that make texts, and the arguments that are Thai and English."""
DATA = ("shared/thai/", "services/web/static/vendor/")
"""What holds Thai that is no text of the product: names of places, months, numerals; other people's files."""


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """One text at one place."""

    where: str
    """File and line."""
    th: str
    en: str

    @property
    def key(self) -> str:
        """What names the text from export to check: a digest of both languages, so that a text that changed meanwhile is noticed."""
        return sha256(f"{self.th}\0{self.en}".encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Harvest:
    """All texts, and Thai that stands outside of any."""

    texts: list[Found]
    stray: list[str]
    """File, line and the literal."""


def harvest(root: Path = ROOT) -> Harvest:
    """Read the source below `root`."""
    texts: list[Found] = []
    stray: list[str] = []
    for path in sorted(found for folder in FOLDERS for found in (root / folder).rglob("*") if found.suffix in (".py", ".html", ".js")):
        name = path.relative_to(root).as_posix()
        if name.startswith(DATA) or "/migrations/" in name:
            continue
        source = path.read_text(encoding="utf-8")
        read = {".py": _python, ".html": _template, ".js": _script}[path.suffix]
        for line, th, en in read(source):
            if en is None:
                stray.append(f"{name}:{line}: {th}")
            else:
                texts.append(Found(f"{name}:{line}", th, en))
    return Harvest(texts, stray)


def slots(text: str) -> set[str]:
    """Return the names of the slots of a text. Raises ValueError for braces that do not match."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


Line = tuple[int, str, str | None]
"""Line, Thai, English; without English the Thai stands outside of a text."""


def _python(source: str) -> Iterator[Line]:
    tree = ast.parse(source)
    seen: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in CALLS:
                given = dict(zip(CALLS[name], node.args, strict=False)) | {one.arg: one.value for one in node.keywords if one.arg}
                th, en = (given.get(argument) for argument in CALLS[name])
                yield from _pair(th, en, node.lineno, seen)
        elif isinstance(node, ast.ClassDef):
            attributes = {
                target.id: statement.value
                for statement in node.body
                if isinstance(statement, ast.Assign)
                for target in statement.targets
                if isinstance(target, ast.Name)
            }
            if "th" in attributes:
                yield from _pair(attributes["th"], attributes.get("en"), attributes["th"].lineno, seen)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or _is_docstring(node):
            seen |= {id(constant) for constant in _docstrings(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in seen and THAI.search(node.value):
            yield node.lineno, node.value, None


def _pair(th: ast.expr | None, en: ast.expr | None, line: int, seen: set[int]) -> Iterator[Line]:
    if isinstance(th, ast.Constant) and isinstance(en, ast.Constant) and isinstance(th.value, str) and isinstance(en.value, str):
        seen |= {id(th), id(en)}
        yield line, th.value, en.value


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _docstrings(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the string statements directly in a node: docstrings, of modules, classes, functions and attributes."""
    statements = [node] if isinstance(node, ast.Expr) else getattr(node, "body", [])
    for statement in statements:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            yield statement.value


def _template(source: str) -> Iterator[Line]:
    tree = Environment(autoescape=True).parse(source)
    seen: set[int] = set()
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "t" and len(call.args) == 2:
            th, en = call.args
            if isinstance(th, nodes.Const) and isinstance(en, nodes.Const):
                seen.add(id(th))
                yield call.lineno, th.value, en.value
    for const in tree.find_all(nodes.Const):
        if id(const) not in seen and isinstance(const.value, str) and THAI.search(const.value):
            yield const.lineno, const.value, None
    for data in tree.find_all(nodes.TemplateData):
        for number, line in enumerate(data.data.splitlines()):
            if THAI.search(line):
                yield data.lineno + number, line.strip(), None


def _script(source: str) -> Iterator[Line]:
    for match in PAIR.finditer(source):
        yield source.count("\n", 0, match.start()) + 1, match[2], match[4]
    rest = COMMENT.sub("", PAIR.sub("", source))
    for line in rest.splitlines():
        if THAI.search(line):
            yield 0, line.strip(), None
