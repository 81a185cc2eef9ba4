"""The track record: baselines against NetworkX, precision by hand, intervals, traps and words."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from graphsvc.analysis.backtest import MODEL, Backtest, Truth, Window
from graphsvc.analysis.baselines import INDICES, baselines, best_of
from graphsvc.analysis.track_record import NO_BETTER, track_record, verdict
from graphsvc.errors import InvalidValue
from graphsvc.model import (
    Actor,
    Collaboration,
    IdentityLevel,
    Link,
    LinkKind,
    Participation,
    Place,
    PlaceKind,
    Snapshot,
    Source,
)
from graphsvc.resolve import bodies
from graphsvc.resolve.identity import identify
from graphsvc.tracking import ALL, PERIPHERY, NoSuchPast, Past, track

CUT = date(2018, 1, 1)
OF_NETWORKX: dict[str, Callable[..., Iterable[tuple[int, int, float]]]] = {
    "preferential_attachment": nx.preferential_attachment,
    "jaccard": nx.jaccard_coefficient,
    "adamic_adar": nx.adamic_adar_index,
    "resource_allocation": nx.resource_allocation_index,
}


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.empty_graph(draw(st.integers(2, 12)))
    pairs = list(combinations(graph, 2))
    graph.add_edges_from(draw(st.lists(st.sampled_from(pairs), unique=True)))
    return graph


@settings(max_examples=80, deadline=None)
@given(graphs(), st.integers(1, 8))
def test_baselines_are_those_of_networkx(graph: nx.Graph[int], keep: int) -> None:
    here = np.zeros(len(graph), dtype=bool)
    here[::2] = True
    found = baselines(sparse.csr_array(nx.to_scipy_sparse_array(graph)), {"all": here | True, "some": here}, keep)
    assert set(found) == set(INDICES)
    near = [(a, b) for a, b in combinations(graph, 2) if not graph.has_edge(a, b) and set(graph[a]) & set(graph[b])]
    for name, best in found.items():
        if name == "common_neighbours":
            score = {(a, b): float(len(set(graph[a]) & set(graph[b]))) for a, b in near}
        else:
            score = {(a, b): round(value, 9) for a, b, value in OF_NETWORKX[name](graph, near)}
        for scope, inside in (("all", here | True), ("some", here)):
            order = sorted((p for p in near if inside[p[0]] or inside[p[1]]), key=lambda p: (-score[p], p))
            assert list(zip(best.a[scope].tolist(), best.b[scope].tolist(), strict=True)) == order[:keep], name
        for actor in graph:
            mine = sorted((p for p in near if actor in p), key=lambda p: (-score[p], sum(p) - actor))
            partners = [other for other in best.partners[actor].tolist() if other >= 0]
            assert partners == [sum(p) - actor for p in mine], name


def test_the_best_of_scored_pairs() -> None:
    a, b, score = np.asarray([0, 0, 1]), np.asarray([1, 2, 2]), np.asarray([1.0, 3.0, 3.0])
    scopes = {"all": np.ones(3, dtype=bool), "two": np.asarray([False, True, False])}
    best = best_of(a, b, score, scopes, 2)
    assert (best.a["all"].tolist(), best.b["all"].tolist()) == ([0, 1], [2, 2])
    assert (best.a["two"].tolist(), best.b["two"].tolist()) == ([1, 0], [2, 1])
    assert best.partners[1][:3].tolist() == [2, 0, -1]


def test_truth_knows_a_pair_either_way_round() -> None:
    window = Window(np.asarray([0, 1]), np.asarray([3, 2]), np.asarray([0, 1]), 2, 0, 0)
    truth = Truth(window, 4)
    assert truth.at(np.asarray([3, 2, 0, 3]), np.asarray([0, 1, 1, 2])).tolist() == [0, 1, -1, -1]
    assert truth.of.tolist() == [1, 1, 1, 1]


def around(number: int) -> list[str]:
    """Return four neighbours on the ring."""
    return [f"a{(number + step) % 40:02}" for step in range(4)]


class Past2017:
    """Forty actors in a ring of projects of four, and what came in 2018."""

    def __init__(self) -> None:
        self.collaborations: dict[str, Collaboration] = {}
        self.members: dict[str, list[str]] = {}
        self.links: list[Link] = []
        for number in range(40):
            self.works(
                f"p{number:02}", date(2017, 1, 1 + number % 28), *(f"a{(number + step) % 40:02}" for step in range(4))
            )

    def works(self, id_: str, start: date | None, *who: str) -> None:
        """Add a collaboration."""
        self.collaborations[id_] = Collaboration(id=id_, name=id_, start=start, themes=("water",))
        self.members[id_] = list(who)

    def track(self, past: Past | None = None) -> Backtest:
        """Run a backtest."""
        actors = tuple(
            Actor(id=id_, name=id_, place="fi" if id_ < "a05" else None)
            for id_ in sorted({id_ for those in self.members.values() for id_ in those})
        )
        claims = tuple(
            Participation(actor=who, collaboration=id_, source="s")
            for id_ in sorted(self.members)
            for who in self.members[id_]
        )
        place = Place(id="fi", name="Finland", kind=PlaceKind.COUNTRY)
        collaborations = tuple(self.collaborations[id_] for id_ in sorted(self.collaborations))
        source = Source(id="s", name="s")
        snapshot = Snapshot(7, actors, collaborations, claims, (), (place,), tuple(self.links), (source,))
        identity = identify(snapshot.actors, snapshot.links, IdentityLevel.CURRENT, date(2024, 1, 1))
        return track(snapshot, past or Past(CUT), identity, bodies.shown(snapshot.actors, identity))


@pytest.fixture
def past() -> Past2017:
    made = Past2017()
    made.works("new1", date(2018, 2, 1), "a00", "a05", "a20")
    made.works("new2", date(2019, 2, 1), "a00", "a05", "stranger")
    return made


def test_precision_by_hand(past: Past2017) -> None:
    found = past.track()
    assert (found.known, found.revision, found.until) == (40, 7, date(2019, 2, 2))
    new = list(zip(found.window.a.tolist(), found.window.b.tolist(), strict=True))
    assert new == [(0, 5), (0, 20), (5, 20)], "a00–a05 came twice and counts once, with the first"
    assert found.window.first.tolist() == [0, 0, 0]
    assert found.window.unknown == 1
    everything = found.scopes[0]
    # 40 actors in a ring know three to each side: 780 − 120 pairs are open.
    assert (everything.name, everything.new) == (ALL, 3)
    assert everything.chance == pytest.approx(3 / 660)
    # Pairs at distance two: four, five or six steps along the ring. Only a00–a05 is one of them.
    at = found.listed("common_neighbours", ALL).precision[1000]
    assert at.lines == 120
    assert at.value == pytest.approx(1 / 120)
    assert at.lift == pytest.approx(660 / 360)
    assert at.low <= at.value <= at.high
    # Of three actors with new partners, two have one of two within ten lines.
    per_actor = next(each for each in found.per_actor if each.scorer == "common_neighbours")
    assert per_actor.precision_10 == pytest.approx((1 + 1 + 0) / 10 / 3)
    assert per_actor.recall_50 == pytest.approx((1 / 2 + 1 / 2 + 0) / 3)


def test_scopes_are_parts_of_all_pairs(past: Past2017) -> None:
    found = past.track(Past(CUT, places=("fi",)))
    assert [each.name for each in found.scopes] == [ALL, PERIPHERY, "fi"]
    # a00 … a04 are in Finland.
    assert found.scopes[2].new == 2
    assert {each.scope for each in found.lists} == {ALL, PERIPHERY, "fi"}


def test_a_window_ends_where_it_is_told(past: Past2017) -> None:
    past.works("new3", date(2018, 6, 1), "a10", "a30")
    assert len(past.track(Past(CUT, date(2018, 6, 1))).window.a) == 3
    assert len(past.track(Past(CUT, date(2018, 6, 2))).window.a) == 4


def test_without_a_day_the_last_year_is_hidden(past: Past2017) -> None:
    found = past.track(Past())
    assert (found.cut, found.until) == (date(2018, 2, 1), date(2019, 2, 2))


def test_what_begins_on_the_day_is_hidden(past: Past2017) -> None:
    past.works("on-the-day", CUT, "a10", "a30")
    found = past.track()
    assert (10, 30) in set(zip(found.window.a.tolist(), found.window.b.tolist(), strict=True))


def test_successors_and_units_are_no_news(past: Past2017) -> None:
    past.works("after", date(2018, 3, 1), "heir", "a02", "a25")
    past.works("unit", date(2018, 4, 1), "a10", "a30")
    past.links = [
        Link(actor="a00", other="heir", kind=LinkKind.SUCCEEDED_BY, since=date(2018, 3, 1), source="s"),
        Link(actor="a30", other="a10", kind=LinkKind.UNIT_OF, source="s"),
    ]
    found = past.track()
    assert found.known == 40, "the heir stands for a00 also before it was born"
    assert found.window.kin == 1, "a unit of a body is no partner of it"
    assert found.window.unknown == 1, "the heir is known"


def test_undated_collaborations_are_counted_and_left_out(past: Past2017) -> None:
    past.works("some-day", None, "a10", "a30")
    assert past.track().undated == 1


def test_too_little_or_too_much_is_told(past: Past2017) -> None:
    with pytest.raises(NoSuchPast, match="too few"):
        past.track(Past(date(2017, 1, 2)))
    with pytest.raises(NoSuchPast, match="No two actors"):
        past.track(Past(date(2020, 1, 1)))
    with pytest.raises(InvalidValue, match="steps"):
        past.track(Past(CUT, work=10.0))


def test_the_words_say_where_it_is_no_better(past: Past2017) -> None:
    found = past.track()
    mine = found.listed(MODEL, ALL).precision[100]
    other = found.best_baseline(ALL, 100).precision[100]
    assert (verdict(found, ALL, 100) == NO_BETTER) == (mine.value <= other.value)
    for language, no_better, better in (
        ("fi", "ei ole parempi", "-kertainen"),
        ("sv", "är inte bättre", "gånger"),
        ("en", "is no better", "times"),
    ):
        told = track_record(found, language, lambda place: place)
        assert len(told) == 2 + 2 * 4 + 1
        assert all(no_better in line or better in line for line in told[2:-1])
        assert not any("{" in line for line in told)


def with_others() -> Past2017:
    """Return the past with a window of collaborations of old partners."""
    made = Past2017()
    for number in range(10):
        made.works(f"old{number}", date(2018, 1, 2), "a00", "a01")
    return made


def test_one_large_project_makes_a_wide_interval() -> None:
    made = with_others()
    made.works("big", date(2018, 2, 1), *(f"a{number:02}" for number in range(0, 40, 4)))
    one = made.track().listed("common_neighbours", ALL).precision[1000]
    made = with_others()
    for number, (a, b) in enumerate(combinations(range(0, 40, 4), 2)):
        made.works(f"small{number}", date(2018, 2, 1), f"a{a:02}", f"a{b:02}")
    many = made.track().listed("common_neighbours", ALL).precision[1000]
    assert one.value == many.value > 0
    assert one.high - one.low > 2 * (many.high - many.low)
    assert math.isclose(one.lift, many.lift)
