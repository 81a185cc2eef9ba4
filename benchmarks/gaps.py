"""How long gaps take in CORDIS H2020: coverage, who is absent, and holes in the structure; of a region and of all.

``python -m benchmarks.gaps``. Seconds of one core; the network is built before, as the service keeps it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.common import peak_megabytes, show
from benchmarks.missing import outlook
from graphsvc.analysis.gaps import GapKind
from graphsvc.model import EVERYTHING, View
from graphsvc.outlook import Outlook
from graphsvc.spotting import ANY_COVERAGE, LISTED, AbsentAsk, CoverageAsk, GapsAsk, absent, coverage, gaps
from graphsvc.suggesting import ground

VIEWS = {"Pirkanmaa": View(place="FI197"), "Finland": View(place="fi"), "all": EVERYTHING}
THEME = "t-secure-clean-and-efficient-energy"


def asked(outlook: Outlook, view: View) -> dict[str, Callable[[], object]]:
    """Return what is measured: title → question."""
    return {
        "coverage by helix": lambda: coverage(outlook, view, ANY_COVERAGE),
        "by area": lambda: coverage(outlook, view, CoverageAsk("area")),
        "coverage gaps": lambda: gaps(outlook, view, GapsAsk((GapKind.COVERAGE,))),
        "structural gaps": lambda: gaps(outlook, view, GapsAsk(LISTED[1:])),
        "absent from a theme": lambda: absent(outlook, view, AbsentAsk((THEME,))),
    }


def seconds(work: Callable[[], object]) -> float:
    """Return the processor seconds that ``work`` takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main() -> None:
    """Measure each question once for each part of the network."""
    held = outlook()
    rows: list[list[object]] = []
    for name, view in VIEWS.items():
        network, wide = held.network(view), held.network(ground(view))
        size = [len(network.actors), network.arrays.edges, wide.affiliation.shared.nnz // 2]
        rows.append([name, *size[:2], *(seconds(work) for work in asked(held, view).values())])
    show("Gaps in CORDIS H2020, processor seconds", ["part", "actors", "ties", *asked(held, EVERYTHING)], rows)
    print(f"\nPeak memory of the process: {peak_megabytes():,.0f} MB")


if __name__ == "__main__":
    main()
