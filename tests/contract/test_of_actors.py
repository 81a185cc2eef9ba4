"""A page about one actor is put together from the snapshot: as the graph says it, with next to nothing asked of it."""

from __future__ import annotations

from datetime import date

import pytest

from graphsvc import chronicle, judging
from graphsvc.deciding import Deciding
from graphsvc.decisions import Reply, Why
from graphsvc.judging import Saying
from graphsvc.model import Actor, Link, LinkKind, Verdict
from graphsvc.service import Service
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.of_actors import of_actors
from tests.store.counting import Counted
from tests.store.made_up import claims, region

IDS = ("aa", "works", "works.lab", "zeta", "twice", "nobody")


@pytest.fixture
def service(store: GraphStore) -> Service:
    store.apply(region())
    twice = Link(actor="twice", other="aa", kind=LinkKind.SAME_AS, source="register")
    back = Link(actor="aa", other="twice", kind=LinkKind.MEMBER_OF, source="register")
    store.apply(claims("links", Actor(id="twice", name="Åbo"), twice, back))
    return Service(store, today=lambda: date(2026, 1, 1))


def test_what_is_said_of_an_actor_is_what_the_graph_says(store: GraphStore, service: Service) -> None:
    def same() -> None:
        found = service.outlook.of_actors()
        for id_ in IDS:
            assert found.actor(id_) == store.actor(id_)
            assert found.participations_of_actor(id_) == store.participations_of_actor(id_)
            assert found.links_of(id_) == store.links_of(id_)
        assert found.sources() == store.sources()

    same()
    assert len(store.links_of("aa")) == 3, "in either direction"
    judging.judge(store, Saying("works", "zeta", "Maija"), Verdict.DIFFERENT)
    same()
    before = len(store.participations_of_actor("works"))
    service.ledger().decide(Deciding("works", "zeta", Reply.NO, Why.ALREADY_WORK_TOGETHER, "Maija"))
    same()
    assert len(store.participations_of_actor("works")) == before + 1
    service.ledger().withdraw_last("works", "zeta", "Maija")
    same()
    assert service.outlook.of_actors() == of_actors(store.snapshot())


def test_an_actor_s_page_asks_the_graph_for_little(
    store: GraphStore, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = service.actor("works")
    assert first.participations == store.participations_of_actor("works")
    counted = Counted(store, monkeypatch)
    with counted.noted() as read:
        assert service.actor("works") == first
    said = len(store.descriptions_of_actor("works"))
    assert set(read) == {"revision/value", "descriptions/of_actor"}
    assert read["descriptions/of_actor"] == said


def test_a_history_is_the_same_from_the_snapshot_and_asks_for_rows_and_words_alone(
    store: GraphStore, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    judging.judge(store, Saying("works", "zeta", "Maija"), Verdict.DIFFERENT)
    known = service.outlook.united()
    asked = {id_: chronicle.of_body(store, known, id_) for id_ in ("aa", "works", "zeta")}
    assert sum(each.total for each in asked.values()) > 5
    service.snapshot()
    service.outlook.of_actors()
    counted = Counted(store, monkeypatch)
    with counted.noted() as read:
        assert {id_: service.history_of_actor(id_) for id_ in asked} == asked
    rows = {"records/of_actor", "records/count_of_actor", "imports/all"}
    assert {*read} <= {"revision/value", "judgements/acts", *rows}
