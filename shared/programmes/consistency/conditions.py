"""For whom a stage is names what there is, and no stages wait for one another. Pure."""

from collections.abc import Iterator

from shared.forms.nearest import unknown
from shared.forms.problem import Path, Problem
from shared.programmes.consistency import areas, plain
from shared.programmes.consistency.keys import AXES
from shared.programmes.consistency.outline import Outline, Stage
from shared.text import Text

UNKNOWN = Text("ไม่มีขั้นตอนชื่อ {name}", "there is no stage {name}")
NO_STATE = Text("ขั้นตอน {stage} ไม่มีสถานะ {name}", "stage {stage} has no state {name}")
UNKNOWN_CATEGORY = Text("ไม่มีประเภทชื่อ {name}", "there is no category {name}")
NO_COLLECT = Text("ไม่มีขั้นตอน collect ชื่อ {name}", "there is no collect stage {name}")
NO_JUDGE = Text("ไม่มีขั้นตอน judge ชื่อ {name}", "there is no judge stage {name}")
WAIT_FOR_ONE_ANOTHER = Text(
    "ขั้นตอนรอกันเป็นวง จึงไม่มีวันเริ่ม: {stages} โปรดแก้ for, of หรือระบุ reads",
    "these stages wait for one another and never begin: {stages}; change `for` or `of`, or name what is read in `reads`",
)


def problems(outline: Outline) -> Iterator[Problem]:
    """Yield names and states in `for`, `reads` and `of` that are not there, and stages that wait for one another."""
    for path, data in outline.written:
        stage = Stage("", path, data)
        for name, value in stage.condition.items():
            if isinstance(name, str):
                yield from _named(outline, (*path, "for", name), name, value)
        collects = [one.key for one in outline.of_kind("collect")]
        for rest, name in plain.words(data.get("reads")):
            if name not in collects:
                yield Problem((*path, "reads", *rest), unknown(NO_COLLECT, name, collects))
        judges = [one.key for one in outline.of_kind("judge")]
        if isinstance(data.get("of"), str) and data["of"] not in judges:
            yield Problem((*path, "of"), unknown(NO_JUDGE, data["of"], judges))
    for cycle in outline.cycles:
        yield Problem(_place(outline, cycle), WAIT_FOR_ONE_ANOTHER.fill(stages=" → ".join(cycle)))


def _named(outline: Outline, path: Path, name: str, value: object) -> Iterator[Problem]:
    if name in AXES:
        yield from _places(outline, path, name, value)
    elif name not in outline.stages:
        yield Problem(path, unknown(UNKNOWN, name, [*outline.stages, *AXES]))
    else:
        stage = outline.stages[name]
        for rest, state in plain.words(value):
            if stage.states and state not in stage.states:
                yield Problem((*path, *rest), unknown(NO_STATE.fill(stage=name, name="{name}"), state, stage.states))


def _places(outline: Outline, path: Path, name: str, value: object) -> Iterator[Problem]:
    for rest, word in plain.words(value):
        wrong = None
        if name == "category" and word not in outline.categories:
            wrong = unknown(UNKNOWN_CATEGORY, word, outline.categories)
        elif name == "province":
            wrong = areas.wrong_province(word)
        elif name == "district":
            wrong = areas.wrong_district(word)
        if wrong is not None:
            yield Problem((*path, *rest), wrong)


def _place(outline: Outline, cycle: list[str]) -> Path:
    """Return where the first stage of a cycle says that it waits: what is written there can be changed."""
    stage = outline.stages[cycle[0]]
    for name in ("for", "reads", "of"):
        if stage.data.get(name):
            return (*stage.path, name)
    return stage.path
