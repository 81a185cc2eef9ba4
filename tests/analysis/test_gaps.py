"""Structural gaps: by hand, recomputed by the definition on small networks, and gone when their fact is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import networkx as nx
import pytest
from hypothesis import given, settings

from graphsvc.analysis.apart import find_apart
from graphsvc.analysis.brokers import find_brokers, only_links
from graphsvc.analysis.doors import find_doors, hub_threshold
from graphsvc.analysis.gaps import Gap, in_order
from graphsvc.analysis.missing import Kin
from graphsvc.analysis.results import Evidence, Noun, Side
from graphsvc.analysis.scene import Scene
from graphsvc.analysis.untied import find_untied
from tests.analysis.gap_worlds import World, worlds

ALL = 10_000


def one(gap: Gap, kind: str) -> Evidence:
    return next(each for each in gap.evidence if each.kind == kind)


def about(gaps: list[Gap]) -> list[str]:
    return [gap.about[0].id for gap in gaps]


def ids(evidence: Evidence, noun: Noun) -> list[str]:
    return [ref.id for ref in evidence.refs if ref.noun is noun]


def two_mode(world: World) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(world.actors)
    graph.add_edges_from((actor, f"collaboration/{id_}") for id_, who in world.members.items() for actor in who)
    return graph


def partners(world: World, id_: str) -> set[str]:
    return {other for who in world.members.values() if id_ in who for other in who} - {id_}


@pytest.fixture
def camps() -> World:
    """Two groups on energy that have no tie, of which each has a local firm."""
    world = World(here=frozenset({"f1", "f2"}))
    world.works("a1", "f1 u1 x1", "energy")
    world.works("a2", "f1 u1 x1", "energy")
    world.works("b1", "f2 u2 x2", "energy")
    world.works("b2", "f2 u2 x2", "water")
    return world


def test_two_communities_on_one_theme_without_a_tie(camps: World) -> None:
    (gap,), number = find_apart(camps.scene(), ALL)
    assert number == 1
    assert about([gap]) == ["energy"]
    assert gap.pair is not None
    assert set(gap.pair) == {"f1", "f2"}, "the two who would meet are local"
    both = one(gap, "both_work_on")
    assert both.numbers["a_n"] == both.numbers["b_n"] == 3
    assert {ids(both, Noun.ACTOR)[0], ids(both, Noun.ACTOR)[3]} == {"f1", "f2"}, "local ones are named first"
    assert one(gap, "no_tie").side is Side.FOR
    assert one(gap, "shared_themes").side is Side.FOR, "the pair's own reasons are there"


@pytest.mark.parametrize("fact", ["b1", "a tie", "a tie elsewhere"])
def test_a_hole_is_closed_when_a_fact_changes(camps: World, fact: str) -> None:
    wide = None
    if fact == "b1":
        camps = camps.without("b1")
    elif fact == "a tie":
        camps.works("t", "x1 x2")
    else:
        wide = camps.without("nothing")
        wide.works("t", "x1 x2")
    assert find_apart(camps.scene(wide), ALL) == ([], 0)


def test_who_works_with_both_sides_speaks_against(camps: World) -> None:
    camps.works("m1", "p1 c1", "health")
    camps.works("m2", "p1 c1", "health")
    camps.works("m3", "p1 c1", "health")
    camps.works("p2", "p1 x1")
    camps.works("p3", "p1 x2")
    (gap,), _ = find_apart(camps.scene(), ALL)
    assert ids(one(gap, "common_partners"), Noun.ACTOR) == ["p1"]
    assert one(gap, "common_partners").side is Side.AGAINST


@settings(deadline=None, max_examples=50)
@given(worlds())
def test_holes_by_the_definition(world: World) -> None:
    scene = world.scene()
    of = {id_: scene.background.community[row] for row, id_ in enumerate(scene.affiliation.ids)}
    expected: set[frozenset[int]] = set()
    for theme in {theme for each in world.collaborations.values() for theme in each.themes}:
        on = {actor for id_, who in world.members.items() if theme in world.collaborations[id_].themes for actor in who}
        size = Counter(of[actor] for actor in on)
        local = {of[actor] for actor in on if world.here is None or actor in world.here}
        groups = [group for group, n in size.items() if group >= 0 and n >= 2 and group in local]
        for a in groups:
            for b in groups:
                tied = any(of[other] == b for actor in of if of[actor] == a for other in partners(world, actor))
                if a < b and not tied:
                    expected.add(frozenset((a, b)))
    assert find_apart(scene, ALL)[1] == len(expected)


@pytest.fixture
def star() -> World:
    """A hub over which two local firms, each in a project of its own, reach a local city."""
    world = World(here=frozenset({"f1", "f2", "p1"}))
    world.works("s1", "u1 f1", "energy")
    world.works("s2", "u1 f2", "energy")
    world.works("s3", "u1 p1", "energy")
    return world


def test_a_lone_broker_and_what_hangs_on_it(star: World) -> None:
    (gap,), number = find_brokers(star.scene(), ALL)
    assert (about([gap]), number) == (["u1"], 1)
    apart = one(gap, "falls_apart")
    assert sorted(ids(apart, Noun.ACTOR)) == ["f1", "f2", "p1"]
    assert apart.numbers == {"n": 2, "actors": 3, "here": 1}
    assert sorted(ids(one(gap, "hangs_on"), Noun.COLLABORATION)) == ["s2", "s3"]
    assert gap.pair == ("f2", "f1"), "one of each of the two largest parts"


@pytest.mark.parametrize("fact", ["s2", "s3"])
def test_a_broker_of_two_parts_is_none_without_one(star: World, fact: str) -> None:
    star = star.without("s1")
    assert about(find_brokers(star.scene(), ALL)[0]) == ["u1"]
    assert find_brokers(star.without(fact).scene(), ALL) == ([], 0)


def test_a_tie_beyond_the_view_speaks_against_a_broker(star: World) -> None:
    wide = star.without("nothing")
    wide.works("far", "f1 x1")
    wide.works("further", "x1 f2")
    (gap,), _ = find_brokers(star.scene(wide), ALL)
    assert one(gap, "connected_beyond").numbers == {"n": 1, "of": 2}
    assert one(gap, "connected_beyond").side is Side.AGAINST


def _groups_without(world: World, scene: Scene, id_: str) -> Iterator[set[str]]:
    """Yield the local actors of each part of the actor's component when it goes."""
    graph = two_mode(world)
    mine = nx.node_connected_component(graph, id_)
    graph.remove_node(id_)
    for part in nx.connected_components(graph.subgraph(mine)):
        local = {actor for actor in part if not actor.startswith("collaboration/")}
        if local := {actor for actor in local if scene.local[scene.affiliation.row[actor]]}:
            yield local


@settings(deadline=None, max_examples=50)
@given(worlds())
def test_brokers_by_the_definition(world: World) -> None:
    scene = world.scene()
    gaps, number = find_brokers(scene, ALL)
    assert number == len(gaps)
    linked = {scene.affiliation.ids[row] for _, row in only_links(scene)}
    groups = {id_: sorted(map(len, _groups_without(world, scene, id_))) for id_ in world.actors}
    assert set(about(gaps)) == linked | {id_ for id_, sizes in groups.items() if len(sizes) > 1}
    for gap in gaps:
        sizes = groups[gap.about[0].id]
        if len(sizes) > 1:
            assert one(gap, "falls_apart").numbers["n"] == sum(sizes[:-1])


@settings(deadline=None, max_examples=50)
@given(worlds())
def test_only_links_by_the_definition(world: World) -> None:
    scene = world.scene()
    row, of = scene.affiliation.row, scene.background.community
    ties: dict[tuple[int, int], list[set[int]]] = {}
    for a in world.actors:
        for b in partners(world, a):
            pair = (int(of[row[a]]), int(of[row[b]]))
            if pair[0] < pair[1]:
                ties.setdefault(pair, []).append({row[a], row[b]})
    counts = {id_ for id_ in set(of.tolist()) if sum(of == id_) >= 3 and scene.local[of == id_].any()}
    expected = sorted(
        (pair, end) for pair, ends in ties.items() if set(pair) <= counts for end in set.intersection(*ends)
    )
    assert only_links(scene) == expected


def test_nobody_local_works_with_it(star: World) -> None:
    gaps, number = find_untied(star.scene(), ALL)
    assert number == 3
    gap = gaps[about(gaps).index("f1")]
    assert ids(one(gap, "works_elsewhere"), Noun.ACTOR) == ["u1"]
    assert sorted(ids(one(gap, "locals_on_theme"), Noun.ACTOR)) == ["f2", "p1"]
    assert gap.pair is not None
    assert gap.pair[0] == "f1"
    star.works("s4", "f1 p1")
    assert about(find_untied(star.scene(), ALL)[0]) == ["f2"]


def test_an_actor_without_any_partner_and_one_without_any_collaboration() -> None:
    world = World(idle=("f9",))
    world.works("k", "f1", "energy")
    world.works("l", "u1 u2", "energy")
    gaps, _ = find_untied(world.scene(), ALL)
    assert about(gaps) == ["f1", "f9"], "who has somebody to meet comes first"
    assert ids(one(gaps[0], "works_alone"), Noun.COLLABORATION) == ["k"]
    assert one(gaps[1], "works_alone").numbers["n"] == 0


@settings(deadline=None, max_examples=50)
@given(worlds())
def test_the_untied_by_the_definition(world: World) -> None:
    gaps, number = find_untied(world.scene(), ALL)
    local = set(world.actors) if world.here is None else set(world.actors) & world.here
    assert set(about(gaps)) == {id_ for id_ in local if not partners(world, id_) & local}
    assert number == len(gaps)


@pytest.fixture
def border() -> World:
    """A foreign hub of three partners that one local firm alone works with; another has somebody near it."""
    world = World(here=frozenset({"f1", "f2"}), abroad=frozenset({"u1"}))
    world.works("d1", "f1 u1", "energy")
    world.works("h1", "u1 x1 x2", "energy")
    world.works("n1", "f2 x1", "energy")
    return world


def test_a_door_and_who_could_be_a_second_one(border: World) -> None:
    (gap,), number = find_doors(border.scene(), ALL, 3)
    assert (about([gap]), number) == (["f1"], 1)
    assert ids(one(gap, "only_tie_to_hub"), Noun.ACTOR) == ["u1"]
    assert ids(one(gap, "tie_rests_on"), Noun.COLLABORATION) == ["d1"]
    assert gap.pair == ("u1", "f2")
    assert find_doors(border.scene(), ALL, 4) == ([], 0), "u1 has three partners"


@pytest.mark.parametrize("fact", ["d1", "h1", "a second door"])
def test_a_door_is_none_without_its_facts(border: World, fact: str) -> None:
    if fact == "a second door":
        border.works("d2", "f2 u1")
    else:
        border = border.without(fact)
    assert find_doors(border.scene(), ALL, 3) == ([], 0)


def test_a_tie_of_many_collaborations_is_no_thread(border: World) -> None:
    border.works("d2", "f1 u1")
    border.works("d3", "f1 u1")
    (gap,), _ = find_doors(border.scene(), ALL, 3)
    assert one(gap, "tie_rests_on").side is Side.AGAINST


@settings(deadline=None, max_examples=50)
@given(worlds())
def test_doors_by_the_definition(world: World) -> None:
    gaps, _ = find_doors(world.scene(), ALL, 2)
    found = {(gap.about[0].id, hub) for gap in gaps for hub in ids(one(gap, "only_tie_to_hub"), Noun.ACTOR)}
    expected = set()
    for hub in (world.abroad & set(world.actors)) if world.here is not None else ():
        local = partners(world, hub) & (world.here or set())
        if len(partners(world, hub)) >= 2 and len(local) == 1:
            expected.add((next(iter(local)), hub))
    assert found == expected


def test_a_hub_has_at_least_ten_partners(border: World) -> None:
    assert hub_threshold(border.scene()) == 10


def test_kin_are_nobody_to_be_brought_together(camps: World) -> None:
    camps.kin = Kin({"f1": "f1", "f2": "f1"}, lambda a, b: {a, b} == {"f1", "f2"})
    (gap,), _ = find_apart(camps.scene(), ALL)
    assert gap.pair is None


def test_ranks_begin_at_one_and_follow_the_score(star: World) -> None:
    gaps, _ = find_untied(star.scene(), ALL)
    assert [gap.rank for gap in in_order(reversed(gaps))] == [1, 2, 3]
    assert [gap.score for gap in gaps] == sorted((gap.score for gap in gaps), reverse=True)
