"""Every submission has a committee: routes name what there is, and one takes all the rest. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from shared.forms.nearest import unknown
from shared.forms.problem import Path, Problem
from shared.programmes.consistency import areas, plain, questions
from shared.programmes.consistency.conditions import UNKNOWN_CATEGORY
from shared.programmes.consistency.outline import Outline
from shared.text import Text
from shared.thai import places

UNKNOWN_COMMITTEE = Text("ไม่มีคณะกรรมการชื่อ {name}", "routing names no committee: {name}")
REST_UNROUTED = Text("ต้องมีเส้นทางหนึ่งที่ไม่ระบุเงื่อนไข เพื่อรับผลงานที่เหลือทั้งหมด", "routing needs one route without conditions, for all the rest")
NO_ROUTING = Text(
    "ยังไม่ได้ระบุว่าคณะกรรมการใดพิจารณา (routing ของโครงการหรือของรอบนี้)",
    "no committee judges this round: name one in `routing`",
)
NOT_READ = Text("รอบ {judge} ไม่ได้อ่านขั้นตอน {stage}", "round {judge} does not read stage {stage}")
UNREACHED = Text("มีเส้นทางก่อนหน้าที่รับผลงานที่เหลือทั้งหมดแล้ว เส้นทางนี้จึงไม่มีผล", "an earlier route takes all the rest, so this one has no effect")
WITHOUT_ROUTE = Text("ไม่มีเส้นทางใดส่งผลงานให้คณะกรรมการนี้", "no route leads to this committee")
CONDITIONS = ("provinces", "categories", "answers")


def problems(outline: Outline) -> Iterator[Problem]:
    """Yield names in routes that are not there, rounds without a committee, and submissions that no route takes."""
    yield from _routes(outline, outline.document, ())
    for path, stage in outline.written:
        if stage.get("kind") != "judge":
            continue
        yield from _routes(outline, stage, path)
        own = stage.get("routing") is not None
        if not (stage if own else outline.document).get("routing"):
            yield Problem((*path, "routing") if own else path, NO_ROUTING)
        yield from _read(outline, stage, path if own else (), stage if own else outline.document)


def warnings(outline: Outline) -> Iterator[Problem]:
    """Yield committees that judge nothing, and routes that take nothing."""
    tables: list[tuple[Path, Mapping[str, Any]]] = [((), outline.document), *outline.written]
    used = {route.get("committee") for _, table in tables for _, route in plain.parts(table, "routing")}
    for number, committee in plain.parts(outline.document, "committees"):
        if committee.get("key") not in used:
            yield Problem(("committees", number), WITHOUT_ROUTE)
    for path, table in tables:
        routes = list(plain.parts(table, "routing"))
        rest = [number for number, route in routes if _takes_the_rest(route)]
        for number in rest[1:]:
            yield Problem((*path, "routing", number), UNREACHED)


def _routes(outline: Outline, table: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    routes = list(plain.parts(table, "routing"))
    for number, route in routes:
        yield from _route(outline, route, (*path, "routing", number))
    if routes and not _is_all_taken(outline, [route for _, route in routes]):
        yield Problem((*path, "routing"), REST_UNROUTED)


def _route(outline: Outline, route: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    committee = route.get("committee")
    if isinstance(committee, str) and committee not in outline.committees:
        yield Problem((*path, "committee"), unknown(UNKNOWN_COMMITTEE, committee, outline.committees))
    for rest, name in plain.words(route.get("provinces")):
        if (wrong := areas.wrong_province(name)) is not None:
            yield Problem((*path, "provinces", *rest), wrong)
    for rest, name in plain.words(route.get("categories")):
        if name not in outline.categories:
            yield Problem((*path, "categories", *rest), unknown(UNKNOWN_CATEGORY, name, outline.categories))
    for written, value in plain.mapping(route, "answers").items():
        place = (*path, "answers", written)
        question, faults = questions.resolve(outline, place, written, types=("choice", "several", "consent"), applicant=True)
        yield from faults
        known = () if question is None else questions.answers(question)
        for rest, name in plain.words(value) if question is not None else []:
            if name not in known:
                yield Problem((*place, *rest), unknown(questions.NO_OPTION.fill(question=written, name="{name}"), name, known))


def _read(outline: Outline, judge: Mapping[str, Any], path: Path, table: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield answers that a round is routed by and does not read: there is no version of them to go by."""
    stage = outline.stages.get(judge["key"]) if isinstance(judge.get("key"), str) else None
    if stage is None or stage.data is not judge:
        return
    reads = outline.reads(stage)
    for number, route in plain.parts(table, "routing"):
        for written in plain.mapping(route, "answers"):
            name = str(written).partition(".")[0]
            if name in outline.stages and name not in reads:
                yield Problem((*path, "routing", number, "answers", written), NOT_READ.fill(judge=stage.key, stage=name))


def _takes_the_rest(route: Mapping[str, Any]) -> bool:
    return not any(route.get(name) for name in CONDITIONS)


def _is_all_taken(outline: Outline, routes: list[Mapping[str, Any]]) -> bool:
    """Say whether every submission finds a route: one takes the rest, or those by one thing alone name all there is of it."""
    if any(_takes_the_rest(route) for route in routes):
        return True
    taken: dict[str, set[str]] = {}
    for route in routes:
        by = [name for name in CONDITIONS if route.get(name)]
        if by == ["answers"] and len(plain.mapping(route, "answers")) == 1:
            ((written, value),) = plain.mapping(route, "answers").items()
            taken.setdefault(str(written), set()).update(name for _, name in plain.words(value))
        elif by == ["categories"]:
            taken.setdefault("", set()).update(name for _, name in plain.words(route["categories"]))
        elif by == ["provinces"]:
            taken.setdefault("provinces", set()).update(name for _, name in plain.words(route["provinces"]))
    if taken.get("provinces", set()) >= {one.th for one in places.provinces()}:
        return True
    if outline.categories and taken.get("", set()) >= set(outline.categories):
        return True
    return any(_answers_all(outline, written, names) for written, names in taken.items() if "." in written)


def _answers_all(outline: Outline, written: str, names: set[str]) -> bool:
    question, _ = questions.resolve(outline, (), written, types=("choice", "consent"), applicant=True)
    if question is None or question.get("required", True) in (False, "false") or question.get("when"):
        return False
    return names >= set(questions.answers(question))
