"""Measures of actors: the numbers of small graphs known by hand, and those of plain NetworkX on random ones."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given, settings

from graphsvc.analysis import centrality
from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.catalogue import ALL, CATALOGUE
from graphsvc.analysis.effort import DEFAULT, Effort
from graphsvc.analysis.measures import ACTOR_MEASURES, measure
from tests.analysis.made_up_networks import as_graph, graphs, many_projects, memberships, projected, random_graph
from tests.analysis.slow_definitions import SLOW

STAR = nx.star_graph(["hub", "a", "b", "c"])
PATH = nx.path_graph(["a", "b", "c", "d", "e"])
TRIANGLE = nx.complete_graph(["a", "b", "c"])
TOLERANCE = 1e-9
"""Of the largest value that a measure can have on these networks; the power iterations stop there."""


def values(graph: nx.Graph[str] | Arrays, name: str, effort: Effort = DEFAULT) -> Mapping[str, float]:
    arrays = graph if isinstance(graph, Arrays) else Arrays.of(graph)
    found: Mapping[str, float] = CATALOGUE[name].function(arrays, effort).values
    return found


def test_star_by_hand() -> None:
    assert values(STAR, "degree") == {"hub": 3, "a": 1, "b": 1, "c": 1}
    assert values(STAR, "betweenness") == {"hub": 1, "a": 0, "b": 0, "c": 0}
    assert values(STAR, "closeness") == pytest.approx({"hub": 1, "a": 3 / 5, "b": 3 / 5, "c": 3 / 5})
    assert values(STAR, "harmonic_closeness") == pytest.approx({"hub": 1, "a": 2 / 3, "b": 2 / 3, "c": 2 / 3})
    assert values(STAR, "eigenvector") == pytest.approx(dict.fromkeys("abc", 6**-0.5) | {"hub": 2**-0.5})
    assert values(STAR, "clustering") == {"hub": 0, "a": 0, "b": 0, "c": 0}
    assert values(STAR, "constraint") == pytest.approx({"hub": 1 / 3, "a": 1, "b": 1, "c": 1})
    assert values(STAR, "effective_size") == {"hub": 3, "a": 1, "b": 1, "c": 1}
    assert values(STAR, "core_number") == dict.fromkeys(STAR, 1)


def test_path_by_hand() -> None:
    # Of the 6 pairs that do not hold c, 4 have c between them; of those that do not hold b, 3 have b.
    assert values(PATH, "betweenness") == pytest.approx({"a": 0, "b": 3 / 6, "c": 4 / 6, "d": 3 / 6, "e": 0})
    assert values(PATH, "harmonic_closeness")["a"] == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4)
    assert values(PATH, "closeness")["a"] == pytest.approx(4 / (1 + 2 + 3 + 4))


def test_triangle_by_hand() -> None:
    # p = 1/2 for each partner, and 1/4 more through the third: (1/2 + 1/4)² twice.
    assert values(TRIANGLE, "constraint") == pytest.approx(dict.fromkeys("abc", 2 * 0.75**2))
    assert values(TRIANGLE, "effective_size") == pytest.approx(dict.fromkeys("abc", 1))
    assert values(TRIANGLE, "pagerank") == pytest.approx(dict.fromkeys("abc", 1 / 3))
    assert values(TRIANGLE, "core_number") == dict.fromkeys("abc", 2)
    assert values(TRIANGLE, "clustering") == dict.fromkeys("abc", 1)


def test_strength_is_the_number_of_collaborations_under_newman_weights() -> None:
    graph: nx.Graph[str] = nx.Graph()
    for a, b in [("a", "b"), ("a", "c"), ("b", "c")]:  # one project of three
        graph.add_edge(a, b, weight=1 / 2)
    graph["a"]["b"]["weight"] += 1  # and one of two
    assert values(graph, "strength") == pytest.approx({"a": 2, "b": 2, "c": 1})


def test_roles_by_hand() -> None:
    star = STAR.copy()
    helix = {"hub": "industry", "a": "industry", "b": "academia", "c": "academia"}
    nx.set_node_attributes(star, helix, "helix")
    # Ordered pairs of partners: a–b and a–c each way with one of the hub's own group, b–c each way in another.
    assert values(star, "brokerage_gatekeeper")["hub"] == 2
    assert values(star, "brokerage_representative")["hub"] == 2
    assert values(star, "brokerage_itinerant")["hub"] == 2
    assert values(star, "brokerage_coordinator")["hub"] == 0
    assert values(star, "brokerage")["hub"] == 6
    assert values(star, "ei_index") == pytest.approx({"hub": 1 / 3, "a": -1, "b": 1, "c": 1})


def test_participation_by_hand() -> None:
    graph: nx.Graph[str] = nx.Graph()
    for group in ("abcd", "wxyz"):
        graph.add_edges_from((one, other) for one in group for other in group if one < other)
    graph.add_edge("d", "w")
    found = values(graph, "participation")
    assert found["a"] == 0
    assert found["d"] == pytest.approx(1 - (3 / 4) ** 2 - (1 / 4) ** 2)


def test_every_measure_of_actors_has_a_slow_definition() -> None:
    assert {*SLOW, "participation"} == set(ACTOR_MEASURES)


@settings(deadline=None, max_examples=30)
@given(graphs())
def test_slow_definitions_of_structural_holes_are_networkx_s(graph: nx.Graph[str]) -> None:
    # Actor by actor: NetworkX's short cut for all at once gives wrong effective sizes when ties have weights (networkx
    # pull request 8906).
    for name, theirs in (("constraint", nx.constraint), ("effective_size", nx.effective_size)):
        found = theirs(graph, nodes=list(graph), weight="weight")
        assert SLOW[name](graph) == pytest.approx({id_: value for id_, value in found.items() if value == value})


@pytest.mark.parametrize("name", SLOW)
@settings(deadline=None, max_examples=60)
@given(graphs())
def test_numbers_are_those_of_the_slow_definition(name: str, graph: nx.Graph[str]) -> None:
    found = CATALOGUE[name].function(Arrays.of(graph), DEFAULT)
    assert found.id == name
    assert found.exact
    assert found.values == pytest.approx(SLOW[name](graph), abs=TOLERANCE)
    assert list(found.values) == sorted(found.values), "values come in the order of the ids"


@pytest.mark.parametrize("name", SLOW)
@settings(deadline=None, max_examples=30)
@given(memberships())
def test_numbers_of_a_projection_are_those_of_the_slow_definition(name: str, members: list[list[int]]) -> None:
    arrays = projected(members)  # knows who takes part in what, and has twins
    assert values(arrays, name) == pytest.approx(SLOW[name](as_graph(arrays)), abs=TOLERANCE)


@pytest.mark.parametrize("name", SLOW)
def test_numbers_of_a_large_projection_are_those_of_the_slow_definition(name: str) -> None:
    arrays = projected(many_projects(200, 65, seed=5))
    assert values(arrays, name) == pytest.approx(SLOW[name](as_graph(arrays)), abs=TOLERANCE)


@settings(deadline=None)
@given(graphs())
def test_no_number_is_undefined(graph: nx.Graph[str]) -> None:
    found = measure(graph, 1, ALL)
    for each in found.measures.values():
        assert all(math.isfinite(value) for value in each.values.values()), each.id
    assert all(each.value is None or math.isfinite(each.value) for each in found.numbers.values())


def test_actors_without_partners() -> None:
    found = measure(nx.empty_graph(["a", "b"]), 3, ALL)
    assert found.revision == 3
    for name in ("constraint", "effective_size", "participation", "ei_index"):
        assert found.measures[name].values == {}
    assert found.measures["harmonic_closeness"].values == {"a": 0, "b": 0}
    assert found.measures["pagerank"].values == {"a": 0.5, "b": 0.5}
    assert found.communities == ()
    assert found.modularity == 0


def test_no_actors_at_all() -> None:
    empty: nx.Graph[str] = nx.Graph()
    found = measure(empty, 1, ALL)
    assert all(each.values == {} for each in found.measures.values())
    assert found.articulation_points == frozenset()
    assert found.bridges == ()


def test_sampled_betweenness_says_so_and_is_near() -> None:
    graph = random_graph(300, 900)
    arrays = Arrays.of(graph)
    exact = centrality.betweenness(arrays)
    sampled = centrality.betweenness(arrays, Effort(exact_work=0, pivots=150))
    assert exact.exact
    assert exact.error == 0
    assert not sampled.exact
    assert "150 of 300" in sampled.method
    assert sampled.seed == DEFAULT.seed
    assert f"seed {DEFAULT.seed}" in sampled.method
    assert sampled.values != exact.values
    differences = sorted(abs(exact.values[id_] - sampled.values[id_]) for id_ in graph)
    assert differences[int(0.95 * len(differences))] < sampled.error, "the stated error holds for 95 of 100"
    assert sampled.error < 0.3 * max(exact.values.values())


def test_pivots_that_are_everyone_make_it_exact() -> None:
    arrays = Arrays.of(random_graph(40, 90))
    everyone = centrality.betweenness(arrays, Effort(exact_work=0, pivots=40))
    assert everyone == centrality.betweenness(arrays)


def test_an_estimate_is_unbiased() -> None:
    arrays = projected(many_projects(30, 12, seed=2))
    few = Effort(exact_work=0, pivots=10)
    runs = [centrality.betweenness(arrays, replace(few, seed=seed)).values for seed in range(400)]
    for id_, exact in centrality.betweenness(arrays).values.items():
        mean = sum(run[id_] for run in runs) / len(runs)
        spread = (sum((run[id_] - mean) ** 2 for run in runs) / len(runs)) ** 0.5
        assert abs(mean - exact) <= 5 * spread / len(runs) ** 0.5 + 1e-12


def test_many_blocks_of_sources() -> None:
    graph = random_graph(700, 1500)
    assert values(graph, "betweenness") == pytest.approx(nx.betweenness_centrality(graph), abs=1e-12)
    assert values(graph, "harmonic_closeness") == pytest.approx(SLOW["harmonic_closeness"](graph))


@pytest.mark.parametrize("effort", [DEFAULT, Effort(exact_work=0, pivots=40)], ids=["exact", "sampled"])
def test_long_networks(effort: Effort) -> None:
    path = nx.path_graph([f"n{row:04}" for row in range(200)])
    arrays = Arrays.of(path)
    assert arrays.depth >= centrality.DEEP
    found = centrality.betweenness(arrays, effort)
    assert found.exact == (effort is DEFAULT)
    differences = [abs(found.values[id_] - exact) for id_, exact in nx.betweenness_centrality(path).items()]
    assert max(differences) <= 2 * found.error + 1e-12


@settings(max_examples=25, deadline=None)
@given(graphs())
def test_the_order_of_nodes_and_edges_decides_nothing(graph: nx.Graph[str]) -> None:
    shuffled: nx.Graph[str] = nx.Graph()
    shuffled.add_nodes_from(reversed(list(graph.nodes(data=True))))
    shuffled.add_edges_from((b, a, data) for a, b, data in reversed(list(graph.edges(data=True))))
    assert measure(graph, 1, ALL) == measure(shuffled, 1, ALL)
