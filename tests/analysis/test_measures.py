"""Asking for some measures: only they are computed, the cost is told before, the work can be watched and stopped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.catalogue import ALL, CATALOGUE, SHOWN
from graphsvc.analysis.costs import estimate
from graphsvc.analysis.effort import DEFAULT, Cancelled, Effort
from graphsvc.analysis.measures import ACTOR_MEASURES, NETWORK_NUMBERS, SHOWN_ACTOR_MEASURES, measure
from graphsvc.errors import InvalidValue
from tests.analysis.made_up_networks import as_graph, many_projects, projected


@pytest.fixture(scope="module")
def arrays() -> Arrays:
    return projected(many_projects(500, 160, 7))


@pytest.mark.parametrize("id_", sorted(ALL))
def test_one_alone_is_the_same_as_all_together(id_: str, arrays: Arrays) -> None:
    alone, everything = measure(replace(arrays, _derived={}), 1, [id_]), measure(arrays, 1, ALL)
    if id_ in ACTOR_MEASURES:
        assert alone.measures == {id_: everything.measures[id_]}
        assert alone.measures[id_].version == CATALOGUE[id_].version
    elif id_ in NETWORK_NUMBERS:
        assert alone.numbers == {id_: everything.numbers[id_]}
    else:
        assert not alone.measures
        assert not alone.numbers
    assert (alone.mixing is not None) == (id_ == "helix_mixing")


def test_nobody_says_which() -> None:
    found = measure(projected(many_projects(30, 10, 1)), 5)
    assert tuple(found.measures) == SHOWN_ACTOR_MEASURES
    assert found.numbers == {}
    assert found.communities


def test_a_networkx_graph_gives_what_its_arrays_give(arrays: Arrays) -> None:
    ours, theirs = measure(arrays, 1, SHOWN), measure(as_graph(arrays), 1, SHOWN)
    assert ours.communities == theirs.communities
    for id_, each in ours.measures.items():
        assert theirs.measures[id_].values == pytest.approx(each.values, abs=1e-12)


def test_what_there_is_not_is_named(arrays: Arrays) -> None:
    with pytest.raises(InvalidValue, match="no measure beauty, luck"):
        measure(arrays, 1, ["degree", "luck", "beauty"])


def test_another_effort_on_the_same_arrays_is_another_answer(arrays: Arrays) -> None:
    sampled = measure(arrays, 1, ["betweenness"], effort=Effort(exact_work=0, pivots=50)).measures["betweenness"]
    assert measure(arrays, 1, ["betweenness"]).measures["betweenness"].exact
    assert not sampled.exact


def test_progress_only_goes_forward_and_ends(arrays: Arrays) -> None:
    told: list[tuple[int, int]] = []
    measure(replace(arrays, _derived={}), 1, ALL, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (1000, 1000)
    assert len(told) > 10


@pytest.mark.parametrize("id_", ["betweenness", "harmonic_closeness", "clustering", "pagerank", "eigenvector"])
def test_long_work_can_be_stopped_in_the_middle(id_: str, arrays: Arrays) -> None:
    asked = 0

    def nobody_waits() -> bool:
        nonlocal asked
        asked += 1
        return asked > 1  # the first time is before the measure begins

    fresh = replace(arrays, _derived={})
    with pytest.raises(Cancelled):
        measure(fresh, 1, [id_], cancelled=nobody_waits)
    assert measure(fresh, 1, [id_]) == measure(arrays, 1, [id_]), "what was stopped left nothing half done"


def test_who_watches_changes_no_number(arrays: Arrays) -> None:
    watched = measure(replace(arrays, _derived={}), 1, ALL, progress=lambda *_: None, cancelled=lambda: False)
    assert watched == measure(arrays, 1, ALL)


def test_cost_grows_with_the_network_and_tells_what_is_sampled(arrays: Arrays) -> None:
    larger = projected(many_projects(3000, 1000, 7))
    assert estimate(larger, ALL).seconds > estimate(arrays, ALL).seconds
    assert estimate(arrays, ALL).sampled == frozenset()
    few = Effort(exact_work=0, pivots=50)
    assert estimate(arrays, ALL, few).sampled == {"betweenness", "betweenness_centralisation"}
    assert estimate(arrays, ["degree"], few).sampled == frozenset()
    assert estimate(larger, ["betweenness"], few).seconds < estimate(larger, ["betweenness"]).seconds


def test_work_that_measures_share_is_counted_once(arrays: Arrays) -> None:
    both = estimate(arrays, ["constraint", "effective_size"], DEFAULT)
    assert both.seconds < 1.2 * estimate(arrays, ["constraint"]).seconds + 0.01
    assert set(both.by_measure) == {"constraint", "effective_size"}
    assert both.seconds == pytest.approx(sum(both.by_measure.values()))


def test_the_quick_ones_are_cheaper_than_all(arrays: Arrays) -> None:
    assert estimate(arrays, SHOWN).seconds < estimate(arrays, ALL).seconds
    assert estimate(arrays, []).seconds == 0
