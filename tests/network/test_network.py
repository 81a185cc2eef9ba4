"""The network of a view: filters one by one, folding, sizes, ties and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.analysis.results import Noun, Ref
from graphsvc.errors import NotFound
from graphsvc.model import (
    EVERYTHING,
    Actor,
    ActorKind,
    Collaboration,
    CollaborationKind,
    Participation,
    Place,
    PlaceKind,
    Reach,
    Snapshot,
    Theme,
    View,
)
from graphsvc.network import Network, build_network

PLACES = (
    Place(id="FI", name="Finland", kind=PlaceKind.COUNTRY),
    Place(id="FI197", name="Pirkanmaa", kind=PlaceKind.REGION, parent="FI"),
    Place(id="SE", name="Sweden", kind=PlaceKind.COUNTRY),
    Place(id="tampere", name="Tampere", kind=PlaceKind.MUNICIPALITY, parent="FI197"),
)
THEMES = (
    Theme(id="energy", name="Energy", name_fi="Energia"),
    Theme(id="solar", name="Solar", parent="energy"),
    Theme(id="water", name="Water"),
)
ACTORS = (
    Actor(id="city", name="City", kind=ActorKind.PUBLIC_BODY, place="tampere"),
    Actor(id="firm", name="Firm", kind=ActorKind.FIRM, place="FI197"),
    Actor(id="lonely", name="Lonely", kind=ActorKind.FIRM, place="tampere"),
    Actor(id="swede", name="Swede", kind=ActorKind.FIRM, place="SE"),
    Actor(id="uni", name="University", kind=ActorKind.UNIVERSITY, place="tampere"),
    Actor(id="unit", name="Unit", kind=ActorKind.UNIVERSITY),
)
COLLABORATIONS = (
    Collaboration(id="early", name="Early", start=date(2015, 1, 1), end=date(2017, 12, 31), themes=("solar",)),
    Collaboration(id="late", name="Late", start=date(2018, 6, 1), themes=("water",)),
    Collaboration(id="undated", name="Undated", themes=("energy",)),
)
WHO = {"early": ("city", "uni", "unit", "swede"), "late": ("city", "uni", "firm"), "undated": ("firm", "swede")}


def snapshot(who: dict[str, Sequence[str]] | None = None) -> Snapshot:
    claims = [
        Participation(actor=actor, collaboration=id_, source="s")
        for id_, each in (who or WHO).items()
        for actor in each
    ]
    return Snapshot(7, ACTORS, COLLABORATIONS, tuple(claims), THEMES, PLACES, (), ())


def of(view: View = EVERYTHING, canonical: dict[str, str] | None = None) -> Network:
    return build_network(snapshot(), view, canonical or {})


def test_everything() -> None:
    network = of()
    assert list(network.actors) == sorted(actor.id for actor in ACTORS)
    assert network.members == {id_: tuple(sorted(who)) for id_, who in WHO.items()}
    assert network.sizes == {"early": 4, "late": 3, "undated": 2}
    assert network.left_out == {}
    assert network.revision == 7


def test_a_tie_weighs_the_sum_of_one_over_size_less_one() -> None:
    projection = of().projection
    assert projection["city"]["uni"]["weight"] == pytest.approx(1 / 3 + 1 / 2)
    assert projection["city"]["uni"]["shared"] == 2
    assert projection["firm"]["swede"] == {"weight": 1.0, "shared": 1}
    assert not projection.has_edge("firm", "unit")
    assert projection.degree("lonely") == 0


def test_node_attributes() -> None:
    attributes = of().projection.nodes["city"]
    assert attributes == {
        "name": "City",
        "kind": "public_body",
        "helix": "government",
        "place": "tampere",
        "region": "FI197",
        "country": "FI",
        "themes": ("solar", "water"),
        "collaborations": 2,
    }
    assert of().projection.nodes["unit"]["country"] == ""


def test_row_by_row_it_is_the_projection() -> None:
    network = of()
    nodes: list[object] = list(network.nodes())
    ties = list(network.ties())
    assert "projection" not in vars(network)
    assert nodes == list(network.projection.nodes(data=True))
    assert ties == sorted(network.projection.edges(data=True), key=lambda tie: tie[:2])
    assert all(a < b for a, b, _ in ties)


def test_views_are_shared_and_can_not_be_changed() -> None:
    network = of()
    assert network.projection is network.projection
    with pytest.raises(nx.NetworkXError, match=r"[Ff]rozen"):
        network.projection.add_edge("city", "lonely")
    network.projection.copy().add_edge("city", "lonely")


def test_two_mode_has_both_kinds_of_nodes() -> None:
    graph = of().two_mode
    assert set(graph["collaboration/late"]) == {"city", "uni", "firm"}
    assert graph.nodes["collaboration/late"]["end"] == ""
    assert graph.nodes["collaboration/early"]["start"] == "2015-01-01"
    assert graph.number_of_nodes() == len(ACTORS) + len(COLLABORATIONS)
    assert all(graph.nodes[a]["bipartite"] != graph.nodes[b]["bipartite"] for a, b in graph.edges)


def test_folding_counts_a_body_once() -> None:
    network = of(canonical={"unit": "uni"})
    assert "unit" not in network.actors
    assert network.members["early"] == ("city", "swede", "uni")
    assert network.sizes["early"] == 3


def test_what_a_body_shows_is_in_the_network() -> None:
    """Which place and kind that is, is tested in tests/resolve/test_bodies.py."""
    bodies = {actor.id: actor.model_copy(update={"place": "tampere"}) for actor in ACTORS if actor.id != "uni"}
    network = build_network(snapshot(), EVERYTHING, {"uni": "unit"}, bodies)
    assert network.actors["unit"].place == "tampere"
    assert "unit" in network.located_in("tampere")
    assert network.projection.nodes["unit"]["place"] == "tampere"


def test_a_claim_of_two_sources_counts_once() -> None:
    twice = [
        Participation(actor=actor, collaboration="late", role=role, source=source)
        for actor in ("city", "uni")
        for source in ("s", "t")
        for role in ("", "leader")
    ]
    data = Snapshot(1, ACTORS, COLLABORATIONS, tuple(twice), THEMES, PLACES, (), ())
    network = build_network(data, EVERYTHING, {})
    assert network.sizes == {"late": 2}
    assert network.projection["city"]["uni"] == {"weight": 1.0, "shared": 1}
    assert network.left_out == {"without_participants": 2}


def test_theme_includes_themes_below_it_and_shows_only_participants() -> None:
    network = of(View(theme="energy"))
    assert set(network.collaborations) == {"early", "undated"}
    assert "lonely" not in network.actors
    assert set(of(View(theme="solar")).collaborations) == {"early"}


def test_touching_keeps_all_participants_of_what_touches_the_place() -> None:
    network = of(View(place="FI197"))
    assert set(network.collaborations) == {"early", "late", "undated"}
    assert {"swede", "lonely"} <= set(network.actors)
    sweden = of(View(place="SE"))
    assert set(sweden.collaborations) == {"early", "undated"}
    assert "lonely" not in sweden.actors


def test_isolated_locals_are_not_shown_under_a_theme_or_period() -> None:
    assert "lonely" not in of(View(place="FI197", theme="water")).actors
    assert "lonely" not in of(View(place="FI197", since=date(2018, 1, 1))).actors
    assert "lonely" not in of(View(as_of=date(2018, 1, 1))).actors


def test_inside_keeps_only_actors_of_the_place_and_the_true_size() -> None:
    network = of(View(place="tampere", reach=Reach.INSIDE))
    assert set(network.actors) == {"city", "lonely", "uni"}
    assert network.members == {"early": ("city", "uni"), "late": ("city", "uni")}
    assert network.sizes == {"early": 4, "late": 3}
    assert network.projection["city"]["uni"]["weight"] == pytest.approx(1 / 3 + 1 / 2)


def test_kinds_keep_only_these_actors_and_the_true_size() -> None:
    network = of(View(kinds=(ActorKind.FIRM,)))
    assert set(network.actors) == {"firm", "lonely", "swede"}
    assert network.members == {"early": ("swede",), "late": ("firm",), "undated": ("firm", "swede")}
    assert network.sizes["early"] == 4


def test_kinds_do_not_decide_what_touches_a_place() -> None:
    network = of(View(place="tampere", kinds=(ActorKind.FIRM,)))
    assert network.members == {"early": ("swede",), "late": ("firm",)}
    assert set(network.actors) == {"firm", "lonely", "swede"}


BOUGHT = Collaboration(id="bought", name="Bought", kind=CollaborationKind.PROCUREMENT, start=date(2016, 1, 1))


def with_a_procurement(view: View) -> Network:
    given = snapshot({**WHO, "bought": ("lonely", "city")})
    return build_network(replace(given, collaborations=(BOUGHT, *COLLABORATIONS)), view, {})


def test_a_procurement_is_no_collaboration_unless_asked_for() -> None:
    network = with_a_procurement(EVERYTHING)
    assert network.sizes == of().sizes
    assert not network.met("lonely", "city")
    assert network.left_out == {"dealing": 1}
    asked = with_a_procurement(View(together=(CollaborationKind.PROCUREMENT,)))
    assert asked.members == {"bought": ("city", "lonely")}
    assert set(asked.actors) == {"city", "lonely"}
    assert asked.met("lonely", "city")
    assert not asked.met("uni", "city")
    assert asked.left_out == {}
    both = with_a_procurement(View(together=(CollaborationKind.PROJECT, CollaborationKind.PROCUREMENT)))
    assert set(both.members) == {"early", "late", "undated", "bought"}


def test_kinds_of_collaboration_that_were_not_asked_for_do_not_count_as_left_out() -> None:
    network = of(View(together=(CollaborationKind.ALLIANCE,)))
    assert not network.members
    assert not network.left_out


@pytest.mark.parametrize(
    ("view", "kept"),
    [
        (View(since=date(2017, 12, 31)), {"early", "late"}),
        (View(since=date(2018, 1, 1)), {"late"}),
        (View(until=date(2018, 5, 31)), {"early"}),
        (View(until=date(2018, 6, 1)), {"early", "late"}),
        (View(since=date(2018, 1, 1), until=date(2018, 3, 1)), set()),
        (View(since=date(2040, 1, 1)), {"late"}),
    ],
)
def test_period(view: View, kept: set[str]) -> None:
    network = of(view)
    assert set(network.collaborations) == kept
    assert network.left_out == {"undated": 1}, "what is outside the period was not asked for"


def test_only_what_the_theme_and_place_would_show_counts_as_left_out() -> None:
    assert of(View(since=date(2018, 1, 1), theme="water")).left_out == {}
    assert of(View(since=date(2018, 1, 1), theme="energy")).left_out == {"undated": 1}
    assert of(View(as_of=date(2018, 1, 1), place="SE")).left_out == {"undated": 1}


def test_as_of_leaves_out_what_starts_later_and_says_so() -> None:
    network = of(View(as_of=date(2018, 5, 31)))
    assert set(network.collaborations) == {"early"}
    assert network.left_out == {"future": 1, "undated": 1}
    assert set(of(View(as_of=date(2018, 6, 1))).collaborations) == {"early", "late"}


def test_a_claim_with_its_own_days_holds_only_then() -> None:
    claims = (
        Participation(actor="city", collaboration="late", source="s"),
        Participation(actor="uni", collaboration="late", source="s", start=date(2020, 1, 1), end=date(2021, 1, 1)),
    )
    data = Snapshot(1, ACTORS, COLLABORATIONS, claims, THEMES, PLACES, (), ())
    assert build_network(data, View(as_of=date(2019, 1, 1)), {}).members["late"] == ("city",)
    assert build_network(data, View(as_of=date(2020, 1, 1)), {}).members["late"] == ("city", "uni")
    assert build_network(data, View(since=date(2022, 1, 1)), {}).members["late"] == ("city",)


@pytest.mark.parametrize(("view", "noun"), [(View(theme="nope"), "theme"), (View(place="nope"), "place")])
def test_unknown_theme_or_place(view: View, noun: str) -> None:
    with pytest.raises(NotFound) as caught:
        of(view)
    assert caught.value.noun == noun


def test_shared_and_partners() -> None:
    network = of()
    assert [each.id for each in network.shared("city", "uni")] == ["early", "late"]
    assert network.shared("lonely", "uni") == ()
    assert [(actor.id, count) for actor, count in network.partners("city")] == [
        ("uni", 2),
        ("firm", 1),
        ("swede", 1),
        ("unit", 1),
    ]
    with pytest.raises(NotFound):
        network.partners("nobody")


def test_met_looks_outside_the_view_but_not_into_the_future() -> None:
    water = of(View(theme="water"))
    assert water.met("city", "swede")
    assert not water.projection.has_edge("city", "swede")
    assert not of(View(as_of=date(2018, 1, 1))).met("city", "firm")
    assert not of().met("city", "stranger")


def test_names() -> None:
    network = of()
    assert network.name_of(Ref(Noun.THEME, "energy"), "fi") == "Energia"
    assert network.name_of(Ref(Noun.PLACE, "FI197"), "sv") == "Pirkanmaa"
    assert network.name_of(Ref(Noun.ACTOR, "uni"), "en") == "University"
    assert network.name_of(Ref(Noun.COLLABORATION, "late"), "en") == "Late"
    with pytest.raises(NotFound):
        network.name_of(Ref(Noun.ACTOR, "nobody"), "en")


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(WHO)), st.sets(st.sampled_from([actor.id for actor in ACTORS]))))
def test_projection_is_networkx_newman_projection(who: dict[str, set[str]]) -> None:
    network = build_network(snapshot({id_: sorted(each) for id_, each in who.items()} or {"late": []}), EVERYTHING, {})
    oracle = nx.bipartite.collaboration_weighted_projected_graph(network.two_mode, sorted(network.actors))
    assert {frozenset(edge) for edge in network.projection.edges} == {frozenset(edge) for edge in oracle.edges}
    for a, b in network.projection.edges:
        assert network.projection[a][b]["weight"] == pytest.approx(oracle[a][b]["weight"])
        assert network.projection[a][b]["shared"] == len(network.shared(a, b))


def test_a_ring_of_places_does_not_hang() -> None:
    ring = (
        Place(id="x", name="X", kind=PlaceKind.REGION, parent="y"),
        Place(id="y", name="Y", kind=PlaceKind.COUNTRY, parent="x"),
    )
    data = Snapshot(1, (Actor(id="a", name="A", place="x"),), (), (), (), ring, (), ())
    assert set(build_network(data, View(place="y"), {}).actors) == {"a"}
    assert build_network(data, EVERYTHING, {}).projection.nodes["a"]["country"] == "y"
