"""Communities: who is together, what sets them apart, how well, and that nothing depends on chance or on numbering."""

from __future__ import annotations

import itertools
import random
from collections.abc import Generator, Mapping, Sequence
from typing import Any

import graspologic_native  # type: ignore[import-untyped]
import igraph
import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from graphsvc.analysis import communities as communities_
from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.communities import divide, find_communities, match_communities, modularity
from graphsvc.analysis.results import Community
from tests.analysis.made_up_networks import as_graph, graphs, many_projects, projected

MARGIN = 0.02
"""Modularity may be this much below the best that other methods find on the same network."""


def two_circles() -> nx.Graph[str]:
    """Two groups of four with one tie between them, and an actor without partners."""
    graph: nx.Graph[str] = nx.Graph()
    for group in ("abcd", "wxyz"):
        graph.add_edges_from((one, other) for one in group for other in group if one < other)
    graph.add_edge("d", "w")
    graph.add_node("lonely")
    return graph


def with_themes(themes: Mapping[str, tuple[str, ...]], regions: Mapping[str, str] | None = None) -> Arrays:
    graph = two_circles()
    nx.set_node_attributes(graph, themes, "themes")
    nx.set_node_attributes(graph, regions or {}, "region")
    return Arrays.of(graph)


def test_two_circles_are_two_communities() -> None:
    communities, found = find_communities(Arrays.of(two_circles()))
    assert [set(each.actors) for each in communities] == [set("abcd"), set("wxyz")]
    assert [each.id for each in communities] == [0, 1]
    # 13 ties, 6 inside each; each circle holds half the degrees: Q = 12/13 − 2·(1/2)².
    assert found == pytest.approx(12 / 13 - 1 / 2)


def test_the_largest_comes_first() -> None:
    graph = two_circles()
    graph.add_edges_from([("v", other) for other in "wxyz"])
    communities, _ = find_communities(Arrays.of(graph))
    assert [len(each.actors) for each in communities] == [5, 4]


def test_the_strongest_inside_comes_first() -> None:
    graph = two_circles()
    nx.set_edge_attributes(graph, dict.fromkeys(graph.edges, 1.0), "weight")
    graph["b"]["c"]["weight"] = 3.0
    graph["d"]["w"]["weight"] = 0.1
    communities, _ = find_communities(Arrays.of(graph))
    assert communities[0].actors == ("b", "c", "a", "d")


def test_named_after_what_sets_them_apart() -> None:
    common = dict.fromkeys("abcdwxyz", ("common",))
    themes = common | dict.fromkeys("abc", ("common", "water")) | {"a": ("common", "once", "water"), "z": ("common",)}
    communities, _ = find_communities(with_themes(themes, {"w": "fi2", "x": "fi2", "a": "fi1", "y": "fi1"}))
    assert communities[0].themes == ("water",), "'common' is everyone's and 'once' is only one actor's"
    assert communities[1].themes == ("common",), "nothing sets it apart: the most frequent"
    assert communities[1].places == ("fi2",)


def test_without_themes_and_places_it_has_no_name() -> None:
    communities, _ = find_communities(Arrays.of(two_circles()))
    assert communities[0].themes == ()
    assert communities[0].places == ()


@settings(deadline=None)
@given(graphs())
def test_modularity_is_networkx_s(graph: nx.Graph[str]) -> None:
    communities, found = find_communities(Arrays.of(graph))
    parts = [set(each.actors) for each in communities]
    parts += [{node} for node in graph if not any(node in part for part in parts)]
    if graph.number_of_edges():
        assert found == pytest.approx(nx.community.modularity(graph, parts, weight="weight"), abs=1e-9)
    else:
        assert (parts, found) == ([{node} for node in graph], 0.0)


def best_of_others(arrays: Arrays) -> float:
    """Return the best modularity of NetworkX's Louvain and of igraph's Leiden run until nothing changes."""
    graph = as_graph(arrays)
    louvain = nx.community.louvain_communities(graph, weight="weight", seed=1)
    tied = sparse.triu(arrays.weights, format="coo")
    other = igraph.Graph(n=arrays.nodes, edges=np.stack([tied.row, tied.col], axis=1))
    leiden = other.community_leiden("modularity", weights=tied.data, n_iterations=-1)
    return max(
        nx.community.modularity(graph, louvain, weight="weight"),
        modularity(arrays, np.asarray(leiden.membership)),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("actors", [100, 1000])
def test_as_good_as_what_others_find(actors: int, seed: int) -> None:
    arrays = projected(many_projects(actors, actors // 3, seed))
    assert divide(arrays).modularity >= best_of_others(arrays) - MARGIN


def test_as_good_as_what_others_find_on_a_known_club() -> None:
    graph = nx.karate_club_graph()
    arrays = Arrays.of(nx.relabel_nodes(graph, {row: f"n{row:02}" for row in graph}))
    assert divide(arrays).modularity >= best_of_others(arrays) - MARGIN
    assert divide(arrays).modularity > 0.4


def test_ties_are_handed_over_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list is read in one go, while all other threads of the service wait."""
    arrays = projected(many_projects(400, 100, seed=1))
    in_one_go, given_ = graspologic_native.leiden, list[Any]()

    def leiden(ties: Any, **how: Any) -> Any:
        given_.append(ties)
        return in_one_go(list(ties), **how)

    monkeypatch.setattr(communities_, "PIECE", 7)
    one_by_one = divide(arrays)
    monkeypatch.setattr(graspologic_native, "leiden", leiden)
    assert np.array_equal(divide(arrays).of, one_by_one.of)
    (ties,) = given_
    assert isinstance(iter(ties), Generator)
    upper = sparse.triu(arrays.weights, format="coo")
    rows = zip(upper.row.tolist(), upper.col.tolist(), upper.data.tolist(), strict=True)
    assert list(ties) == [(str(a), str(b), weight) for a, b, weight in rows]
    assert len(ties) == arrays.edges and ties[-1] == list(ties)[-1]


def communities(*groups: Sequence[str], first: int = 0) -> tuple[Community, ...]:
    return tuple(Community(first + at, tuple(group), ()) for at, group in enumerate(groups))


def test_a_community_stays_itself_when_some_come_and_go() -> None:
    before = communities("abcd", "wxyz", "mn")
    now = communities("wxyv", "abc", "dz", first=10)
    assert match_communities(before, now) == {10: 1, 11: 0, 12: None}


def test_all_together_stay_rather_than_each_alone() -> None:
    # "abef" could as well go on from "abcd", but then "cd" could not: together more actors stay where they were.
    assert match_communities(communities("abcd", "ef"), communities("abef", "cd")) == {0: 1, 1: 0}


def test_a_remnant_does_not_take_over_the_name() -> None:
    assert match_communities(communities("abcdefgh"), communities("ax")) == {0: None}


def test_nothing_before_or_nothing_now() -> None:
    assert match_communities((), communities("ab", "cd")) == {0: None, 1: None}
    assert match_communities(communities("ab"), ()) == {}


@given(st.permutations(range(4)), st.permutations(range(4)))
def test_numbering_decides_nothing(before: list[int], now: list[int]) -> None:
    old, new = ["abc", "de", "fgh", "ijk"], ["abd", "ec", "fgh", "ij"]
    ids = {number: old[at] for number, at in enumerate(before)} | {None: ""}
    matched = match_communities(communities(*(old[at] for at in before)), communities(*(new[at] for at in now)))
    by_actors = {new[at]: ids[matched[number]] for number, at in enumerate(now)}
    assert by_actors == {"abd": "abc", "ec": "de", "fgh": "fgh", "ij": "ijk"}


def test_a_community_is_known_by_who_has_most_partners() -> None:
    found, _ = find_communities(Arrays.of(two_circles()))
    assert [each.key for each in found] == ["d", "w"], "their tie gives them one partner more than the rest"


def grown(*more: Sequence[str]) -> Mapping[str, str]:
    """Return actor → key of its community, of six circles of 5 to 10, each tied to the next, and ``more``."""
    graph: nx.Graph[str] = nx.Graph()
    circles = [[f"{name}{at}" for at in range(size)] for name, size in zip("fbcade", (5, 6, 7, 8, 9, 10), strict=True)]
    for circle in [*circles, *more]:
        graph.add_edges_from((one, other) for one in circle for other in circle if one < other)
    for one, other in itertools.pairwise(circles):
        graph.add_edge(one[0], other[0])
    found, _ = find_communities(Arrays.of(graph))
    return {actor: each.key for each in found for actor in each.actors}


def test_what_is_added_elsewhere_leaves_the_others_their_keys() -> None:
    before = grown()
    assert len(set(before.values())) == 6
    for added in (["x0", "x1", "x2"], [f"aa{at}" for at in range(12)], ["f1", "f2", "new"], ["f0", *"uvwxyz"]):
        after = grown(added)
        assert {actor: after[actor] for actor in before} == before, added


def test_the_number_of_a_community_does_not_last_where_its_key_does() -> None:
    """What the key is for: a circle that grows past the others takes the number 0 from them."""

    def numbers(*more: Sequence[str]) -> dict[str, int]:
        graph: nx.Graph[str] = nx.Graph()
        for circle in (["a1", "a2", "a3", "a4"], ["b1", "b2", "b3"], *more):
            graph.add_edges_from((one, other) for one in circle for other in circle if one < other)
        return {each.key: each.id for each in find_communities(Arrays.of(graph))[0]}

    assert numbers() == {"a1": 0, "b1": 1}
    assert numbers(["b1", "b2", "b3", "b4", "b5"]) == {"b1": 0, "a1": 1}


def of_topics(seed: int) -> list[list[int]]:
    """Return projects of 3 to 10 of 400 actors, mostly within one of 16 topics."""
    draw = random.Random(seed)  # noqa: S311
    topic, appetite = [draw.randrange(16) for _ in range(400)], [draw.paretovariate(1.5) for _ in range(400)]
    made = []
    for _ in range(150):
        mine = draw.randrange(16)
        near = [actor for actor in range(400) if topic[actor] == mine]
        members = set(draw.choices(near, [appetite[actor] for actor in near], k=draw.randint(3, 10)))
        made.append(sorted(members | ({draw.randrange(400)} if draw.random() < 0.4 else set())))
    return made


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_with_one_project_more_nearly_all_keep_their_key(seed: int) -> None:
    members = of_topics(seed)
    before = find_communities(projected(members))[0]
    draw = random.Random(seed)  # noqa: S311
    kept = []
    for _ in range(5):
        after = find_communities(projected([*members, sorted(draw.sample(range(400), 3))]))[0]
        then, now = ({actor: each.key for each in found for actor in each.actors} for found in (before, after))
        kept += [then[actor] == now[actor] for actor in then.keys() & now.keys()]
    assert np.mean(kept) > 0.9
