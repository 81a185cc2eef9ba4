"""What hostile files cost: seconds, and the peak memory of the service and of the child that reads them.

``python -m benchmarks.hostile_files`` makes each file of ``tests/ingest/hostile/``, reads it in a fresh process as the
service would, and takes it away. Then it measures what reading in a child costs honest files: the sample workbook, and
CORDIS H2020 where the data folder is. The baseline of each is reading the same file in this process.
"""

from __future__ import annotations

import json
import resource
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Any, ClassVar

from benchmarks.common import CORDIS, ROOT, apart, show, timed
from graphsvc.ingest import confined, confined_start
from graphsvc.ingest.confined_opening import open_here
from graphsvc.ingest.confined_start import Ending, ForkedChild
from graphsvc.ingest.opening import open_file
from graphsvc.ingest.reading import Reading
from graphsvc.samples import sample_path
from tests.ingest.hostile.case import Refused, outcome_of
from tests.ingest.hostile.every import CASES, as_expected, growth

ROUNDS = 5


class Weighed(ForkedChild):
    """A child of which is noted how it ended, and what it took."""

    endings: ClassVar[list[Ending]] = [Ending(None)]

    def close(self) -> None:
        """Let the child end by itself first, so that it can be weighed."""
        with suppress(OSError):
            self._lines.shutdown(socket.SHUT_RDWR)
            self.endings.append(self.ended())
        super().close()


def one(number: int) -> dict[str, object]:
    """Make one hostile file and read it in this process's child."""
    case = CASES[number]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, case.file)
        case.make(path)
        size = path.stat().st_size if path.is_file() else 0
        list(open_file(sample_path()).rows())  # so that the nursery runs, as it does in a service
        vars(confined)["start_child"] = Weighed
        with growth() as grown:
            seconds, outcome = timed(lambda: outcome_of(path))
    return {
        "ok": as_expected(case, outcome),
        "size": size,
        "seconds": seconds,
        "service": grown.megabytes,
        "processor": sum(ending.seconds for ending in Weighed.endings),
        "child": max(ending.peak for ending in Weighed.endings) / 1e6,
        "says": outcome.refused or f"read: {outcome.rows:,} rows, {outcome.errors:,} errors",
    }


def through(open_: Callable[[Path], Reading], path: Path) -> tuple[float, float, int]:
    """Open a file and read it; return seconds, processor seconds of this process, and rows."""
    began = time.process_time()
    seconds, count = timed(lambda: sum(1 for _ in open_(path).rows()))
    return seconds, time.process_time() - began, count


def overhead(path: Path) -> dict[str, object]:
    """Read an honest file in turns in this process and in a child; the middle of the rounds counts."""
    start, _ = timed(lambda: open_file(path))  # with the start of the nursery
    rounds = [(through(open_here, path), through(open_file, path)) for _ in range(ROUNDS)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    confined_start._NURSERY.close()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    children = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    here, there = median(a[0] for a, _ in rounds), median(b[0] for _, b in rounds)
    return {
        "rows": rounds[0][0][2],
        "here": here,
        "there": there,
        "start": start,
        "own": median(b[1] for _, b in rounds),
        "alone": median(a[1] for a, _ in rounds),
        "children": children / ROUNDS,
    }


def honest_files() -> list[tuple[str, Path]]:
    """Return the honest files that are at hand."""
    files = [("the sample workbook", sample_path())]
    cordis = ROOT.parent / "shared" / "data" / CORDIS
    return [*files, ("CORDIS H2020", cordis)] if cordis.exists() else files


def main() -> None:
    """Print three tables: the kinds, the worst of them, and what honest files pay."""
    results: list[tuple[Any, dict[str, Any]]] = []
    for number, case in enumerate(CASES):
        results.append((case, apart("hostile_files", "--part", str(number))))
    show(
        "Hostile files",
        [
            "what is hostile",
            "file",
            "kB",
            "s",
            "child's processor s",
            "service +MB",
            "child peak MB",
            "what became of it",
        ],
        [
            [
                case.name,
                ascii(case.file)[1:-1],
                round(found["size"] / 1e3),
                found["seconds"],
                found["processor"],
                round(found["service"]),
                round(found["child"]),
                f"{'' if found['ok'] else 'WRONG: '}{found['says'][:90]!a}",
            ]
            for case, found in results
        ],
    )
    refused = sum(isinstance(case.outcome, Refused) for case in CASES)
    print(f"\n{len(CASES)} kinds, {refused} refused, {sum(not found['ok'] for _, found in results)} not as expected;")
    for key, unit in (
        ("seconds", "s"),
        ("processor", "s of processor time in the child"),
        ("service", "MB more in the service"),
        ("child", "MB at most in the child"),
    ):
        worst = max(results, key=lambda result: float(result[1][key]))
        print(f"most: {worst[1][key]:.1f} {unit} ({worst[0].name})")
    rows = []
    for number, (name, _) in enumerate(honest_files()):
        found = apart("hostile_files", "--honest", str(number))
        more = (found["there"] / found["here"] - 1) * 100
        processor = (found["own"] + found["children"]) / found["alone"]
        rows.append([name, found["rows"], found["here"], found["there"], f"{more:+.0f} %", processor, found["start"]])
    header = ["honest file", "rows", "in this process s", "in a child s", "more", "× processor time", "first start s"]
    show("What reading in a child costs", header, rows)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        print(json.dumps(one(int(sys.argv[2]))))
    elif sys.argv[1:2] == ["--honest"]:
        print(json.dumps(overhead(honest_files()[int(sys.argv[2])][1])))
    else:
        main()
