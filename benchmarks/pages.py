"""How soon each page and the main endpoints answer: the first time after a change of the graph, and after that.

``python -m benchmarks.pages [--sample] [--store ADDRESS]``. The graph is the whole of CORDIS H2020, imported first, or
the sample; ``--store`` asks a graph that is there, on which words on pairs of entries are then said: each makes void
all that was kept. The service is the production command in a process of its own, so that its processor time is the
answer's; that of a Neo4j server isn't in it. Where an answer says that work is under way, "job" is what comes until the
page is there, all waits of it together. "ratio" is the processor time of an answer asked again, to that of the sign-in
page, which computes nothing, in the same run. ``--only WORD,WORD`` asks some lines; ``--settle N`` is how many seconds
are waited after a change, so that a page after it doesn't count as one of a graph that changes all the time;
``--kept`` changes nothing between two lines: each then tells what its page adds to what the pages before it made.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from os import environ, getloadavg
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from benchmarks.common import CORDIS, data, show
from benchmarks.service import Running, running
from graphsvc.pages.readying import GRACE
from graphsvc.samples import sample_path

HEADER: Final = (
    "",
    "kB",
    "first: CPU s",
    "clock s",
    "",
    "job: CPU s",
    "clock s",
    "again: CPU ms",
    "clock ms",
    "ratio",
    "load",
)
AGAIN: Final = 10
"""How often a line is asked again; the figures are means."""
NOTHING: Final = "/sign-in"
"""A page in the same frame that computes nothing."""
PATIENCE: Final = 600.0
"""Seconds after which a job is not waited for any longer."""
_JOB: Final = re.compile(r'data-job="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came, and what it took."""

    text: str
    status: int
    cpu: float
    clock: float

    @property
    def job(self) -> str:
        """Address of the job that is waited for; empty where this is the answer."""
        if found := _JOB.search(self.text):
            return html.unescape(found[1])
        return str(json.loads(self.text)["address"]) if self.status == 202 else ""


def ask(service: Running, path: str) -> Answer:
    """Ask once."""
    cpu, began = service.cpu, time.perf_counter()
    try:
        with urllib.request.urlopen(service.address + path, timeout=PATIENCE) as answer:  # noqa: S310  # our own
            content = answer.read()
    except urllib.error.HTTPError as refused:  # what would take too long is refused with a sentence: a line like others
        answer, content = refused, refused.read()
    clock = time.perf_counter() - began
    return Answer(content.decode("utf-8", "replace"), answer.status, service.cpu - cpu, clock)


def finish(service: Running, path: str, first: Answer) -> tuple[float, float]:
    """Wait until the page itself is there; return the processor time and the seconds that it took from now."""
    cpu, began, answer = service.cpu, time.perf_counter(), first
    while answer.job and time.perf_counter() - began < PATIENCE:
        if service.json(answer.job)["state"] in ("queued", "running"):
            time.sleep(0.2)
        else:
            answer = ask(service, path)
    return service.cpu - cpu, time.perf_counter() - began


def line(service: Running, name: str, path: str, nothing: float) -> list[object]:
    """Return the table's line of one address; ``nothing`` is what a page takes that computes nothing, in ms."""
    first = ask(service, path)
    job = finish(service, path, first) if first.job else ("", "")
    cpu, clock, size = again(service, path)
    ratio = cpu / nothing if nothing else 1.0
    kind = "job" if first.job else "" if first.status < 400 else str(first.status)
    return [name, size, first.cpu, first.clock, kind, *job, cpu, clock, ratio, f"{getloadavg()[0]:.1f}"]


def again(service: Running, path: str) -> tuple[float, float, float]:
    """Ask :data:`AGAIN` times; return processor time and clock of one answer in ms, and its size in kB."""
    cpu, began, size = service.cpu, time.perf_counter(), 0
    for _ in range(AGAIN):
        size = len(ask(service, path).text)
    return 1e3 * (service.cpu - cpu) / AGAIN, 1e3 * (time.perf_counter() - began) / AGAIN, size / 1e3


def asked(service: Running) -> dict[str, str]:
    """Return name → address of what is asked. The busiest actor has the most partners, the typical one the median."""
    ranked = service.json("/api/v1/measures?limit=1&sort=degree&measure=degree")
    busiest = ranked["items"][0]["actor"]["id"]
    middle = service.json("/api/v1/actors?limit=1&q=Tampere")["items"][0]["id"]
    theme = service.json("/api/v1/themes")["items"][0]["id"]
    place = service.json("/api/v1/actors?limit=1&q=Tampere")["items"][0]["place"]
    project = service.json(f"/api/v1/collaborations?actor={middle}&limit=1")["items"][0]["id"]
    pair = quote(f"{busiest} {middle}")
    return {
        "start": "/",
        "actors": "/actors",
        "actors, search": "/actors?q=tampereen+yliopisto",
        "actors, by partners": "/actors?sort=-partners",
        "actor, busiest": f"/actors/{busiest}",
        "its picture": f"/actors/{busiest}/picture.svg",
        "actor of Tampere": f"/actors/{middle}",
        "collaboration": f"/collaborations/{project}",
        "network": "/network",
        "network of a theme": f"/network?theme={theme}",
        "network of a place": f"/network?place={place}",
        "map": "/map",
        "map of a place": f"/map?place={place}",
        "missing": "/missing",
        "missing of a place": f"/missing?place={place}",
        "decisions": "/missing/decisions",
        "what-if": f"/missing/what-if?pair={pair}",
        "coverage": "/coverage",
        "coverage by area": "/coverage?by=area",
        "track record": "/track-record",
        "review": "/review",
        "import": "/import",
        "publications": "/publications",
        "report": "/publications/report",
        "settings": "/settings",
        "api: status": "/api/v1/status",
        "api: actors": "/api/v1/actors?limit=50",
        "api: search": "/api/v1/actors?limit=50&q=tampere",
        "api: name meant": "/api/v1/actors/resolve?name=Tampereen+yliopisto",
        "api: actor, busiest": f"/api/v1/actors/{busiest}",
        "api: actor of Tampere": f"/api/v1/actors/{middle}",
        "api: portrait, busiest": f"/api/v1/actors/{busiest}/portrait",
        "api: around, busiest": f"/api/v1/actors/{busiest}/network",
        "api: around, of Tampere": f"/api/v1/actors/{middle}/network",
        "api: history": f"/api/v1/actors/{busiest}/history",
        "api: collaborations": "/api/v1/collaborations?limit=50",
        "api: collaborations of the busiest": f"/api/v1/collaborations?limit=50&actor={busiest}",
        "api: network": "/api/v1/network",
        "api: network of a place": f"/api/v1/network?place={place}",
        "api: communities": "/api/v1/communities",
        "api: measures": "/api/v1/measures?limit=50",
        "api: measures of a place": f"/api/v1/measures?limit=50&place={place}",
        "api: missing": "/api/v1/partnerships/missing",
        "api: missing of a place": f"/api/v1/partnerships/missing?place={place}",
        "api: coverage": "/api/v1/coverage",
        "api: gaps": "/api/v1/gaps",
        "api: absent from a theme": f"/api/v1/absent?theme={theme}",
        "api: decisions": "/api/v1/decisions",
        "api: changes": "/api/v1/changes?since=0",
        "api: sources": "/api/v1/sources",
        "api: places": "/api/v1/places",
        "api: export GEXF": "/api/v1/exports/gexf",
        "api: export tables": "/api/v1/exports/tables",
    }


def changing(service: Running) -> Iterator[None]:
    """Change the graph at each step: a person says that two entries are two bodies, which folds nothing."""
    ids = [each["id"] for each in service.json("/api/v1/actors?limit=200")["items"]]
    for a, b in pairwise(ids):
        service.json("/api/v1/judgements", {"a": a, "b": b, "verdict": "different", "by": f"pages {time.time():.0f}"})
        yield


def measured(service: Running, only: str, settle: float | None) -> tuple[list[list[object]], float]:
    """Return the lines of all questions, and what a page takes that computes nothing, in ms.

    Each is asked ``settle`` seconds after a change; None for no change.
    """
    rows = [line(service, "start, after the service was started", "/", 0.0)]
    nothing = again(service, NOTHING)[0]
    changes = changing(service)
    for name, path in asked(service).items():
        if any(word in name for word in only.split(",")):
            if settle is not None:
                next(changes)
                time.sleep(settle)
            rows.append(line(service, name, path, nothing))
            print(rows[-1], file=sys.stderr, flush=True)
    return rows, nothing


def option(arguments: Sequence[str], name: str, otherwise: str = "") -> str:
    """Return what follows an option; ``otherwise`` where it isn't given."""
    return arguments[arguments.index(name) + 1] if name in arguments else otherwise


def main(arguments: list[str]) -> None:
    """Measure and print the tables."""
    with tempfile.TemporaryDirectory() as name:
        folder, given = Path(name), option(arguments, "--store")
        settings: dict[str, Any] = {
            "GRAPHSVC_HOME": str(folder / "home"),
            "GRAPHSVC_STORE": given or str(folder / "graph.kgl"),
            "GRAPHSVC_LOG_LEVEL": "warning",
        }
        command = [sys.executable, "-m", "graphsvc"]
        if not given:
            file = sample_path() if "--sample" in arguments else data(CORDIS)
            order = [*command, "import", str(file), "--yes"]
            subprocess.run(order, env={**environ, **settings}, check=True, stdout=subprocess.DEVNULL)
        settle = float(option(arguments, "--settle", "0" if "--sample" in arguments else str(GRACE + 1)))
        kept = "--kept" in arguments
        with running([*command, "serve", "--port", "0"], **settings) as service:
            rows, nothing = measured(service, option(arguments, "--only"), None if kept else settle)
            title = f"Pages and endpoints; a page that computes nothing takes {nothing:.1f} ms of processor"
            show(f"{title}; the process holds {service.megabytes:,.0f} MB", HEADER, rows)


if __name__ == "__main__":
    main(sys.argv[1:])
