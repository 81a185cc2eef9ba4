"""Measures for anyone with a NetworkX graph: a graph in, numbers by node out.

>>> import networkx as nx
>>> found = measure_graph(nx.star_graph(3), ["degree", "betweenness"])
>>> found["betweenness"]
{0: 1.0, 1: 0.0, 2: 0.0, 3: 0.0}
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import networkx as nx

from graphsvc.analysis.arrays import Arrays, symmetric
from graphsvc.analysis.communities import find_communities
from graphsvc.analysis.effort import DEFAULT, Effort
from graphsvc.analysis.measures import ACTOR_MEASURES, NETWORK_NUMBERS, SHOWN_ACTOR_MEASURES, measure
from graphsvc.errors import InvalidValue

Node = Hashable
_LABELS = ("kind", "helix", "region")


@dataclass(frozen=True)
class Numbered:
    """A graph as arrays, its nodes being numbered."""

    nodes: tuple[Node, ...]
    """In the order of the graph; row r of the arrays is node r."""
    arrays: Arrays

    @classmethod
    def of(cls, graph: nx.Graph[Any], weight: str | None = "weight", default: float = 1.0) -> Self:
        """Read a graph; ``weight`` names the edge attribute, None counts each edge as 1.

        :class:`InvalidValue` for directed graphs, multigraphs, loops, and weights that are not positive numbers.
        """
        if graph.is_directed() or graph.is_multigraph():
            raise InvalidValue(
                "The graph is directed or has parallel edges.",
                remedy="Ties here have neither: hand over nx.Graph(graph), with weights that say how much each counts.",
            )
        nodes = tuple(graph)
        row = {node: number for number, node in enumerate(nodes)}
        values = graph.edges(data=weight, default=default) if weight else ((a, b, 1.0) for a, b in graph.edges)
        edges = [(row[a], row[b], _positive(a, b, value)) for a, b, value in values]
        labels = {name: [str(graph.nodes[node].get(name) or "") for node in nodes] for name in _LABELS}
        names = tuple(f"{number:09}" for number in range(len(nodes)))
        themes = {name: tuple(graph.nodes[node].get("themes") or ()) for name, node in zip(names, nodes, strict=True)}
        return cls(nodes, Arrays(names, symmetric(len(nodes), edges), None, labels, themes))

    def by_node(self, values: Mapping[str, float]) -> dict[Node, float]:
        """Return node → value, in the order of the graph; nodes without a value are missing."""
        return {node: values[id_] for node, id_ in zip(self.nodes, self.arrays.ids, strict=True) if id_ in values}


def measure_graph(
    graph: nx.Graph[Any],
    measures: Collection[str] = SHOWN_ACTOR_MEASURES,
    *,
    weight: str | None = "weight",
    effort: Effort = DEFAULT,
) -> dict[str, dict[Node, float]]:
    """Return measure → node → value, for measures of actors (ids of the catalogue).

    Nodes for which a measure is not defined are missing from it. Brokerage roles and the E-I index read the node
    attribute ``helix``. The order of the graph's nodes decides what a seed draws: sort them where that matters. Errors
    are those of :meth:`Numbered.of`, and :class:`InvalidValue` for an id that is not that of a measure of actors.
    """
    _check(measures, ACTOR_MEASURES)
    numbered = Numbered.of(graph, weight)
    found = measure(numbered.arrays, 0, measures, effort=effort).measures
    return {id_: numbered.by_node(each.values) for id_, each in found.items()}


def network_numbers(
    graph: nx.Graph[Any],
    measures: Collection[str] = NETWORK_NUMBERS,
    *,
    weight: str | None = "weight",
    effort: Effort = DEFAULT,
) -> dict[str, float | None]:
    """Return measure → value for measures of the network as a whole; None where one is not defined."""
    _check(measures, NETWORK_NUMBERS)
    found = measure(Numbered.of(graph, weight).arrays, 0, measures, effort=effort).numbers
    return {id_: each.value for id_, each in found.items()}


def communities_of(graph: nx.Graph[Any], *, weight: str | None = "weight", effort: Effort = DEFAULT) -> list[set[Node]]:
    """Return the communities, largest first; nodes without edges are in none."""
    numbered = Numbered.of(graph, weight)
    found, _ = numbered.arrays.once(find_communities, effort)
    return [{numbered.nodes[int(id_)] for id_ in each.actors} for each in found]


def _positive(a: Node, b: Node, value: object) -> float:
    if a == b:
        raise InvalidValue(f"The node {a!r} is tied to itself.", remedy="Remove loops: nx.selfloop_edges finds them.")
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = 0.0
    if not 0 < number < float("inf"):
        raise InvalidValue(
            f"The edge between {a!r} and {b!r} has the weight {value!r}.",
            remedy="Weights must be positive numbers: a tie that weighs nothing is no tie.",
        )
    return number


def _check(measures: Collection[str], known: Collection[str]) -> None:
    if unknown := sorted(set(measures) - set(known)):
        raise InvalidValue(f"There is no measure {', '.join(unknown)} here.", remedy=f"There are {', '.join(known)}.")
