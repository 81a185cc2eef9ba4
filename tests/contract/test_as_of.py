"""Asked as of a day, nothing shows that begins later: lists, pages, links, names, networks, on every engine."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from graphsvc.answers import ActorQuery, CollaborationQuery
from graphsvc.errors import NotFound
from graphsvc.model import (
    Actor,
    Collaboration,
    Link,
    LinkKind,
    Name,
    NameKind,
    Participation,
    Source,
    Theme,
    View,
)
from graphsvc.service import Service
from graphsvc.store.graph_store import GraphStore
from tests.store.made_up import FILE, claims, run

CHANGE = date(2019, 1, 1)
"""The day on which everything below changes."""
BEFORE = CHANGE - timedelta(days=1)
SAID = (
    Source(id=FILE, name="The list"),
    Source(id="other", name="Another list"),
    Theme(id="energy", name="Energy"),
    Theme(id="energy.wind", name="Wind", parent="energy"),
    Actor(
        id="a",
        name="A",
        names=(
            Name(text="Old A", kind=NameKind.FORMER, until=BEFORE),
            Name(text="New A", since=CHANGE),
            Name(text="Any A"),
        ),
    ),
    Actor(id="b", name="B"),
    Actor(id="c", name="C"),
    Actor(id="c2", name="C again"),
    Collaboration(id="early", name="Early", start=date(2010, 1, 1)),
    Collaboration(id="late", name="Late", start=CHANGE, themes=("energy.wind",)),
    Collaboration(id="undated", name="Undated"),
    Participation(actor="a", collaboration="early", source=FILE),
    Participation(actor="b", collaboration="early", source=FILE),
    Participation(actor="a", collaboration="early", source="other"),
    Participation(actor="c", collaboration="early", source=FILE, start=CHANGE),
    Participation(actor="a", collaboration="late", source=FILE),
    Participation(actor="c", collaboration="late", source=FILE),
    Participation(actor="a", collaboration="undated", source=FILE),
    Link(actor="b", other="a", kind=LinkKind.UNIT_OF, since=CHANGE, source=FILE),
    Link(actor="c2", other="c", kind=LinkKind.SAME_AS, since=CHANGE, source=FILE),
)


@pytest.fixture
def service(store: GraphStore) -> Service:
    store.apply(claims("all", *SAID, import_=run(), finishes=True))
    return Service(store, today=lambda: date(2026, 1, 1))


def test_lists_hold_what_had_begun(service: Service) -> None:
    def listed(**asked: object) -> list[str]:
        return [each.id for each in service.find_collaborations(CollaborationQuery(**asked)).items]  # type: ignore[arg-type]

    assert listed() == ["early", "late", "undated"]
    assert listed(as_of=CHANGE) == ["early", "late", "undated"]
    assert listed(as_of=BEFORE) == ["early", "undated"], "what has no date may have been there"
    assert listed(actor="c") == ["early", "late"]
    assert listed(actor="c", as_of=BEFORE) == []
    assert service.find_collaborations(CollaborationQuery(as_of=BEFORE)).total == 2


def test_a_theme_counts_only_by_what_had_begun(service: Service) -> None:
    for asked in (ActorQuery(theme="energy"), ActorQuery(theme="energy", as_of=CHANGE)):
        page = service.find_actors(asked)
        assert ([actor.id for actor in page.items], page.total) == (["a", "c"], 2)
    page = service.find_actors(ActorQuery(theme="energy", as_of=BEFORE))
    assert (page.items, page.total) == ((), 0)
    recorded = service.find_actors(ActorQuery(theme="energy", as_of=BEFORE, recorded=True))
    assert (recorded.items, recorded.total) == ((), 0)


def test_an_actor_bears_the_names_of_the_day(service: Service) -> None:
    def names(as_of: date | None) -> list[str]:
        listed = next(actor for actor in service.find_actors(ActorQuery(as_of=as_of)).items if actor.id == "a")
        shown = service.actor("a", as_of).actor
        assert listed.names == shown.names
        return sorted(name.text for name in shown.names)

    assert names(None) == ["Any A", "New A", "Old A"]
    assert names(CHANGE) == ["Any A", "New A"]
    assert names(BEFORE) == ["Any A", "Old A"]


def test_an_actor_s_page_shows_what_held_already(service: Service) -> None:
    now, then = service.actor("a"), service.actor("a", BEFORE)
    assert [claim.collaboration for claim, _ in now.participations] == ["early", "early", "late", "undated"]
    assert [claim.collaboration for claim, _ in then.participations] == ["early", "early", "undated"]
    assert [actor.id for actor, _ in now.partners] == ["c", "b"]
    assert [actor.id for actor, _ in then.partners] == ["b"]
    assert (len(now.links), then.links) == (1, ())
    assert "New A" not in then.said_by.names


def test_duplicates_are_one_from_the_day_on_which_it_is_said(service: Service) -> None:
    assert service.actor("c2").actor.id == "c"
    assert service.actor("c2", BEFORE).actor.id == "c2"
    assert [actor.id for actor in service.find_actors(ActorQuery()).items] == ["a", "b", "c"]
    assert [actor.id for actor in service.find_actors(ActorQuery(as_of=BEFORE)).items] == ["a", "b", "c", "c2"]


def test_a_collaboration_s_page_shows_who_took_part_already(service: Service) -> None:
    now, then = service.collaboration("early"), service.collaboration("early", BEFORE)
    assert sorted({actor.id for _, actor in now.participations}) == ["a", "b", "c"]
    assert sorted({actor.id for _, actor in then.participations}) == ["a", "b"]
    assert [said.value for said in now.differences[0].said] == ["B", "C"]
    assert [said.value for said in then.differences[0].said] == ["B"]
    assert service.collaboration("late", CHANGE).participations
    with pytest.raises(NotFound, match="begins on 2019-01-01"):
        service.collaboration("late", BEFORE)


def test_networks_and_what_is_made_of_them_stand_on_the_day(service: Service) -> None:
    now, then = service.network(View()), service.network(View(as_of=BEFORE))
    assert set(now.collaborations) == {"early", "late", "undated"}
    assert set(then.collaborations) == {"early"}
    assert then.left_out == {"future": 1, "undated": 1}
    assert set(then.actors) == {"a", "b"}
    assert set(service.measures(View(as_of=BEFORE)).measures["degree"].values) == {"a", "b"}
    assert b"Late" not in service.export(View(as_of=BEFORE), "json")
