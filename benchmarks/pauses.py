"""How long other threads wait while a large result is written and read: in one call, and in pieces.

``python -m benchmarks.pauses [50000]``. The result has the form of the measures of that many actors; a thread that only
wants to run every millisecond notes how late it came.
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from benchmarks.common import show, timed
from graphsvc import pieces

MEASURES = 12


def result(actors: int) -> dict[str, Any]:
    """Return what the measures of a network look like on the shelf."""
    draw = random.Random(7)  # noqa: S311 - numbers to write, no secret
    ids = [f"actor-{number:07}" for number in range(actors)]
    measures = {
        f"measure-{number}": {"values": {id_: draw.random() for id_ in ids}, "method": "exact"}
        for number in range(MEASURES)
    }
    communities = [{"id": at, "actors": ids[at::200]} for at in range(200)]
    ties = [[a, b, draw.random()] for a, b in pairwise(ids)]
    return {"measures": measures, "communities": communities, "bridges": ties}


def latest(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return seconds of work, the longest time that another thread was kept from running in ms, and what came of it."""
    done, late = threading.Event(), [0.0]

    def beat() -> None:
        while not done.is_set():
            before = time.perf_counter()
            time.sleep(0.001)
            late[0] = max(late[0], time.perf_counter() - before - 0.001)

    other = threading.Thread(target=beat)
    other.start()
    time.sleep(0.05)
    seconds, found = timed(work)
    done.set()
    other.join()
    return seconds, 1e3 * late[0], found


def main(actors: int) -> None:
    """Measure and print the table."""
    value = result(actors)
    whole = json.dumps(value, ensure_ascii=False)
    parts = list(pieces.lines(value))
    ways: dict[str, Callable[[], Any]] = {
        "written in one call": lambda: json.dumps(value, ensure_ascii=False),
        "written in pieces": lambda: pieces.text(value),
        "read in one call": lambda: json.loads(whole),
        "read in pieces": lambda: pieces.read(parts),
    }
    rows = []
    for name, work in ways.items():
        seconds, late, found = latest(work)
        assert (found if name.startswith("read") else json.loads(found)) == value
        rows.append((name, seconds, late))
    show(
        f"A result of {actors:,} actors, {len(whole) / 1e6:.0f} MB of JSON",
        ("", "seconds", "longest wait of another thread, ms"),
        rows,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
