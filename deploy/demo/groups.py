"""What a group does: sends its plan and clip, is told what is wrong, mends it, and hands in until its work is accepted."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from deploy.demo import tus
from deploy.demo.doors import Door, NotAsExpected

PATIENCE = 180.0
PAUSE = 0.4
WAITING = frozenset({"invited", "open", "submitted"})

Tell = Callable[[str], None]


class Mishap(Enum):
    """What goes wrong for a group before it goes right."""

    NONE = "none"
    TOO_LONG = "too_long"
    NO_CLIP = "no_clip"
    CONNECTION_LOST = "connection_lost"


MISHAPS = (Mishap.TOO_LONG, Mishap.NO_CLIP, Mishap.CONNECTION_LOST, Mishap.TOO_LONG, Mishap.TOO_LONG)
"""In the order in which they are dealt out."""


def mishap_of(number: int, count: int) -> Mishap:
    """Deal the mishaps out evenly over `count` groups; a small play has fewer of them."""
    every = max(2, count // len(MISHAPS))
    turn, rest = divmod(number, every)
    return MISHAPS[turn] if rest == 1 and turn < len(MISHAPS) else Mishap.NONE


@dataclass(frozen=True, slots=True)
class Files:
    """What a group has on its phone; `wrong_clip` is sent first where something goes wrong with it."""

    plan: Path
    clip: Path
    wrong_clip: Path | None


@dataclass(frozen=True, slots=True)
class Entrant:
    """A group with its link."""

    number: int
    name: str
    submission: str
    token: str
    mishap: Mishap
    files: Files


def take_part(entrant: Entrant, base_url: str, *, tell: Tell) -> None:
    """Play a group's part to its end. Raises NotAsExpected."""
    door = Door(base_url, entrant.token)
    try:
        tus.send(door, submission=entrant.submission, kind="plan", path=entrant.files.plan)
        if entrant.files.wrong_clip is not None:
            _send_wrongly(door, entrant, entrant.files.wrong_clip, tell=tell)
        elif entrant.mishap is Mishap.CONNECTION_LOST:
            _send_in_two_goes(door, entrant, tell=tell)
        else:
            _send_clip(door, entrant)
        _hand_in(door, entrant)
        if _outcome(door, entrant)["state"] == "returned":
            raise NotAsExpected(f"{entrant.name}: a good clip was returned")
    finally:
        door.close()


def _send_wrongly(door: Door, entrant: Entrant, wrong: Path, *, tell: Tell) -> None:
    """Hand in with a clip that will not do; read what is wrong with it; send the right one."""
    tus.send(door, submission=entrant.submission, kind="clip", path=wrong)
    _hand_in(door, entrant)
    seen = _outcome(door, entrant)
    findings = [one["detail_th"] for item in seen["items"] for upload in item["uploads"] for one in upload["findings"]]
    if seen["state"] != "returned" or not findings:
        raise NotAsExpected(f"{entrant.name}: a wrong clip ({wrong.name}) led to {seen['state']} with {findings}")
    tell(f"{seen['reference']} {entrant.name}: {findings[0]}")
    _send_clip(door, entrant)


def _send_in_two_goes(door: Door, entrant: Entrant, *, tell: Tell) -> None:
    """Lose the connection in the middle of the clip, and go on where it was lost."""
    clip = entrant.files.clip
    upload = tus.begin(door, submission=entrant.submission, kind="clip", path=clip)
    sent = tus.send_and_lose(door, upload, clip, share=0.6)
    kept = tus.offset_of(door, upload)
    tell(f"{entrant.name}: เน็ตหลุดที่ {sent:,} ไบต์ ส่งต่อจากไบต์ที่ {kept:,} · connection lost, resumed at byte {kept:,}")
    tus.send_on(door, upload, clip)


def _send_clip(door: Door, entrant: Entrant) -> None:
    tus.send(door, submission=entrant.submission, kind="clip", path=entrant.files.clip)


def _hand_in(door: Door, entrant: Entrant) -> None:
    """Hand in; 409 is the answer to a second try whose first one was done but not heard of."""
    door.ask("POST", f"/api/intake/submissions/{entrant.submission}/submit", 200, 409)


def checked(door: Door, submission: str) -> None:
    """Wait until every file of a submission has been looked at. Raises NotAsExpected."""
    until = monotonic() + PATIENCE
    while True:
        seen = door.ask("GET", f"/api/intake/submissions/{submission}")
        if all(upload["state"] in {"passed", "failed"} for item in seen["items"] for upload in item["uploads"]):
            return
        if monotonic() > until:
            raise NotAsExpected(f"{submission}: files are still being checked after {PATIENCE:g} s")
        sleep(PAUSE)


def _outcome(door: Door, entrant: Entrant) -> dict[str, Any]:
    """Wait until the submission is accepted or returned; return how it stands. Raises NotAsExpected."""
    until = monotonic() + PATIENCE
    while True:
        seen: dict[str, Any] = door.ask("GET", f"/api/intake/submissions/{entrant.submission}")
        if seen["state"] not in WAITING:
            return seen
        if monotonic() > until:
            raise NotAsExpected(f"{entrant.name}: still {seen['state']} after {PATIENCE:g} s")
        sleep(PAUSE)
