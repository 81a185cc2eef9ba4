"""The lists by name that are searched in memory answer as the engine does, and ask it for what they show alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any, Final

import pytest

from graphsvc import deadline, judging
from graphsvc.deciding import Deciding
from graphsvc.decisions import Reply, Why
from graphsvc.errors import StoreBusy
from graphsvc.judging import Saying
from graphsvc.model import Actor, ActorKind, Collaboration, CollaborationKind, Participation, Verdict
from graphsvc.outlook import Outlook
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store.by_name import MOST, ByName
from graphsvc.store.engine import Row
from graphsvc.store.finding import ActorSearch, CollaborationSearch, Found
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from tests.store.counting import Counted
from tests.store.made_up import claims, region

MANY: Final = 60
WHOLE: Final = {"actors/by_name", "collaborations/by_name"}
PLENTY: Final = claims(
    "plenty",
    Collaboration(id="undated", name="ei päiviä"),
    *(
        Actor(
            id=f"n{number:02}",
            name=f"{'Åbo' if number % 2 else 'Oulu'} {number % 7} akademi 😀",
            kind=ActorKind.FIRM if number % 3 else ActorKind.UNIVERSITY,
            place="nokia" if number % 5 else "FI",
        )
        for number in range(MANY)
    ),
    *(
        Collaboration(
            id=f"c{number:02}",
            name=f"Hanke {number % 4}",
            start=date(2000 + number % 9, 1, 1) if number % 6 else None,
            end=date(2010 + number % 9, 1, 1) if number % 4 else None,
            kind=CollaborationKind.NETWORK if number % 8 == 0 else CollaborationKind.PROJECT,
        )
        for number in range(MANY)
    ),
    *(
        Participation(actor="n01", collaboration=f"c{number:02}", start=date(2005, 1, number % 27 + 1), source="s")
        for number in range(0, MANY, 2)
    ),
)
ACTORS: Final = [
    ActorSearch(text=text, kinds=kinds, place=place, apart=apart, also=also)
    for text, kinds, place, (apart, also) in product(
        ("", "åbo", "AKADEMI abo 3", "999858929"),
        ((), (ActorKind.FIRM, ActorKind.UNKNOWN)),
        (None, "FI", "FI197", "nowhere"),
        (((), ()), (("aa", "n01", "n02", "gone"), ("n02", "zeta", "gone"))),
    )
]
DAY: Final = date(2006, 5, 1)
COLLABORATIONS: Final = [
    CollaborationSearch(text=text, kinds=kinds, actor=actor, active_on=active_on, as_of=as_of)
    for text, kinds, actor, active_on, as_of in product(
        ("", "hanke 2"), ((), (CollaborationKind.NETWORK,)), (None, "n01", "nobody"), (None, DAY), (None, DAY)
    )
]


@pytest.fixture
def counted(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> Counted:
    store.apply(region())
    store.apply(PLENTY)
    return Counted(store, monkeypatch)


def _paged(look: Callable[..., Found[Any]], search: Any, limit: int) -> list[Any]:
    """Return the pages of a search, to its end."""
    pages, after = [], None
    while True:
        page = look(search, limit=limit, after=after)
        pages.append(page)
        after = page.next
        if after is None:
            return pages


def _warm(by_name: ByName) -> None:
    """A first question of each list is asked of the engine."""
    for _ in range(2):
        by_name.actors(ActorSearch())
        by_name.collaborations(CollaborationSearch())


def test_each_search_finds_what_the_engine_finds(store: GraphStore, counted: Counted) -> None:
    by_name, found = ByName(store), 0
    every = 1 if "embedded" in store.engine.name else 5  # a server takes a hundred times as long for each
    _warm(by_name)
    for search in ACTORS[::every]:
        asked = _paged(store.actors, search, 40)
        with counted.noted() as read:
            assert _paged(by_name.actors, search, 40) == asked, search
        assert "actors/search" not in read
        found += asked[0].total
    for about in COLLABORATIONS[::every]:
        told = _paged(store.collaborations, about, 25)
        with counted.noted() as read:
            assert _paged(by_name.collaborations, about, 25) == told, about
        assert "collaborations/search" not in read
        found += told[0].total
    assert found > 200, "these questions find something"


def test_a_page_reads_no_more_of_the_engine_than_it_shows(store: GraphStore, counted: Counted) -> None:
    by_name = ByName(store)
    with counted.noted() as read:
        by_name.actors(ActorSearch(text="åbo"), limit=5)
        by_name.collaborations(CollaborationSearch(actor="n01"), limit=5)
    assert WHOLE.isdisjoint(read), "one question is cheaper asked of the engine"
    _warm(by_name)
    with counted.noted() as read:
        assert by_name.actors(ActorSearch(text="åbo"), limit=5).total == MANY // 2 + 1
    assert read == {"revision/value": 1, "actors/by_ids": 5}
    with counted.noted() as read:
        assert by_name.collaborations(CollaborationSearch(actor="n01"), limit=5).total == MANY // 2
    assert read == {"revision/value": 1, "collaborations/of_actor": MANY // 2, "collaborations/by_ids": 5}


def test_a_page_of_a_graph_that_is_read_already_asks_for_its_revision_alone(
    store: GraphStore, counted: Counted
) -> None:
    outlook = Outlook(store, lambda: DAY)
    _warm(outlook.by_name)
    outlook.snapshot()
    for search in ACTORS[::5]:
        with counted.noted() as read:
            found = outlook.by_name.actors(search, limit=40)
        assert found == store.actors(search, limit=40)
        assert set(read) == {"revision/value"}
    for about in COLLABORATIONS[::5]:
        with counted.noted() as read:
            told = outlook.by_name.collaborations(about, limit=25)
        assert told == store.collaborations(about, limit=25)
        assert set(read) == {"revision/value"}


def _read_to_the_end() -> None:
    for thread in threading.enumerate():
        if thread.name == "by-name":
            thread.join(60)


def test_nobody_waits_for_the_list(store: GraphStore, counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    by_name, real, failed = ByName(store), counted.read, list[str]()

    def read(statement: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        if statement == "actors/by_name" and not failed:
            failed.append(statement)
            raise StoreBusy("Too much to do.", remedy="Try again in a moment.")
        return real(statement, parameters)

    def asked() -> bool:
        with deadline.within(60), counted.noted() as told:
            assert by_name.actors(ActorSearch(text="åbo"), limit=5).total == MANY // 2 + 1
        return "actors/search" in told

    monkeypatch.setattr(counted, "read", read)
    assert asked(), "one question is cheaper asked of the engine"
    assert asked(), "the list is being read aside"
    _read_to_the_end()
    assert failed == ["actors/by_name"]
    assert asked(), "it could not be read, and is tried anew"
    _read_to_the_end()
    assert not asked()


def test_what_needs_more_than_the_list_is_asked_of_the_engine(store: GraphStore, counted: Counted) -> None:
    by_name = ByName(store)
    _warm(by_name)
    with counted.noted() as read:
        assert [actor.id for actor in by_name.actors(ActorSearch(theme="energy")).items] == ["works", "zeta", "aa"]
        assert by_name.actors(ActorSearch(), limit=MOST + 1).total == MANY + 4
        assert by_name.collaborations(CollaborationSearch(source="register")).total == 1
    assert read["actors/search"] == 3 + MANY + 4
    assert read["collaborations/search"] == 1


def test_a_word_of_a_person_is_followed_and_an_import_read_anew(store: GraphStore, counted: Counted) -> None:
    by_name, service = ByName(store), Service(store, today=lambda: date(2026, 1, 1))
    _warm(by_name)

    def follows(*, whole: bool) -> None:
        with counted.noted() as read:
            for _ in range(2):
                actors = by_name.actors(ActorSearch(), limit=99)
                collaborations = by_name.collaborations(CollaborationSearch(), limit=99)
        assert set(read) >= WHOLE if whole else WHOLE.isdisjoint(read), read
        assert whole or "actors/search" not in read
        assert actors == store.actors(ActorSearch(), limit=99)
        assert collaborations == store.collaborations(CollaborationSearch(), limit=99)

    follows(whole=False)
    judging.judge(store, Saying("n01", "n02", "Maija"), Verdict.SAME)
    follows(whole=False)
    ledger = service.ledger()
    ledger.decide(Deciding("n01", "n04", Reply.NO, Why.ALREADY_WORK_TOGETHER, "Maija", since=date(2020, 1, 1)))
    follows(whole=False)
    assert store.collaborations(CollaborationSearch(text="oulu")).total == 1, "what a person knows is in the list"
    ledger.withdraw_last("n01", "n04", "Maija")
    follows(whole=True)
    store.apply(claims("more", Actor(id="new", name="Aivan uusi")))
    follows(whole=True)
    store.apply(replace(claims("less", Actor(id="new", name="Uudempi")), by="Maija"))
    follows(whole=True)


def test_another_graph_is_not_taken_for_this_one(
    store: GraphStore, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_name, another = ByName(store), open_store(Settings.load(store=":memory:"))
    _warm(by_name)
    for number in range(3):
        another.apply(claims(f"judgement:{number}", Actor(id=f"other{number}", name="Other")))
    with monkeypatch.context() as patched:  # as where a backup is put back under a running service
        patched.setattr(store, "_engine", another.engine)
        for _ in range(2):
            assert [actor.id for actor in by_name.actors(ActorSearch()).items] == ["other0", "other1", "other2"]
    another.close()
