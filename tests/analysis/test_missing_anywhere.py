"""Missing partnerships of any world: what holds of every list, whatever the facts are."""

from __future__ import annotations

from datetime import date

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.analysis.background import Background
from graphsvc.analysis.candidates import Asked, find_pairs
from graphsvc.analysis.features import Weights
from graphsvc.analysis.missing import ranked
from graphsvc.model import ActorKind
from tests.analysis.missing_world import DAY, World


@st.composite
def worlds(draw: st.DrawFn) -> World:
    made = World()
    names = [f"n{number}" for number in range(9)]
    for number in range(draw(st.integers(1, 8))):
        who = draw(st.sets(st.sampled_from(names), min_size=1, max_size=5))
        themes = draw(st.sets(st.sampled_from(["water", "solar", "peat"]), max_size=2))
        start = draw(st.none() | st.dates(date(2012, 1, 1), DAY))
        made.works(f"p{number}", " ".join(sorted(who)), *sorted(themes), start=start)
    for name in made.kinds:
        made.kinds[name] = draw(st.sampled_from(ActorKind))
    return made


@settings(max_examples=60, deadline=None)
@given(worlds(), st.sets(st.sampled_from([f"n{number}" for number in range(9)])))
def test_asking_about_some_is_the_list_of_all_cut_down(world: World, some: set[str]) -> None:
    background = Background(world.affiliation(), world.measures(), DAY)
    ids = background.affiliation.ids
    pool, scores = ranked(background, Weights())
    assert np.isfinite(scores).all()
    whole = [(ids[a], ids[b], score) for a, b, score in zip(pool.a, pool.b, scores, strict=True)]
    for asked, wanted in (
        (Asked.of(ids, frozenset(some), None), [line for line in whole if some & set(line[:2])]),
        (Asked.of(ids, None, frozenset(some)), [line for line in whole if some >= set(line[:2])]),
    ):
        part, part_scores = ranked(background, Weights(), asked)
        assert [(ids[a], ids[b], s) for a, b, s in zip(part.a, part.b, part_scores, strict=True)] == wanted


@settings(max_examples=60, deadline=None)
@given(worlds())
def test_candidates_are_strangers_with_a_shared_partner_or_a_rare_theme(world: World) -> None:
    affiliation = world.affiliation()
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(affiliation.ids)
    for who in world.members.values():
        graph.add_edges_from((a, b) for a in who for b in who if a < b)
    themes = {
        id_: {t for each, who in world.members.items() if id_ in who for t in world.collaborations[each].themes}
        for id_ in affiliation.ids
    }
    expected = {
        (a, b)
        for a in graph
        for b in graph
        if a < b and not graph.has_edge(a, b) and (set(graph[a]) & set(graph[b]) or themes[a] & themes[b])
    }
    found = find_pairs(Background(affiliation, world.measures(), DAY), Weights())
    ids = affiliation.ids
    assert {(ids[a], ids[b]) for a, b in zip(found.a, found.b, strict=True)} == expected
