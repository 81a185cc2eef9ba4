"""A network node by node and tie by tie, in order and with values that every file can hold; never held whole."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

import networkx as nx

from graphsvc.render.plain import plain

if TYPE_CHECKING:
    Graph = nx.Graph[str]

Scalar = str | int | float | bool
T = TypeVar("T")
AT_ONCE: Final = 1000
"""Nodes, ties or rows that are written at a time: some hundred kilobytes."""


class RowByRow(Protocol):
    """A network of which no graph is made: told from the start each time, in the order of :func:`nodes_of`."""

    def nodes(self) -> Iterator[tuple[str, Mapping[str, object]]]:
        """Yield ids with attributes, by id."""
        ...

    def ties(self) -> Iterator[tuple[str, str, Mapping[str, object]]]:
        """Yield the ids of both ends with attributes, by id, the smaller id first."""
        ...


def nodes_of(network: Graph | RowByRow) -> Iterator[tuple[str, dict[str, Scalar]]]:
    """Yield nodes by id, with attributes that every format can hold."""
    nodes = _nodes_of(network) if isinstance(network, nx.Graph) else network.nodes()
    return ((plain(str(node)), scalars(attributes)) for node, attributes in nodes)


def ties_of(network: Graph | RowByRow) -> Iterator[tuple[str, str, dict[str, Scalar]]]:
    """Yield ties by the ids of their ends, the smaller one first; no list of them all is made."""
    ties = _ties_of(network) if isinstance(network, nx.Graph) else network.ties()
    return ((plain(str(a)), plain(str(b)), scalars(attributes)) for a, b, attributes in ties)


def _nodes_of(graph: Graph) -> Iterator[tuple[str, Mapping[str, object]]]:
    return ((node, graph.nodes[node]) for node in sorted(graph))


def _ties_of(graph: Graph) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    for a in sorted(graph):
        around = graph.adj[a]
        for b in sorted(each for each in around if not each < a):
            yield a, b, around[b]


def some_of(items: Iterable[T]) -> Iterator[list[T]]:
    """Yield items some at a time."""
    rest = iter(items)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def plain_graph(graph: Graph, meta: Mapping[str, object]) -> Graph:
    """Return a sorted copy of ``graph`` whose attributes every format can hold."""
    made: Graph = nx.Graph()
    made.graph.update(scalars(meta))
    for node, attributes in nodes_of(graph):
        made.add_node(node, **attributes)
    for a, b, attributes in ties_of(graph):
        made.add_edge(a, b, **attributes)
    return made


def scalars(attributes: Mapping[str, object]) -> dict[str, Scalar]:
    """Return attributes by name, without those that are not known."""
    made = {}
    for name, written in _in_order(tuple(attributes)):
        if (value := _scalar(attributes[name])) is not None:
            made[written] = value
    return made


@lru_cache(1000)
def _in_order(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return names in order with what is written for each: few sets of names come at every node and tie."""
    return tuple((name, plain(str(name))) for name in sorted(names))


def _scalar(value: object) -> Scalar | None:
    kind = type(value)
    if kind is str:  # these three are by far the most
        return plain(value)  # type: ignore[arg-type]
    if kind is int or (kind is float and math.isfinite(value)):  # type: ignore[arg-type]
        return value  # type: ignore[return-value]
    if isinstance(value, Enum):
        value = value.value
    if hasattr(value, "item") and hasattr(value, "dtype"):
        value = value.item()  # a numpy number
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        value = sorted(value, key=str)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return plain("; ".join(str(_scalar(part)) for part in value if part is not None))
    return plain(str(value))


def text_of(value: Scalar) -> str:
    """Return a value as files write it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
