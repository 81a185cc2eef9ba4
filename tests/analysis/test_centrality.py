"""Measures: the numbers of small graphs known by hand, and NetworkX's on random ones."""

from __future__ import annotations

import math
from collections.abc import Mapping

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.analysis import centrality
from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.centrality import MEASURES
from graphsvc.analysis.measures import measure
from graphsvc.wording import LANGUAGES, say

STAR = nx.star_graph(["hub", "a", "b", "c"])
PATH = nx.path_graph(["a", "b", "c", "d", "e"])
TRIANGLE = nx.complete_graph(["a", "b", "c"])


def values(graph: nx.Graph[str], name: str) -> Mapping[str, float]:
    return MEASURES[name](Arrays.of(graph)).values


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph[str]:
    nodes = [f"n{number}" for number in range(draw(st.integers(1, 12)))]
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(draw(st.permutations(nodes)))
    edges = [(a, b) for a in nodes for b in nodes if a < b]
    if edges:
        for a, b in draw(st.lists(st.sampled_from(edges), max_size=30)):
            graph.add_edge(a, b, weight=draw(st.sampled_from([0.025, 0.5, 1.0, 1 / 3, 2.75])))
    return graph


def test_star_by_hand() -> None:
    assert values(STAR, "degree") == {"hub": 3, "a": 1, "b": 1, "c": 1}
    assert values(STAR, "betweenness") == {"hub": 1, "a": 0, "b": 0, "c": 0}
    assert values(STAR, "harmonic_closeness") == pytest.approx({"hub": 1, "a": 2 / 3, "b": 2 / 3, "c": 2 / 3})
    assert values(STAR, "constraint") == pytest.approx({"hub": 1 / 3, "a": 1, "b": 1, "c": 1})
    assert values(STAR, "core_number") == dict.fromkeys(STAR, 1)
    assert centrality.articulation_points(Arrays.of(STAR)) == {"hub"}


def test_path_by_hand() -> None:
    # Of the 6 pairs that do not hold c, 4 have c between them; of those that do not hold b, 3 have b.
    assert values(PATH, "betweenness") == pytest.approx({"a": 0, "b": 3 / 6, "c": 4 / 6, "d": 3 / 6, "e": 0})
    assert values(PATH, "harmonic_closeness")["a"] == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4)
    assert centrality.articulation_points(Arrays.of(PATH)) == {"b", "c", "d"}


def test_triangle_by_hand() -> None:
    # p = 1/2 for each partner, and 1/4 more through the third: (1/2 + 1/4)² twice.
    assert values(TRIANGLE, "constraint") == pytest.approx(dict.fromkeys("abc", 2 * 0.75**2))
    assert values(TRIANGLE, "pagerank") == pytest.approx(dict.fromkeys("abc", 1 / 3))
    assert values(TRIANGLE, "core_number") == dict.fromkeys("abc", 2)


def test_strength_is_the_number_of_collaborations_under_newman_weights() -> None:
    graph: nx.Graph[str] = nx.Graph()
    for a, b in [("a", "b"), ("a", "c"), ("b", "c")]:  # one project of three
        graph.add_edge(a, b, weight=1 / 2)
    graph["a"]["b"]["weight"] += 1  # and one of two
    assert values(graph, "strength") == pytest.approx({"a": 2, "b": 2, "c": 1})


@settings(deadline=None)
@given(graphs())
def test_numbers_are_networkx_s(graph: nx.Graph[str]) -> None:
    arrays = Arrays.of(graph)
    n = len(graph)
    oracles = {
        "degree": dict(graph.degree()),
        "strength": dict(graph.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(graph),
        "harmonic_closeness": {id_: sum_ / max(n - 1, 1) for id_, sum_ in nx.harmonic_centrality(graph).items()},
        "pagerank": nx.pagerank(graph, tol=1e-12, max_iter=1000),
        "core_number": nx.core_number(graph),
        "constraint": {
            # The definition, actor by actor: NetworkX's short cut for all actors is the form we use ourselves.
            id_: value
            for id_, value in nx.constraint(graph, nodes=list(graph), weight="weight").items()
            if not math.isnan(value)
        },
    }
    assert set(oracles) == set(MEASURES)
    for name, oracle in oracles.items():
        found = MEASURES[name](arrays)
        assert found.id == name
        assert found.exact
        assert found.values == pytest.approx(oracle, abs=1e-9), name
        assert list(found.values) == sorted(found.values), "values come in the order of the ids"
    assert centrality.articulation_points(arrays) == set(nx.articulation_points(graph))


@settings(deadline=None)
@given(graphs())
def test_no_number_is_undefined(graph: nx.Graph[str]) -> None:
    for found in measure(graph, 1).measures.values():
        assert all(math.isfinite(value) for value in found.values.values()), found.id


def test_actors_without_partners() -> None:
    graph = nx.empty_graph(["a", "b"])
    found = measure(graph, 3)
    assert found.revision == 3
    assert found.measures["constraint"].values == {}
    assert found.measures["harmonic_closeness"].values == {"a": 0, "b": 0}
    assert found.communities == ()
    assert found.modularity == 0


def test_no_actors_at_all() -> None:
    empty: nx.Graph[str] = nx.Graph()
    found = measure(empty, 1)
    assert all(each.values == {} for each in found.measures.values())
    assert found.articulation_points == frozenset()


def random_graph(n: int, m: int) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(f"n{row:04}" for row in range(n))
    graph.add_edges_from((f"n{a:04}", f"n{b:04}") for a, b in nx.gnm_random_graph(n, m, seed=3).edges)
    return graph


def test_sampled_betweenness_says_so_and_is_near() -> None:
    graph = random_graph(300, 900)
    arrays = Arrays.of(graph)
    exact = centrality.betweenness(arrays)
    sampled = centrality.betweenness(arrays, exact_work=0, pivots=150)
    assert exact.exact
    assert not sampled.exact
    assert "150 of 300" in sampled.method
    assert "seed" in sampled.method
    largest = max(exact.values.values())
    assert max(abs(exact.values[id_] - sampled.values[id_]) for id_ in graph) < 0.3 * largest
    assert sampled.values != exact.values


def test_pivots_that_are_everyone_make_it_exact() -> None:
    arrays = Arrays.of(random_graph(40, 90))
    everyone = centrality.betweenness(arrays, exact_work=0, pivots=40)
    assert everyone == centrality.betweenness(arrays)


def test_an_estimate_is_unbiased() -> None:
    graph = random_graph(30, 60)
    arrays = Arrays.of(graph)
    runs = [centrality.betweenness(arrays, exact_work=0, pivots=10, seed=seed).values for seed in range(400)]
    exact = centrality.betweenness(arrays).values
    for id_ in graph:
        mean = sum(run[id_] for run in runs) / len(runs)
        spread = (sum((run[id_] - mean) ** 2 for run in runs) / len(runs)) ** 0.5
        assert abs(mean - exact[id_]) <= 5 * spread / len(runs) ** 0.5 + 1e-12


def test_many_blocks_of_sources_and_long_paths() -> None:
    graph = random_graph(700, 1500)
    assert values(graph, "betweenness") == pytest.approx(nx.betweenness_centrality(graph), abs=1e-12)
    harmonic = {id_: total / 699 for id_, total in nx.harmonic_centrality(graph).items()}
    assert values(graph, "harmonic_closeness") == pytest.approx(harmonic)
    long_path = nx.path_graph([f"n{row:04}" for row in range(130)])
    assert Arrays.of(long_path).depth >= centrality.DEEP
    assert values(long_path, "betweenness") == pytest.approx(nx.betweenness_centrality(long_path))


@settings(max_examples=25, deadline=None)
@given(graphs())
def test_the_order_of_nodes_and_edges_decides_nothing(graph: nx.Graph[str]) -> None:
    shuffled: nx.Graph[str] = nx.Graph()
    shuffled.add_nodes_from(reversed(list(graph.nodes)))
    shuffled.add_edges_from((b, a, data) for a, b, data in reversed(list(graph.edges(data=True))))
    assert measure(graph, 1) == measure(shuffled, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_measure_has_a_name_and_a_meaning(language: str) -> None:
    for name in [*MEASURES, "articulation_point", "community"]:
        assert say("measures", f"{name}.name", language)
        assert say("measures", f"{name}.meaning", language).endswith(".")
