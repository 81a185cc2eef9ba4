"""How many questions the service answers in a second, how soon, and in what memory, on both engines.

``python -m benchmarks.service [embedded|neo4j …] [--whole|--sample] [--seconds N] [--minutes N]``. The graph is CORDIS:
what touches Finland, or all of it with ``--whole``; ``--sample`` takes the sample, for who has no data folder. The
service is the production command in a process of its own; who asks is another process. The ceiling is an empty Flask
endpoint under the same runner, measured in the same run: figures of another machine, or of a busy one, are to be read
beside it. ``--minutes`` also watches the memory for so long. ``--graph`` asks a graph that is there instead of
importing one, an embedded one by its file or a Neo4j by its address; words on pairs of its entries are said in it.
``--goals`` asks only what goals P1 to P3 are about: small answers and a large one, so many a second, also beside a job.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final
from urllib.parse import quote

from benchmarks.common import CORDIS, ROOT, apart, data, show
from graphsvc.samples import sample_path
from tests import neo4j_server

CONNECTIONS: Final = (1, 2, 4, 8, 16, 32)
ENGINES: Final = ("embedded", "neo4j")
COUNTRY: Final = "FI"
HEADER: Final = ("kind", "requests", "kB", "p50 ms", "p95 ms", "p99 ms")
WRITER: Final = 1.0
"""Seconds between two changes of the writer: each makes everything that was kept of the graph void."""


@dataclass
class Running:
    """A service in a process of its own."""

    process: subprocess.Popen[bytes]
    address: str

    @property
    def cpu(self) -> float:
        """Processor seconds that it has taken."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def megabytes(self) -> float:
        """Memory that it holds."""
        found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii"))
        return int(found[1]) / 1e3 if found else 0.0

    def json(self, path: str, body: object = None) -> Any:
        """Ask it something; a body is posted."""
        text = json.dumps(body).encode() if body else None
        request = urllib.request.Request(self.address + path, text, {"Content-Type": "application/json"})  # noqa: S310
        return json.loads(answered(request))


def answered(request: urllib.request.Request | str) -> bytes:
    """Return an answer, and come again where the service says so: a large graph is read before it can be asked."""
    until = time.monotonic() + 600
    while True:
        try:
            with urllib.request.urlopen(request, timeout=600) as answer:  # noqa: S310  # our own
                body: bytes = answer.read()
                return body
        except urllib.error.HTTPError as error:
            if error.code not in (503, 504) or time.monotonic() > until:
                raise
        time.sleep(1)


@contextmanager
def running(command: list[str], **settings: str) -> Iterator[Running]:
    """Run a service while the block runs."""
    with tempfile.TemporaryFile("w+b") as log:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log)
        try:
            while not (found := re.search(rb"http://[\d.:]+", os.pread(log.fileno(), 10_000, 0))):
                if process.poll() is not None:
                    sys.exit(os.pread(log.fileno(), 10_000, 0).decode())
                time.sleep(0.05)
            yield Running(process, found[0].decode())
        finally:
            process.terminate()
            process.wait(30)


def bare() -> None:
    """Serve a constant under the service's runner."""
    from flask import Flask

    from graphsvc.serving import serve

    app = Flask("bare")
    app.add_url_rule("/", "constant", lambda: {"status": "ok"})
    serve(app, "127.0.0.1", 0, lambda address: print(address, flush=True))


def part_of_cordis(folder: Path) -> Path:
    """Write the projects with a participant in :data:`COUNTRY`, all their participants with them, as a file."""
    with zipfile.ZipFile(data(CORDIS)) as held:
        tables = {name: held.read(name).decode("utf-8-sig") for name in held.namelist()}
    rows = {name: list(csv.DictReader(io.StringIO(text), delimiter=";")) for name, text in tables.items()}
    (taking_part,) = (name for name in rows if "organizations" in name)
    wanted = {row["projectRcn"] for row in rows[taking_part] if row["country"] == COUNTRY}
    path = folder / "cordis-part.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, lines in rows.items():
            key, text = ("projectRcn" if name == taking_part else "rcn"), io.StringIO()
            table = csv.DictWriter(text, list(lines[0]), delimiter=";", lineterminator="\n")
            table.writeheader()
            table.writerows(row for row in lines if row[key] in wanted)
            made.writestr(name, "\ufeff" + text.getvalue())
    return path


def file_of(arguments: list[str], folder: Path) -> Path:
    """Return what is imported."""
    if "--sample" in arguments:
        return sample_path()
    return data(CORDIS) if "--whole" in arguments else part_of_cordis(folder)


def plan_of(service: Running) -> dict[str, Any]:
    """Return what is asked: names and ids of the graph that is there."""
    actors = service.json("/api/v1/actors?limit=200&kind=university")["items"]
    ids, words = [each["id"] for each in actors], sorted({each["name"].split()[0] for each in actors})
    busiest = service.json("/api/v1/measures?limit=20&sort=degree&measure=degree")["items"]
    central = [each["actor"]["id"] for each in busiest]
    return {
        "search": {"weight": 30, "paths": [f"/api/v1/actors?q={quote(word)}" for word in words]},
        "actor": {"weight": 30, "paths": [f"/api/v1/actors/{id_}" for id_ in ids]},
        "ego": {"weight": 10, "paths": [f"/api/v1/collaborations?actor={id_}&limit=100" for id_ in central]},
        "missing": {"weight": 10, "paths": ["/api/v1/partnerships/missing?place=FI197&top=20"]},
        "network": {"weight": 5, "paths": ["/api/v1/network?place=FI197"]},
        "measures": {"weight": 10, "paths": ["/api/v1/measures?place=FI197&limit=50"]},
        "life": {"weight": 5, "paths": ["/health/live"]},
    }


def driven(service: Running, plan: dict[str, Any], seconds: float, connections: int, rate: float = 0) -> dict[str, Any]:
    """Let the driver ask, ``rate`` questions a second where there is one, and add what the service took for it."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(plan, file)
        file.flush()
        before = service.cpu
        found = apart("service_driver", service.address, file.name, str(seconds), str(connections), str(rate))
    count = sum(map(len, found["times"].values()))
    return {
        **found,
        "count": count,
        "rate": count / found["seconds"],
        "cpu_ms": 1e3 * (service.cpu - before) / max(1, count),
    }


def at(times: list[float], share: float) -> float:
    """Return a percentile in milliseconds."""
    return 1e3 * times[min(len(times) - 1, int(share * len(times)))]


def by_kind(found: dict[str, Any]) -> list[tuple[object, ...]]:
    """Return the table's rows of one run."""
    return [
        (kind, len(times), found["bytes"][kind] / 1e3, *(at(times, share) for share in (0.5, 0.95, 0.99)))
        for kind, times in sorted(found["times"].items())
    ]


def beside_a_job(service: Running, seconds: float) -> tuple[object, ...]:
    """Ask a small question 20 times a second while a job measures the whole network (goal P3)."""
    asked, statuses, sizes, times = 0.0, Counter[str](), list[float](), list[float]()
    before, job = service.cpu, service.json("/api/v1/measures?limit=50")
    themes = {"weight": 1, "paths": ["/api/v1/themes"]}
    while "state" in job and job["state"] in ("queued", "running"):  # a small network is measured in the answer
        found = driven(service, {"it": themes}, max(seconds / 2, 2.0), 16, 20)
        asked += found["seconds"]
        statuses.update(found["statuses"])
        sizes += found["bytes"].values()
        times += found["times"]["it"]
        job = service.json(job["href"])
    if not times:
        return "themes, while all is measured", *8 * ("",), "no job"
    kilobytes, latency = sizes[0] / 1e3, [at(sorted(times), share) for share in (0.5, 0.95, 0.99)]
    cpu = 1e3 * (service.cpu - before) / len(times)
    return (
        "themes, while all is measured",
        "",
        20,
        len(times) / asked,
        kilobytes,
        "",
        cpu,
        *latency,
        str(dict(statuses)),
    )


def asked_steadily(engine: str, service: Running, seconds: float) -> None:
    """Ask small questions 200 times a second and a large one 100 times, and print what each took (goals P1 and P2)."""
    plan = plan_of(service)
    network, actor = plan["network"], plan["actor"] | {"paths": plan["actor"]["paths"][:20]}
    with urllib.request.urlopen(service.address + network["paths"][0], timeout=600) as answer:  # noqa: S310  # our own
        etag, size = answer.headers["ETag"], len(answer.read())
    with running([sys.executable, "-m", "benchmarks.service", "bare"]) as ceiling:
        questions: list[tuple[str, Running, int, dict[str, Any]]] = [
            ("an empty Flask endpoint", ceiling, 200, {"weight": 1, "paths": ["/"]}),
            ("a sign of life", service, 200, plan["life"]),
            ("an actor", service, 200, actor),
            (f"network, {size / 1e6:.1f} MB", service, 100, network),
            ("the same, unchanged", service, 100, network | {"headers": {"If-None-Match": etag}}),
        ]
        rows: list[tuple[object, ...]] = []
        for name, asked, rate, kind in questions:
            for path in kind["paths"]:
                answered(asked.address + path)
            most = driven(asked, {"it": kind}, seconds, 8)
            found = driven(asked, {"it": kind}, seconds, 16, rate)
            ((_, _, kilobytes, *latency),) = by_kind(found)
            rates = most["rate"], rate, found["rate"]
            rows.append((name, *rates, kilobytes, most["cpu_ms"], found["cpu_ms"], *latency, str(found["statuses"])))
    rows.append(beside_a_job(service, seconds))
    header = (
        "question",
        "most/s",
        "asked/s",
        "answered/s",
        "kB",
        "CPU ms at most",
        "CPU ms as asked",
        *HEADER[3:],
        "answers",
    )
    show(f"{engine}: asked steadily", header, rows)


@contextmanager
def a_writer(service: Running, ids: list[str]) -> Iterator[list[float]]:
    """Say a word on two entries each second while the block runs, and take none back; yields how long each took."""
    over, took = Event(), list[float]()

    def write() -> None:
        for number in range(len(ids) - 1):
            if over.wait(WRITER):
                return
            began = time.perf_counter()
            word = {"a": ids[number], "b": ids[number + 1], "verdict": "different", "by": "benchmark"}
            service.json("/api/v1/judgements", word)
            took.append(time.perf_counter() - began)

    thread = Thread(target=write)
    thread.start()
    try:
        yield took
    finally:
        over.set()
        thread.join()


def measured(engine: str, service: Running, options: dict[str, Any]) -> None:
    """Measure one engine beside the ceiling, and print the tables."""
    plan, seconds = plan_of(service), options["seconds"]
    for kind in plan.values():  # everything is asked once: what a graph's first reader waits for is measured apart
        for path in kind["paths"]:
            answered(service.address + path)
    rows, eight = [], dict[str, Any]()
    with running([sys.executable, "-m", "benchmarks.service", "bare"]) as ceiling:
        for connections in CONNECTIONS:
            top = driven(ceiling, {"constant": {"weight": 1, "paths": ["/"]}}, seconds / 2, connections)
            found = driven(service, plan, seconds, connections)
            eight = found if connections == 8 else eight
            ratio = f"{found['rate'] / top['rate']:.0%}"
            told = {status: n for status, n in found["statuses"].items() if status != "200"}
            rows.append(
                (connections, found["rate"], top["rate"], ratio, found["cpu_ms"], top["cpu_ms"], str(told or "none"))
            )
    header = ("at once", "requests/s", "ceiling", "ratio", "CPU ms each", "its CPU ms", "other than 200")
    show(f"{engine}: the mix at growing concurrency", header, rows)
    show(f"{engine}: by kind, eight at once (driver's CPU {eight['cpu']:.1f} s)", HEADER, by_kind(eight))
    ids = [path.rpartition("/")[2] for path in plan["actor"]["paths"]]
    with a_writer(service, ids) as took:
        found = driven(service, plan, 2 * seconds, 8)
    title = f"{engine}: the same with a writer, {len(took)} changes, each {1e3 * sum(took) / max(1, len(took)):.0f} ms"
    show(f"{title}, {found['rate']:.0f} requests/s, {found['statuses']}", HEADER, by_kind(found))
    if options["minutes"]:
        watch_memory(engine, service, plan, options["minutes"])


def watch_memory(engine: str, service: Running, plan: dict[str, Any], minutes: float) -> None:
    """Ask for some minutes and print what the process held after each twentieth of it."""
    held = [service.megabytes]
    for _ in range(20):
        driven(service, plan, minutes * 3, 8)
        held.append(service.megabytes)
    rows = [(f"{minutes * at_ / 20:.1f}", held[at_]) for at_ in range(0, 21, 4)]
    show(f"{engine}: memory, growth over the last half {held[20] - held[10]:.1f} MB", ("minute", "MB"), rows)


def main(arguments: list[str]) -> None:
    """Measure the engines that are asked for."""
    options: dict[str, Any] = {"seconds": 8.0, "minutes": 0.0}
    for name in options:
        if f"--{name}" in arguments:
            options[name] = float(arguments[arguments.index(f"--{name}") + 1])
    engines = [each for each in ENGINES if each in arguments] or ENGINES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        graph = arguments[arguments.index("--graph") + 1] if "--graph" in arguments else ""
        for engine in engines:
            held = graph if ("://" in graph) == (engine == "neo4j") else ""
            wanted = engine == "neo4j" and not held
            server = neo4j_server.from_artifacts(neo4j_server.LONG_TERM) if wanted else None
            settings = {
                "GRAPHSVC_HOME": str(folder / engine),
                "GRAPHSVC_STORE": held or (server.uri if server else str(folder / "graph.kgl")),
                "GRAPHSVC_LOG_LEVEL": "warning",
            }
            command = [sys.executable, "-m", "graphsvc"]
            if not held:
                order = [*command, "import", str(file_of(arguments, folder)), "--yes"]
                subprocess.run(order, env={**os.environ, **settings}, check=True, stdout=subprocess.DEVNULL)
            with running([*command, "serve", "--port", "0"], **settings) as service:
                if "--goals" in arguments:
                    asked_steadily(engine, service, options["seconds"])
                else:
                    measured(engine, service, options)
            if server:
                server.stop()


if __name__ == "__main__":
    if sys.argv[1:] == ["bare"]:
        bare()
    else:
        main(sys.argv[1:])
