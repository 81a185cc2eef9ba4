"""Measures computed by Neo4j's Graph Data Science, where the setting ``GRAPHSVC_MEASURES`` asks for it.

The network that a view shows is handed over as ties and weights, so that measures are of the same thing whoever
computes them; what comes back has the ids, names, scales and types of the catalogue. What it doesn't have, has
otherwise, or only estimates without saying how well, is computed here: docs/how-to/graph-data-science.md tells which.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

import numpy as np
from scipy import sparse

from graphsvc.analysis.arrays import Arrays, Elsewhere, Floats, Ints
from graphsvc.analysis.catalogue import CATALOGUE, CostClass
from graphsvc.analysis.communities import Division, divide, modularity
from graphsvc.analysis.cuts import Cuts, find_cuts
from graphsvc.analysis.effort import Effort
from graphsvc.analysis.results import Measure, Number
from graphsvc.settings import Settings
from graphsvc.store.engine import Row
from graphsvc.store.graph_science import GraphScience, Ties
from graphsvc.store.graph_store import GraphStore

ENGINE: Final = "Graph Data Science"
METHODS: Final[Mapping[str, str]] = {
    "degree": "number of partners",
    "strength": "sum of tie weights 1/(size−1)",
    "betweenness": "exact (Brandes 2001), paths in steps",
    "closeness": "exact, distances in steps, corrected for pieces",
    "harmonic_closeness": "exact, distances in steps, divided by n−1",
    "pagerank": "weighted, damping 0.85",
    "core_number": "exact",
    "clustering": "exact",
}
"""Id of a measure of actors → how it is computed there."""
_CUTS: Final = frozenset({"articulation_point", "bridge"})
_FEWEST: Final = 3
"""Actors from which on a network is worth handing over: with fewer no path has room for a third."""


def engine_of(settings: Settings, store: GraphStore) -> Elsewhere | None:
    """Return who computes measures beside graphsvc itself, as the settings say; None for nobody."""
    return Asked(GraphScience(store.engine)) if settings.measures == "gds" else None


class Asked:
    """Asks Graph Data Science for what is wanted of a network, all in one go: an :data:`Elsewhere`."""

    name = "gds"
    slower = 7.0
    """Measured at 5,000 actors (docs/reference/benchmarks.md); most at exact betweenness."""

    def __init__(self, science: GraphScience) -> None:
        self._science = science

    def __call__(self, arrays: Arrays, ids: frozenset[str], effort: Effort) -> dict[Callable[..., Any], Any]:
        """Return function → what it would return. Errors are those below :class:`graphsvc.errors.StoreError`."""
        questions = wanted(arrays, ids, effort)
        if not questions or arrays.nodes < _FEWEST or not arrays.edges:
            return {}
        there = self._science.abilities()
        questions = tuple(each for each in questions if each in there)
        answers: dict[str, list[Row]] = {}
        with self._science.projected(ties(arrays)) as graph:
            for done, what in enumerate(questions, start=1):
                seed = {"seed": effort.seed} if what == "community" else {}
                answers[what] = self._science.rows(what, graph, **seed)
                effort.tick(done / len(questions))
        return results(arrays, answers, effort)


def ties(arrays: Arrays) -> Ties:
    """Return a network as columns: each tie once, then the rows without any."""
    tied = sparse.triu(arrays.weights, format="coo")
    alone = np.flatnonzero(arrays.degree == 0).tolist()
    return Ties(
        [*tied.row.tolist(), *alone],
        [*tied.col.tolist(), *[-1] * len(alone)],
        [*tied.data.tolist(), *[0.0] * len(alone)],
    )


def wanted(arrays: Arrays, ids: Collection[str], effort: Effort) -> tuple[str, ...]:
    """Return what to ask for the measures ``ids``, as far as it isn't known yet: statements of ``cypher/gds/``.

    What rests on communities, or on betweenness, rests on the same ones whoever asks. Betweenness that is estimated is
    left to graphsvc: Graph Data Science does not say how far it may be off.
    """
    rests_on = {cost for id_ in ids for cost in (CATALOGUE[id_].cost, *CATALOGUE[id_].shares)}
    asked = {id_ for id_ in (*METHODS, "components") if id_ in ids}
    if CostClass.PATHS in rests_on:
        asked.add("betweenness")
    if effort.samples(arrays.nodes, arrays.edges):
        asked.discard("betweenness")
    found = [id_ for id_ in (*METHODS, "components") if id_ in asked and not arrays.kept(_function(id_), effort)]
    if CostClass.DIVISION in rests_on and not arrays.kept(divide, effort):
        found.append("community")
    if not _CUTS.isdisjoint(ids) and not arrays.kept(find_cuts, effort):
        found += sorted(_CUTS)
    return tuple(found)


def results(arrays: Arrays, answers: Mapping[str, Sequence[Row]], effort: Effort) -> dict[Callable[..., Any], Any]:
    """Return what the functions of the catalogue would return, from the rows of the server's answers."""
    found: dict[Callable[..., Any], Any] = {}
    for id_ in METHODS.keys() & answers.keys():
        values = arrays.by_id(_scaled(id_, _column(arrays, answers[id_])))
        found[_function(id_)] = Measure(id_, values, method=METHODS[id_], engine=ENGINE)
    if "components" in answers:
        pieces = float(len({row["value"] for row in answers["components"]}))
        found[_function("components")] = Number("components", pieces, method="exact", engine=ENGINE)
    if "community" in answers:
        found[divide] = _division(arrays, answers["community"], effort)
    if answers.keys() >= _CUTS:
        found[find_cuts] = _cuts(arrays, answers)
    return found


def _function(id_: str) -> Callable[..., Any]:
    return CATALOGUE[id_].function


def _column(arrays: Arrays, rows: Sequence[Row]) -> Floats:
    """Return the value of each row of the arrays."""
    values = np.zeros(arrays.nodes)
    values[[row["row"] for row in rows]] = [row["value"] for row in rows]
    return values


def _scaled(id_: str, values: Floats) -> Floats:
    """Return values on the scale of the catalogue: betweenness as a share of the pairs, PageRank as shares of 1."""
    n = len(values)
    scale = {"betweenness": max((n - 1) * (n - 2) / 2, 1.0), "pagerank": float(values.sum())}
    return values / scale.get(id_, 1.0)


def _division(arrays: Arrays, rows: Sequence[Row], effort: Effort) -> Division:
    of: Ints = np.unique(_column(arrays, rows), return_inverse=True)[1].astype(np.int64)
    of[arrays.degree == 0] = -1
    method = f"Leiden on tie weights by {ENGINE}, seed {effort.seed}"
    return Division(of, modularity(arrays, of), method)


def _cuts(arrays: Arrays, answers: Mapping[str, Sequence[Row]]) -> Cuts:
    points = np.zeros(arrays.nodes, dtype=bool)
    points[[row["row"] for row in answers["articulation_point"]]] = True
    found = sorted(tuple(sorted((row["one"], row["other"]))) for row in answers["bridge"])
    return Cuts(points, np.asarray(found, dtype=np.int64).reshape(-1, 2))
