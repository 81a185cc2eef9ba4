"""Articulation points, bridges and cores on networks of any form."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings

from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.cuts import core_numbers, find_cuts, find_pieces
from graphsvc.analysis.measures import measure
from tests.analysis.made_up_networks import graphs, random_graph

BOTH = ["articulation_point", "bridge"]


def test_by_hand() -> None:
    graph = nx.Graph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e"), ("x", "y")])
    found = measure(graph, 1, BOTH)
    assert found.articulation_points == {"c", "d"}
    assert found.bridges == (("c", "d"), ("d", "e"), ("x", "y"))


def test_what_is_not_asked_for_is_empty() -> None:
    found = measure(nx.path_graph(["a", "b", "c"]), 1, ["bridge"])
    assert found.bridges == (("a", "b"), ("b", "c"))
    assert found.articulation_points == frozenset()
    assert found.measures == {}
    assert found.communities == ()


@settings(deadline=None, max_examples=300)
@given(graphs())
def test_they_are_networkx_s(graph: nx.Graph[str]) -> None:
    found = measure(graph, 1, BOTH)
    assert found.articulation_points == set(nx.articulation_points(graph))
    assert list(found.bridges) == sorted(tuple(sorted(edge)) for edge in nx.bridges(graph))


@pytest.mark.parametrize("ties", [60, 110, 160, 400])
def test_larger_networks_with_many_cuts(ties: int) -> None:
    graph = random_graph(150, ties)
    found = measure(graph, 1, BOTH)
    assert found.articulation_points == set(nx.articulation_points(graph))
    assert set(found.bridges) == {tuple(sorted(edge)) for edge in nx.bridges(graph)}
    assert core_numbers(Arrays.of(graph)).tolist() == [nx.core_number(graph)[id_] for id_ in sorted(graph)]


def test_a_long_path_does_not_recurse() -> None:
    path = nx.path_graph([f"n{row:05}" for row in range(5000)])
    cuts = find_cuts(Arrays.of(path))
    assert int(cuts.points.sum()) == 4998
    assert len(cuts.bridges) == 4999


@settings(deadline=None, max_examples=300)
@given(graphs())
def test_pieces_are_what_is_left_when_a_point_is_taken_out(graph: nx.Graph[str]) -> None:
    arrays = Arrays.of(graph)
    found = find_pieces(arrays)
    assert {arrays.ids[point] for point in found.hanging} == set(nx.articulation_points(graph))
    for point, stretches in found.hanging.items():
        start, stop = found.component[point]
        whole = set(found.order[start:stop].tolist())
        pieces = [set(found.order[low:high].tolist()) for low, high in stretches]
        rest = whole - {point} - set().union(*pieces)
        cut = graph.subgraph(arrays.ids[row] for row in whole - {point})
        expected = {frozenset(part) for part in nx.connected_components(cut)}
        assert {frozenset(arrays.ids[row] for row in part) for part in [*pieces, rest] if part} == expected
