"""A programme's file (YAML, and JSON as a kind of YAML) of any format → its definition, or every error at once with its line."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shared.forms.problem import Path, Problem
from shared.programmes import consistency, fields
from shared.programmes.complaints import complaint
from shared.programmes.definition import STORED, Definition
from shared.programmes.source import LONGEST, Fault, ProgrammeInvalid, Source, source
from shared.programmes.upgrading import Upgraded, upgrade

__all__ = ["LONGEST", "Fault", "ProgrammeInvalid", "define", "read", "read_with_warnings"]


def read(content: bytes | str) -> Definition:
    """Return the definition a file holds. Raises ProgrammeInvalid with every error."""
    return read_with_warnings(content)[0]


def read_with_warnings(content: bytes | str) -> tuple[Definition, list[Fault]]:
    """Return the definition a file holds, and what it says that is probably not meant. Raises ProgrammeInvalid with every error."""
    return define(source(content))


def define(file: Source) -> tuple[Definition, list[Fault]]:
    """Return what a file's plain data defines, and what it says that is probably not meant. Raises ProgrammeInvalid with every error."""
    made = upgrade(file.document)
    problems = consistency.problems(made.document)
    try:
        definition = Definition.model_validate(made.document, context=STORED)  # what does not agree, is known with its place already
    except ValidationError as error:
        raise ProgrammeInvalid(_faults(file, made, error.errors(include_url=False), problems)) from None
    if file.faults or made.problems or problems:
        raise ProgrammeInvalid(_faults(file, made, [], problems))
    found = [one for one in consistency.warnings(made.document) if not made.is_implied(one.path)]
    warnings = [file.fault(made.original(one.path), one.text) for one in found]
    return definition, sorted(warnings, key=lambda fault: (fault.line, fault.path))


def _faults(file: Source, made: Upgraded, found: list[ErrorDetails], problems: list[Problem]) -> list[Fault]:
    """Return all that is wrong: how the file is written, what the models refuse, once a place, and what does not agree."""
    faults = {fault.path: [fault] for fault in [*file.faults, *(file.fault(one.path, one.text) for one in made.problems)]}
    told = [one.path for one in made.problems]
    refused = [
        Problem(_place(made.document, one), complaint(one, _known(made, one)))
        for one in found[: consistency.MOST_PROBLEMS]
        if not (one["type"] == "too_short" and _has_faulty_entries(one["loc"], found))
    ]
    for listed, once in ((refused, True), (problems, False)):
        before = set(faults)
        for problem in listed:
            place = made.original(problem.path)
            if made.is_implied(problem.path) or any(place[: len(one)] == one for one in told):
                continue
            fault = file.fault(place, problem.text)
            if fault.path not in before and not (once and fault.path in faults):
                faults.setdefault(fault.path, []).append(fault)
    return list(dict.fromkeys(fault for listed in faults.values() for fault in listed))


def _known(made: Upgraded, error: ErrorDetails) -> list[str]:
    """Return the names that an unknown field may have had, or the kinds of which a part is to name one."""
    if error["type"] == "union_tag_not_found":
        return fields.kinds(error["loc"])
    if error["type"] != "extra_forbidden":
        return []
    names = fields.known(error["loc"][:-1])
    return [*names, *made.old_names] if len(error["loc"]) == 1 else names


def _has_faulty_entries(path: Path, found: list[ErrorDetails]) -> bool:
    """Say whether a list is "too short" only because pydantic does not count its faulty entries."""
    return any(len(one["loc"]) > len(path) and one["loc"][: len(path)] == path for one in found)


def _place(document: Mapping[str, Any], error: ErrorDetails) -> Path:
    """Return where in the document something is wrong: pydantic's own path without the steps that name alternatives of a union."""
    part: Any = document
    place: list[str | int] = []
    tags: list[Any] = []
    for step in error["loc"]:
        if step in tags:
            tags = []
            continue
        tags = []
        if isinstance(part, Mapping) and step in part:
            part = part[step]
        elif isinstance(part, list | tuple) and isinstance(step, int) and step < len(part):
            part = part[step]
            tags = [part[name] for name in fields.TAGS if name in part] if isinstance(part, Mapping) else []
        else:
            continue
        place.append(step)
    if error["type"] == "missing":
        place.append(error["loc"][-1])
    if error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        place.append(str(error["ctx"]["discriminator"]).strip("'"))
    return tuple(place)
