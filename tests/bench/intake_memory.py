"""Memory of intake: 200 slow phones at once, and one PATCH of 2 GB; how much the web process grows, beside its aims.

`python tests/bench/intake_memory.py [--phones 200] [--kilobytes 100] [--seconds 30] [--gigabytes 2]` starts a stack of its own
and prints a table and a line of JSON. Growth is the highest resident memory, looked at fifty times a second, beyond that of the process
after it has served a few uploads. Every answer that is not the protocol's is an error, also "come again later".
"""

import argparse
import asyncio
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench.ground import MB, MIB, Figure, Server, Used, as_json, print_line, servers, show_figures, web
from bench.sending import Door, door_of, senders
from shared.database import transaction
from shared.settings import settings
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Upload

PHONES_OF_A_GROUP = 4
TICK = 0.2
"""Seconds between two writes of a slow phone."""
AIM_MANY_MB, AIM_LONG_MB = 150, 40
ROOM = 3
"""Free disk and memory that is asked for, as a multiple of what is sent: the embedded store holds parts in memory until all are there."""


def warm(door: Door) -> None:
    """Have the process do once all that it will do."""
    for size in (100_000, 2 * settings().upload_part_bytes + 100_000):
        connection = door.connect()
        door.patch(connection, door.begin(connection, "warm.bin", size), 0, size, os.urandom(size))
        connection.close()


async def phone(door: Door, path: str, size: int, rate: float) -> str:
    """Send so many bytes at a rate (bytes a second) in one PATCH; return what went wrong, or nothing."""
    await asyncio.sleep(random.uniform(0, TICK * 5))  # noqa: S311  # people do not press at one instant
    content = random.randbytes(int(rate * TICK))  # noqa: S311  # anything that does not compress
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
        head = "".join(f"{name}: {value}\r\n" for name, value in door.patch_headers(0, size).items())
        writer.write(f"PATCH {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}\r\n".encode())
        sent, began = 0, monotonic()
        while sent < size:
            writer.write(content[: size - sent])
            sent += len(content[: size - sent])
            await writer.drain()
            await asyncio.sleep(max(0.0, began + sent / rate - monotonic()))
        status = (await asyncio.wait_for(reader.readline(), 60)).split()[1:2]
        writer.close()
    except (OSError, TimeoutError) as error:
        return type(error).__name__
    return "" if status == [b"204"] else (status[0].decode() if status else "no answer")


def many(server: Server, phones: int, rate: float, seconds: float) -> tuple[Used, Counter[str]]:
    """Have so many phones send at once; return what the process used, and the errors."""
    size = int(rate * seconds)
    groups = [door_of(sender, server.port) for sender in senders(-(-phones // PHONES_OF_A_GROUP), first=2)]
    begun = []
    for number in range(phones):
        door = groups[number % len(groups)]
        connection = door.connect()
        begun.append((door, door.begin(connection, f"{number}.jpg", size)))
        connection.close()

    async def all_at_once() -> list[str]:
        return await asyncio.gather(*(phone(door, path, size, rate) for door, path in begun))

    with Used(server.process) as used:
        errors = Counter(filter(None, asyncio.run(all_at_once())))
    with transaction() as session:
        statuses = [session.get_one(Upload, path.rpartition("/")[2]).status for _, path in begun]
    missing = sum(status != UploadStatus.RECEIVED for status in statuses) - errors.total()
    if missing > 0:
        errors["answered, but not arrived"] = missing
    return used, errors


def long(door: Door, server: Server, size: int) -> tuple[Used, float]:
    """Send so many bytes in one PATCH; return what the process used, and the seconds."""
    block = os.urandom(MIB)

    def body() -> Iterator[bytes]:
        for at in range(0, size, MIB):
            yield block[: size - at]

    connection = door.connect()
    path, began = door.begin(connection, "long.mp4", size), monotonic()
    with Used(server.process) as used:
        door.patch(connection, path, 0, size, body())
    connection.close()
    return used, monotonic() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--phones", type=int, default=200)
    parser.add_argument("--kilobytes", type=float, default=100, help="a second and phone")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--gigabytes", type=float, default=2)
    asked = parser.parse_args()
    size, rate = int(asked.gigabytes * 1e9), asked.kilobytes * 1000
    with servers() as folder:
        free = shutil.disk_usage(folder).free
        if free < ROOM * max(size, rate * asked.seconds * asked.phones):
            sys.exit(f"{free / 1e9:.1f} GB of free disk are too little for this; see --gigabytes")
        with web() as server:
            warm(door_of(senders(1)[0], server.port))
            crowd, errors = many(server, asked.phones, rate, asked.seconds)
        # A process of its own: what the crowd left in it would hide the growth.
        with web() as server:
            door = door_of(senders(1, first=10_000)[0], server.port)
            warm(door)
            used, seconds = long(door, server, size)
    crowded = f"{asked.phones} phones × {asked.kilobytes:g} KB/s × {asked.seconds:g} s"
    figures = [
        Figure(f"{crowded}: growth", round(crowd.growth_mb, 1), AIM_MANY_MB, "MB", peer=f"from {crowd.rss_before / MB:.0f} MB"),
        Figure(f"{crowded}: errors", errors.total(), 0, peer=", ".join(f"{count} × {what}" for what, count in errors.items())),
        Figure(f"one PATCH of {asked.gigabytes:g} GB: growth", round(used.growth_mb, 1), AIM_LONG_MB, "MB", peer=f"in {seconds:.0f} s"),
    ]
    show_figures("Memory of the web process", figures)
    cpu = {"crowd_cpu_s": round(crowd.cpu, 1), "long_mb_per_s": round(size / MB / seconds, 1), "errors": dict(errors)}
    ratios = {"crowd_growth_to_limit": (crowd.growth_mb, AIM_MANY_MB), "long_growth_to_limit": (used.growth_mb, AIM_LONG_MB)}
    print_line("intake_memory", ratios, figures=as_json(figures), **cpu)


if __name__ == "__main__":
    main()
