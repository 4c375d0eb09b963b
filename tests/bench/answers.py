"""Answers: how long saving one takes, and how many bytes the first visit of a form of 60 questions costs.

`python tests/bench/answers.py [--saves 500]` starts servers and one web process, fills in a form by the door that its page uses, and
prints a table and a line of JSON. Sizes are those of the bodies as they are sent, compressed: the page, its styles, scripts and fonts.
"""

import argparse
import gzip
import http.client
import json
import re
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
import factories
from factories import questions, stages

from bench.ground import Figure, Server, as_json, print_line, servers, show_figures, web
from shared import clock
from shared.database import transaction
from shared.people import operations as people

AIM_MS, AIM_KB = 30.0, 100.0
TYPES = ("short_text", "long_text", "money", "date", "choice", "several", "number", "place", "telephone", "indicator", "consent", "table")
COUNT = 60
FONTS = re.compile(r'url\("(/static/[^"]+)"\)')
PARTS = re.compile(r'(?:<link[^>]* href|<script[^>]* src)="(/static/[^"]+)"')
"""What a browser fetches with the page."""


def group(number: int) -> tuple[str, str]:
    """Make a group of a programme whose form has 60 questions; return its link's token and the submission."""
    asked = [
        {"key": f"q{number}", "type": type_, "label": {"th": f"คำถามข้อที่ {number}", "en": f"Question {number}"}, "required": number % 3 == 0}
        | questions.NEEDED.get(type_, {})
        | ({"when": {"q4": ["tools"]}} if number > 50 else {})
        for number in range(COUNT)
        if (type_ := TYPES[number % len(TYPES)])
    ]
    with transaction() as session:
        programme = stages.programme(session, stages.collect("first", {"questions": asked}, by="2099-01-01T00:00:00+07:00"))
        submission = stages.invited(session, programme, number, now=clock.now())
        return factories.token_of(people.make_link(session, submission_id=submission.id)), str(submission.id)


def saves(server: Server, token: str, submission: str, count: int) -> list[float]:
    """Save one answer after another; return how many milliseconds each took."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    taken, versions = [], [0] * COUNT
    for number in range(count):
        at = len(TYPES) * (number % 5) + number % 2  # short and long texts
        body = json.dumps({"answers": {f"q{at}": f"คำตอบที่ {number}"}, "versions": {f"q{at}": versions[at]}})
        began = time.perf_counter()
        connection.request("PUT", f"/api/intake/submissions/{submission}/stages/first", body.encode(), headers)
        answer = connection.getresponse()
        content = answer.read()
        taken.append(1000 * (time.perf_counter() - began))
        if answer.status != 200:
            sys.exit(f"{answer.status}: {content[:400]!r}")
        versions[at] += 1
    return taken


def first_visit(server: Server, token: str, submission: str) -> dict[str, float]:
    """Return the kilobytes of the page and of what it fetches at once."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Accept": "text/html", "Accept-Encoding": "gzip"}

    def fetched(path: str) -> tuple[bytes, Any]:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.read(), answer

    page = f"/s/submissions/{submission}/stages/first"
    sent, _ = fetched(page)
    connection.request("GET", page, headers={**headers, "Accept-Encoding": "identity"})
    text = connection.getresponse().read().decode()
    parts = sorted(set(PARTS.findall(text)))
    fonts = [font for path in parts if path.endswith("fonts.css") for font in FONTS.findall(gzip.decompress(fetched(path)[0]).decode())]
    sizes = {path.rpartition("/")[2]: len(fetched(path)[0]) / 1000 for path in (*parts, *fonts)}
    return {"page": len(sent) / 1000, **sizes}


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=500)
    asked = parser.parse_args()
    with servers(), web("services.intake.app:app") as server:
        saves(server, *group(1), 20)  # the process warms up
        token, submission = group(2)
        taken = saves(server, token, submission, asked.saves)
        sizes = first_visit(server, token, submission)
    p95, total = round(quantiles(taken, n=20)[-1], 1), round(sum(sizes.values()), 1)
    figures = [Figure("saving an answer, p95", p95, AIM_MS, "ms"), Figure("first visit of 60 questions", total, AIM_KB, "KB")]
    show_figures(f"{asked.saves} saves, median {median(taken):.1f} ms; the page alone {sizes['page']:.1f} KB", figures)
    kilobytes = {name: round(size, 1) for name, size in sizes.items()}
    ratios = {"save_p95_to_limit": (p95, AIM_MS), "first_visit_to_limit": (total, AIM_KB)}
    print_line("answers", ratios, figures=as_json(figures), p50_ms=round(median(taken), 1), kilobytes=kilobytes)


if __name__ == "__main__":
    main()
