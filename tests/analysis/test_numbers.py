"""Measures of a network as a whole: by hand, and NetworkX's."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.effort import Effort
from graphsvc.analysis.interface import network_numbers
from graphsvc.analysis.measures import NETWORK_NUMBERS, measure
from graphsvc.analysis.numbers import helix_mixing
from graphsvc.analysis.results import Number
from tests.analysis.made_up_networks import as_graph, graphs, many_projects, projected


def numbers(graph: nx.Graph[str] | Arrays) -> dict[str, Number]:
    return dict(measure(graph, 1, NETWORK_NUMBERS).numbers)


def test_a_star_is_as_central_as_can_be() -> None:
    found = numbers(nx.star_graph(["hub", "a", "b", "c"]))
    assert found["density"].value == 0.5
    assert found["components"].value == 1
    assert found["largest_component"].value == 1
    assert found["path_length"].value == pytest.approx((3 * 1 + 3 * 2) / 6)
    assert found["degree_centralisation"].value == 1
    assert found["betweenness_centralisation"].value == 1
    assert found["small_world"].value is None, "nothing is clustered"
    assert found["assortativity"].value is None, "no kinds"


def test_a_ring_has_no_centre() -> None:
    found = numbers(nx.cycle_graph([f"n{row}" for row in range(6)]))
    assert found["degree_centralisation"].value == 0
    assert found["betweenness_centralisation"].value == pytest.approx(0)


def test_two_pieces_and_one_alone() -> None:
    graph: nx.Graph[str] = nx.Graph([("a", "b"), ("b", "c"), ("x", "y")])
    graph.add_node("alone")
    found = numbers(graph)
    assert found["components"].value == 3
    assert found["largest_component"].value == 0.5
    assert found["path_length"].value == pytest.approx((1 + 1 + 2 + 1) / 4)
    assert found["isolated"].value == 1
    # Of 6·5 ordered pairs 3·2 + 2·1 reach each other; the nearness of a, b, c is 2·(1 + 1 + ½), of x, y 2.
    assert found["fragmentation"].value == pytest.approx(1 - 8 / 30)
    assert found["distance_fragmentation"].value == pytest.approx(1 - (5 + 2) / 30)


def test_mixing_by_hand() -> None:
    graph: nx.Graph[str] = nx.Graph([("a", "b"), ("a", "x"), ("b", "x"), ("x", "y")])
    nx.set_node_attributes(graph, {"a": "academia", "b": "academia", "x": "industry", "y": "industry"}, "helix")
    graph.add_edge("a", "unknown")
    found = helix_mixing(Arrays.of(graph))
    assert found is not None
    assert found.groups == ("academia", "industry")
    assert found.observed == ((1, 2), (2, 1))
    # Ends of ties among the four: academia 2 + 2, industry 3 + 1; 4·4/8 = 2 between, 4²/16 = 1 within each.
    assert found.expected == ((1.0, 2.0), (2.0, 1.0))
    assert numbers(graph)["helix_mixing"].value == 1


@settings(deadline=None)
@given(graphs())
def test_they_are_networkx_s(graph: nx.Graph[str]) -> None:
    found, n = numbers(graph), len(graph)
    assert found["density"].value == (pytest.approx(nx.density(graph)) if n > 1 else None)
    assert found["components"].value == nx.number_connected_components(graph)
    assert found["largest_component"].value == max(map(len, nx.connected_components(graph))) / n
    lengths = [d for _, row in nx.all_pairs_shortest_path_length(graph) for d in row.values() if d]
    assert found["path_length"].value == (pytest.approx(sum(lengths) / len(lengths)) if lengths else None)
    assert found["isolated"].value == nx.number_of_isolates(graph)
    pairs = n * (n - 1)
    assert found["fragmentation"].value == (pytest.approx(1 - len(lengths) / pairs) if pairs else None)
    efficiency = nx.global_efficiency(graph)  # the mean of 1/d over all pairs
    assert found["distance_fragmentation"].value == (pytest.approx(1 - efficiency) if pairs else None)
    known = graph.subgraph([id_ for id_ in graph if graph.nodes[id_]["kind"]])
    if known.number_of_edges():
        several = len({graph.nodes[id_]["kind"] for edge in known.edges for id_ in edge}) > 1
        theirs = nx.attribute_assortativity_coefficient(known, "kind") if several else None
        assert found["assortativity"].value == (None if theirs is None else pytest.approx(theirs))
    else:
        assert found["assortativity"].value is None


def test_expected_mixing_is_what_rewiring_gives_on_average() -> None:
    graph = as_graph(projected(many_projects(60, 25, 3)))
    graph.remove_nodes_from([id_ for id_ in graph if not graph.nodes[id_]["helix"]])
    found = helix_mixing(Arrays.of(graph))
    assert found is not None
    expected = np.asarray(found.expected)
    assert np.triu(expected).sum() == pytest.approx(graph.number_of_edges())
    total = np.zeros_like(expected)
    helix = {id_: found.groups.index(graph.nodes[id_]["helix"]) for id_ in graph}
    nodes = list(graph)
    for seed in range(300):
        by_chance = nx.configuration_model([graph.degree(id_) for id_ in nodes], seed=seed)
        for a, b in by_chance.edges():
            one, other = sorted((helix[nodes[a]], helix[nodes[b]]))
            total[one, other] += 1 / 300
    assert np.triu(total) == pytest.approx(np.triu(expected), rel=0.05, abs=1)


def test_small_worlds_and_random_networks() -> None:
    small = nx.watts_strogatz_graph(400, 10, 0.1, seed=1)
    random = nx.gnm_random_graph(400, 2000, seed=1)
    assert (network_numbers(small)["small_world"] or 0) > 5
    assert network_numbers(random)["small_world"] == pytest.approx(1, abs=0.25)


def test_an_estimate_is_said_to_be_one() -> None:
    arrays = projected(many_projects(300, 100, 1))
    found = measure(arrays, 1, ["betweenness_centralisation"], effort=Effort(exact_work=0, pivots=100))
    number = found.numbers["betweenness_centralisation"]
    exact = numbers(arrays)["betweenness_centralisation"].value
    assert not number.exact
    assert "100 of" in number.method
    assert number.value is not None
    assert exact is not None
    assert abs(number.value - exact) <= 2 * number.error


def test_no_actors_at_all() -> None:
    empty: nx.Graph[str] = nx.Graph()
    values = {id_: number.value for id_, number in numbers(empty).items()}
    assert values == dict.fromkeys(NETWORK_NUMBERS) | {"components": 0, "isolated": 0}
