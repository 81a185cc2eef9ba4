"""Communities: who is together, what sets them apart, and that nothing depends on chance."""

from __future__ import annotations

import networkx as nx
import pytest

from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.communities import find_communities


def two_circles() -> nx.Graph[str]:
    """Two groups of four with one tie between them, and an actor without partners."""
    graph: nx.Graph[str] = nx.Graph()
    for group in ("abcd", "wxyz"):
        graph.add_edges_from((one, other) for one in group for other in group if one < other)
    graph.add_edge("d", "w")
    graph.add_node("lonely")
    return graph


def test_two_circles_are_two_communities() -> None:
    communities, modularity = find_communities(Arrays.of(two_circles()), {})
    assert [set(each.actors) for each in communities] == [set("abcd"), set("wxyz")]
    assert [each.id for each in communities] == [0, 1]
    # 13 ties, 6 inside each; each circle holds half the degrees: Q = 12/13 − 2·(1/2)².
    assert modularity == pytest.approx(12 / 13 - 1 / 2)


def test_the_largest_comes_first() -> None:
    graph = two_circles()
    graph.add_edges_from([("v", other) for other in "wxyz"])
    communities, _ = find_communities(Arrays.of(graph), {})
    assert [len(each.actors) for each in communities] == [5, 4]


def test_the_strongest_inside_comes_first() -> None:
    graph = two_circles()
    nx.set_edge_attributes(graph, dict.fromkeys(graph.edges, 1.0), "weight")
    graph["b"]["c"]["weight"] = 3.0
    graph["d"]["w"]["weight"] = 0.1
    communities, _ = find_communities(Arrays.of(graph), {})
    assert communities[0].actors == ("b", "c", "a", "d")


def test_named_after_what_sets_them_apart() -> None:
    common = dict.fromkeys("abcdwxyz", ("common",))
    themes = common | dict.fromkeys("abc", ("common", "water")) | {"a": ("common", "once", "water"), "z": ("common",)}
    communities, _ = find_communities(Arrays.of(two_circles()), themes)
    assert communities[0].themes == ("water",), "'common' is everyone's and 'once' is only one actor's"
    assert communities[1].themes == ("common",), "nothing sets it apart: the most frequent"


def test_without_themes_it_has_no_name() -> None:
    communities, _ = find_communities(Arrays.of(two_circles()), {})
    assert communities[0].themes == ()


def test_louvain_finds_what_networkx_finds() -> None:
    graph = nx.karate_club_graph()
    named = nx.relabel_nodes(graph, {row: f"n{row:02}" for row in graph})
    communities, modularity = find_communities(Arrays.of(named), {})
    parts = [set(each.actors) for each in communities]
    assert modularity == pytest.approx(nx.community.modularity(named, parts, weight="weight"))
    assert modularity > 0.4
