"""Networks for the tests: any small graph, and projections of memberships, with and without what they come from."""

from __future__ import annotations

import itertools
import random

import networkx as nx
import numpy as np
from hypothesis import strategies as st
from scipy import sparse

from graphsvc.analysis.arrays import Arrays

HELICES = ["", "academia", "civil_society", "government", "industry"]
WEIGHTS = [0.025, 0.5, 1.0, 1 / 3, 2.75]


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph[str]:
    """Draw a graph: often in pieces, with actors without partners, weights, and kinds that are not all known."""
    nodes = [f"n{number:02}" for number in range(draw(st.integers(1, 12)))]
    graph: nx.Graph[str] = nx.Graph()
    for node in draw(st.permutations(nodes)):
        helix = draw(st.sampled_from(HELICES))
        graph.add_node(node, helix=helix, kind=helix and f"kind of {helix}", region=draw(st.sampled_from(["", "r1"])))
    edges = [(a, b) for a in nodes for b in nodes if a < b]
    if edges:
        for a, b in draw(st.lists(st.sampled_from(edges), max_size=30)):
            graph.add_edge(a, b, weight=draw(st.sampled_from(WEIGHTS)))
    return graph


@st.composite
def memberships(draw: st.DrawFn) -> list[list[int]]:
    """Draw who takes part in what: lists of actors; small collaborations, large ones, twins."""
    actors = draw(st.integers(1, 14))
    return draw(st.lists(st.lists(st.integers(0, actors - 1), unique=True, max_size=actors), max_size=10))


def projected(members: list[list[int]]) -> Arrays:
    """Return the projection of memberships, knowing who takes part in what. There is an actor more than are named."""
    n = max(itertools.chain.from_iterable(members), default=0) + 2
    pairs = [(actor, column) for column, part in enumerate(members) for actor in part]
    rows, columns = ([pair[at] for pair in pairs] for at in (0, 1))
    incidence = sparse.csr_array((np.ones(len(pairs)), (rows, columns)), shape=(n, max(len(members), 1)))
    sizes = np.asarray([max(len(part) - 1, 1) for part in members] or [1], dtype=float)
    weights = (incidence @ sparse.diags_array(1 / sizes, format="csr") @ incidence.T).tocoo()
    off = weights.row != weights.col
    ties = sparse.csr_array((weights.data[off], (weights.row[off], weights.col[off])), shape=(n, n))
    ties.sort_indices()
    labels = {"helix": [HELICES[row % 5] for row in range(n)], "kind": [HELICES[row % 5] for row in range(n)]}
    return Arrays(tuple(f"n{row:04}" for row in range(n)), ties, incidence, labels)


def many_projects(actors: int, projects: int, seed: int) -> list[list[int]]:
    """Return memberships like those of a funding programme: most actors take part once, few in very much."""
    draw = random.Random(seed)  # noqa: S311
    appetite = [draw.paretovariate(1.15) for _ in range(actors)]
    return [
        sorted(set(draw.choices(range(actors), appetite, k=min(2 + int(draw.expovariate(0.2)), actors))))
        for _ in range(projects)
    ]


def as_graph(arrays: Arrays) -> nx.Graph[str]:
    """Return the same network as a plain NetworkX graph."""
    graph: nx.Graph[str] = nx.Graph()
    for row, id_ in enumerate(arrays.ids):
        graph.add_node(id_, **{name: values[row] for name, values in arrays.labels.items()})
    tied = sparse.triu(arrays.weights, format="coo")
    for a, b, weight in zip(tied.row.tolist(), tied.col.tolist(), tied.data.tolist(), strict=True):
        graph.add_edge(arrays.ids[a], arrays.ids[b], weight=weight)
    return graph


def random_graph(n: int, m: int) -> nx.Graph[str]:
    """Return a random graph of n nodes and m edges, always the same."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(f"n{row:04}" for row in range(n))
    graph.add_edges_from((f"n{a:04}", f"n{b:04}") for a, b in nx.gnm_random_graph(n, m, seed=3).edges)
    return graph
