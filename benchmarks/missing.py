"""How well and how fast missing partnerships are found in CORDIS H2020, beside NetworkX's indices in the same run.

``python -m benchmarks.missing [cut] [until]`` (default 2018-01-01 2020-01-01). Each part runs in a process of its
own, so that its memory is its own. The weights were set with a look at what began up to 2019: docs/decisions/0014.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from typing import cast

from benchmarks.common import CORDIS, apart, data, peak_megabytes, show, timed
from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.background import Background
from graphsvc.analysis.backtest import LINES, Precision
from graphsvc.analysis.baselines import baselines
from graphsvc.analysis.features import Weights
from graphsvc.analysis.measures import measure
from graphsvc.analysis.missing import Question, find_missing, ranked
from graphsvc.ingest.unsaved import snapshot_of
from graphsvc.model import IdentityLevel, Snapshot, View
from graphsvc.network import Network, build_network
from graphsvc.outlook import Outlook
from graphsvc.resolve import bodies
from graphsvc.resolve.identity import identify
from graphsvc.store.graph_store import GraphStore
from graphsvc.tracking import Past, track

PLACES = ("fi", "FI197")
LONG = 100_000


def snapshot() -> Snapshot:
    """Read the file as a snapshot, without a store."""
    return snapshot_of(data(CORDIS))


class Held:
    """A snapshot where a store is expected: loading one takes a minute, and none of that is measured there."""

    def __init__(self, held: Snapshot) -> None:
        self._held = held

    def revision(self) -> int:
        """Return that of the snapshot."""
        return self._held.revision

    def snapshot(self) -> Snapshot:
        """Return the snapshot."""
        return self._held


def outlook(today: date = date(2020, 1, 1)) -> Outlook:
    """Return an outlook on what the file holds, without a store."""
    return Outlook(cast(GraphStore, Held(snapshot())), lambda: today)


def network(cut: date | None) -> Network:
    """Return the network before a day."""
    held = snapshot()
    identity = identify(held.actors, held.links, IdentityLevel.CURRENT)
    view = View(as_of=cut - timedelta(days=1)) if cut else View()
    return build_network(held, view, identity.canonical, bodies.shown(held.actors, identity))


def speed(cut: date | None, what: str) -> None:
    """Time one part on the network before a day, or on all of it."""
    made = network(cut)
    affiliation: Affiliation = made.affiliation
    communities = measure(made.arrays, 1, ("community",))
    before = peak_megabytes()
    pairs = 0
    if what == "pool":
        seconds, pool = timed(lambda: ranked(Background(affiliation, communities, cut or date(2020, 1, 1)), Weights()))
        pairs = len(pool[1])
    elif what == "baselines":
        scopes = {"all": made.affiliation.shared.indptr[1:] >= 0}
        seconds, _ = timed(lambda: baselines(affiliation.shared, scopes, max(LINES)))
    else:
        seconds, found = timed(lambda: find_missing(affiliation, communities, question=Question(int(what))))
        pairs = found.candidates
    print(
        json.dumps({"actors": len(affiliation.ids), "pairs": pairs, "s": seconds, "mb": peak_megabytes(), "of": before})
    )


def quality(cut: date, until: date) -> None:
    """Run the backtest and print its lists."""
    held = snapshot()
    identity = identify(held.actors, held.links, IdentityLevel.CURRENT)
    past = Past(cut, until, PLACES)
    seconds, found = timed(lambda: track(held, past, identity, bodies.shown(held.actors, identity)))
    lists = [
        [each.scope, each.scorer, *(_with_interval(each.precision[lines]) for lines in LINES), each.actors]
        for each in found.lists
    ]
    per_actor = [
        [each.scorer, each.precision_10, each.recall_10, each.recall_50, each.reciprocal_rank]
        for each in found.per_actor
    ]
    past_of = {"known": found.known, "new": len(found.window.a), "candidates": found.candidates, "of": found.reached}
    print(json.dumps({"s": seconds, "mb": peak_megabytes(), "lists": lists, "per_actor": per_actor, **past_of}))


def _with_interval(found: Precision) -> str:
    return f"{found.value:.3f} ({found.low:.3f}–{found.high:.3f}), {found.lift:,.0f} ×"


def main(cut: str = "2018-01-01", until: str = "2020-01-01") -> None:
    """Run every part and print the tables."""
    figures = apart("missing", "quality", cut, until)
    show(
        f"Backtest, cut {cut}, window until {until}: {figures['s']:.0f} s, {figures['mb']:.0f} MB;"
        f" {figures['known']:,} actors known, {figures['new']:,} new pairs, of which {figures['of']:.0%} are among"
        f" {figures['candidates']:,} candidates. Nothing is trained. In brackets 95 % intervals; ×: over a random pair",
        ["scope", "scorer", *(f"P@{lines:,}" for lines in LINES), "actors in 100"],
        figures["lists"],
    )
    show(
        "Per actor",
        ["scorer", "P@10", "recall@10", "recall@50", "mean reciprocal rank"],
        [[row[0], *(f"{value:.3f}" for value in row[1:])] for row in figures["per_actor"]],
    )
    rows = []
    for day, what in ((cut, "pool"), (cut, "baselines"), ("", "20"), ("", str(LONG))):
        part = apart("missing", "speed", day, what)
        rows.append([day or "all", what, part["actors"], part["pairs"], part["s"], part["of"], part["mb"]])
    show("Speed", ["network before", "part", "actors", "pairs scored", "s", "MB before", "peak MB"], rows)


if __name__ == "__main__":
    if sys.argv[1:2] == ["speed"]:
        speed(date.fromisoformat(sys.argv[2]) if sys.argv[2] else None, sys.argv[3])
    elif sys.argv[1:2] == ["quality"]:
        quality(date.fromisoformat(sys.argv[2]), date.fromisoformat(sys.argv[3]))
    else:
        main(*sys.argv[1:3])
