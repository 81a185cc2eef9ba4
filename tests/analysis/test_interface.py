"""The functions for people with a NetworkX graph of their own."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from graphsvc.analysis.interface import communities_of, measure_graph, network_numbers
from graphsvc.analysis.measures import ACTOR_MEASURES, NETWORK_NUMBERS
from graphsvc.errors import InvalidValue
from tests.analysis.made_up_networks import as_graph, many_projects, projected
from tests.analysis.slow_definitions import SLOW


def test_nodes_may_be_anything_that_networkx_takes() -> None:
    graph: nx.Graph[Any] = nx.Graph([((0, 1), "b"), ("b", 3), (3, frozenset({4}))])
    found = measure_graph(graph, ["degree", "betweenness"])
    assert found["degree"] == {(0, 1): 1, "b": 2, 3: 2, frozenset({4}): 1}
    assert found["betweenness"] == pytest.approx(nx.betweenness_centrality(graph))
    assert list(found["degree"]) == list(graph)


def test_all_measures_of_actors_and_of_the_network() -> None:
    graph = as_graph(projected(many_projects(80, 30, 4)))
    found = measure_graph(graph, ACTOR_MEASURES)
    assert set(found) == set(ACTOR_MEASURES)
    assert found["constraint"] == pytest.approx(SLOW["constraint"](graph))
    assert set(network_numbers(graph)) == set(NETWORK_NUMBERS)
    parts = communities_of(graph)
    assert len(parts) > 2
    assert set().union(*parts) == {node for node in graph if graph.degree(node)}


def test_weights_are_read_from_the_attribute_that_is_named() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("a", "b", shared=3)
    graph.add_edge("b", "c")
    assert measure_graph(graph, ["strength"], weight="shared")["strength"] == {"a": 3, "b": 4, "c": 1}
    assert measure_graph(graph, ["strength"], weight=None)["strength"] == {"a": 1, "b": 2, "c": 1}


@pytest.mark.parametrize("weight", [0, -1.0, float("nan"), float("inf"), "much", None])
def test_weights_that_are_none_are_refused_with_the_edge_they_stand_at(weight: object) -> None:
    graph = nx.path_graph(["a", "b", "c"])
    graph["b"]["c"]["weight"] = weight
    with pytest.raises(InvalidValue, match="'b' and 'c'"):
        measure_graph(graph)


@pytest.mark.parametrize("kind", [nx.DiGraph, nx.MultiGraph])
def test_graphs_of_other_kinds_are_refused(kind: Any) -> None:
    with pytest.raises(InvalidValue, match="directed or has parallel"):
        measure_graph(kind([("a", "b")]))


def test_loops_are_refused() -> None:
    with pytest.raises(InvalidValue, match="'a' is tied to itself"):
        measure_graph(nx.Graph([("a", "a")]))


def test_what_there_is_not_is_named() -> None:
    with pytest.raises(InvalidValue, match="beauty here"):
        measure_graph(nx.path_graph(3), ["degree", "beauty"])
    with pytest.raises(InvalidValue, match="degree here"):
        network_numbers(nx.path_graph(3), ["degree"])
