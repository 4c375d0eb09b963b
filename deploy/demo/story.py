"""The story in order: invite, hand in, screen, select, publish; what it came to is read from the system, not counted on the way."""

import os
import signal
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from deploy.demo import cast, clips, groups, judging, offices, plans
from deploy.demo.cast import Cast
from deploy.demo.doors import Door, NotAsExpected
from deploy.demo.groups import Entrant, Files, Mishap
from deploy.demo.judging import Bench
from deploy.demo.letters import LetterBox
from deploy.demo.marks import places
from deploy.demo.telling import Teller

SENDERS = 4
"""Groups that send at the same time."""
KILL_AFTER_SHARE = 0.4
"""The worker is killed once so many of the groups have handed in."""
PATIENCE = 120.0
"""Seconds for one job, at most."""
LONG = ("transcoding", "documents")
"""Queues whose work nobody waits for."""
PAUSE = 0.5
NOT_A_CLIP = "นี่ไม่ใช่คลิปวิดีโอ แต่เป็นไฟล์ข้อความที่เปลี่ยนชื่อ\n"

Describe = Callable[[], dict[str, Any]]
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stage:
    """A loaded and invited programme, and everybody who plays in it."""

    base_url: str
    cast: Cast
    staff: Document
    invited: list[Document]
    """`{id, reference, name, province, district}` of each submission, in the order of references."""
    areas: list[Document]
    """`{province, district, email, token}` of the officers of provinces and districts."""

    def office(self) -> offices.Offices:
        """Return the officers by area, each at the doors; (None, None) is the department."""
        doors = {(one["province"], one["district"]): Door(self.base_url, one["token"]) for one in self.areas}
        return offices.Offices({**doors, (None, None): Door(self.base_url, self.staff["officers"][0]["token"])})

    def to_json(self) -> Document:
        """Return what a test tool or load generator starts from: see the contracts of `omsap demo --prepare --json`."""
        links = cast.links([one["id"] for one in self.invited], self.base_url)
        return {"base_url": self.base_url, "programme": self.cast.slug, "groups": links, **self.staff}


def prepare(base_url: str, *, count: int | None = None) -> Stage:
    """Make the staff, load the first programme and its target groups, and invite them. Raises NotAsExpected."""
    staff = cast.office_staff()
    administrator = Door(base_url, staff["administrator"]["token"])
    loaded = {one["slug"] for one in administrator.ask("GET", "/api/office/programmes")["programmes"]}
    run = 1
    while (playing := cast.first_programme(run=run, groups=count)).slug in loaded:
        run += 1
    at = f"/api/office/programmes/{playing.slug}"
    administrator.ask("PUT", at, content=playing.programme_json(), headers={"Content-Type": "application/json"})
    administrator.ask("POST", f"{at}/targets", files={"file": ("targets.csv", playing.targets_csv(), "text/csv")})
    staff |= cast.committee(playing)
    administrator.ask("POST", f"{at}/invitations")
    officer = Door(base_url, staff["officers"][0]["token"])
    listed = officer.ask("GET", f"{at}/submissions", params={"limit": 500})["submissions"]
    return Stage(base_url, playing, staff, [_named(one) for one in listed], cast.area_officers(playing))


def _named(listed: Document) -> Document:
    group = listed["group"]
    return {
        "id": listed["id"],
        "reference": listed["reference"],
        "name": group["name"],
        "province": group["province"],
        "district": group["amphoe"],
    }


def play(describe: Describe, folder: Path, *, teller: Teller, count: int | None = None) -> tuple[Stage, Document]:
    """Play the first programme with all its groups (or `count`); return the stage and the result. Raises NotAsExpected, LetterMissing.

    `describe` tells how to reach the stack, with the process ids of its parts; made files are kept in `folder`.
    """
    began = monotonic()
    description = describe()
    box = LetterBox(Path(description["mail"]["folder"]))
    with teller.scene("กรมฯ เชิญกลุ่มเป้าหมาย", "The department invites its target groups") as scene:
        stage = prepare(description["base_url"], count=count)
        scene.of = len(stage.invited)
    with teller.scene("แต่ละกลุ่มทำแผนและคลิป", "Each group makes its plan and clip", of=len(stage.invited)) as scene:
        files = _files(stage, folder, advance=partial(teller.advance, scene))
    with teller.scene("กลุ่มได้รับลิงก์ทางอีเมล", "The groups get their links by e-mail", of=len(stage.invited)):
        tokens = box.links([one["reference"] for one in stage.invited])
    entrants = [
        Entrant(
            number,
            one["name"],
            one["id"],
            tokens[one["reference"]],
            _mishap(stage, number),
            files[number],
            plan_key=stage.cast.plan_key,
            clip_key=stage.cast.clip_key,
        )
        for number, one in enumerate(stage.invited)
    ]
    _hand_in(stage, entrants, describe, teller=teller)
    decisions = _judge(stage, teller=teller)
    with teller.scene("กรมฯ โอนเงิน", "The department pays", of=len(stage.invited)) as scene:
        offices.pay(stage.office(), stage.invited, advance=partial(teller.advance, scene))
    for number, asked in enumerate(stage.cast.office_stages):
        th, en = asked.label.th, asked.label.en
        with teller.scene(th, en, of=len(stage.invited)) as scene:
            offices.file_all(
                stage.office(),
                stage.invited,
                asked=asked,
                folder=folder,
                returned=offices.RETURNED if number == 0 else 0,
                advance=partial(teller.advance, scene),
                tell=teller.happening,
            )
    with teller.scene("แจ้งผลทุกกลุ่ม", "Results go out to every group"):
        overview = _settled(stage)
    left = _left(overview)
    if left:
        teller.happening(f"คลิปและแผนฉบับเปิดดูบนเว็บทำต่ออยู่เบื้องหลัง {left} งาน · copies to watch and read go on in the background: {left} jobs")
    return stage, {**_result(stage, entrants, decisions, overview), "seconds": round(monotonic() - began)}


def _mishap(stage: Stage, number: int) -> Mishap:
    return groups.mishap_of(number, len(stage.invited))


def _files(stage: Stage, folder: Path, *, advance: Callable[[], None]) -> list[Files]:
    """Make the files of all groups side by side, those that are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    not_a_clip = folder / "not-a-clip.mp4"
    not_a_clip.write_text(NOT_A_CLIP)

    def make(number: int) -> Files:
        target = stage.cast.targets[number]
        plan = folder / f"plan-{number:02d}.pdf"
        plan.write_bytes(plans.plan(target["รหัสกลุ่ม"], target["ชื่อกลุ่ม"], target["กิจการ"]))
        wrong = {
            Mishap.TOO_LONG: lambda: clips.long_clip(number).make(folder),
            Mishap.NO_CLIP: lambda: not_a_clip,
        }.get(_mishap(stage, number))
        made = Files(plan, clips.good_clip(number).make(folder), wrong() if wrong else None)
        advance()
        return made

    with ThreadPoolExecutor(clips.MAKERS) as makers:
        return list(makers.map(make, range(len(stage.invited))))


def _hand_in(stage: Stage, entrants: Sequence[Entrant], describe: Describe, *, teller: Teller) -> None:
    """Have all groups take part, a few at a time; a worker is killed on the way."""
    kill_at = max(1, int(len(entrants) * KILL_AFTER_SHARE))
    with (
        teller.scene("กลุ่มส่งแผนธุรกิจและคลิป", "Groups hand in plan and clip", of=len(entrants)) as scene,
        ThreadPoolExecutor(SENDERS) as senders,
    ):

        def one(entrant: Entrant) -> None:
            groups.take_part(entrant, stage.base_url, tell=teller.happening)
            teller.advance(scene)
            if entrant.number == kill_at:
                _kill(describe, "worker.validation", tell=teller.happening)

        for work in [senders.submit(one, entrant) for entrant in entrants]:
            work.result()


def _kill(describe: Describe, part: str, *, tell: Callable[[str], None]) -> None:
    for pid in describe()["pids"].get(part, []):
        os.kill(pid, signal.SIGKILL)
        tell(f"kill -9 {part} ({pid}): งานที่ค้างกลับเข้าคิว · what it held goes back to its queue")


def _judge(stage: Stage, *, teller: Teller) -> list[Document]:
    """Play every round of the programme; return its decisions in order."""
    bench = Bench(
        officer=Door(stage.base_url, stage.staff["officers"][0]["token"]),
        chair=Door(stage.base_url, stage.staff["chair"]["token"]),
        members=[Door(stage.base_url, member["token"]) for member in stage.staff["members"]],
    )
    decisions = []
    for number, rules in enumerate(stage.cast.definition.judges):
        th, en = rules.label.th, rules.label.en
        cut = int(str(rules.levels[0].quota)) if rules.levels else None
        order = dict(zip((one["reference"] for one in stage.invited), places(len(stage.invited), cut), strict=True))
        plan = judging.Plan(stage.cast.slug, rules.key, order, stage.invited[0]["reference"] if number == 0 else None)
        judging.open_round(bench, plan)
        with teller.scene(f"{th}: กรรมการให้คะแนน", f"{en}: members score", of=len(order) * len(bench.members)) as scene:
            judging.judge(bench, plan, advance=partial(teller.advance, scene), tell=teller.happening)
        with teller.scene(f"{th}: ประธานลงนามและประกาศผล", f"{en}: signed and published"):
            decisions.append(judging.decide(bench, plan, tell=teller.happening))
    return decisions


def _left(overview: Document, *, but: Collection[str] = ()) -> int:
    """Return how many jobs wait or run in all queues but those."""
    return sum(queue["pending"] + queue["running"] for queue in overview["queues"] if queue["name"] not in but)


def _settled(stage: Stage) -> Document:
    """Wait until nothing waits or runs but what is `LONG`; return the operators' overview of the programme. Raises NotAsExpected."""
    operator = Door(stage.base_url, stage.staff["operator"]["token"])
    before, until = -1, 0.0
    while True:
        overview: Document = operator.ask("GET", "/api/operations/overview", params={"programme": stage.cast.slug})
        left = _left(overview, but=LONG)
        if not left:
            return overview
        if left != before:
            before, until = left, monotonic() + PATIENCE
        elif monotonic() > until:
            raise NotAsExpected(f"background work does not go on: {overview['jobs']}")
        sleep(PAUSE)


def _result(stage: Stage, entrants: Sequence[Entrant], decisions: Sequence[Document], overview: Document) -> Document:
    """Ask the system what it all came to."""
    programme = Door(stage.base_url, stage.staff["officers"][0]["token"]).ask("GET", f"/api/office/programmes/{stage.cast.slug}")
    told = [Door(stage.base_url, one.token).ask("GET", f"/api/intake/submissions/{one.submission}") for one in entrants]
    happened = [[step["event"] for step in seen["history"]] for seen in told]
    kept = [place for place in decisions[0]["places"] if place["outcome"] == "kept"]
    levels = {key: found["count"] for key, found in programme["grants"].items()}
    return {
        "groups": programme["targets"],
        "submitted": sum("submission.submitted" in events for events in happened),
        "returned_then_accepted": sum("submission.returned" in events and "submission.accepted" in events for events in happened),
        "rejected_files": sum(step.get("passed") is False for seen in told for step in seen["history"]),
        "screened_in": len(kept),
        **{level.key: levels.get(level.key, 0) for level in stage.cast.levels},
        "total_baht": int(Decimal(programme["total_baht"])),
        "notifications_sent": overview["notifications"]["sent"],
        "jobs_dead": overview["jobs"]["dead"],
        **offices.counted(stage.office(), stage.invited, stage.cast.definition),
    }


def came_out_right(result: Document, playing: Cast) -> bool:
    """Say whether the result is what the programme's own numbers ask for."""
    rounds, levels, count = playing.definition.judges, playing.levels, len(playing.targets)
    awarded = sum(int(str(level.quota)) for level in levels)
    wanted = {
        "groups": count,
        "submitted": count,
        "screened_in": rounds[0].keep,
        "total_baht": sum(int(str(level.quota)) * int(level.amount) for level in levels),
        "jobs_dead": 0,
        **{level.key: level.quota for level in levels},
        **dict.fromkeys((kind.value for kind in offices.Content), awarded),
    }
    mishaps = [groups.mishap_of(number, count) for number in range(count)]
    rejected = {number for number, one in enumerate(mishaps) if one in {Mishap.TOO_LONG, Mishap.NO_CLIP}}
    wanted["rejected_files"] = len(rejected)
    wanted["returned_then_accepted"] = len(rejected | set(range(offices.RETURNED)))
    return all(result[name] == value for name, value in wanted.items())
