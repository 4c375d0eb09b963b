"""Resume: how much is sent twice when a connection is cut 20 times, and when the web process is killed 5 times, in an upload of 200 MB.

`python tests/bench/resume.py [--megabytes 200] [--cuts 20] [--kills 5] [--rate 20] [--seed 3]` starts a stack of its own and prints a
table and a line of JSON. Cuts and kills come at random offsets. Sent twice is the client's count: the bytes it had handed to its socket,
less the offset that the server tells it to go on from. So it includes what only lay in the buffers of the two sockets and had not reached
the process (shown beside it, as the kernel tells); the client sends at a steady rate (MB/s), lest those hold megabytes of loopback. Cuts
take turns: a connection is closed, reset, or left hanging while a new one goes on, as when a phone changes its network.

Then many hasty connections are closed just after the end of a part, when the process is busy with the part, to a process as it is and to
one that does not look at what uvicorn has read and not handed out: how many of them lost bytes that had reached the process, and how many.
"""

import argparse
import hashlib
import http.client
import os
import random
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench.ground import MB, MIB, Figure, Server, as_json, direct, print_line, servers, show_figures, web
from bench.sending import Door, NotTaken, door_of, senders
from shared.database import transaction
from shared.settings import settings
from shared.submissions.models import Upload

PIECE = 16 * 1024
"""Bytes handed to the socket at once."""
AIM_CUTS_PERCENT, AIM_WAIT = 1.0, 1.0
PATIENCE = 60.0
HASTY_BYTES = 3 * 8 * MIB
AFTER_PART_BYTES = 64 * 1024
"""The most that uvicorn holds back while the process is busy, but for one read of the socket."""
SETTLED_SECONDS = 2.0
CLOSED, RESET, HANGING = "closed", "reset", "left hanging"
CUTS = (CLOSED, RESET, HANGING)


@dataclass
class Journey:
    """What became of one upload: bytes sent twice at each interruption, and how long until the client could go on."""

    twice: list[int] = field(default_factory=list)
    in_sockets: list[int] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    by_cut: dict[str, int] = field(default_factory=dict)
    same: bool = False
    seconds: float = 0.0


class Traveller:
    """Sends one file at a steady rate, and goes on from the server's offset after each interruption."""

    def __init__(self, door: Door, content: bytes, rate: float) -> None:
        self.door, self.content, self.rate = door, content, rate
        self.journey, self.hanging = Journey(), list[socket.socket]()
        connection = door.connect()
        self.path, self.at = door.begin(connection, "clip.mp4", len(content)), 0
        connection.close()

    def send_until(self, end: int) -> http.client.HTTPConnection:
        """Begin a PATCH of all that is left, and hand its bytes to the socket up to `end`; return the open connection."""
        connection = self.door.connect()
        connection.putrequest("PATCH", self.path)
        for name, value in self.door.patch_headers(self.at, len(self.content) - self.at).items():
            connection.putheader(name, value)
        connection.endheaders()
        began, first = monotonic(), self.at
        while self.at < end:
            piece = self.content[self.at : min(end, self.at + PIECE)]
            connection.send(piece)
            self.at += len(piece)
            sleep(max(0.0, began + (self.at - first) / self.rate - monotonic()))
        return connection

    def go_on(self) -> None:
        """Ask for the offset until the server answers, and note what has to be sent twice. Raises NotTaken."""
        began = monotonic()
        while True:
            try:
                offset = self.door.offset(self.path)
                break
            except (OSError, http.client.HTTPException):
                if monotonic() - began > PATIENCE:
                    raise
                sleep(0.05)
        if offset > self.at:
            raise NotTaken(f"the server claims {offset} of {self.at} bytes")
        self.journey.twice.append(self.at - offset)
        self.journey.waits.append(monotonic() - began)
        self.at = offset

    def finish(self) -> Journey:
        """Send the rest, and see whether the object is the file. Raises NotTaken."""
        connection = self.send_until(len(self.content))
        answer = connection.getresponse()
        if answer.status != 204:
            raise NotTaken(f"{answer.status} {answer.read()[:300]!r}")
        connection.close()
        for one in self.hanging:
            one.close()
        with transaction() as session:
            upload = session.get_one(Upload, UUID(self.path.rpartition("/")[2]))
        digest, body = hashlib.sha256(), direct().get_object(Bucket=os.environ["OMSAP_S3_BUCKET"], Key=upload.object_key)["Body"]
        for block in body.iter_chunks(MIB):
            digest.update(block)
        self.journey.same = digest.hexdigest() == upload.sha256 == hashlib.sha256(self.content).hexdigest()
        return self.journey

    def cut(self, connection: http.client.HTTPConnection, how: str) -> None:
        """End a connection in the midst of its body."""
        if how == HANGING:
            self.hanging.append(connection.sock)
            return
        if how == RESET:
            connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()


def in_sockets(sender: socket.socket) -> int:
    """Return the bytes of a loopback connection that were handed to its socket and not yet read from the other end's."""
    ends = sender.getsockname()[1], sender.getpeername()[1]
    waiting = 0
    # The kernel's table: port and queue of each end in hexadecimal.
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        _, local, remote, _, queues, *_ = line.split()
        ports = int(local.partition(":")[2], 16), int(remote.partition(":")[2], 16)
        if ports in (ends, ends[::-1]):
            unsent, unread = (int(count, 16) for count in queues.split(":"))
            waiting += unsent if ports == ends else unread
    return waiting


def interrupted(traveller: Traveller, offsets: list[int], interrupt: Callable[[int, http.client.HTTPConnection], None]) -> Journey:
    """Send the file, interrupted at these offsets."""
    began = monotonic()
    for number, offset in enumerate(offsets):
        # One that the server has not kept is sent again first, so that every interruption happens.
        connection = traveller.send_until(max(offset, traveller.at))
        traveller.journey.in_sockets.append(in_sockets(connection.sock))
        interrupt(number, connection)
        traveller.go_on()
    journey = traveller.finish()
    journey.seconds = monotonic() - began
    return journey


def cut_often(server: Server, content: bytes, offsets: list[int], rate: float) -> Journey:
    """Cut the connection at each offset, in every way in turn."""
    traveller = Traveller(door_of(senders(1)[0], server.port), content, rate)
    journey = interrupted(traveller, offsets, lambda number, connection: traveller.cut(connection, CUTS[number % len(CUTS)]))
    for number, twice in enumerate(journey.twice):
        how = CUTS[number % len(CUTS)]
        journey.by_cut[how] = journey.by_cut.get(how, 0) + twice
    return journey


def kill_often(server: Server, content: bytes, offsets: list[int], rate: float) -> Journey:
    """Kill the web process at each offset, and start another on its port."""
    traveller = Traveller(door_of(senders(1, first=2)[0], server.port), content, rate)

    def kill(_: int, connection: http.client.HTTPConnection) -> None:
        server.kill()
        connection.close()
        server.start()

    return interrupted(traveller, offsets, kill)


def lost_in_haste(server: Server, cuts: int, *, first: int, seed: int) -> list[int]:
    """Send a file as fast as can be and close the connection just after the end of a part, many times; return the bytes each time that
    the kernel delivered and that the upload does not have."""
    dice, lost = random.Random(seed), []  # noqa: S311  # a repeatable choice of places
    content, part = dice.randbytes(HASTY_BYTES), settings().upload_part_bytes
    door = door_of(senders(1, first=first)[0], server.port)
    for _ in range(cuts):
        connection = door.connect()
        end = dice.randrange(1, HASTY_BYTES // part) * part + dice.randrange(1, AFTER_PART_BYTES)
        path = door.begin(connection, "clip.mp4", HASTY_BYTES)
        connection.putrequest("PATCH", path)
        for name, value in door.patch_headers(0, HASTY_BYTES).items():
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(content[:end])
        connection.close()
        until, offset = monotonic() + SETTLED_SECONDS, 0
        while offset < end and monotonic() < until:
            sleep(0.05)
            with transaction() as session:
                offset = session.get_one(Upload, UUID(path.rpartition("/")[2])).offset_bytes
        lost.append(end - door.offset(path))
    return lost


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--cuts", type=int, default=20)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--hasty", type=int, default=30)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--seed", type=int, default=3)
    asked = parser.parse_args()
    dice = random.Random(asked.seed)  # noqa: S311  # a repeatable choice of places
    size, rate = asked.megabytes * MB, asked.rate * MB
    content = dice.randbytes(size)
    places = {count: sorted(dice.randrange(1, size) for _ in range(count)) for count in (asked.cuts, asked.kills)}
    with servers(), web() as server, web("bench.without_unread:app") as without:
        haste = lost_in_haste(server, asked.hasty, first=3, seed=asked.seed)
        haste_without = lost_in_haste(without, asked.hasty, first=4, seed=asked.seed)
        cuts = cut_often(server, content, places[asked.cuts], rate)
        kills = kill_often(server, content, places[asked.kills], rate)
        part = settings().upload_part_bytes
    share = round(100 * sum(cuts.twice) / size, 3)
    worst = max(kills.twice, default=0)
    ways = [f"{how} {twice / 1000:.0f} KB" for how, twice in cuts.by_cut.items()]
    ways.append(f"(in sockets {sum(cuts.in_sockets) / 1000:.0f} KB)")
    each = f"all {_mib(kills.twice)} (in sockets {_mib(kills.in_sockets)})"
    figures = [
        Figure(f"{asked.cuts} cuts: sent twice", share, AIM_CUTS_PERCENT, "%", peer=", ".join(ways)),
        Figure(f"{asked.cuts} cuts: object identical", int(cuts.same), 1, at_least=True, peer=f"in {cuts.seconds:.0f} s"),
        Figure(f"{asked.cuts} cuts: longest wait to go on", round(max(cuts.waits), 2), AIM_WAIT, "s"),
        Figure(
            f"{asked.hasty} hasty cuts: lost",
            sum(haste) / 1000,
            0,
            "KB",
            peer=f"in {_hit(haste)} cuts; without `unread` {sum(haste_without) / 1000:g} KB in {_hit(haste_without)} cuts",
        ),
        Figure(f"{asked.kills} kills: sent twice, the worst", round(worst / MIB, 2), part / MIB, "MiB", peer=each),
        Figure(f"{asked.kills} kills: object identical", int(kills.same), 1, at_least=True, peer=f"in {kills.seconds:.0f} s"),
    ]
    show_figures(f"Resume: {asked.megabytes} MB at {asked.rate:g} MB/s, the client's own count, seed {asked.seed}", figures)
    ratios = {
        "cuts_sent_twice_to_limit": (share, AIM_CUTS_PERCENT),
        "cuts_wait_to_limit": (max(cuts.waits), AIM_WAIT),
        "kills_sent_twice_to_limit": (worst, part),
    }
    hasty = {"bytes_lost": haste, "bytes_lost_without_unread": haste_without}
    print_line("resume", ratios, figures=as_json(figures), cuts=_facts(cuts), kills=_facts(kills), hasty=hasty)


def _hit(lost: list[int]) -> int:
    return sum(bytes_ > 0 for bytes_ in lost)


def _mib(counts: list[int]) -> str:
    return ", ".join(f"{count / MIB:.1f}" for count in counts)


def _facts(journey: Journey) -> dict[str, Any]:
    return {
        "bytes_twice": journey.twice,
        "bytes_in_sockets": journey.in_sockets,
        "waits_s": [round(wait, 2) for wait in journey.waits],
        "identical": journey.same,
    }


if __name__ == "__main__":
    main()
