"""Sets of ids that are united, and pairs that never are."""

from __future__ import annotations

from itertools import combinations, pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.uniting import Uniting, pair_of, way_between

_ids = st.sampled_from("abcdefgh")
_pairs = st.tuples(_ids, _ids).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: pair_of(*pair))


@given(st.lists(_pairs))
def test_without_pairs_apart_the_sets_are_the_components(edges: list[tuple[str, str]]) -> None:
    sets = Uniting()
    assert all(sets.unite(a, b) for a, b in edges)
    graph = nx.Graph(edges)
    graph.add_nodes_from("abcdefgh")
    for component in nx.connected_components(graph):
        assert {sets.first(id_) for id_ in component} == {min(component)}


@given(st.lists(_pairs, unique=True), st.lists(_pairs, unique=True, max_size=5))
def test_pairs_apart_never_meet_and_nothing_else_is_barred(
    edges: list[tuple[str, str]], apart: list[tuple[str, str]]
) -> None:
    sets, accepted = Uniting(apart), list[tuple[str, str]]()
    for a, b in edges:
        graph = nx.Graph([*accepted, (a, b)])
        graph.add_nodes_from("abcdefgh")
        would_meet = any(nx.has_path(graph, x, y) for x, y in apart)
        assert sets.unite(a, b) is not would_meet
        accepted += [] if would_meet else [(a, b)]
    assert not any(sets.together(*pair) for pair in apart)


@given(st.lists(_pairs))
def test_a_way_is_a_shortest_one(edges: list[tuple[str, str]]) -> None:
    graph = nx.Graph(edges)
    graph.add_nodes_from("abcdefgh")
    for start, end in combinations("abcdefgh", 2):
        way = way_between(start, end, edges)
        if not nx.has_path(graph, start, end):
            assert way == ()
            continue
        assert len(way) == nx.shortest_path_length(graph, start, end) + 1
        assert (way[0], way[-1]) == (start, end)
        assert all(graph.has_edge(a, b) for a, b in pairwise(way))
