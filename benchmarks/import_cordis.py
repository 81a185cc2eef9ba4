"""How long the import of CORDIS H2020 takes (116 248 participations, 25 626 projects), beside only reading the file.

``python -m benchmarks.import_cordis [embedded|neo4j …]``. Each engine runs in a process of its own; Neo4j is started
from its own artifacts where Java and Maven are. The baseline of each row is reading the same file without storing it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.common import CORDIS, apart, data, peak_megabytes, show, timed
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import Tally
from graphsvc.service import Service
from graphsvc.settings import Settings
from tests import neo4j_server


def read(path: Path) -> dict[str, object]:
    """Read the file and keep nothing but the count."""
    tally = Tally()

    def work() -> None:
        for item in open_file(path).rows():
            tally.add(item)

    seconds, _ = timed(work)
    return {"rows": tally.rows, "load": seconds, "peak": peak_megabytes(), "problems": dict(tally.problem_count)}


def store(path: Path, uri: str) -> dict[str, object]:
    """Look at the file and load it into an empty store, then do both again, which must write nothing."""
    service = Service.open(Settings.load(store=uri))
    try:
        checking, checked = timed(lambda: service.check(path))
        loading, loaded = timed(lambda: service.load(checked))
        again, second = timed(lambda: service.load(service.check(path)))
        assert loaded.batches_written > 0, "the store was not empty"
        assert second.batches_written == 0, "the second import wrote something"
        assert second.revision == loaded.revision, "the second import raised the revision"
        status = service.status()
        return {
            "rows": loaded.tally.rows,
            "check": checking,
            "load": loading,
            "again": again,
            "peak": peak_megabytes(),
            "participations": status.participations,
            "actors": sum(status.actors.values()),
        }
    finally:
        service.close()


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
    return [name, count, result.get("check", "–"), seconds, *against, result.get("again", "–"), result["peak"]]


def main(engines: list[str]) -> None:
    """Run every part in a process of its own and print the table."""
    data(CORDIS)
    baseline = apart("import_cordis", "--part", "read")
    rows = [row("only reading", baseline, baseline)]
    for engine in engines:
        result = apart("import_cordis", "--part", engine)
        if reason := result.get("none"):
            print(f"{engine} is left out: {reason}")
        else:
            rows.append(row(engine, result, baseline))
    header = ["", "rows", "dry run s", "load s", "rows/s", "× reading", "again s (0 written)", "peak MB"]
    show("Import of CORDIS H2020", header, rows)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        print(json.dumps(part(sys.argv[2])))
    else:
        main(sys.argv[1:] or ["embedded", "neo4j"])
