"""What what-if and the choice of introductions cost on CORDIS H2020: for a region, a country and everything.

``python -m benchmarks.whatif``. Baseline: measuring a view once. All in CPU seconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

from benchmarks.common import apart, peak_megabytes, show
from benchmarks.missing import outlook
from graphsvc.analysis.measures import measure
from graphsvc.analysis.supposition import Introduction, Supposition
from graphsvc.analysis.whatif import NUMBERS, VALUES, WHO
from graphsvc.model import View
from graphsvc.outlook import Outlook
from graphsvc.suggesting import Selection, suggest
from graphsvc.supposing import POOL, Budget, introduce, what_if

T = TypeVar("T")
VIEWS = {"Pirkanmaa": View(place="FI197"), "Finland": View(place="fi"), "everything": View()}
BUDGET = 5


def cpu(work: Callable[[], T]) -> tuple[float, T]:
    """Return the CPU seconds that ``work`` takes, and its result."""
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def timings(outlook: Outlook, view: View) -> dict[str, Any]:
    """Time each part of a view."""
    network = outlook.network(view)
    missing_s, missing = cpu(lambda: suggest(view, outlook.network, outlook.identity(view), Selection(POOL)))
    pairs = [(each.a, each.b) for each in missing.partnerships]
    asked = Supposition(tuple(Introduction(a, b) for a, b in pairs[:BUDGET]))
    first_s, first = cpu(lambda: what_if(outlook, view, asked, most=None))
    again_s, _ = cpu(lambda: what_if(outlook, view, asked, most=None))
    plan_s, found = cpu(lambda: introduce(outlook, view, pairs, Budget(BUDGET, most=None)))
    ids = [id_ for id_ in (*NUMBERS, *WHO, *VALUES) if id_ not in first.left_out]
    fresh = outlook.build(view)  # nothing of it is kept
    once_s, _ = cpu(lambda: measure(fresh.arrays, 1, ids))
    return {
        "actors": len(network.actors),
        "ties": network.arrays.edges,
        "once": once_s,
        "first": first_s,
        "again": again_s,
        "missing": missing_s,
        "plan": plan_s,
        "worth": f"{found.plan.worth} of {found.plan.bound}",
        "left_out": ", ".join(first.left_out) or "–",
    }


def main() -> None:
    """Print the table."""
    if "parts" in sys.argv:
        held = outlook()
        views = {name: {**timings(held, view), "peak": peak_megabytes()} for name, view in VIEWS.items()}
        print(json.dumps(views))
        return
    found = apart("whatif", "parts")
    header = ["view", "actors", "ties", "measured once s", "what-if s", "again s", "candidates s", "plan and what-if s"]
    header += ["worth of bound", "left out", "peak MB"]
    names = ("actors", "ties", "once", "first", "again", "missing", "plan", "worth", "left_out", "peak")
    rows = [[name, *(found[name][each] for each in names)] for name in VIEWS]
    show(f"What-if of {BUDGET} introductions, and the best {BUDGET} of {POOL}; CPU seconds", header, rows)


if __name__ == "__main__":
    main()
