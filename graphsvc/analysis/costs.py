"""What a measurement will cost, told from the size of the network before it is made."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.catalogue import CATALOGUE, CostClass
from graphsvc.analysis.effort import DEFAULT, Effort

_PER: Final[Mapping[CostClass, float]] = {
    CostClass.LINEAR: 6e-8,
    CostClass.ROUNDS: 1.5e-6,
    CostClass.DIVISION: 5e-6,
    CostClass.TRIANGLES: 1.8e-8,
    CostClass.DISTANCES: 3e-10,
    CostClass.PATHS: 8e-9,
}
"""Seconds of one core for a unit of work, as benchmarks/measures.py found them; other machines differ by a factor."""
_CALL: Final = 1e-3
"""Seconds that a measure takes on the smallest network."""
_ACTOR: Final = 3e-7
"""Seconds that it takes to write down one actor's value."""


@dataclass(frozen=True, slots=True)
class Cost:
    """An order of magnitude: within a factor of three or so of what it will be."""

    seconds: float
    """CPU seconds of one core."""
    sampled: frozenset[str]
    """Ids of the measures that will be estimated."""
    by_measure: Mapping[str, float]
    """Id → its seconds, work that several share being counted at the first."""


def estimate(arrays: Arrays, measures: Collection[str], effort: Effort = DEFAULT) -> Cost:
    """Return what ``measures`` (ids of the catalogue) will cost. Takes O(m) itself.

    From n, m and, for triangles, Σ min(kᵢ, kⱼ) over the ties: it bounds the steps by which they are found (Chiba &
    Nishizeki 1985) and tells large collaborations from small ones, which n and m do not. Where another engine measures
    (``arrays.elsewhere``), its time by the clock.
    """
    work = _work(arrays, effort)
    slower = arrays.elsewhere.slower if arrays.elsewhere else 1.0
    shared: set[CostClass] = set()
    by_measure: dict[str, float] = {}
    for id_, definition in CATALOGUE.items():
        if id_ not in measures:
            continue
        new = {definition.cost, *definition.shares} - shared
        seconds = _CALL + sum(_PER[cost] * work[cost] for cost in sorted(new)) + _ACTOR * arrays.nodes
        by_measure[id_] = slower * seconds
        shared |= new - {CostClass.LINEAR, CostClass.ROUNDS}
    sampled = {id_ for id_ in by_measure if CATALOGUE[id_].sampled and effort.samples(arrays.nodes, arrays.edges)}
    return Cost(sum(by_measure.values()), frozenset(sampled), by_measure)


def _work(arrays: Arrays, effort: Effort) -> Mapping[CostClass, float]:
    n, m = arrays.nodes, arrays.edges
    owner = np.repeat(np.arange(n), arrays.degree)
    steps = np.minimum(arrays.degree[owner], arrays.degree[arrays.weights.indices]).sum() / 2
    sources = min(effort.pivots, n) if effort.samples(n, m) else n
    walked = m if arrays.incidence is None else min(m, 2 * int(arrays.incidence.nnz))
    return {
        CostClass.LINEAR: m,
        CostClass.ROUNDS: m,
        CostClass.DIVISION: m,
        CostClass.TRIANGLES: float(steps),
        CostClass.DISTANCES: float(n) * walked,
        CostClass.PATHS: float(sources) * (m + n),
    }
