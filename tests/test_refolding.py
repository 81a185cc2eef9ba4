"""What is followed from one state of who stands for whom to another is what making it whole gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from random import Random
from typing import Any

import pytest

from graphsvc import findings
from graphsvc import outlook as seen
from graphsvc.analysis.results import Missing
from graphsvc.answers import ActorQuery
from graphsvc.deciding import Deciding
from graphsvc.decisions import Reply, Why
from graphsvc.judging import Saying
from graphsvc.model import ActorKind, CollaborationKind, IdentityLevel, Reach, Verdict, View
from graphsvc.network import Network, build_network
from graphsvc.resolve import bodies
from graphsvc.resolve.identity import identify
from graphsvc.resolve.name_index import NameIndex
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.opening import open_store
from graphsvc.suggesting import suggest

TODAY = date(2026, 1, 1)
PLACE = "FI197"
VIEWS = (
    View(),
    View(place=PLACE),
    View(place=PLACE, reach=Reach.INSIDE),
    View(kinds=(ActorKind.UNIVERSITY, ActorKind.FIRM)),
    View(together=(CollaborationKind.PROJECT,)),
    View(since=date(2018, 1, 1), until=date(2021, 12, 31)),
    View(as_of=date(2019, 6, 1), place=PLACE),
    View(identity=IdentityLevel.RECORDED),
    View(identity=IdentityLevel.ORGANISATION, place=PLACE),
)


@pytest.fixture
def service(sample_copy: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setattr(seen, "FOLLOWED", len(VIEWS) + 2)
    found = Service(open_store(Settings.load(store=sample_copy())), today=lambda: TODAY)
    yield found
    found.close()


def _whole(service: Service, view: View) -> Network:
    snapshot = service._store.snapshot()
    identity = identify(snapshot.actors, snapshot.links, view.identity, view.as_of or TODAY, snapshot.judgements)
    return build_network(snapshot, view, identity.canonical, bodies.shown(snapshot.actors, identity))


def _ordered(network: Network) -> list[object]:
    """Return all that a network says, in its order."""
    said = [getattr(network, each.name) for each in fields(network) if each.name != "elsewhere"]
    return [list(each.items()) if isinstance(each, dict) else each for each in said]


def test_networks_names_and_identity_follow_words_as_if_made_whole(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    themes = Counter(theme for each in service.snapshot().collaborations for theme in each.themes)
    views = [*VIEWS, View(theme=themes.most_common(1)[0][0])]
    for view in views:
        service.network(view)
    service.outlook.names()
    made = list[str]()
    monkeypatch.setattr(seen, "build_network", lambda *_: made.append("a network"))
    monkeypatch.setattr(seen, "NameIndex", lambda *_: made.append("an index"))
    dice = Random(7)  # noqa: S311  # whose words come next
    busy = sorted(service.network().actors, key=lambda id_: -len(service.network().partners(id_)))[:14]
    some = [*busy, *dice.sample(sorted(service.network().actors), 14)]
    said = list[tuple[str, str]]()
    bodies_seen = set[int]()
    for turn in range(9):
        if turn % 3 == 2:
            service.judge(Saying(*said.pop(0), "Jussi"), Verdict.DIFFERENT)
        else:
            a, b = sorted(dice.sample(some, 2))
            said.append((a, b))
            service.judge(Saying(a, b, "Maija"), Verdict.SAME)
        for view in views:
            assert _ordered(service.network(view)) == _ordered(_whole(service, view)), (turn, view)
        index, shown = service.outlook.names()
        assert vars(index) == vars(NameIndex(shown.values()))
        assert shown == _shown(service)
        snapshot = service._store.snapshot()
        for view in views:
            expected = identify(
                snapshot.actors, snapshot.links, view.identity, view.as_of or TODAY, snapshot.judgements
            )
            assert service.outlook.identity(view) == expected
        bodies_seen.add(len(service.network().actors))
    assert not made, "all was followed"
    assert len(bodies_seen) > 3


def _shown(service: Service) -> dict[str, object]:
    snapshot = service._store.snapshot()
    identity = identify(snapshot.actors, snapshot.links, IdentityLevel.CURRENT, TODAY, snapshot.judgements)
    return dict(bodies.shown(snapshot.actors, identity))


def test_what_an_earlier_state_said_stays_as_it_was(service: Service) -> None:
    a, b = sorted(service.network().actors)[:2]
    network, (index, _) = service.network(), service.outlook.names()
    before, said = _ordered(network), vars(NameIndex(network.actors.values()))
    service.judge(Saying(a, b, "Maija"), Verdict.SAME)
    assert len(service.network().actors) == len(network.actors) - 1
    assert service.outlook.names()[0] is not index
    assert _ordered(network) == before
    assert vars(index) == said


def test_facts_that_came_in_are_not_followed_from_without_them(service: Service) -> None:
    first = service.missing().partnerships[0]
    service.network()
    service.ledger().decide(Deciding(first.a, first.b, Reply.NO, Why.ALREADY_WORK_TOGETHER, "Maija"))
    others = sorted(service.network().actors)[:2]
    service.judge(Saying(others[0], others[1], "Maija"), Verdict.SAME)
    assert _ordered(service.network()) == _ordered(_whole(service, View()))
    assert service.network().met(first.a, first.b)


def test_a_list_stays_where_words_change_neither_bodies_nor_doubts_nor_decisions(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = list[View]()

    def counted(view: View, *rest: Any) -> Missing:
        made.append(view)
        return suggest(view, *rest)

    def fresh() -> Missing:
        return Service(service._store, today=lambda: TODAY).missing(top=12)

    monkeypatch.setattr(findings, "suggest", counted)
    first = service.missing(top=12)
    likely, other = first.partnerships[0], first.partnerships[1]
    outside = sorted(service.network().actors.keys() - {id_ for each in first.partnerships for id_ in (each.a, each.b)})
    service.judge(Saying(outside[0], outside[1], "Maija"), Verdict.DIFFERENT)
    assert service.missing(top=12) == replace(first, revision=service.revision())
    assert len(made) == 1
    service.judge(Saying(likely.a, likely.b, "Maija"), Verdict.UNSURE)
    doubted = service.missing(top=12)
    assert (likely.a, likely.b) not in {(each.a, each.b) for each in doubted.partnerships}
    assert doubted == fresh()
    service.ledger().decide(Deciding(other.a, other.b, Reply.NO, Why.NOT_INTERESTED, "Maija"))
    decided = service.missing(top=12)
    assert decided.decided == 1
    assert decided == fresh()
    service.judge(Saying(outside[0], outside[1], "Jussi"), Verdict.SAME)
    assert service.missing(top=12) == fresh()


def test_actors_by_partners_follow_words_as_if_made_whole(service: Service) -> None:
    def fresh() -> Service:
        return Service(service._store, today=lambda: TODAY)

    query = ActorQuery(order="-partners,name", limit=400)
    service.find_actors(query)
    a, b = (actor.id for actor in service.find_actors(query).items[:2])
    for verdict, by in ((Verdict.DIFFERENT, "Maija"), (Verdict.SAME, "Maija"), (Verdict.DIFFERENT, "Jussi")):
        if verdict is Verdict.SAME:
            service.withdraw(Saying(a, b, "Maija"))
        service.judge(Saying(a, b, by), verdict)
        for asked in (query, replace(query, text="oy"), replace(query, recorded=True)):
            assert service.find_actors(asked) == fresh().find_actors(asked)


def test_a_doubt_leaves_who_stands_for_whom_as_it_is(service: Service) -> None:
    a, b = sorted(service.network().actors)[:2]
    before = service.outlook.identity()
    service.judge(Saying(a, b, "Maija"), Verdict.UNSURE)
    after = service.outlook.identity()
    assert after.canonical is before.canonical
    assert after.undecided - before.undecided == {(a, b)}


def test_what_a_source_says_of_actors_stays_where_bodies_are_merged(service: Service) -> None:
    a, b = sorted(service.network().actors)[:2]
    before = service.outlook.of_actors()
    service.judge(Saying(a, b, "Maija"), Verdict.SAME)
    assert service.outlook.of_actors() is before
