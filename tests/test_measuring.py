"""Measures over time and between days are the numbers that the graph has as of those days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from graphsvc.analysis.costs import Cost, estimate
from graphsvc.analysis.measures import ACTOR_MEASURES, NETWORK_NUMBERS
from graphsvc.errors import InvalidValue
from graphsvc.measuring import Between, Course, on, state, within
from graphsvc.model import View
from graphsvc.service import Service
from graphsvc.settings import Settings

EARLIER, LATER = date(2016, 12, 31), date(2019, 12, 31)


@pytest.fixture(scope="module")
def service(sample_copy: Callable[[], str]) -> Iterator[Service]:
    service = Service.open(Settings(store=sample_copy()))
    yield service
    service.close()


def test_each_year_has_the_numbers_of_its_last_day(service: Service) -> None:
    view = View(place="FI197")
    actor = "fi-2844561-8"
    found = service.over_time(Course(2016, 2018, view, (*NETWORK_NUMBERS, "betweenness", "degree"), (actor,)))
    assert [point.day for point in found.points] == [date(year, 12, 31) for year in (2016, 2017, 2018)]
    for point in found.points:
        then = View(place="FI197", as_of=point.day)
        whole = service.measures(then, (*NETWORK_NUMBERS, "betweenness", "degree"))
        assert point.numbers == whole.numbers
        assert point.values[actor] == {id_: whole.measures[id_].values[actor] for id_ in ("degree", "betweenness")}
        assert (point.actors, point.ties) == (len(service.network(then).actors), service.network(then).arrays.edges)


@pytest.mark.parametrize("measure", [id_ for id_ in ACTOR_MEASURES if id_ != "participation"])
def test_who_moved_is_the_difference_of_two_days(service: Service, measure: str) -> None:
    found = service.change(Between(EARLIER, LATER, measure=measure, actors=("fi-2844561-8",)))
    then, now = (service.measures(View(as_of=day), (measure,)).measures[measure].values for day in (EARLIER, LATER))
    assert {each.actor: (each.before, each.after) for each in found.moved} == {
        id_: (then[id_], now[id_]) for id_ in then.keys() & now.keys() if then[id_] != now[id_]
    }
    (explained,) = found.explanations
    assert (explained.before, explained.after) == (then["fi-2844561-8"], now["fi-2844561-8"])
    before, after = then["fi-2844561-8"], now["fi-2844561-8"]
    assert explained.own + explained.elsewhere == pytest.approx(after - before)


def test_a_cause_is_what_the_view_without_the_collaboration_lacks(service: Service) -> None:
    """The effect is found again from the two-mode network, by NetworkX, without our arrays."""
    import networkx as nx

    found = service.change(Between(EARLIER, LATER, measure="betweenness"))
    cause = next(each for one in found.explanations for each in one.causes if each.own)
    actor = next(one.actor for one in found.explanations if cause in one.causes)
    network = service.network(View(as_of=LATER))

    def betweenness(left_out: str) -> float:
        graph: nx.Graph[str] = nx.Graph()
        for id_, members in network.members.items():
            if id_ != left_out:
                graph.add_nodes_from(members)
                graph.add_edges_from((a, b) for a in members for b in members if a < b)
        return nx.betweenness_centrality(graph).get(actor, 0.0)

    assert cause.effect == pytest.approx(betweenness("") - betweenness(cause.collaboration))


def test_what_had_ended_is_gone_where_only_what_runs_is_asked_for(service: Service) -> None:
    standing, running = (service.change(Between(EARLIER, LATER, running=each)) for each in (False, True))
    assert not standing.turnover.gone_ties
    assert running.turnover.gone_ties
    ended = {id_ for id_, how in running.turnover.collaborations.items() if how == "ended"}
    ends = {each.id: each.end for each in service.snapshot().collaborations}
    assert ended
    for id_ in ended:
        end = ends[id_]
        assert end is not None
        assert EARLIER <= end < LATER


def test_a_body_that_became_part_of_another_is_said_to_be(service: Service) -> None:
    """The university of technology became part of the new university on 1 January 2019."""
    found = service.change(Between(date(2018, 12, 31), LATER))
    assert found.turnover.gone_actors == ("pic-990343811",)
    assert found.absorbed == {"pic-990343811": "fi-2844561-8"}
    assert not service.change(Between(LATER, date(2020, 12, 31))).absorbed


def test_the_state_of_a_network_has_its_ties(service: Service) -> None:
    network = service.network(View(as_of=LATER))
    made = state(network).arrays
    assert made.ids == network.arrays.ids
    assert (made.weights != network.arrays.weights).nnz == 0
    assert made.labels == network.arrays.labels


def test_too_much_is_refused_with_what_it_would_take(service: Service) -> None:
    with pytest.raises(InvalidValue, match=r"betweenness .* seconds|seconds of one core \(.*betweenness"):
        service.over_time(Course(2014, 2019, measures=("betweenness",), most=1e-6), remedy="Take fewer.")
    with pytest.raises(InvalidValue, match="Take fewer"):
        service.change(Between(EARLIER, LATER, most=1e-6), remedy="Take fewer.")
    within(Cost(5.0, frozenset(), {"degree": 5.0}), None, remedy="")


def test_less_time_tries_fewer_one_by_one(service: Service) -> None:
    ask = Between(date(2015, 12, 31), LATER, actors=("fi-2844561-8",))
    then, now = (service.network(View(as_of=day)).arrays for day in (ask.earlier, ask.later))
    both = sum(estimate(each, ("community", ask.measure)).seconds for each in (then, now))
    four_more = both + 4.5 * estimate(now, (ask.measure,)).seconds
    (full,), (short,) = (service.change(each).explanations for each in (ask, replace(ask, most=four_more)))
    assert full.own == short.own
    assert (len(full.causes), len(short.causes)) == (10, 3)
    assert short.untried == full.untried + 7


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (Course(2019, 2014), "no years in order"),
        (Course(1900, 2000), "no years in order"),
        (Course(2014, 2015, measures=("fame",)), "no measure fame"),
        (Course(2014, 2015, View(as_of=EARLIER)), "Leave out as_of"),
    ],
)
def test_what_can_t_be_asked_over_time(service: Service, ask: Course, sentence: str) -> None:
    with pytest.raises(InvalidValue, match=sentence):
        service.over_time(ask)


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (Between(LATER, EARLIER), "is not after"),
        (Between(EARLIER, LATER, measure="density"), "Actors have no measure density"),
        (Between(EARLIER, LATER, View(since=EARLIER), running=True), "Leave out since"),
    ],
)
def test_what_can_t_be_asked_between_days(service: Service, ask: Between, sentence: str) -> None:
    with pytest.raises(InvalidValue, match=sentence):
        service.change(ask)


def test_a_day_keeps_the_rest_of_the_view() -> None:
    asked = View(theme="t", place="FI197", since=date(2015, 1, 1))
    assert on(asked, LATER) == View(theme="t", place="FI197", since=date(2015, 1, 1), as_of=LATER)
    assert on(View(place="FI197"), LATER, running=True) == View(place="FI197", since=LATER, as_of=LATER)
