"""What offices do after the award: pay, and for each group file what the stages ask, return what is wrong, accept it.

Nothing here knows the key of a stage or a question: answers and files are made by the types that a form asks for.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from deploy.demo.doors import Door, NotAsExpected
from deploy.demo.papers import paper
from shared.forms.questions import Table
from shared.programmes.definition import Definition
from shared.programmes.stages import Collect

FILERS = 4
"""Filings that are worked on at the same time."""
PATIENCE = 180.0
PAUSE = 0.4
RETURNED = 2
"""Submissions whose first filing of an office is returned once."""
REASON = "เอกสารไม่ครบทุกรายการ โปรดเพิ่มและยื่นใหม่ (not every purchase has its document)"
CHANGED = "แก้ไขตามที่จังหวัดแจ้งแล้ว (as the province asked)"

Document = dict[str, Any]
Advance = Callable[[], None]
Tell = Callable[[str], None]


class Content(StrEnum):
    """What an office files, known by what its form asks."""

    PROCURED = "procured"
    RECORDED = "recorded"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Offices:
    """Officers at the doors by (province, district); without a district of a province, without both of the department."""

    doors: Mapping[tuple[str | None, str | None], Door]

    @property
    def department(self) -> Door:
        """An officer of the department."""
        return self.doors[None, None]

    def of(self, level: str, submission: Document) -> Door:
        """Return an officer of that level for a submission's area."""
        area = {
            "district": (submission["province"], submission["district"]),
            "province": (submission["province"], None),
            "department": (None, None),
        }[level]
        return self.doors[area]


def content_of(definition: Definition, stage: Collect) -> Content:
    """Return what a stage of an office is: purchases within the award, a report with a clip, or a record."""
    form = definition.form_of(stage)
    if any(isinstance(question, Table) and question.at_most == "grant" for question in form.questions):
        return Content.PROCURED
    return Content.REPORTED if any(item.is_clip for item in form.items) else Content.RECORDED


def pay(offices: Offices, submissions: Sequence[Document], *, advance: Advance) -> None:
    """Note every payment that is due as paid. Raises NotAsExpected."""
    door = offices.department
    for number, submission in enumerate(submissions, 1):
        at = f"/api/office/submissions/{submission['id']}"
        for payment in door.ask("GET", at)["payments"]:
            if payment["status"] == "due":
                door.ask("POST", f"{at}/payments/{payment['stage']}/pay", json={"note": f"โอน {number:04d}"})
        advance()


def file_all(
    offices: Offices,
    submissions: Sequence[Document],
    *,
    asked: Collect,
    folder: Path,
    returned: int,
    advance: Advance,
    tell: Tell,
) -> None:
    """Have one stage filed and accepted for all; the first `returned` of them are returned once and fixed. Raises NotAsExpected."""

    def one(number: int) -> None:
        Filing(offices, submissions[number], asked.key, folder, number).play(is_returned=number < returned, tell=tell)
        advance()

    with ThreadPoolExecutor(FILERS) as filers:
        for work in [filers.submit(one, number) for number in range(len(submissions))]:
            work.result()


class Filing:
    """One filing of one submission, from its empty form to its acceptance."""

    def __init__(self, offices: Offices, submission: Document, stage: str, folder: Path, number: int) -> None:
        self.submission, self.folder, self.number = submission, folder, number
        self.offices, self.at = offices, f"/api/intake/submissions/{submission['id']}/stages/{stage}"
        self.decide = f"/api/office/submissions/{submission['id']}/stages/{stage}"
        self.stage = stage
        self.filed_by = offices.department.ask("GET", self.at)["stage"]["filed_by"]

    def play(self, *, is_returned: bool, tell: Tell) -> None:
        """Fill it in, submit it, and have it accepted. Raises NotAsExpected."""
        filer, acceptor = self.offices.of(self.filed_by, self.submission), self._acceptor()
        form = filer.ask("GET", self.at)
        answers = {one["key"]: answer(one["asks"], self.submission, self.number) for one in form["answers"]}
        filer.ask("PUT", self.at, json={"answers": answers, "versions": {one["key"]: one["version"] for one in form["answers"]}})
        for item in form["items"]:
            for copy in range(item["min_files"]):
                file = paper(item, self.submission, self.number, copy, folder=self.folder)
                at = f"/api/intake/submissions/{self.submission['id']}/items/{item['kind']}"
                with file.open("rb") as opened:
                    filer.ask("POST", at, params={"stage": self.stage}, files={"file": (file.name, opened)})
        filer.ask("POST", f"{self.at}/submit")
        if is_returned:
            acceptor.ask("POST", f"{self.decide}/return", json={"reason": REASON})
            tell(f"{self.submission['reference']}: {REASON}")
            self._change(filer)
            filer.ask("POST", f"{self.at}/submit")
        self._accept(acceptor)

    def _acceptor(self) -> Door:
        levels = ("district", "province", "department")
        return self.offices.of(levels[min(levels.index(self.filed_by) + 1, 2)], self.submission)

    def _change(self, filer: Door) -> None:
        """Change a text of the draft, so that there is something new to submit."""
        form = filer.ask("GET", self.at)
        for one in form["answers"]:
            if one["type"] == "table":
                value = [{**row, _text_of(one["asks"]): CHANGED} for row in one["value"]]
                filer.ask("PUT", self.at, json={"answers": {one["key"]: value}, "versions": {one["key"]: one["version"]}})

    def _accept(self, acceptor: Door) -> None:
        """Accept it as soon as its files are checked. Raises NotAsExpected, also where a file did not pass."""
        until = monotonic() + PATIENCE
        while True:
            found = acceptor.answer("POST", f"{self.decide}/accept", 200, 409, 422, json={"reason": ""})
            if found.status_code == HTTPStatus.OK:
                return
            if found.json()["code"] != "check_unfinished" or monotonic() > until:
                raise NotAsExpected(f"{self.submission['reference']}: {self.stage} was not accepted: {found.text[:600]}")
            sleep(PAUSE)


def answer(asks: Document, submission: Document, number: int) -> Any:
    """Return an answer to a question of any type."""
    match asks["type"]:
        case "table":
            rows = [{column["key"]: _cell(column, row) for column in asks["columns"]} for row in range(max(1, asks.get("min_rows", 1)))]
            return rows
        case "indicator":
            return {"before": str(1000 + 10 * number), "after": str(1500 + 12 * number)}
        case "date":
            return "15/8/2563"
        case "number" | "money":
            return str(10 + number)
        case "choice":
            return asks["options"][0]["key"]
        case "several":
            return [asks["options"][0]["key"]]
        case "consent":
            return True
        case "telephone":
            return "020000000"
        case "email":
            return "officer@omsap.example"
        case "place":
            return {"province": submission["province"], "amphoe": submission["district"]}
        case "short_text":
            return f"BPM-{number + 1:04d}"
        case _:
            return f"{submission['name']} ดำเนินการครบตามแผนธุรกิจ"


def _cell(column: Document, row: int) -> Any:
    cells = {"money": "12,500.00", "number": "1", "date": "1/8/2563", "choice": None}
    if column["type"] == "choice":
        return column["options"][0]["key"]
    return cells.get(column["type"], f"เครื่องนวดแป้ง {row + 1}")


def _text_of(asks: Document) -> str:
    return next(str(column["key"]) for column in asks["columns"] if column["type"] == "short_text")


def counted(offices: Offices, submissions: Sequence[Document], definition: Definition) -> dict[str, int]:
    """Count, by content, the accepted filings whose content is what it has to be."""
    found = dict.fromkeys((kind.value for kind in Content), 0)
    stages = [stage for stage in definition.collects if "applicant" not in stage.filed_by]
    for submission in submissions:
        for stage in stages:
            form = offices.department.ask("GET", f"/api/intake/submissions/{submission['id']}/stages/{stage.key}")
            kind = content_of(definition, stage)
            if form["state"] == "accepted" and _holds(kind, form):
                found[kind.value] += 1
    return found


def _holds(kind: Content, form: Document) -> bool:
    """Say whether what was accepted has what it has to have, by what was measured of its files."""
    passed = {item["kind"]: [one for one in item["uploads"] if one["state"] == "passed"] for item in form["items"]}
    if any(len(passed[item["kind"]]) < item["min_files"] for item in form["items"] if item["required"]):
        return False
    if kind is Content.PROCURED:
        return bool(form["sums"]) and not form["problems"]
    clips = [
        (one["facts"]["duration_seconds"], item["max_seconds"]) for item in form["items"] if item["is_clip"] for one in passed[item["kind"]]
    ]
    return all(measured <= float(longest) for measured, longest in clips) and (kind is Content.RECORDED or bool(clips))
