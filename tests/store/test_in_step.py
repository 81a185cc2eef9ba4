"""A snapshot that is kept in step is the one that reading all gives, and is read anew only where it has to be."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graphsvc.deciding import Deciding, Following
from graphsvc.decisions import Event, Reply, Why
from graphsvc.judging import Saying
from graphsvc.model import Contact, Snapshot, Verdict
from graphsvc.samples import sample_path
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.store import contacts, in_step, whole
from graphsvc.store.engine import Engine, Row
from graphsvc.store.in_step import InStep
from graphsvc.store.opening import open_store

TIE = b"Actor,Project\nTampere University,A new thing\nVTT,A new thing\n"


class Counted:
    """An engine that counts how often all actors are read."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.whole = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        self.whole += statement == "actors/all"
        return self._engine.read(statement, parameters)


@pytest.fixture
def service(sample_copy: Callable[[], str]) -> Iterator[Service]:
    found = Service(open_store(Settings.load(store=sample_copy())), today=lambda: date(2026, 1, 1))
    yield found
    found.close()


@pytest.fixture
def counted(service: Service, monkeypatch: pytest.MonkeyPatch) -> Counted:
    made = Counted(service._store.engine)
    monkeypatch.setattr(service._store, "_engine", made)
    return made


def test_words_of_persons_are_followed_without_reading_all(service: Service, counted: Counted) -> None:
    pairs = [(each.a, each.b) for each in service.missing().partnerships]
    in_step, ledger = InStep(service._store), service.ledger()
    in_step.snapshot()

    def whole_after(*, reads: int = 0) -> None:
        before = counted.whole
        found = in_step.snapshot()
        assert counted.whole == before + reads
        assert found == service._store.snapshot()

    whole_after()
    ledger.decide(Deciding(*pairs[0], Reply.NO, Why.COMPETITORS, "Maija"))
    whole_after()
    ledger.decide(Deciding(*pairs[1], Reply.ACCEPT, Why.GOOD_FIT, "Maija"))
    ledger.follow_up(Following(*pairs[1], Event.INTRODUCED, "Maija"))
    whole_after()
    for pair in pairs[2:5]:
        ledger.decide(Deciding(*pair, Reply.NO, Why.ALREADY_WORK_TOGETHER, "Maija", since=date(2020, 1, 1)))
    whole_after()
    assert sum(each.source == "coordinator" for each in in_step.snapshot().collaborations) == 3
    ledger.withdraw_last(*pairs[0], "Maija")
    whole_after()
    ledger.withdraw_last(*pairs[2], "Maija")
    whole_after(reads=1)  # a fact taken back may take more with it
    for verdict in (Verdict.SAME, Verdict.UNSURE, Verdict.DIFFERENT):
        service.judge(Saying(*pairs[6], "Maija"), verdict)
        whole_after()
    service.withdraw(Saying(*pairs[6], "Maija"))
    whole_after()
    contact = Contact(
        actor=pairs[0][0], name="Maija Meri", email="m@example.org", purpose="newsletter", until=date(2027, 1, 1)
    )
    contacts.add(service._store, contact)
    whole_after()


def test_an_import_is_read_with_all_that_it_may_touch(service: Service, counted: Counted, tmp_path: Path) -> None:
    in_step = InStep(service._store)
    in_step.snapshot()
    path = tmp_path / "more.csv"
    path.write_bytes(TIE)
    service.load(service.check(path))
    before = counted.whole
    assert in_step.snapshot() == service._store.snapshot()
    assert counted.whole == before + 2, "one of them is this test's own"


def test_another_graph_with_as_many_changes_is_not_taken_for_this_one(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = service.missing().partnerships[0]
    another = Service(open_store(Settings.load(store=":memory:")), today=lambda: date(2026, 1, 1))
    another.load(another.check(sample_path()))
    in_step = InStep(service._store)
    assert in_step.snapshot().revision == another._store.revision()
    another.judge(Saying(first.a, first.b, "Maija"), Verdict.DIFFERENT)
    engine = Counted(another._store.engine)
    with monkeypatch.context() as patched:  # as where a backup is put back under a running service
        patched.setattr(service._store, "_engine", engine)
        assert in_step.snapshot().revision == another._store.revision()
    assert engine.whole == 1
    another.close()


def test_what_is_made_of_the_snapshot_stays_where_only_a_decision_came_in(service: Service) -> None:
    first = service.missing().partnerships[0]
    outlook = service.outlook
    network, identity = outlook.network(), outlook.identity()
    before = service.missing()
    service.ledger().decide(Deciding(first.a, first.b, Reply.NO, Why.COMPETITORS, "Maija"))
    after = outlook.network()
    assert after.revision == network.revision + 1
    assert after.affiliation is network.affiliation
    assert outlook.identity() is identity
    assert service.missing().partnerships != before.partnerships
    assert service.missing().revision == after.revision
    names = outlook.names()[0]
    service.judge(Saying(first.a, first.b, "Maija"), Verdict.UNSURE)
    assert outlook.identity().undecided != identity.undecided
    assert outlook.network().affiliation is network.affiliation and outlook.names()[0] is names, "nothing was folded"
    service.judge(Saying(first.a, first.b, "Maija"), Verdict.SAME)
    assert outlook.identity() is not identity
    assert outlook.network().affiliation is not network.affiliation
    assert len(outlook.network().actors) == len(network.actors) - 1
    assert outlook.names()[0] is not names
    merged, revision = outlook.network(), outlook.snapshot().revision
    service.judge(Saying(first.a, first.b, "Jussi"), Verdict.DIFFERENT)
    assert outlook.snapshot().revision > revision and len(outlook.network().actors) == len(network.actors)
    parted = outlook.network()
    other = service.missing().partnerships[0]
    service.ledger().decide(Deciding(other.a, other.b, Reply.NO, Why.ALREADY_WORK_TOGETHER, "Maija"))
    assert parted.affiliation is not merged.affiliation
    assert len(outlook.network().collaborations) == len(parted.collaborations) + 1, "a fact came in"


def test_a_large_snapshot_is_none_of_the_garbage_collectors(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "LARGE", 0)
    try:
        actors = InStep(service._store).snapshot().actors
        looked_through = {id(each) for each in gc.get_objects()}
        assert not any(id(actor) in looked_through for actor in actors)
    finally:
        gc.unfreeze()


def test_what_was_set_apart_is_looked_through_before_the_next_is_read(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then there is least of it: with a second large graph there, all threads would wait for a second and more."""
    monkeypatch.setattr(whole, "LARGE", 0)
    done = list[str]()
    store, step = service._store, InStep(service._store)
    read = store.snapshot
    monkeypatch.setattr(in_step, "look_through_all", lambda: done.append("looked through"))

    def noted() -> Snapshot:
        done.append("read")
        return read()

    monkeypatch.setattr(store, "snapshot", noted)
    try:
        step.snapshot()
        step.snapshot()
        assert done == ["read"]
        assert step._known
        step._known = replace(step._known, stamps=frozenset())  # as if it were another graph
        step.snapshot()
        assert done == ["read", "looked through", "read"]
    finally:
        gc.unfreeze()
