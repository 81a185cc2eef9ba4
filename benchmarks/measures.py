"""What the whole catalogue of measures costs, and how plain NetworkX and igraph do the same.

``python -m benchmarks.measures [500 5000 … | cordis]``. Each network is measured in a process of its own: CPU seconds
of all its threads, so that other work on the machine matters little, and its peak memory. Plain NetworkX runs in full
up to 5,000 actors; the numbers must agree in the same run. Above, what would take it hours is run from a few actors
and scaled up, which the tables mark with ~, and what would take minutes more is left out. What NetworkX does not have
(roles, E-I index, participation, mixing) is on our side only. igraph runs beside at every size, for comparison; so does
Neo4j's Graph Data Science at 5,000 actors, by the clock, where a server with it can be had (tests/gds_server.py).
"""

from __future__ import annotations

import json
import math
import random
import sys
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import igraph
import networkx as nx
import numpy as np
from scipy import sparse

from benchmarks.common import apart, peak_megabytes, show, written
from benchmarks.networks import horizon_2020, made_up
from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.catalogue import ALL, CATALOGUE, SHOWN
from graphsvc.analysis.costs import estimate
from graphsvc.analysis.effort import Effort

if TYPE_CHECKING:
    Graph = nx.Graph[str]

SIZES = ("500", "5000", "20000", "50000", "cordis")
EXACT_UP_TO = 5_000
"""Actors up to which betweenness is exact here, in full and sampled; above only sampled."""
PIVOTS = 256
NETWORKX_UP_TO = 5_000
EXACT = Effort(exact_work=math.inf)
SAMPLED = Effort(exact_work=0, pivots=PIVOTS)
NETWORKX: Mapping[str, Callable[[Graph], Any]] = {
    "degree": lambda graph: dict(graph.degree()),
    "strength": lambda graph: dict(graph.degree(weight="weight")),
    "betweenness": lambda graph: nx.betweenness_centrality(graph),
    "closeness": lambda graph: nx.closeness_centrality(graph),
    "harmonic_closeness": lambda graph: nx.harmonic_centrality(graph),
    "eigenvector": lambda graph: nx.eigenvector_centrality(graph, weight="weight", max_iter=10_000, tol=1e-10),
    "pagerank": lambda graph: nx.pagerank(graph, weight="weight", max_iter=1000, tol=1e-12),
    "core_number": lambda graph: nx.core_number(graph),
    "clustering": lambda graph: nx.clustering(graph),
    "constraint": lambda graph: nx.constraint(graph, weight="weight"),
    "effective_size": lambda graph: nx.effective_size(graph, weight="weight"),  # quick, though its values are wrong
    "articulation_point": lambda graph: set(nx.articulation_points(graph)),
    "bridge": lambda graph: list(nx.bridges(graph)),
    "community": lambda graph: nx.community.louvain_communities(graph, weight="weight", seed=1),
    "density": nx.density,
    "components": nx.number_connected_components,
    "assortativity": lambda graph: nx.attribute_assortativity_coefficient(graph, "kind"),
}
"""Measure → the same by plain NetworkX."""
LARGE = NETWORKX.keys() - {"effective_size", "eigenvector", "community", "constraint"}
"""What plain NetworkX does above that size: without what takes it minutes (eigenvector, communities), what fills a
matrix of n × n (effective size) or gigabytes (constraint)."""
SOME: Mapping[str, tuple[int, Callable[[Graph, list[str]], Any]]] = {
    "betweenness": (6, lambda graph, some: nx.betweenness_centrality(graph, k=len(some), seed=1)),
    "closeness": (12, lambda graph, some: [nx.closeness_centrality(graph, u=each) for each in some]),
    "harmonic_closeness": (12, lambda graph, some: nx.harmonic_centrality(graph, sources=some)),
    "clustering": (1000, lambda graph, some: nx.clustering(graph, some)),
}
"""Measure → from how many actors, drawn at random, and how, it is scaled up above that size: to all actors; betweenness
to as many sources as ours has there."""
SCALED = {"harmonic_closeness"}
"""Measures that NetworkX does not divide by n − 1."""
OTHERWISE = {"effective_size", "assortativity", "community", "bridge", "articulation_point", "density", "components"}
"""Not compared by actor: tests do. NetworkX's effective size is wrong with weights, and counts unknown kinds as one."""
GDS_AT = "5000"
IGRAPH: Mapping[str, Callable[[Any], Any]] = {
    "betweenness": lambda graph: graph.betweenness(),
    "closeness": lambda graph: graph.closeness(),
    "pagerank": lambda graph: graph.pagerank(weights="weight"),
    "core_number": lambda graph: graph.coreness(),
    "clustering": lambda graph: graph.transitivity_local_undirected(mode="zero"),
    "constraint": lambda graph: graph.constraint(weights="weight"),
    "articulation_point": lambda graph: graph.articulation_points(),
    "bridge": lambda graph: graph.bridges(),
    "community": lambda graph: graph.community_leiden("modularity", weights="weight", n_iterations=3),
}
"""Measure → the same by igraph; betweenness from PIVOTS sources, closeness not at all, where ours is sampled."""


def network(name: str) -> Arrays:
    """Return the network of a size, or the real one."""
    return horizon_2020() if name == "cordis" else made_up(int(name))


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the CPU seconds of ``work`` and its result."""
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def ours(name: str, sampling: str) -> dict[str, Any]:
    """Measure everything in the catalogue, in its order: what measures share is paid by the first that needs it."""
    arrays = network(name)
    before = peak_megabytes()
    effort = SAMPLED if sampling == "sampled" else EXACT
    told = estimate(arrays, ALL, effort)
    steps = {id_: cpu(lambda each=each: arrays.once(each.function, effort))[0] for id_, each in CATALOGUE.items()}  # type: ignore[misc]
    between = arrays.once(CATALOGUE["betweenness"].function, effort)
    return {
        "actors": arrays.nodes,
        "ties": arrays.edges,
        "steps": steps,
        "total": sum(steps.values()),
        "shown": sum(steps[id_] for id_ in SHOWN),
        "told": told.seconds,
        "error": between.error,
        "largest": max(between.values.values()),
        "modularity": arrays.once(CATALOGUE["modularity"].function, effort).value,
        "before": before,
        "peak": peak_megabytes(),
    }


def theirs(name: str) -> dict[str, Any]:
    """Do what NetworkX has by NetworkX, and compare."""
    arrays = network(name)
    building, graph = cpu(lambda: as_networkx(arrays))
    steps, differences = {}, {}
    for id_, work in NETWORKX.items():
        steps[id_], found = cpu(lambda work=work: work(graph))  # type: ignore[misc]
        if id_ not in OTHERWISE:
            mine = arrays.once(CATALOGUE[id_].function, EXACT).values
            scale = arrays.nodes - 1 if id_ in SCALED else 1
            differences[id_] = max(abs(found[key] / scale - value) for key, value in mine.items())
            assert differences[id_] < 1e-6, f"{id_} differs by {differences[id_]}"
        if id_ == "community":
            differences[id_] = nx.community.modularity(graph, found, weight="weight")
    return {"build": building, "steps": steps, "differences": differences, "peak": peak_megabytes()}


def theirs_in_part(name: str) -> dict[str, Any]:
    """Do what NetworkX can do of a large network in a minute, by NetworkX: some of it for a few actors, scaled up."""
    graph = as_networkx(network(name))
    ids, draw = list(graph), random.Random(1)  # noqa: S311
    steps = {}
    for id_ in sorted(LARGE):
        count, work = SOME.get(id_, (len(ids), None))
        if work is None:
            steps[id_], _ = cpu(lambda id_=id_: NETWORKX[id_](graph))  # type: ignore[misc]
        else:
            some = draw.sample(ids, count)
            seconds, _ = cpu(lambda work=work, some=some: work(graph, some))  # type: ignore[misc]
            steps[id_] = seconds * (PIVOTS if id_ == "betweenness" else len(ids)) / count
    return {"steps": steps, "peak": peak_megabytes()}


def by_gds(uri: str) -> dict[str, Any]:
    """Let Graph Data Science measure, by the clock, each measure from the network's hand-over on, the second time."""
    from graphsvc.measuring_elsewhere import METHODS, ties
    from graphsvc.store.graph_science import GraphScience
    from graphsvc.store.server import JOBS, Access, ServerEngine

    handed, engine = ties(network(GDS_AT)), ServerEngine(Access(uri), JOBS)
    science, steps = GraphScience(engine), {}
    for _ in range(2):
        began = time.perf_counter()
        with science.projected(handed) as graph:
            steps["hand over"] = time.perf_counter() - began
            for id_ in (*METHODS, "community", "articulation_point", "bridge", "components"):
                seed = {"seed": 1} if id_ == "community" else {}
                began = time.perf_counter()
                science.rows(id_, graph, **seed)
                steps[id_] = time.perf_counter() - began
    engine.close()
    return {"steps": steps}


def by_igraph(name: str, sampling: str) -> dict[str, Any]:
    """Do what igraph has by igraph."""
    arrays = network(name)
    tied = sparse.triu(arrays.weights, format="coo")
    graph = igraph.Graph(n=arrays.nodes, edges=np.stack([tied.row, tied.col], axis=1))
    graph.es["weight"] = tied.data
    steps = {}
    for id_, work in IGRAPH.items():
        if sampling == "sampled" and id_ == "closeness":
            continue
        if sampling == "sampled" and id_ == "betweenness":
            work = _some
        steps[id_], _ = cpu(lambda work=work: work(graph))  # type: ignore[misc]
    return {"steps": steps}


def _some(graph: Any) -> Any:
    return graph.betweenness(sources=np.linspace(0, graph.vcount() - 1, PIVOTS).astype(int).tolist())


def as_networkx(arrays: Arrays) -> Graph:
    """Return the network as NetworkX has it."""
    graph: Graph = nx.Graph()
    graph.add_nodes_from((id_, {"kind": kind}) for id_, kind in zip(arrays.ids, arrays.labels["kind"], strict=True))
    tied = sparse.triu(arrays.weights, format="coo")
    graph.add_weighted_edges_from(
        (arrays.ids[a], arrays.ids[b], weight)
        for a, b, weight in zip(tied.row.tolist(), tied.col.tolist(), tied.data.tolist(), strict=True)
    )
    return graph


def runs_of(names: list[str]) -> list[tuple[str, str]]:
    """Return (network, exact or sampled) for each run."""
    found = []
    for name in names:
        if name != "cordis" and int(name) <= EXACT_UP_TO:
            found.append((name, "exact"))
        found.append((name, "sampled"))
    return found


def main() -> None:
    """Run all parts, each in its process, and print the tables."""
    if sys.argv[1:2] == ["part"]:
        parts: Mapping[str, Callable[..., dict[str, Any]]]
        parts = {"ours": ours, "theirs": theirs, "part": theirs_in_part, "igraph": by_igraph, "gds": by_gds}
        print(json.dumps(parts[sys.argv[2]](*sys.argv[3:])))
        return
    names = sys.argv[1:] or list(SIZES)
    if "cordis" in names and not _there():
        names.remove("cordis")
    runs = {run: apart("measures", "part", "ours", *run) for run in runs_of(names)}
    beside = {run: apart("measures", "part", "igraph", *run)["steps"] for run in runs}
    plain = {name: apart("measures", "part", "theirs" if _is_small(name) else "part", name) for name in names}
    _tell_totals(runs, plain)
    _tell_steps(runs, beside, plain)
    _tell_growth(runs)
    if GDS_AT in names:
        _tell_gds(runs[GDS_AT, "exact"])


def _there() -> bool:
    from benchmarks.common import CORDIS, data

    try:
        data(CORDIS)
    except SystemExit as error:
        print(f"Horizon 2020 is left out: {error}")
        return False
    return True


def _is_small(name: str) -> bool:
    return name != "cordis" and int(name) <= NETWORKX_UP_TO


def _tell_totals(runs: Mapping[tuple[str, str], dict[str, Any]], plain: Mapping[str, dict[str, Any]]) -> None:
    rows: list[list[object]] = []
    for (name, sampling), run in runs.items():
        whole = sum(plain[name]["steps"].values())
        error = f"±{run['error']:.1g} of {run['largest']:.2g}" if sampling == "sampled" else "none"
        about = "" if _is_small(name) else "~"
        ratio = [f"{about}{whole:,.0f}" if whole > 10 else f"{whole:.1f}", f"{about}{whole / run['total']:,.0f}"]
        sizes = [run["actors"], run["ties"], sampling, error]
        rows.append([*sizes, run["total"], run["shown"], run["told"], *ratio, round(run["peak"])])
    header = ["actors", "ties", "betweenness", "its error", "all CPU s", "shown s", "told before s"]
    show("The whole catalogue", [*header, "plain NetworkX s", "× NetworkX", "peak MB"], rows)


def _tell_steps(
    runs: Mapping[tuple[str, str], dict[str, Any]],
    beside: Mapping[tuple[str, str], Mapping[str, float]],
    plain: Mapping[str, dict[str, Any]],
) -> None:
    for (name, sampling), run in runs.items():
        networkx = plain[name]["steps"] if sampling == "exact" or not _is_small(name) else {}
        rows = []
        for id_, seconds in run["steps"].items():
            if seconds < 0.001 and id_ not in networkx:
                continue
            about = "" if _is_small(name) or id_ not in SOME else "~"
            cells = [_ms(seconds), f"{about}{written(_ms(networkx.get(id_)))}", _ms(beside[name, sampling].get(id_))]
            rows.append([id_, *cells])
        show(
            f"{run['actors']:,} actors, betweenness {sampling}: CPU ms", ["measure", "ours", "NetworkX", "igraph"], rows
        )
        if sampling == "exact":
            louvain = plain[name]["differences"].pop("community")
            worst = max(plain[name]["differences"].values())
            print(f"\nLargest difference {worst:.1g}; modularity {run['modularity']:.4f}, by Louvain {louvain:.4f}.")


def _tell_gds(run: Mapping[str, Any]) -> None:
    from tests import gds_server
    from tests.neo4j_server import NoServer

    try:
        server = gds_server.start()
    except NoServer as error:
        print(f"\nGraph Data Science is left out: {error}")
        return
    try:
        steps = apart("measures", "part", "gds", server.uri)["steps"]
    finally:
        server.stop()
    rows = [[id_, _ms(run["steps"].get(id_)), _ms(seconds)] for id_, seconds in steps.items()]
    show(f"{run['actors']:,} actors: ours in CPU ms, Graph Data Science by the clock", ["measure", "ours", "GDS"], rows)


def _ms(seconds: float | None) -> object:
    return "–" if seconds is None else round(1000 * seconds, 1)


def _tell_growth(runs: Mapping[tuple[str, str], dict[str, Any]]) -> None:
    """Print by which power of the number of actors the work grows, from the sampled runs on made-up networks."""
    sizes = [run for (name, sampling), run in runs.items() if sampling == "sampled" and name != "cordis"]
    if len(sizes) < 2:
        return
    x = np.log([run["actors"] for run in sizes])
    rows: list[list[object]] = []
    for what in (
        "all",
        "betweenness",
        "closeness",
        "eigenvector",
        "pagerank",
        "core_number",
        "clustering",
        "participation",
    ):
        y = [run["total"] if what == "all" else run["steps"][what] for run in sizes]
        rows.append([what, float(np.polyfit(x, np.log(y), 1)[0]), float(np.log(y[-1] / y[-2]) / (x[-1] - x[-2]))])
    show("Growth: CPU ~ actorsᵖ", ["measure", "p over all sizes", "p between the two largest"], rows)


if __name__ == "__main__":
    main()
