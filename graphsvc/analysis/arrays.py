"""A NetworkX graph as sparse arrays, made once and shared by the measures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

if TYPE_CHECKING:
    Graph = nx.Graph[str]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Matrix = Any
"""A ``scipy.sparse.csr_array``; scipy has no types."""


@dataclass(frozen=True)
class Arrays:
    """An undirected graph without loops. Rows are the sorted ids, so the same graph gives the same arrays always."""

    ids: tuple[str, ...]
    weights: Matrix
    """n × n, symmetric: the edges' weights, 1 where an edge has none."""

    @classmethod
    def of(cls, graph: Graph) -> Arrays:
        """Read a NetworkX graph. Weights must be positive; loops are left out."""
        ids = sorted(graph)
        row = {id_: number for number, id_ in enumerate(ids)}
        edges = [(row[a], row[b], float(weight)) for a, b, weight in graph.edges(data="weight", default=1.0) if a != b]
        if not edges:
            return cls(tuple(ids), sparse.csr_array((len(ids), len(ids))))
        a, b, weight = (np.asarray(column) for column in zip(*edges, strict=True))
        both = (np.concatenate([weight, weight]), (np.concatenate([a, b]), np.concatenate([b, a])))
        weights = sparse.csr_array(both, shape=(len(ids), len(ids)))
        weights.sort_indices()
        return cls(tuple(ids), weights)

    @property
    def nodes(self) -> int:
        """Number of nodes, n."""
        return len(self.ids)

    @property
    def edges(self) -> int:
        """Number of edges, m."""
        return int(self.weights.nnz) // 2

    @cached_property
    def pattern(self) -> Matrix:
        """n × n, 1 where there is an edge."""
        return sparse.csr_array(
            (np.ones(self.weights.nnz), self.weights.indices, self.weights.indptr), shape=self.weights.shape
        )

    @cached_property
    def degree(self) -> Ints:
        """Number of neighbours of each node."""
        return np.asarray(np.diff(self.weights.indptr), dtype=np.int64)

    @cached_property
    def strength(self) -> Floats:
        """Sum of the weights of each node's edges."""
        return np.asarray(self.weights.sum(axis=1), dtype=np.float64).reshape(-1)

    @cached_property
    def depth(self) -> int:
        """Largest distance from the first node of a component to another in it: at least half the diameter."""
        if not self.edges:
            return 0
        _, label = csgraph.connected_components(self.weights, directed=False)
        firsts = np.unique(label, return_index=True)[1]
        distance = csgraph.dijkstra(self.pattern, directed=False, indices=firsts, unweighted=True, min_only=True)
        return int(distance.max())

    def by_id(self, values: Floats | Ints) -> dict[str, float]:
        """Return id → value; a value that is not defined (NaN) is missing."""
        return {
            id_: value for id_, value in zip(self.ids, values.astype(float).tolist(), strict=True) if value == value
        }

    @cached_property
    def integer_graph(self) -> nx.Graph[int]:
        """The graph on rows in place of ids, nodes and edges in order: what seeded algorithms must run on. Frozen.

        Sets of strings are visited in an order that differs from process to process; sets of small integers are not.
        """
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(range(self.nodes))
        upper = sparse.triu(self.weights, format="coo")
        graph.add_weighted_edges_from(
            zip(upper.row.tolist(), upper.col.tolist(), upper.data.tolist(), strict=True), weight="weight"
        )
        nx.freeze(graph)
        return graph
