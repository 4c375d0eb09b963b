"""What the committee and the department do in one round: open, claim and mark, close, order what is equal, sign, publish."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

from deploy.demo import marks
from deploy.demo.doors import Door, NotAsExpected, document

PATIENCE = 120.0
PAUSE = 0.3
TIE_REASON = "ที่ประชุมพิจารณาแผนธุรกิจแล้ว เห็นว่ากลุ่มแรกมีเครือข่ายเข้มแข็งกว่า (the committee found the first group's network stronger)"
CONFLICT_REASON = "เป็นญาติกับประธานกลุ่ม (related to the group's chair)"

Tell = Callable[[str], None]
Advance = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Bench:
    """Who judges: the department's officer who leads, the chair, and the members, each at the doors."""

    officer: Door
    chair: Door
    members: Sequence[Door]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a round is to go: how well each submission does, and which one the first member must not judge."""

    slug: str
    round: str
    places: Mapping[str, int]
    conflict: str | None = None


def open_round(bench: Bench, plan: Plan) -> None:
    """Open a round and wait until all submissions are in a queue. Raises NotAsExpected."""
    bench.officer.ask("POST", f"/api/office/programmes/{plan.slug}/rounds/{plan.round}/open")
    _until(lambda: _round(bench.officer, plan)["entries"] == len(plan.places), f"{plan.round}: not all submissions came into a queue")


def judge(bench: Bench, plan: Plan, *, advance: Advance, tell: Tell) -> None:
    """Let all members work side by side until nothing is left for any of them. Raises NotAsExpected."""
    with ThreadPoolExecutor(len(bench.members)) as members:
        for work in [
            members.submit(_work, door, plan, number=number, advance=advance, tell=tell) for number, door in enumerate(bench.members)
        ]:
            work.result()


def decide(bench: Bench, plan: Plan, *, tell: Tell) -> dict[str, Any]:
    """Close the round, decide, sign and publish; return the decision once it has taken effect. Raises NotAsExpected."""
    at = f"/api/office/programmes/{plan.slug}"
    bench.officer.ask("POST", f"{at}/rounds/{plan.round}/close")
    found = bench.officer.answer("POST", f"{at}/decisions", 201, 409, json={"round": plan.round})
    if found.status_code == 409:
        refusal = document(found)
        tell(refusal["detail"])
        ties = [{"submissions": tie["submissions"], "reason": TIE_REASON} for tie in refusal["ties"]]
        found = bench.officer.answer("POST", f"{at}/decisions", 201, json={"round": plan.round, "ties": ties})
    decision = document(found)
    decided = f"{at}/decisions/{decision['id']}"
    bench.chair.ask("POST", f"{decided}/sign", json={"digest": decision["digest"]})
    bench.officer.ask("POST", f"{decided}/publish")
    _until(lambda: bench.officer.ask("GET", decided)["applied_at"] is not None, f"{plan.round}: the decision took no effect")
    result: dict[str, Any] = bench.officer.ask("GET", decided)
    return result


def _work(door: Door, plan: Plan, *, number: int, advance: Advance, tell: Tell) -> None:
    """One member: take what is held or the next, judge it, until nothing is left."""
    queues = door.ask("GET", "/api/review/queues")["queues"]
    names = [queue["name"] for queue in queues if (queue["programme"], queue["round"]) == (plan.slug, plan.round)]
    for name in names:
        while (held := _next(door, name)) is not None:
            reference = held["submission"]["reference"]
            if reference == plan.conflict and number == 0:
                door.ask("POST", f"/api/review/assignments/{held['id']}/conflict", 204, json={"reason": CONFLICT_REASON})
                tell(f"{reference}: กรรมการแจ้งส่วนได้เสีย · a member declared a conflict of interest")
            else:
                given = marks.give(held["criteria"], place=plan.places[reference], count=len(plan.places), member=number)
                body = {"marks": given, "comment": "", "submit": True}
                door.ask("PUT", f"/api/review/assignments/{held['id']}/ballot", 200, 409, json=body)
            advance()


def _next(door: Door, queue: str) -> dict[str, Any] | None:
    """Return what the member holds already (a claim whose answer was lost), or a new claim; None when nothing is left."""
    held = [one["id"] for one in door.ask("GET", "/api/review/assignments")["assignments"] if one["queue"] == queue]
    if held:
        found: dict[str, Any] = door.ask("GET", f"/api/review/assignments/{held[0]}")
        return found
    claimed: dict[str, Any] | None = door.ask("POST", f"/api/review/queues/{queue}/claims", 201, 204)
    return claimed


def _round(door: Door, plan: Plan) -> dict[str, Any]:
    rounds: list[dict[str, Any]] = door.ask("GET", f"/api/office/programmes/{plan.slug}")["rounds"]
    return next(one for one in rounds if one["key"] == plan.round)


def _until(true: Callable[[], bool], otherwise: str) -> None:
    until = monotonic() + PATIENCE
    while not true():
        if monotonic() > until:
            raise NotAsExpected(otherwise)
        sleep(PAUSE)
