"""Introductions: what a pair brings, and that greedy choice keeps the bounds it states, held against all sets."""

from __future__ import annotations

import itertools
import math

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.axes import at_level, by_helix
from graphsvc.analysis.coverage import cover
from graphsvc.analysis.introductions import (
    COMMUNITY,
    GREEDY,
    Aim,
    Candidate,
    Gain,
    Setting,
    choose,
    pairs_once,
    worth,
)
from graphsvc.analysis.results import Community
from graphsvc.model import Actor, ActorKind, Collaboration, Theme

KINDS = {"uni": ActorKind.UNIVERSITY, "firm": ActorKind.FIRM, "city": ActorKind.PUBLIC_BODY, "odd": ActorKind.UNKNOWN}
GAINS = [Gain(Aim.CELLS, (theme, "industry")) for theme in "abcd"]
GAINS += [Gain(Aim.FIRST_PARTNERS, (actor,)) for actor in "xyz"]


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    """Draw pairs that bring things which overlap, and join pieces in rings."""
    found = []
    for number in range(draw(st.integers(1, 9))):
        brings = draw(st.lists(st.sampled_from(GAINS), unique=True, max_size=4))
        pieces = draw(st.none() | st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda two: two[0] != two[1]))
        found.append(Candidate(f"a{number}", f"b{number}", (), tuple(brings), pieces))
    return found


def counted(chosen: list[Candidate] | tuple[Candidate, ...]) -> int:
    """Return what a set brings, by the definition: distinct things, and pieces that NetworkX finds joined."""
    pieces: nx.Graph[int] = nx.Graph()
    pieces.add_nodes_from(range(5))
    pieces.add_edges_from(each.pieces for each in chosen if each.pieces)
    joined = 5 - nx.number_connected_components(pieces)
    return joined + len({gain for each in chosen for gain in each.brings})


@settings(deadline=None, max_examples=300)
@given(candidates(), st.integers(1, 4))
def test_no_set_is_better_than_the_bounds_allow(pool: list[Candidate], k: int) -> None:
    plan = choose(pool, k)
    best = max(counted(each) for size in range(k + 1) for each in itertools.combinations(pool, size))
    assert plan.worth >= GREEDY * best - 1e-9
    assert plan.worth <= best <= plan.bound
    assert plan.share <= plan.worth / best + 1e-9 if best else plan.share == 1


@settings(deadline=None)
@given(candidates(), st.integers(1, 6))
def test_lazy_choice_is_plain_greedy_choice(pool: list[Candidate], k: int) -> None:
    chosen: list[Candidate] = []
    while len(chosen) < k:
        best = max(pool, key=lambda each: counted([*chosen, each]))  # of equals the first
        if counted([*chosen, best]) == counted(chosen):
            break
        chosen.append(best)
    plan = choose(pool, k)
    assert [pool[each.place - 1] for each in plan.chosen] == chosen
    assert plan.worth == worth(chosen) == counted(chosen)


@settings(deadline=None)
@given(candidates(), st.data())
def test_what_a_pair_adds_never_grows(pool: list[Candidate], data: st.DataObject) -> None:
    """Monotone and submodular: what the bound of 1 − 1/e rests on."""
    few = data.draw(st.lists(st.sampled_from(pool), unique_by=id))
    many = few + data.draw(st.lists(st.sampled_from(pool), unique_by=id))
    each = data.draw(st.sampled_from(pool))
    early, late = (worth([*those, each]) - worth(those) for those in (few, many))
    assert early >= late >= 0


def test_the_bound_is_tight_where_nothing_overlaps() -> None:
    pool = [Candidate(f"a{n}", f"b{n}", (), (gain,), None) for n, gain in enumerate(GAINS)]
    plan = choose(pool, 3)
    assert (plan.worth, plan.bound, plan.share) == (3, 3, 1)
    assert choose(pool, 100).worth == len(GAINS)
    assert choose([], 3).share == 1


def region() -> Setting:
    """Two communities of five, a pair, and one alone; ``out`` is no actor of the place."""
    first = [f"a{n}" for n in range(COMMUNITY)]
    second = [f"b{n}" for n in range(COMMUNITY)]
    graph: nx.Graph[str] = nx.Graph()
    for group in (first, second, ["uni", "firm"]):
        graph.add_edges_from(itertools.combinations(group, 2))
    graph.add_edge("a0", "out")
    graph.add_nodes_from(["city", "odd"])
    arrays = Arrays.of(graph)
    communities = [Community(0, tuple(first), ()), Community(1, tuple(second), ()), Community(2, ("firm", "uni"), ())]
    actors = {id_: Actor(id=id_, name=id_, kind=KINDS.get(id_, ActorKind.FIRM)) for id_ in graph}
    works = {"c1": Collaboration(id="c1", name="c1", themes=("energy",))}
    affiliation = Affiliation.of(actors, works, {"c1": ("firm", "uni")}, {"c1": 2})
    home = frozenset(graph) - {"out"}
    themes = {"energy": Theme(id="energy", name="Energy")}
    coverage = cover(affiliation, by_helix(actors.values(), home), at_level(themes))
    helix_of = {id_: actor.helix or "" for id_, actor in actors.items()}
    return Setting(arrays, communities, coverage, helix_of, {"uni": ("energy",)}, home)


@pytest.mark.parametrize(
    ("pair", "brings", "joins"),
    [
        (("a0", "b0"), [Gain(Aim.COMMUNITIES, ("a0", "b0"))], True),
        (("a0", "a1"), [], False),
        (("city", "uni"), [Gain(Aim.CELLS, ("energy", "government")), Gain(Aim.FIRST_PARTNERS, ("city",))], True),
        (("firm", "uni"), [], False),
        (("odd", "uni"), [Gain(Aim.FIRST_PARTNERS, ("odd",))], True),
        (("city", "odd"), [Gain(Aim.FIRST_PARTNERS, ("city",)), Gain(Aim.FIRST_PARTNERS, ("odd",))], True),
        (("city", "out"), [], True),
        (("city", "nobody-here"), [], False),
    ],
)
def test_what_a_pair_brings(pair: tuple[str, str], brings: list[Gain], joins: bool) -> None:
    found = region().candidate(*pair)
    assert list(found.brings) == brings
    assert bool(found.pieces) == joins
    assert found.themes == (("energy",) if any(gain.aim is Aim.CELLS for gain in brings) else ())


def test_only_what_is_aimed_at_counts() -> None:
    found = region().candidate("city", "uni", (Aim.PIECES,))
    assert not found.brings
    assert not found.themes
    assert found.pieces
    assert not region().candidate("city", "uni", (Aim.CELLS,)).pieces


def test_pairs_come_once_in_the_order_of_the_list() -> None:
    assert pairs_once([("b", "a"), ("c", "d"), ("a", "b"), ("e", "e")]) == (("a", "b"), ("c", "d"))


def test_the_constant_is_that_of_the_source() -> None:
    assert pytest.approx(0.632, abs=1e-3) == GREEDY == 1 - 1 / math.e
