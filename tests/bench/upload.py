"""Upload: MB/s, CPU and memory of ours by tus beside two other tus servers and boto3, on the same store in one run.

`python tests/bench/upload.py [--files 4] [--megabytes 64] [--rounds 3] [--cache FOLDER]` starts a stack of its own on free ports and prints
tables and a line of JSON. All ways send the same files by as many threads of one client process, taking turns, so that all meet the same
machine: whole files in one PATCH, and PATCHes of 1 MiB on one connection. Peers ask nobody who sends; ours knows its group, checks the
deadline, and digests. After each turn every object is looked at: it has to be whole.
"""

import argparse
import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from boto3.s3.transfer import TransferConfig
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench import peers
from bench.ground import MB, MIB, Figure, Server, Used, as_json, direct, machine_cpu, print_line, servers, show_figures, web
from bench.sending import Door, NotTaken, door_of, senders
from shared.database import transaction
from shared.submissions.lifecycle import UploadStatus
from shared.submissions.models import Upload

OURS, BOTO3 = "Omsap", "boto3 straight to the store"
SHORT = {peers.NODE: "node_tus", peers.PYTHON: "tuspyserver", BOTO3: "boto3"}
"""Ways by the names that their ratios have."""
MODES: dict[str, int | None] = {"whole": None, "1MiB": MIB}
AIM_PEER = {"whole": 1.15, "1MiB": 3.0}
AIM_BOTO3, AIM_MEMORY_MB = 0.7, 200
WARM_BYTES = 9 * MIB


@dataclass(frozen=True)
class Way:
    """One way to bring files into the store."""

    name: str
    send: Callable[[Path, int | None], str]
    """Sends a file, whole or in chunks; returns where it went."""
    key: Callable[[str, Path], str]
    """Returns the object's key of what went there. Raises NotTaken."""
    server: Server | None = None


@dataclass
class Turns:
    """What one way reached in one mode, turn by turn."""

    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    machine: list[float] = field(default_factory=list)
    rss: list[float] = field(default_factory=list)

    def found(self) -> dict[str, float | None]:
        """Medians; the peak of memory is that of all turns."""
        return {
            "mb_per_s": round(median(self.rates), 1),
            "cpu_s_per_gb": round(median(self.cpu), 2) if self.cpu else None,
            "machine_s_per_gb": round(median(self.machine), 2),
            "rss_peak_mb": round(max(self.rss)) if self.rss else None,
        }


def ours(running: ExitStack) -> Way:
    """Ours: one web process with all services."""
    server = running.enter_context(web())
    door = door_of(senders(1)[0], server.port)

    def key(path: str, file: Path) -> str:
        with transaction() as session:
            upload = session.get_one(Upload, UUID(path.rpartition("/")[2]))
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        if (upload.status, upload.sha256) != (UploadStatus.RECEIVED, digest):
            raise NotTaken(f"{path} is {upload.status} with digest {upload.sha256}")
        return upload.object_key

    return Way(OURS, lambda file, chunk: door.send(file, chunk=chunk), key, server)


def peer(running: ExitStack, name: str, cache: Path) -> Way:
    """Another tus server. Raises PeerMissing; OSError when it does not answer."""
    server = peers.PEERS[name](cache)
    running.callback(server.stop)
    door = Door(server.port, "/files")
    prefix = "tus/" if name == peers.PYTHON else ""
    return Way(name, lambda file, chunk: door.send(file, chunk=chunk), lambda path, _: prefix + path.rpartition("/")[2], server)


def boto3_way(client: Any) -> Way:
    """No server of ours at all: what the store itself takes."""
    transfer = TransferConfig(multipart_threshold=8 * MIB, multipart_chunksize=8 * MIB, max_concurrency=4)

    def send(file: Path, _: int | None) -> str:
        key = f"bench/{file.name}"
        client.upload_file(str(file), os.environ["OMSAP_S3_BUCKET"], key, Config=transfer)
        return key

    return Way(BOTO3, send, lambda key, _: key)


def turn(way: Way, files: list[Path], chunk: int | None, client: Any, found: Turns) -> None:
    """Send all files at once, and see that each arrived whole; then make room."""
    total = sum(file.stat().st_size for file in files)
    with ExitStack() as watching, ThreadPoolExecutor(len(files)) as pool:
        used = watching.enter_context(Used(way.server.process)) if way.server else None
        began, busy = time.perf_counter(), machine_cpu()
        sent = list(pool.map(lambda file: way.send(file, chunk), files))
        seconds, busy = time.perf_counter() - began, machine_cpu() - busy
    bucket = os.environ["OMSAP_S3_BUCKET"]
    for file, where in zip(files, sent, strict=True):
        key = way.key(where, file)
        size = client.head_object(Bucket=bucket, Key=key)["ContentLength"]
        if size != file.stat().st_size:
            raise NotTaken(f"{way.name}: {key} has {size} bytes")
        client.delete_object(Bucket=bucket, Key=key)
    found.rates.append(total / MB / seconds)
    found.machine.append(busy / total * 1e9)
    if used is not None:
        found.cpu.append(used.cpu / total * 1e9)
        found.rss.append(used.rss_peak / MB)


def measure(folder: Path, cache: Path, *, files: int, megabytes: int, rounds: int) -> tuple[dict[str, dict[str, Turns]], dict[str, str]]:
    """Return mode → way → turns, and peer → why it is missing."""
    sources = [folder / f"{number}.bin" for number in range(files)]
    for source in sources:
        source.write_bytes(os.urandom(megabytes * MIB))
    warm = folder / "warm.bin"
    warm.write_bytes(os.urandom(WARM_BYTES))
    client, missing = direct(), {}
    found: dict[str, dict[str, Turns]] = {mode: {} for mode in MODES}
    with ExitStack() as running:
        ways = [ours(running)]
        for name in peers.PEERS:
            try:
                ways.append(peer(running, name, cache))
            except (peers.PeerMissing, OSError) as why:
                missing[name] = str(why)
        ways.append(boto3_way(client))
        for way in ways:
            way.send(warm, None)
        for mode, chunk in MODES.items():
            for number in range(rounds):
                for way in rotated(ways, number):
                    turn(way, sources, chunk, client, found[mode].setdefault(way.name, Turns()))
    return found, missing


def rotated(ways: list[Way], by: int) -> Iterator[Way]:
    """Everybody is first once."""
    yield from ways[by % len(ways) :]
    yield from ways[: by % len(ways)]


def figures(found: dict[str, dict[str, dict[str, float | None]]]) -> list[Figure]:
    """Every aim beside what was found."""
    made = []
    for mode, ways in found.items():
        mine = ways[OURS]["mb_per_s"] or 0
        rates = {name: ways[name]["mb_per_s"] or 0 for name in peers.PEERS if name in ways}
        best = max(rates, key=lambda name: rates[name], default=None)
        beside = f"{best} {rates[best]:g} MB/s" if best else "no peer"
        made.append(Figure(f"{mode}: × best peer", round(mine / rates[best], 2) if best else None, AIM_PEER[mode], "", True, beside))
        if mode == "whole":
            boto3 = ways[BOTO3]["mb_per_s"] or 1
            made.append(Figure(f"{mode}: × boto3", round(mine / boto3, 2), AIM_BOTO3, "", True, f"boto3 {boto3:g} MB/s"))
        for name in rates:
            made.append(Figure(f"{mode}: CPU, {name}", ways[OURS]["cpu_s_per_gb"], ways[name]["cpu_s_per_gb"] or 0, "s/GB", peer=name))
    peak = max(ways[OURS]["rss_peak_mb"] or 0 for ways in found.values())
    return [*made, Figure("peak memory", peak, AIM_MEMORY_MB, "MB")]


def ratios(found: dict[str, dict[str, dict[str, float | None]]]) -> dict[str, tuple[float | None, float | None]]:
    """Return what we reached and what each other way did, by mode; and the peak of memory beside its limit."""
    made: dict[str, tuple[float | None, float | None]] = {}
    for mode, ways in found.items():
        for name, short in SHORT.items():
            if name in ways:
                made[f"{mode}_speed_to_{short}"] = (ways[OURS]["mb_per_s"], ways[name]["mb_per_s"])
                made[f"{mode}_machine_cpu_to_{short}"] = (ways[OURS]["machine_s_per_gb"], ways[name]["machine_s_per_gb"])
    made["peak_memory_to_limit"] = (max(ways[OURS]["rss_peak_mb"] or 0 for ways in found.values()), AIM_MEMORY_MB)
    return made


def show(mode: str, ways: dict[str, dict[str, float | None]], missing: dict[str, str]) -> None:
    """Print what all ways reached in one mode."""
    table = Table(title="Whole files in one PATCH" if MODES[mode] is None else "PATCHes of 1 MiB (boto3: parts of 8 MiB all the same)")
    for column in ("way", "MB/s", "server's CPU s/GB", "whole machine's CPU s/GB", "server's peak MB"):
        table.add_column(column, justify="left" if column == "way" else "right")
    for name, values in ways.items():
        table.add_row(name, *("-" if value is None else f"{value:g}" for value in values.values()))
    for name, why in missing.items():
        table.add_row(name, why)
    Console().print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=4)
    parser.add_argument("--megabytes", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cache", type=Path, default=peers.cache_folder(), help="where peers are installed")
    asked = parser.parse_args()
    with servers() as folder:
        turns, missing = measure(folder, asked.cache, files=asked.files, megabytes=asked.megabytes, rounds=asked.rounds)
    found = {mode: {name: way.found() for name, way in ways.items()} for mode, ways in turns.items()}
    for mode, ways in found.items():
        show(mode, ways, missing)
    reached = figures(found)
    show_figures(f"Upload: {asked.files} x {asked.megabytes} MiB at once, median of {asked.rounds}", reached)
    print_line("upload", ratios(found), **found, missing=missing, figures=as_json(reached))


if __name__ == "__main__":
    main()
