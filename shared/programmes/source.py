"""A file of YAML, or of JSON as a kind of YAML → its plain data, and the line of every value."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from shared.errors import Invalid
from shared.forms.part import MOST_DECIMALS, MOST_DIGITS
from shared.forms.problem import Path, written
from shared.text import Text

LONGEST = 512 * 1024
"""Bytes of a programme's file."""
MOST_NODES = 20_000

NO_MAPPING = Text("ไฟล์ต้องเป็นรายการ ชื่อ: ค่า", "the file must be a mapping of names to values")
TOO_LARGE = Text("ไฟล์ใหญ่เกิน {most} ไบต์", "the file is larger than {most} bytes")
NOT_UTF8 = Text("ไฟล์ต้องเข้ารหัสแบบ UTF-8", "the file must be UTF-8")
UNREADABLE = Text("อ่านไฟล์ไม่ได้: {reason}", "cannot be read: {reason}")
EMPTY = Text("ไฟล์ว่างเปล่า", "the file is empty")
TOO_MANY_VALUES = Text("ไฟล์มีข้อมูลมากเกิน {most} ค่า", "the file has more than {most} values")
BROKEN_CHARACTER = Text("มีอักขระที่ไม่ถูกต้อง", "holds a broken character")
WRITTEN_TWICE = Text("เขียน {name} ซ้ำ", "{name} is written twice")
NUMBER_TOO_LARGE = Text("ตัวเลขใหญ่หรือละเอียดเกินไป", "the number is too large or too fine")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: its line (from 1), where in the data, and what."""

    line: int
    path: str
    text: Text

    def to_json(self) -> dict[str, Any]:
        """Return it as answers and commands show it: line, path, and the text in both languages."""
        return {"line": self.line, "path": self.path, **self.text.to_json()}


class ProgrammeInvalid(Invalid):
    """The file does not describe a programme; `errors` holds everything that is wrong with it."""

    th = "ไฟล์โครงการมีข้อผิดพลาด {count} แห่ง เริ่มที่บรรทัด {line}: {first_th}"
    en = "The programme's file has {count} errors, the first in line {line}: {first_en}"

    def __init__(self, faults: list[Fault]) -> None:
        ordered = sorted(faults, key=lambda fault: (fault.line, fault.path))
        errors = [fault.to_json() for fault in ordered]
        first = ordered[0]
        super().__init__(count=len(errors), line=first.line, first_th=first.text.th, first_en=first.text.en, errors=errors)


@dataclass(slots=True)
class Source:
    """What a file holds: its plain data, where each value stands, and what is wrong already with how it is written."""

    root: yaml.Node
    document: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: Path, text: Text) -> Fault:
        """Return a fault at a path, with the line of the value there, or of the nearest thing around it that is in the file."""
        return Fault(self._line(path), written(path), text)

    def _line(self, path: Path) -> int:
        node, line = self.root, self.root.start_mark.line
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return line + 1


def source(content: bytes | str) -> Source:
    """Return what a file holds. Raises ProgrammeInvalid when it can hold nothing."""
    found = Source(_compose(_text(content)))
    document = _plain(found.root, (), found.faults)
    if not isinstance(document, dict):
        raise ProgrammeInvalid([Fault(1, "", NO_MAPPING)])
    found.document = document
    return found


def _text(content: bytes | str) -> str:
    if len(content) > LONGEST:
        raise ProgrammeInvalid([Fault(1, "", TOO_LARGE.fill(most=LONGEST))])
    if isinstance(content, str):
        text = content
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise ProgrammeInvalid([Fault(line, "", NOT_UTF8)]) from None
    # JSON may be indented with tabs, YAML may not; inside its strings JSON has no raw tabs.
    return text.replace("\t", " ") if text.lstrip().startswith("{") else text


def _compose(text: str) -> yaml.Node:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ProgrammeInvalid([Fault(line, "", UNREADABLE.fill(reason=error.problem))]) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise ProgrammeInvalid([Fault(1, "", UNREADABLE.fill(reason=error))]) from None
    if root is None:
        raise ProgrammeInvalid([Fault(1, "", EMPTY)])
    _refuse_excess(root)
    return root


def _refuse_excess(root: yaml.Node) -> None:
    """Refuse files whose aliases would unfold into more than a programme can need, or into themselves."""
    count, waiting = 0, [root]
    while waiting:
        node = waiting.pop()
        count += 1
        if count > MOST_NODES:
            line = node.start_mark.line + 1
            raise ProgrammeInvalid([Fault(line, "", TOO_MANY_VALUES.fill(most=MOST_NODES))])
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def _plain(node: yaml.Node, path: Path, faults: list[Fault]) -> Any:
    """Return the plain data of a node; numbers stay exact, dates stay text for the definition to read."""
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, faults)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(part, (*path, number), faults) for number, part in enumerate(node.value)]
    tag, value = node.tag.rpartition(":")[2], str(node.value)
    match tag:
        case "null":
            return None
        case "bool":
            return value.lower() in {"true", "yes", "on"}
        case "int" | "float":
            number = _number(value)
            if isinstance(number, str) or _is_reasonable(number):
                return number
            faults.append(Fault(node.start_mark.line + 1, written(path), NUMBER_TOO_LARGE))
            return 0
    try:
        return value.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        faults.append(Fault(node.start_mark.line + 1, written(path), BROKEN_CHARACTER))
        return ""


def _number(value: str) -> int | Decimal | str:
    digits = value.replace("_", "")
    try:
        return int(digits)
    except ValueError:
        pass
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return value
    return number if number.is_finite() else value


def _is_reasonable(number: int | Decimal) -> bool:
    exponent = Decimal(number).as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MOST_DECIMALS and Decimal(number).adjusted() < MOST_DIGITS


def _mapping(node: yaml.MappingNode, path: Path, faults: list[Fault]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        if name in plain:
            faults.append(Fault(key.start_mark.line + 1, written((*path, name)), WRITTEN_TWICE.fill(name=name)))
        plain[name] = _plain(value, (*path, name), faults)
    return plain


def _child(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == step:
                return key.start_mark.line, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line, node.value[step]
    return None
