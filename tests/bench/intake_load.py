"""Load of intake: 1,000 small plans begun and sent within a minute while workers check them; errors, and how quick a group's page stays.

`python tests/bench/intake_load.py [--uploads 1000] [--groups 100] [--seconds 60]` starts the whole stack and prints tables and a line of
JSON. Every upload is a creation and a PATCH on a connection of its own. First at a steady pace, as the aim says; then as fast as the
machine takes them, to show where its limit is. Meanwhile another thread opens the page of some group, and asks for the same as JSON.
"""

import argparse
import io
import os
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import quantiles

import pikepdf
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

sys.path.insert(0, str(Path(__file__).parent.parent))
from bench.ground import Figure, as_json, print_line, show_figures, stack
from bench.sending import Door, NotTaken, Sender, door_of, senders
from shared.database import transaction
from shared.queue.lifecycle import JobState
from shared.queue.models import Job

PLAN_BYTES = 10_000
AT_ONCE = {"paced": 32, "unpaced": 8}
"""Threads that send."""
LOOK_SECONDS = 0.1
"""Between two looks at a page."""
WARM_UPLOADS = 10
AIM_P95_MS = 50


@dataclass
class Minute:
    """What was seen in one run."""

    errors: Counter[str] = field(default_factory=Counter)
    uploads: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    api: list[float] = field(default_factory=list)
    seconds: float = 0.0
    jobs: dict[str, int] = field(default_factory=dict)
    """How the work behind the uploads stood when the last one was answered."""

    def facts(self) -> dict[str, object]:
        """Numbers for tables and JSON; times in milliseconds."""
        return {
            "uploads_per_minute": round(len(self.uploads) / self.seconds * 60),
            "errors": self.errors.total(),
            "upload_p95_ms": p95(self.uploads),
            "page_p95_ms": p95(self.page),
            "json_p95_ms": p95(self.api),
            "looks": len(self.page),
            **{f"jobs_{state}": count for state, count in self.jobs.items()},
        }


def p95(seconds: list[float]) -> float:
    """Return the 95th percentile in milliseconds."""
    return round(quantiles(seconds, n=20)[-1] * 1000, 1) if len(seconds) > 1 else 0.0


def plan() -> bytes:
    """A plan of about 10 KB, like no other."""
    document = pikepdf.new()
    for _ in range(3):
        document.add_blank_page()
    document.Root.Filler = document.make_stream(os.urandom(PLAN_BYTES - 1000))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


class Visitor(threading.Thread):
    """Looks at the page of some group, and asks for the same as JSON, over and over; each on a connection of its own, as phones come."""

    def __init__(self, port: int, groups: list[Sender], found: Minute) -> None:
        super().__init__(daemon=True)
        self._port, self._groups, self._found = port, groups, found
        self._ended = threading.Event()
        self._cookies = [self._cookie(group) for group in groups]

    def run(self) -> None:
        """Look."""
        while not self._ended.wait(LOOK_SECONDS):
            number = random.randrange(len(self._groups))  # noqa: S311  # any group
            group = self._groups[number]
            self._look(f"/s/submissions/{group.submission}", {"Cookie": self._cookies[number]}, self._found.page)
            self._look(f"/api/intake/submissions/{group.submission}", {"Authorization": f"Bearer {group.token}"}, self._found.api)

    def stop(self) -> None:
        """End after the look it is at."""
        self._ended.set()
        self.join()

    def _cookie(self, group: Sender) -> str:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        connection.request("GET", f"/s/{group.token}")
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return (answer.headers["Set-Cookie"] or "").partition(";")[0]

    def _look(self, path: str, headers: dict[str, str], seconds: list[float]) -> None:
        connection, began = HTTPConnection("127.0.0.1", self._port, timeout=60), time.perf_counter()
        try:
            connection.request("GET", path, headers={"Accept-Language": "th", "Accept-Encoding": "gzip", **headers})
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException) as error:
            self._found.errors[f"GET: {type(error).__name__}"] += 1
            return
        finally:
            connection.close()
        seconds.append(time.perf_counter() - began)
        if answer.status != 200:
            self._found.errors[f"GET {path.partition('/submissions')[0]}: {answer.status}"] += 1


def send(door: Door, content: bytes, found: Minute) -> None:
    """Begin and send one plan."""
    began, connection = time.perf_counter(), door.connect()
    try:
        path = door.begin(connection, "plan.pdf", len(content))
        door.patch(connection, path, 0, len(content), content)
    except (NotTaken, OSError, HTTPException) as error:
        found.errors[f"{type(error).__name__}: {str(error)[:120]}"] += 1
        return
    finally:
        connection.close()
    found.uploads.append(time.perf_counter() - began)


def run(port: int, groups: list[Sender], plans: list[bytes], *, seconds: float, at_once: int) -> Minute:
    """Send all plans, spread over so many seconds; see what waits behind them."""
    found = Minute()
    visitor = Visitor(port, groups, found)
    doors = [door_of(group, port) for group in groups]
    visitor.start()
    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        for number, content in enumerate(plans):
            time.sleep(max(0.0, began + seconds * number / len(plans) - time.perf_counter()))
            pool.submit(send, doors[number % len(doors)], content, found)
    # A pace is held to its end: the last upload is not the end of the minute.
    time.sleep(max(0.0, began + seconds - time.perf_counter()))
    found.seconds = time.perf_counter() - began
    visitor.stop()
    found.jobs = jobs()
    return found


def jobs() -> dict[str, int]:
    """Count what is done, what is not, and what nobody could do."""
    with transaction() as session:
        counts = dict(session.execute(select(Job.state, func.count()).group_by(Job.state)).all())
    left = sum(counts.get(state, 0) for state in (JobState.PENDING, JobState.RUNNING))
    return {"done": counts.get(JobState.DONE, 0), "left": left, "dead": counts.get(JobState.DEAD, 0)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--uploads", type=int, default=1000)
    parser.add_argument("--groups", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    plans = [plan() for _ in range(asked.uploads)]
    found: dict[str, Minute] = {}
    for way, seconds in {"paced": asked.seconds, "unpaced": 0.0}.items():
        # A stack of its own for each: the work behind the first is not the second's.
        with stack() as (running, _):
            port = int(running.description["base_url"].rsplit(":", 1)[1])
            groups = senders(asked.groups, kind="plan", type_="pdf")
            run(port, groups, plans[:WARM_UPLOADS], seconds=0, at_once=4)
            found[way] = run(port, groups, plans, seconds=seconds, at_once=AT_ONCE[way])
    table = Table(title=f"{asked.uploads} plans of {len(plans[0]) / 1000:.0f} KB, {asked.groups} groups, workers running")
    for column in ("", *found):
        table.add_column(column, justify="right" if column else "left")
    facts = {way: minute.facts() for way, minute in found.items()}
    for name in facts["paced"]:
        table.add_row(name.replace("_", " "), *(str(seen[name]) for seen in facts.values()))
    Console().print(table)
    paced, pace = found["paced"], f"{asked.uploads / asked.seconds * 60:.0f} a minute"
    figures = [
        Figure(f"{pace}: errors", paced.errors.total(), 0, peer="; ".join(f"{count} × {what}" for what, count in paced.errors.items())),
        Figure(f"{pace}: status page, p95", p95(paced.page), AIM_P95_MS, "ms", peer=f"{len(paced.page)} looks"),
        Figure(f"{pace}: status as JSON, p95", p95(paced.api), AIM_P95_MS, "ms", peer=f"{len(paced.api)} looks"),
        Figure("as fast as it goes: errors", found["unpaced"].errors.total(), 0, peer="; ".join(found["unpaced"].errors)),
    ]
    show_figures("Load of intake", figures)
    ratios = {
        "page_p95_to_limit": (p95(paced.page), AIM_P95_MS),
        "json_p95_to_limit": (p95(paced.api), AIM_P95_MS),
        "uploads_to_pace": (len(paced.uploads) / paced.seconds * 60, asked.uploads / asked.seconds * 60),
    }
    print_line("intake_load", ratios, figures=as_json(figures), **facts)


if __name__ == "__main__":
    main()
