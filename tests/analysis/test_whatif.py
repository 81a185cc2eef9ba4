"""Before and after: held against a plain recount by NetworkX, on random networks with random suppositions."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import date

import networkx as nx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graphsvc.analysis.measures import measure
from graphsvc.analysis.supposed import rows_of, supposed
from graphsvc.analysis.supposition import Introduction, NewActor, NewCollaboration, Supposition, settled
from graphsvc.analysis.whatif import NUMBERS, VALUES, WHO, Outcome, Seen, compare, cut_off, largest_piece
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.model import EVERYTHING, Actor, ActorKind, Collaboration, Participation, Snapshot, Theme, View
from graphsvc.network import build_network

ALL = (*NUMBERS, *WHO, *VALUES)
IDS = [f"a{number}" for number in range(9)]
Who = Mapping[str, Sequence[str]]


def snapshot(who: Who) -> Snapshot:
    actors = tuple(Actor(id=id_, name=id_.upper(), kind=ActorKind.FIRM) for id_ in IDS)
    works = tuple(Collaboration(id=id_, name=id_) for id_ in sorted(who))
    claims = tuple(Participation(actor=a, collaboration=id_, source="s") for id_ in sorted(who) for a in who[id_])
    return Snapshot(1, actors, works, claims, (Theme(id="t", name="T"),), (), (), ())


def seen(rows: Snapshot) -> Seen:
    network = build_network(rows, EVERYTHING, {})
    return Seen(network.arrays, len(network.collaborations), measure(network.arrays, 1, ALL), ())


def outcome(before: Snapshot, supposition: Supposition) -> tuple[Outcome, Supposition]:
    asked = settled(supposition, before, {})
    after = supposed(before, rows_of(asked, before, EVERYTHING), asked, {})
    return compare(seen(before), seen(after), [each.a for each in asked.introductions]), asked


def plain(who: Who, there: Sequence[str]) -> nx.Graph[str]:
    """Return the projection, made without our code."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(there)
    for members in who.values():
        graph.add_edges_from(itertools.combinations([id_ for id_ in members if id_ in there], 2))
    return graph


@st.composite
def worlds(draw: st.DrawFn) -> tuple[dict[str, list[str]], Supposition, dict[str, list[str]], list[str]]:
    """Draw who takes part in what, a supposition, and what then holds: who takes part in what, and who is there."""
    members = st.lists(st.sampled_from(IDS), unique=True, min_size=1, max_size=5)
    who = {f"c{number}": each for number, each in enumerate(draw(st.lists(members, max_size=6)))}
    gone = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=2))
    left = [id_ for id_ in IDS if id_ not in gone]
    pair = st.lists(st.sampled_from(left), unique=True, min_size=2, max_size=2)
    pairs = draw(st.lists(pair, max_size=3))
    ended = draw(st.lists(st.sampled_from(sorted(who)), unique=True, max_size=2)) if who else []
    open_ = sorted(set(who) - set(ended))
    joins = draw(st.lists(st.sampled_from(open_), unique=True, max_size=2)) if open_ else []
    works = draw(st.lists(st.lists(st.sampled_from(left), unique=True, min_size=1, max_size=4), max_size=2))
    newcomer = draw(st.booleans())
    supposition = Supposition(
        tuple(Introduction(a, b) for a, b in pairs),
        (NewActor("New", joins=tuple(joins)),) if newcomer else (),
        tuple(NewCollaboration("w", tuple(each), ("New",) if newcomer else ()) for each in works),
        tuple(gone),
        tuple(ended),
    )
    extra = ["what-if-actor-1"] if newcomer else []
    then = {id_: [*each, *(extra if id_ in joins else [])] for id_, each in who.items() if id_ not in ended}
    then |= {f"p{number}": each for number, each in enumerate(pairs)}
    then |= {f"w{number}": [*each, *extra] for number, each in enumerate(works)}
    return who, supposition, then, [*left, *extra]


@settings(deadline=None, max_examples=150)
@given(worlds())
def test_it_is_what_networkx_counts_on_a_copy(
    world: tuple[dict[str, list[str]], Supposition, dict[str, list[str]], list[str]],
) -> None:
    who, supposition, then, there = world
    assume(supposition)
    found, _ = outcome(snapshot(who), supposition)
    old, new = plain(who, IDS), plain(then, there)
    numbers = {each.id: (each.before, each.after) for each in found.numbers}
    assert numbers["components"] == tuple(map(nx.number_connected_components, (old, new)))
    assert numbers["isolated"] == tuple(map(nx.number_of_isolates, (old, new)))
    for at, graph in enumerate((old, new)):
        n = len(graph)
        sizes = [len(each) for each in nx.connected_components(graph)]
        assert numbers["largest_component"][at] == pytest.approx(max(sizes) / n)
        assert numbers["density"][at] == pytest.approx(nx.density(graph))
        assert numbers["fragmentation"][at] == pytest.approx(1 - sum(s * (s - 1) for s in sizes) / (n * (n - 1)))
        assert numbers["distance_fragmentation"][at] == pytest.approx(1 - nx.global_efficiency(graph))
        steps = [d for _, row in nx.all_pairs_shortest_path_length(graph) for d in row.values() if d]
        expected = pytest.approx(sum(steps) / len(steps)) if steps else None
        assert numbers["path_length"][at] == expected
    points = [set(nx.articulation_points(graph)) for graph in (old, new)]
    assert {each.actor for each in found.freed} == (points[0] & set(new)) - points[1]
    assert {each.actor for each in found.bound} == points[1] - points[0]
    for each in found.bound:
        rest = new.subgraph(nx.node_connected_component(new, each.actor) - {each.actor})
        assert each.cut_off == len(rest) - max(map(len, nx.connected_components(rest)))
    bridges = [{tuple(sorted(edge)) for edge in nx.bridges(graph)} for graph in (old, new)]
    assert set(found.bridges_gone) == bridges[0] - bridges[1]
    assert set(found.bridges_new) == bridges[1] - bridges[0]
    assert set(found.partnered) == {a for a in new if new.degree(a)} - {a for a in old if old.degree(a)}
    assert set(found.alone) == {a for a in new if not new.degree(a) and a in old and old.degree(a)}
    counts = {each.id: [each.before, each.after] for each in found.counts}
    assert counts["ties"] == [old.number_of_edges(), new.number_of_edges()]
    assert counts["actors"] == [len(old), len(new)]
    for touched in found.touched:
        assert touched.after["degree"] == new.degree(touched.actor)
        assert touched.after["betweenness"] == pytest.approx(nx.betweenness_centrality(new)[touched.actor])


CHAIN = {"one": ["a0", "a1"], "two": ["a1", "a2"], "far": ["a5", "a6", "a7"]}


def test_a_lone_broker_is_freed_by_a_tie_past_it() -> None:
    found, _ = outcome(snapshot(CHAIN), Supposition((Introduction("a0", "a2"),)))
    assert [(each.actor, each.cut_off) for each in found.freed] == [("a1", 1)]
    assert found.bridges_gone == (("a0", "a1"), ("a1", "a2"))
    assert not found.bound
    assert not found.bridges_new


def test_who_joins_and_who_drops_out_of_the_largest_piece() -> None:
    joined, _ = outcome(snapshot(CHAIN), Supposition((Introduction("a2", "a3"), Introduction("a2", "a5"))))
    assert joined.joined == ("a3", "a5", "a6", "a7")
    assert joined.partnered == ("a3",)
    assert [(each.actor, each.cut_off) for each in joined.bound] == [("a2", 3), ("a5", 2)]
    dropped, _ = outcome(snapshot(CHAIN), Supposition(without_actors=("a1",)))
    assert dropped.dropped == ("a0", "a2")
    assert dropped.alone == ("a0", "a2")
    ended, _ = outcome(snapshot(CHAIN), Supposition(without_collaborations=("far",)))
    assert ended.alone == ("a5", "a6", "a7")


def test_the_largest_piece_of_nothing_is_nobody() -> None:
    arrays = build_network(snapshot({}), EVERYTHING, {}).arrays
    assert largest_piece(arrays) == set()
    assert cut_off(arrays) == {}


def test_a_newcomer_works_on_its_themes_alone_unless_it_joins() -> None:
    before = snapshot(CHAIN)
    asked = Supposition(actors=(NewActor("New", ActorKind.CIVIL_SOCIETY, themes=("t",), joins=("two",)),))
    rows = rows_of(settled(asked, before, {}), before, EVERYTHING)
    assert [(each.name, each.kind) for each in rows.actors] == [("New", ActorKind.CIVIL_SOCIETY)]
    assert {each.collaboration for each in rows.participations} == {"two", "what-if-collaboration-2"}
    assert rows.collaborations[0].themes == ("t",)


def test_a_newcomer_of_a_collaboration_needs_no_more_words() -> None:
    asked = settled(Supposition(collaborations=(NewCollaboration("w", ("a0",), ("N", "N")),)), snapshot(CHAIN), {})
    assert asked.actors == (NewActor("N"),)
    rows = rows_of(asked, snapshot(CHAIN), EVERYTHING)
    assert {each.actor for each in rows.participations} == {"a0", rows.actors[0].id}


def test_ids_that_the_graph_has_are_not_taken() -> None:
    before = snapshot({"what-if-collaboration-1": ["a0"]})
    asked = Supposition((Introduction("a0", "a1"),))
    assert rows_of(asked, before, EVERYTHING).collaborations[0].id == "what-if-collaboration-2"


def test_additions_are_dated_and_themed_so_that_the_view_shows_them() -> None:
    before, asked = snapshot(CHAIN), Supposition((Introduction("a0", "a1"),))
    view = View(theme="t", since=date(2016, 1, 1), until=date(2018, 1, 1), as_of=date(2017, 1, 1))
    (work,) = rows_of(asked, before, view).collaborations
    assert (work.themes, work.start) == (("t",), date(2017, 1, 1))
    (later,) = rows_of(asked, before, View(since=date(2016, 1, 1))).collaborations
    assert later.start == date(2016, 1, 1)
    changed = supposed(before, rows_of(asked, before, view), asked, {})
    assert set(build_network(changed, view, {}).actors) == {"a0", "a1"}


def test_an_actor_leaves_with_all_its_entries() -> None:
    before = snapshot({"one": ["a0", "a1"], "two": ["a2", "a3"]})
    canonical = {"a2": "a0"}
    asked = settled(Supposition(without_actors=("a2",)), before, canonical)
    assert asked.without_actors == ("a0",)
    after = supposed(before, rows_of(asked, before, EVERYTHING), asked, canonical)
    assert {each.id for each in after.actors} == set(IDS) - {"a0", "a2"}
    assert [(each.actor, each.collaboration) for each in after.participations] == [("a1", "one"), ("a3", "two")]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (Supposition(), "Nothing is supposed"),
        (Supposition(tuple(Introduction("a0", "a1") for _ in range(201))), "201 things"),
        (Supposition((Introduction("a0", "a0"),)), "a0 and a0 are one actor"),
        (Supposition((Introduction("a2", "a0"),)), "a2 and a0 are one actor"),
        (Supposition((Introduction("a1", "a4"),), without_actors=("a4",)), "a4 is both added to and taken away"),
        (Supposition(actors=(NewActor("N", joins=("one",)),), without_collaborations=("one",)), "one is both"),
        (Supposition(actors=(NewActor("N"), NewActor("N"))), "Two hypothetical actors are called 'N'"),
        (Supposition(actors=(NewActor(" "),)), "is no name"),
        (Supposition(actors=(NewActor("a\nb"),)), "is no name"),
        (Supposition(collaborations=(NewCollaboration("w", newcomers=("\u2003",)),)), "is no name"),
        (Supposition(collaborations=(NewCollaboration("w"),)), "Nobody takes part in 'w'"),
    ],
)
def test_what_can_t_be_supposed_is_said(asked: Supposition, sentence: str) -> None:
    with pytest.raises(InvalidValue, match=sentence):
        settled(asked, snapshot(CHAIN), {"a2": "a0"})


@pytest.mark.parametrize(
    ("asked", "noun"),
    [
        (Supposition((Introduction("a0", "nobody"),)), "actor"),
        (Supposition(collaborations=(NewCollaboration("w", ("nobody",)),)), "actor"),
        (Supposition(without_actors=("nobody",)), "actor"),
        (Supposition(without_collaborations=("nothing",)), "collaboration"),
        (Supposition(actors=(NewActor("N", joins=("nothing",)),)), "collaboration"),
        (Supposition((Introduction("a0", "a1", ("nothing",)),)), "theme"),
        (Supposition(actors=(NewActor("N", place="nowhere"),)), "place"),
    ],
)
def test_what_the_graph_does_not_have_is_named(asked: Supposition, noun: str) -> None:
    with pytest.raises(NotFound, match=f"There is no {noun} with the id '(nobody|nothing|nowhere)'"):
        settled(asked, snapshot(CHAIN), {})
