"""What a group does: sends its plan and clip, is told what is wrong, mends it, and hands in until its work is accepted."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from deploy.demo.broken_line import cut_off
from deploy.demo.doors import NotAsExpected
from services.client import sending, tus
from services.client.server import Server

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
    plan_key: str
    clip_key: str
    """The keys of the items that its files are."""


def take_part(entrant: Entrant, base_url: str, *, tell: Tell) -> None:
    """Play a group's part to its end. Raises NotAsExpected."""
    server = Server(base_url, entrant.token, opening_seconds=PATIENCE)
    send(server, entrant.plan_key, entrant.files.plan)
    if entrant.files.wrong_clip is not None:
        _send_wrongly(server, entrant, entrant.files.wrong_clip, tell=tell)
    elif entrant.mishap is Mishap.CONNECTION_LOST:
        _lose_connection(server, entrant, base_url, tell=tell)
    send(server, entrant.clip_key, entrant.files.clip)
    server.hand_in()
    if _outcome(server, entrant)["state"] == "returned":
        raise NotAsExpected(f"{entrant.name}: a good clip was returned")


def send(server: Server, kind: str, path: Path) -> None:
    """Send a file, from where it was left if it was begun."""
    sending.bring(server, sending.outgoing(kind, path), moved=lambda _offset: None)


def _send_wrongly(server: Server, entrant: Entrant, wrong: Path, *, tell: Tell) -> None:
    """Hand in with a clip that will not do, and read what is wrong with it."""
    send(server, entrant.clip_key, wrong)
    server.hand_in()
    seen = _outcome(server, entrant)
    findings = [finding["detail_th"] for upload in sending.uploads(seen) for finding in upload["findings"]]
    if seen["state"] != "returned" or not findings:
        raise NotAsExpected(f"{entrant.name}: a wrong clip ({wrong.name}) led to {seen['state']} with {findings}")
    tell(f"{seen['reference']} {entrant.name}: {findings[0]}")


def _lose_connection(server: Server, entrant: Entrant, base_url: str, *, tell: Tell) -> None:
    """Begin to send the clip, and lose the connection in the middle."""
    clip = entrant.files.clip
    upload_id = tus.begin(server, kind=entrant.clip_key, filename=clip.name, size=clip.stat().st_size)
    sent = cut_off(base_url, entrant.token, upload_id, clip, share=0.6)
    kept = next(upload["offset_bytes"] for upload in sending.uploads(server.submission()) if upload["id"] == upload_id)
    tell(f"{entrant.name}: เน็ตหลุดที่ {sent:,} ไบต์ ส่งต่อจากไบต์ที่ {kept:,} · connection lost, resumed at byte {kept:,}")


def _outcome(server: Server, entrant: Entrant) -> dict[str, Any]:
    """Wait until the submission is accepted or returned; return how it stands. Raises NotAsExpected."""
    until = monotonic() + PATIENCE
    while True:
        seen = server.submission()
        if seen["state"] not in WAITING:
            return seen
        if monotonic() > until:
            raise NotAsExpected(f"{entrant.name}: still {seen['state']} after {PATIENCE:g} s")
        sleep(PAUSE)
