"""Upload: MB/s by tus beside boto3 straight to the same store, and the web process's memory, in one run.

`python tests/bench/upload.py [--files 4] [--megabytes 64] [--rounds 3]` starts a stack of its own on free ports and prints a table and a
line of JSON. Both ways send the same files by as many threads of one client process, in turns, so that both meet the same machine.
"""

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import urlopen
from uuid import UUID

import boto3
import psutil
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))
MB = 1_000_000
MIB = 1024 * 1024
BLOCK = 256 * 1024
AIM_SHARE, AIM_MEMORY_MB = 0.6, 200


@contextmanager
def web(env: dict[str, str]) -> Iterator[tuple[int, psutil.Process]]:
    """The local web process with all services; yields its port and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    argv = [sys.executable, "-m", "uvicorn", "services.allinone:app", "--port", str(port), "--loop", "uvloop", "--http", "httptools"]
    as_the_stack = {**os.environ, **env, "MALLOC_ARENA_MAX": "2"}
    started = subprocess.Popen([*argv, "--no-access-log", "--log-level", "warning"], env=as_the_stack)
    try:
        until = time.monotonic() + 60
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                    break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
        yield port, psutil.Process(started.pid)
    finally:
        started.terminate()
        started.wait(20)


class Peak(threading.Thread):
    """The most memory a process has held, looked at fifty times a second."""

    def __init__(self, process: psutil.Process) -> None:
        super().__init__(daemon=True)
        self.process, self.rss = process, 0
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(0.02):
            self.rss = max(self.rss, self.process.memory_info().rss)

    def stop(self) -> None:
        self._ended.set()
        self.join()


def by_tus(port: int, token: str, submission: UUID, file: Path, *, kind: str = "photo") -> None:
    """Send a file by one creation and one PATCH. Raises RuntimeError when it is not taken."""
    from base64 import b64encode

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300, blocksize=BLOCK)
    values = {"submission": str(submission), "kind": kind, "filename": file.name}
    metadata = ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in values.items())
    headers = {"Tus-Resumable": "1.0.0", "Authorization": f"Bearer {token}"}
    size = file.stat().st_size
    connection.request("POST", "/api/intake/uploads", headers={**headers, "Upload-Length": str(size), "Upload-Metadata": metadata})
    answer = connection.getresponse()
    said, location = answer.read(), answer.headers["Location"]
    if answer.status != 201:
        raise RuntimeError(said)
    with file.open("rb") as body:
        more = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream", "Content-Length": str(size)}
        connection.request("PATCH", location, body=body, headers={**headers, **more})
        answer = connection.getresponse()
        said = answer.read()
    connection.close()
    if answer.status != 204 or answer.headers["Upload-Offset"] != str(size):
        raise RuntimeError(said)


def timed(call: Callable[[Path], object], files: list[Path]) -> float:
    """Call with every file at once; return the seconds until the last is done."""
    began = time.perf_counter()
    with ThreadPoolExecutor(len(files)) as pool:
        list(pool.map(call, files))
    return time.perf_counter() - began


def direct(env: dict[str, str]) -> Any:
    """A boto3 client as one would write it for this store."""
    return boto3.client(
        "s3",
        endpoint_url=env["OMSAP_S3_ENDPOINT"],
        region_name=env["OMSAP_S3_REGION"],
        aws_access_key_id=env["OMSAP_S3_ACCESS_KEY"],
        aws_secret_access_key=env["OMSAP_S3_SECRET_KEY"],
        config=Config(signature_version="s3v4", request_checksum_calculation="when_required", max_pool_connections=64),
    )


def sender(number: int, *, kind: str = "photo", type_: str = "jpg") -> tuple[str, UUID]:
    """A group that may send as many large files as it likes; its token and submission."""
    import factories

    from shared.database import transaction
    from shared.people import operations as people
    from shared.people import queries as people_queries
    from shared.submissions.lifecycle import Status

    items = [{"kind": kind, "label": {"th": "ไฟล์", "en": "File"}, "types": [type_], "max_bytes": str(2**40), "max_files": "1000"}]
    milestones = [{"key": "hand_in", "label": {"th": "ส่ง", "en": "Hand in"}, "by": "2099-01-01T00:00:00+07:00"}]
    with transaction() as session:
        programme = factories.programme(session, items=items, milestones=milestones)
        submission = factories.submissions(session, programme, 1, status=Status.INVITED, first=number)[0]
        return people_queries.token_of(people.make_link(session, submission_id=submission.id)), submission.id


def measure(files: int, megabytes: int, rounds: int) -> dict[str, Any]:
    """Start a stack and measure on it."""
    from deploy.local.background import BackgroundStack

    with tempfile.TemporaryDirectory() as folder:
        running = BackgroundStack(Path(folder) / "stack", servers=True)
        env: dict[str, str] = running.description["environment"]
        os.environ.update(env)
        sources = [Path(folder) / f"{number}.bin" for number in range(files)]
        for source in sources:
            source.write_bytes(os.urandom(megabytes * MIB))
        try:
            return _measure(env, sources, rounds)
        finally:
            running.discard()


def _measure(env: dict[str, str], sources: list[Path], rounds: int) -> dict[str, Any]:
    client, transfer = direct(env), TransferConfig(multipart_threshold=8 * MIB, multipart_chunksize=8 * MIB, max_concurrency=4)
    token, submission = sender(1)
    total = sum(source.stat().st_size for source in sources) / MB
    rates: dict[str, list[float]] = {"tus": [], "boto3": []}
    with web(env) as (port, process):
        by_tus(port, token, submission, sources[0])
        client.upload_file(str(sources[0]), env["OMSAP_S3_BUCKET"], "bench/warm", Config=transfer)
        idle, cpu = process.memory_info().rss, process.cpu_times()
        peak = Peak(process)
        peak.start()
        for turn in range(rounds):

            def straight(source: Path, turn: int = turn) -> None:
                client.upload_file(str(source), env["OMSAP_S3_BUCKET"], f"bench/{turn}/{source.name}", Config=transfer)

            rates["tus"].append(total / timed(lambda source: by_tus(port, token, submission, source), sources))
            rates["boto3"].append(total / timed(straight, sources))
        peak.stop()
        used = process.cpu_times()
    tus, boto = median(rates["tus"]), median(rates["boto3"])
    return {
        "tus_mb_per_s": round(tus, 1),
        "boto3_mb_per_s": round(boto, 1),
        "share": round(tus / boto, 2),
        "web_cpu_s_per_gb": round((used.user + used.system - cpu.user - cpu.system) / (total * rounds / 1000), 2),
        "web_idle_mb": round(idle / MB),
        "web_peak_mb": round(peak.rss / MB),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=4)
    parser.add_argument("--megabytes", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    found = measure(asked.files, asked.megabytes, asked.rounds)
    table = Table(title=f"Upload: {asked.files} x {asked.megabytes} MiB at once, median of {asked.rounds}")
    for column in ("", "found", "aim"):
        table.add_column(column)
    table.add_row("tus through the web process", f"{found['tus_mb_per_s']} MB/s", "")
    table.add_row("boto3 straight to the store", f"{found['boto3_mb_per_s']} MB/s", "")
    table.add_row("share", f"{found['share']}", f">= {AIM_SHARE}")
    table.add_row("web process, peak memory", f"{found['web_peak_mb']} MB (idle {found['web_idle_mb']})", f"<= {AIM_MEMORY_MB} MB")
    table.add_row("web process, CPU", f"{found['web_cpu_s_per_gb']} s/GB", "")
    Console().print(table)
    print(json.dumps({"upload": found}))


if __name__ == "__main__":
    main()
