"""How long the import of CORDIS H2020 takes (116 248 participations, 25 626 projects), beside only reading the file.

``python -m benchmarks.import_cordis [embedded|neo4j …]``. Each engine runs in a process of its own; Neo4j is started
from its own artifacts where Java and Maven are. The baseline of each row is reading the same file without storing it.
The newer version lacks one row; undoing it must restore the graph exactly.
"""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from benchmarks.common import CORDIS, apart, data, peak_megabytes, show, timed
from graphsvc import loading
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import Problem, Progress, Reading, ReadRow, Tally
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.engine import Engine, Step
from graphsvc.store.graph_store import GraphStore, snapshot_hash
from graphsvc.store.opening import open_store
from tests import neo4j_server

T = TypeVar("T")

STAGES: Final = ("reading the file", "matching names", "asking the graph", "writing the graph", "python")
"""What the time of an import goes to; ``python`` is what remains: identifiers met, claims digested and packed."""


def read(path: Path) -> dict[str, object]:
    """Read the file and keep nothing but the count."""
    tally = Tally()

    def work() -> None:
        for item in open_file(path).rows():
            tally.add(item)

    seconds, _ = timed(work)
    return {"rows": tally.rows, "load": seconds, "peak": peak_megabytes(), "problems": dict(tally.problem_count)}


class Stages:
    """Seconds by stage: each is measured where it happens, what remains of the whole is the Python between them."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def call(self, stage: str, work: Callable[[], T]) -> T:
        """Return what ``work`` returns, and count its time."""
        seconds, result = timed(work)
        self.seconds[stage] += seconds
        return result

    def each(self, stage: str, items: Iterator[T]) -> Iterator[T]:
        """Yield the items, and count the time that they take to come."""
        end = object()
        while (item := self.call(stage, lambda: next(items, end))) is not end:
            yield item  # type: ignore[misc]

    def shares(self, whole: float) -> dict[str, float]:
        """Return stage → share of ``whole``, and forget the seconds."""
        found = {stage: seconds / whole for stage, seconds in sorted(self.seconds.items())}
        self.seconds.clear()
        return {**found, "python": 1 - sum(found.values())}


class TimedEngine:
    """An engine whose answers are waited for with a watch in the hand."""

    def __init__(self, engine: Engine, stages: Stages) -> None:
        self._engine, self._stages = engine, stages
        self.name = engine.name

    def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Read and count the time."""
        return self._stages.call("asking the graph", lambda: self._engine.read(statement, parameters))

    def write(self, steps: Sequence[Step]) -> None:
        """Write and count the time."""
        self._stages.call("writing the graph", lambda: self._engine.write(steps))

    def close(self) -> None:
        """Let go of the engine."""
        self._engine.close()


class TimedReading:
    """A reading whose rows are waited for with a watch in the hand."""

    def __init__(self, reading: Reading, stages: Stages) -> None:
        self._reading, self._stages = reading, stages
        self.source, self.fingerprint, self.format = reading.source, reading.fingerprint, reading.format

    def rows(self, progress: Progress | None = None) -> Iterator[ReadRow | Problem]:
        """Yield the rows and count the time."""
        return self._stages.each("reading the file", self._reading.rows(progress))


def store(path: Path, uri: str) -> dict[str, object]:
    """Look at the file and load it into an empty store, then again, then a newer version, which is then undone."""
    stages = Stages()
    names = vars(loading)  # what loading calls is wrapped here, and measured inside the real thing
    opened, matched = names["open_file"], names["propose"]
    names["open_file"] = lambda *given: TimedReading(opened(*given), stages)
    names["propose"] = lambda *given: stages.call("matching names", lambda: matched(*given))
    service = Service(GraphStore(TimedEngine(open_store(Settings.load(store=uri), work="jobs").engine, stages)))
    try:
        checking, checked = timed(lambda: service.check(path))
        looking = stages.shares(checking)
        saving, loaded = timed(lambda: service.load(checked))
        sharing = stages.shares(saving)
        again, second = timed(lambda: service.load(service.check(path)))
        assert loaded.batches_written > 0, "the store was not empty"
        assert second.batches_written == 0, "the second import wrote something"
        assert second.revision == loaded.revision, "the second import raised the revision"
        status, peak = service.status(), peak_megabytes()
        before = snapshot_hash(service.snapshot())
        with newer_version(path) as newer:
            updating, _ = timed(lambda: service.load(service.check(newer)))
        undoing, _ = timed(lambda: service.undo(service.imports()[-1].id))
        assert snapshot_hash(service.snapshot()) == before, "the undoing did not restore the graph"
        return {
            "rows": loaded.tally.rows,
            "check": checking,
            "load": saving,
            "again": again,
            "update": updating,
            "undo": undoing,
            "peak": peak,
            "looking": looking,
            "sharing": sharing,
            "participations": status.participations,
            "actors": sum(status.actors.values()),
        }
    finally:
        service.close()


@contextmanager
def newer_version(path: Path) -> Iterator[Path]:
    """Yield the file as a publisher might send it again: the last participation of the list has gone."""
    with tempfile.TemporaryDirectory() as folder:
        newer = Path(folder, path.name)
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(newer, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                data = old.read(name)
                if "organizations" in name:
                    data = data.rstrip(b"\r\n").rpartition(b"\n")[0] + b"\n"
                new.writestr(name, data)
        yield newer


def part(what: str) -> dict[str, object]:
    """Do one part in this process."""
    path = data(CORDIS)
    if what == "read":
        return read(path)
    if what == "neo4j":
        try:
            server = neo4j_server.start()
        except neo4j_server.NoServer as error:
            return {"none": str(error)}
        try:
            return store(path, server.uri)
        finally:
            server.stop()
    with tempfile.TemporaryDirectory() as home:
        return store(path, str(Path(home, "graph.kgl")))


def row(name: str, result: dict[str, Any], baseline: dict[str, Any]) -> list[object]:
    """Set one part's figures beside the baseline's."""
    count, seconds = result["rows"], result["load"]
    against = (count / seconds, seconds / baseline["load"])
    rest = [result.get(key, "–") for key in ("again", "update", "undo")]
    return [name, count, result.get("check", "–"), seconds, *against, *rest, result["peak"]]


def main(engines: list[str]) -> None:
    """Run every part in a process of its own and print the tables."""
    data(CORDIS)
    baseline = apart("import_cordis", "--part", "read")
    rows, shares = [row("only reading", baseline, baseline)], []
    for engine in engines:
        result = apart("import_cordis", "--part", engine)
        if reason := result.get("none"):
            print(f"{engine} is left out: {reason}")
            continue
        rows.append(row(engine, result, baseline))
        for what in ("looking", "sharing"):
            name = f"{engine}: {'dry run' if what == 'looking' else 'load'}"
            shares.append([name, *(f"{result[what].get(stage, 0):.0%}" for stage in STAGES)])
    header = ["", "rows", "dry run s", "load s", "rows/s", "× reading", "again s (0 written)", "newer version s"]
    show("Import of CORDIS H2020", [*header, "its undoing s", "peak MB"], rows)
    show("Share of each stage", ["", *STAGES], shares)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        print(json.dumps(part(sys.argv[2])))
    else:
        main(sys.argv[1:] or ["embedded", "neo4j"])
