"""A network as sparse arrays, made once and shared by everything that measures it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse import csgraph

from graphsvc import pieces
from graphsvc.analysis.effort import DEFAULT, Effort

if TYPE_CHECKING:
    Graph = nx.Graph[str]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Matrix = Any
"""A ``scipy.sparse.csr_array``; scipy has no types."""
T = TypeVar("T")


class Elsewhere(Protocol):
    """Another engine that measures in place of graphsvc."""

    @property
    def name(self) -> str:
        """Short name: part of the key under which what it computed is shared."""
        ...

    @property
    def slower(self) -> float:
        """How many times as long as here measures take, about: what they cost is known before it is paid."""
        ...

    def __call__(self, arrays: Arrays, ids: frozenset[str], effort: Effort) -> Mapping[Callable[..., Any], Any]:
        """Return, for measures ``ids``, the functions that it stands in for with what each would return.

        Those that it leaves out, or that are kept already, are computed here.
        """
        ...


@dataclass(frozen=True)
class Arrays:
    """An undirected graph without loops. Rows are the sorted ids, so the same graph gives the same arrays always.

    Threads may share it: nothing changes once it is made, and what is derived from it is the same whoever derives it.
    """

    ids: tuple[str, ...]
    weights: Matrix
    """n × n, symmetric, indices sorted in each row: the edges' weights, 1 where an edge has none."""
    incidence: Matrix | None = None
    """n × collaborations, 1 where an actor takes part, if two actors are tied exactly when they share a collaboration;
    None where that is not known. Shortest paths are found faster over it."""
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What is known of the nodes beside ties, row by row, empty where unknown: ``kind``, ``helix``, ``region``."""
    themes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Id of a node → its themes."""
    elsewhere: Elsewhere | None = field(default=None, repr=False, compare=False)
    """Who is asked before anything is measured here; None for nobody."""
    _derived: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, graph: Graph) -> Arrays:
        """Read a NetworkX graph. Weights must be positive; loops are left out.

        Node attributes ``kind``, ``helix``, ``region`` and ``themes`` are taken along where there are any.
        """
        ids = sorted(graph)
        row = {id_: number for number, id_ in enumerate(ids)}
        edges = [(row[a], row[b], float(weight)) for a, b, weight in graph.edges(data="weight", default=1.0) if a != b]
        labels = {name: [str(graph.nodes[id_].get(name) or "") for id_ in ids] for name in ("kind", "helix", "region")}
        themes = {id_: tuple(found or ()) for id_, found in graph.nodes(data="themes")}
        return cls(tuple(ids), symmetric(len(ids), edges), None, labels, themes)

    @property
    def nodes(self) -> int:
        """Number of nodes, n."""
        return len(self.ids)

    @property
    def edges(self) -> int:
        """Number of edges, m."""
        return int(self.weights.nnz) // 2

    def once(self, make: Callable[[Arrays, Effort], T], effort: Effort = DEFAULT) -> T:
        """Return ``make(self, effort)``, computed the first time: how measures share what several of them rest on."""
        key = _key(make, effort)
        if key not in self._derived:
            self._derived[key] = make(self, effort)
        return cast(T, self._derived[key])

    def kept(self, make: Callable[..., Any], effort: Effort = DEFAULT) -> bool:
        """Say whether :meth:`once` has it already."""
        return _key(make, effort) in self._derived

    def ask_elsewhere(self, ids: frozenset[str], effort: Effort = DEFAULT) -> None:
        """Let another engine, if there is one, compute what it can of the measures ``ids`` for :meth:`once`."""
        if self.elsewhere is not None:
            for make, value in self.elsewhere(self, ids, effort).items():
                self._derived.setdefault(_key(make, effort), value)

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
    def piece(self) -> Ints:
        """Number of the component that each node is in, counted from 0 in the order of the rows."""
        return np.asarray(csgraph.connected_components(self.weights, directed=False)[1], dtype=np.int64)

    @cached_property
    def depth(self) -> int:
        """Largest distance from the first node of a component to another in it: at least half the diameter."""
        if not self.edges:
            return 0
        firsts = np.unique(self.piece, return_index=True)[1]
        distance = csgraph.dijkstra(self.pattern, directed=False, indices=firsts, unweighted=True, min_only=True)
        return int(distance.max())

    def codes(self, label: str) -> tuple[tuple[str, ...], Ints]:
        """Return the values of a label, sorted, and for each row the number of its value; −1 where it is unknown."""
        given = self.labels.get(label, ("",) * self.nodes)
        values = tuple(sorted(set(given) - {""}))
        number = {value: at for at, value in enumerate(values)} | {"": -1}
        return values, np.asarray([number[value] for value in given], dtype=np.int64)

    @cached_property
    def digest(self) -> str:
        """A digest of all that measures are computed from: networks of equal ones have equal measures.

        Who else measures is no part of it. Equal networks may have different ones where their indices are of different
        widths.
        """
        found = hashlib.sha256()
        named = {name: list(values) for name, values in sorted(self.labels.items())}
        found.update(pieces.text([self.ids, named, [self.themes.get(id_) for id_ in self.ids]]).encode())
        for matrix in (self.weights, self.incidence):
            for part in () if matrix is None else (matrix.indptr, matrix.indices, matrix.data):
                found.update(f"{part.dtype} {len(part)} ".encode())
                found.update(part.tobytes())
        return found.hexdigest()

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


def _key(make: Callable[..., Any], effort: Effort) -> Hashable:
    return (make, effort.exact_work, effort.pivots, effort.seed)


def symmetric(n: int, edges: Iterable[tuple[int, int, float]]) -> Matrix:
    """Return the n × n matrix of undirected edges (row, row, weight), each given once."""
    columns = [np.asarray(column) for column in zip(*edges, strict=True)]
    if not columns:
        return sparse.csr_array((n, n))
    a, b, weight = columns
    both = (np.concatenate([weight, weight]), (np.concatenate([a, b]), np.concatenate([b, a])))
    weights = sparse.csr_array(both, shape=(n, n))
    weights.sort_indices()
    return weights


def sums_by_row(matrix: Matrix, entries: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return for each row the sum (modulo 2⁶⁴) of ``entries``, one number for each stored entry of the matrix."""
    out = np.zeros(matrix.shape[0], dtype=np.uint64)
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if len(filled):
        out[filled] = np.add.reduceat(entries, matrix.indptr[filled])
    return out
