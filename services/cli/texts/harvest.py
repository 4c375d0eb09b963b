"""Find every text of the product in its source: pairs of Thai and English, with the place where each stands.

Python: `Text(…)`, both forms of `plural(…)`, and the class attributes `th` and `en` of refusals. Templates: `t("ไทย", "English")`.
JavaScript: pairs `["ไทย", "English"]`. Whatever else holds Thai letters is `stray`: it should be one of these.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from string import Formatter

from jinja2 import Environment, TemplateSyntaxError, nodes

ROOT = Path(__file__).parents[3]
FOLDERS = ("shared", "services", "workers")
THAI = re.compile(r"[\u0e00-\u0e7f]")
PAIR = re.compile(r"""\[\s*(["'`])((?:(?!\1).)*[\u0e00-\u0e7f](?:(?!\1).)*)\1\s*,\s*(["'`])((?:(?!\3).)*)\3\s*,?\s*\]""", re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)
CALLS = {"Text": (("th", "en"),), "plural": (("th", "one"), ("th", "many"))}
"""Calls that make texts, and the pairs of arguments that are Thai and English."""
POSITIONS = ("th", "en")
"""What the arguments of `Text` without a name are; those of `plural` have names."""
DATA = {
    "shared/thai/": "places, months, numerals and how amounts are spelt",
    "services/web/static/vendor/": "other people's files",
    "shared/programmes/columns.py": "headings that a table may have: they are read, and shown only inside of texts",
    "services/pages/static/js/assist/matching.js": "words that names of groups begin with: they are compared, never shown",
    "shared/tools/office_tool.py": "the name of a font has a Thai digit",
}
"""Files and folders whose Thai is no text of the product, and why."""
JINJA = re.compile(r"\{\{|\{%")
"""What tells the body of a mail, a template of its own, from a text with slots."""


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
        if name.startswith(tuple(DATA)) or "/migrations/" in name:
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
    """Return the names of a text's slots, or of the variables of a mail's body. Raises ValueError for braces that do not match."""
    if JINJA.search(text):
        try:
            return {node.name for node in Environment(autoescape=True).parse(text).find_all(nodes.Name)}
        except TemplateSyntaxError as error:
            raise ValueError(str(error)) from None
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
                given = dict(zip(POSITIONS, node.args, strict=False)) | {one.arg: one.value for one in node.keywords if one.arg}
                for th, en in CALLS[name]:
                    yield from _pair(given.get(th), given.get(en), node.lineno, seen)
        elif isinstance(node, ast.ClassDef):
            attributes = _attributes(node)
            if "th" in attributes:
                yield from _pair(attributes["th"], attributes.get("en"), attributes["th"].lineno, seen)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or _is_docstring(node):
            seen |= {id(constant) for constant in _docstrings(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in seen and THAI.search(node.value):
            yield node.lineno, node.value, None


def _attributes(node: ast.ClassDef) -> dict[str, ast.expr]:
    """Return the values that the body of a class gives its attributes."""
    plain = [(target, one.value) for one in node.body if isinstance(one, ast.Assign) for target in one.targets]
    typed = [(one.target, one.value) for one in node.body if isinstance(one, ast.AnnAssign) and one.value is not None]
    return {target.id: value for target, value in plain + typed if isinstance(target, ast.Name)}


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
