"""The straight line on the sample: the same numbers everywhere, and nothing that is known already sold as news."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest

from graphsvc import suggesting
from graphsvc.analysis.results import Noun, Side
from graphsvc.answers import ActorQuery, CollaborationQuery
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.judging import Saying
from graphsvc.model import ActorKind, IdentityLevel, Verdict, View
from graphsvc.samples import sample_view
from graphsvc.service import Service
from graphsvc.settings import Settings

TODAY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def service(sample_copy: Callable[[], str]) -> Iterator[Service]:
    from graphsvc.store.opening import open_store

    found = Service(open_store(Settings.load(store=sample_copy())), today=lambda: TODAY)
    yield found
    found.close()


def test_the_map_shows_the_numbers_that_the_lists_give(service: Service) -> None:
    page = service.map(sample_view())
    missing = service.missing(sample_view())
    for each in service.tell(missing, sample_view(), "en"):
        assert f'"{each.a}"' in page
        assert f"{each.score:.3f}"[:4] in page
    assert "Pirkanmaa" in page.split("</h1>")[0]


def test_no_suggestion_works_together_already_under_any_source(service: Service) -> None:
    snapshot = service.snapshot()
    identity = service.outlook.identity(View())
    met: set[frozenset[str]] = set()
    for collaboration in snapshot.collaborations:
        who = {identity.canonical[c.actor] for c in snapshot.participations if c.collaboration == collaboration.id}
        met |= {frozenset(pair) for pair in combinations(sorted(who), 2)}
    missing = service.missing(top=100)
    assert missing.partnerships
    for each in missing.partnerships:
        assert frozenset((each.a, each.b)) not in met
        assert identity.related(each.a, each.b) is None


def test_every_suggestion_has_two_reasons_and_its_score_is_their_sum(service: Service) -> None:
    for each in service.missing(top=50).partnerships:
        assert sum(reason.side is Side.FOR for reason in each.evidence) >= 2
        assert sum(reason.contribution for reason in each.evidence) == pytest.approx(each.score)
        assert all(reason.refs for reason in each.evidence)


def test_a_named_shared_partner_is_a_partner_of_both(service: Service) -> None:
    network = service.network()
    for each in service.missing(top=50).partnerships:
        for reason in each.evidence:
            if reason.kind == "shared_partners":
                partners = [ref for ref in reason.refs if ref.noun is Noun.ACTOR]
                assert partners
                for ref in partners:
                    assert network.projection.has_edge(each.a, ref.id)
                    assert network.projection.has_edge(each.b, ref.id)


def test_with_a_place_each_suggestion_has_an_actor_from_there(service: Service) -> None:
    local = service.network(sample_view()).located_in("FI197")
    for each in service.missing(sample_view(), top=50).partnerships:
        assert {each.a, each.b} & local


def test_predecessors_are_folded_from_their_day_on(service: Service) -> None:
    now, then = service.network(), service.network(View(as_of=date(2018, 6, 1)))
    recorded = service.network(View(identity=IdentityLevel.RECORDED))
    old = {
        id_ for id_, actor in recorded.actors.items() if "TTY-SAATIO" in {actor.name, *(n.text for n in actor.names)}
    }
    assert old
    assert not old & set(now.actors)
    assert old & set(then.actors)


def test_both_versions_of_the_alliance_stand_side_by_side(service: Service) -> None:
    (alliance,) = service.find_collaborations(CollaborationQuery(text="startup-allianssi")).items
    profile = service.collaboration(alliance.id)
    members: dict[str, int] = {}
    for claim, _ in profile.participations:
        members[claim.source] = members.get(claim.source, 0) + 1
    assert sorted(members.values()) == [6, 8]
    assert {source.id for source in profile.sources} >= set(members)


@pytest.mark.parametrize("text", ["TAU", "tampereen yliopisto", "Tampere University", "TAMPEREEN KORKEAKOULUSAATIO SR"])
def test_one_body_is_found_under_each_of_its_names(service: Service, text: str) -> None:
    found = {actor.business_id for actor in service.find_actors(ActorQuery(text=text)).items}
    assert "2844561-8" in found


def test_pages_hold_everything_once(service: Service) -> None:
    seen, after = [], None
    while True:
        page = service.find_actors(ActorQuery(kinds=(ActorKind.FIRM,), limit=50, after=after))
        seen += [actor.id for actor in page.items]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == page.total
    with pytest.raises(InvalidValue, match="cursor"):
        service.find_actors(ActorQuery(after="not-a-cursor"))


def test_a_profile_shows_partners_by_what_they_share(service: Service) -> None:
    tau = next(a for a in service.find_actors(ActorQuery(text="2844561-8")).items)
    profile = service.actor(tau.id)
    network = service.network()
    assert [count for _, count in profile.partners] == sorted((count for _, count in profile.partners), reverse=True)
    for partner, count in profile.partners[:20]:
        assert network.projection.edges[tau.id, partner.id]["shared"] == count
    with pytest.raises(NotFound):
        service.actor("nobody")


def test_the_export_is_the_network(service: Service) -> None:
    text = service.export(sample_view(), "graphml").decode()
    graph = nx.parse_graphml(text)
    projection = service.network(sample_view()).projection
    assert set(graph) == set(projection)
    assert graph.number_of_edges() == projection.number_of_edges()


def test_answers_are_kept_until_the_graph_changes(service: Service) -> None:
    assert service.network() is service.network()
    assert service.measures() is service.measures()
    assert service.missing(top=5) is service.missing(top=5)


def test_what_a_list_takes_is_told_for_its_place_or_actor_where_the_ground_is_there(
    sample_copy: Callable[[], str], tmp_path: Path
) -> None:
    # A home of its own: on a shelf that others fill the list may lie already, and its ground is not made then.
    service = Service.open(Settings.load(store=sample_copy(), home=tmp_path))
    a, b = sorted(service.network().actors)[:2]
    whole = suggesting.seconds(View(), service.outlook)
    assert suggesting.seconds(View(), service.outlook, a) == whole, "the ground is to be made"
    service.missing()
    assert suggesting.seconds(View(), service.outlook) == whole
    alone = {id_: suggesting.seconds(View(), service.outlook, id_) for id_ in service.network().actors}
    assert alone[a] < whole
    assert sum(alone.values()) == pytest.approx(whole)
    inside = service.network().located_in("FI197")
    part = suggesting.seconds(View(place="FI197"), service.outlook)
    assert part == pytest.approx(sum(alone[id_] for id_ in inside))
    service.judge(Saying(a, b, "Maija"), Verdict.SAME)
    assert suggesting.seconds(View(), service.outlook, a) == suggesting.seconds(View(), service.outlook)
    service.close()


def test_a_successor_of_tomorrow_takes_over_tomorrow(sample_copy: Callable[[], str]) -> None:
    from graphsvc.store.opening import open_store

    days = iter([date(2018, 12, 31), date(2019, 1, 1)])
    day = next(days)
    found = Service(open_store(Settings.load(store=sample_copy())), today=lambda: day)
    try:
        before = set(found.network().actors)
        day = next(days)
        assert set(found.network().actors) < before
    finally:
        found.close()
