"""A graph of before is migrated once, whoever opens it and however many at once; one of a later version is refused."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from graphsvc.errors import StatementError, StoreUnavailable, UnreadableFile
from graphsvc.settings import Settings
from graphsvc.store import backup, feed, migrating, queries
from graphsvc.store.engine import Step
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.migrating import LAST, MIGRATIONS, migrate, waiting
from graphsvc.store.opening import open_store
from graphsvc.store.queries import Statement
from tests.contract.test_times import FIRST, customers
from tests.store.made_up import region

Older = Callable[[GraphStore], None]


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> Older:
    """What makes a graph one of before: two changes have no revision, claims have other ids, no migration is noted."""
    texts = {
        "x/unnumber": "MATCH (c:Change) WHERE c.id IN ['one', 'two'] SET c.revision = null",
        "x/unname": "MATCH (:Actor)-[p:PARTICIPATES_IN {role: 'customer'}]->(:Collaboration) WHERE p.starts IS NOT NULL"
        " SET p.id = 'was-' + p.claim, p.claim = 'was-' + p.claim",
        "x/unrecord": "MATCH (r:Revision {id: 'graph'}) SET r.migrated = null",
    }
    real = queries.statement

    def statement(name: str) -> Statement:
        return (
            queries.parse(name, f"// A graph of before.\n// mode: write\n{texts[name]}")
            if name in texts
            else real(name)
        )

    monkeypatch.setattr(queries, "statement", statement)

    def make(store: GraphStore) -> None:
        for key in ("one", "two", "three"):
            store.apply(region(key))
        store.engine.write([Step(name) for name in texts])

    return make


def revisions(store: GraphStore) -> dict[str, Any]:
    return {row["id"]: row["revision"] for row in store.engine.read("changes/all")}


def state(store: GraphStore) -> Any:
    return store.engine.read("migrations/state")


def test_a_graph_of_before_is_migrated_once(store: GraphStore, older: Older) -> None:
    older(store)
    assert revisions(store) == {"one": None, "two": None, "three": 3}
    digest, revision = store.graph_hash(), store.revision()
    assert [each.number for each in waiting(store.engine)] == [*range(1, LAST + 1)]
    assert migrate(store.engine) == tuple(range(1, LAST + 1))
    assert revisions(store) == {"one": 1, "two": 2, "three": 3}
    assert [each.revision for each in feed.since(store, 0, 10)] == [1, 2, 3]
    assert migrate(store.engine) == (), "once is enough"
    assert (store.graph_hash(), store.revision()) == (digest, revision), "what is known stays"


def test_claims_of_customers_are_named_as_they_are_when_they_are_loaded(store: GraphStore, older: Older) -> None:
    def named() -> set[tuple[str, str]]:
        return {(row["id"], row["claim"]) for row in store.engine.read("migrations/customers")}

    store.apply(customers("one.xlsx", *FIRST))
    before = named()
    older(store)
    assert not named() & before and len(before) == 2
    migrate(store.engine)
    assert named() == before, "the claim without a first day is as it was"
    store.apply(customers("two.xlsx", *FIRST))
    assert store.status().participations == len(store.snapshot().participations), "two files make one claim"
    migrated = named()
    assert migrate(store.engine) == () and named() == migrated


def test_a_new_graph_has_no_need_of_any(store: GraphStore) -> None:
    assert state(store) == []
    assert migrate(store.engine) == ()
    assert state(store) == [], "an empty graph stays empty, so that an older backup can be restored into it"
    store.apply(region("one"))
    assert state(store) == [{"migrated": LAST}]
    assert migrate(store.engine) == ()


def test_two_at_once_end_as_one(store: GraphStore, older: Older) -> None:
    older(store)
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: migrate(store.engine), range(2)))
    assert revisions(store) == {"one": 1, "two": 2, "three": 3}
    assert state(store) == [{"migrated": LAST}]


def test_who_is_stopped_in_between_begins_anew(
    store: GraphStore, older: Older, monkeypatch: pytest.MonkeyPatch
) -> None:
    older(store)
    monkeypatch.setattr(migrating, "_ROWS", 1)
    real = store.engine.write
    written: list[Any] = []

    class Stopping:
        name = "stopping"
        read = store.engine.read

        def write(self, steps: list[Step]) -> None:
            if written:
                raise StatementError("killed")
            written.append(steps)
            real(steps)

    with pytest.raises(StatementError, match="killed"):
        migrate(Stopping())  # type: ignore[arg-type]
    assert revisions(store) == {"one": 1, "two": None, "three": 3}
    assert state(store) == [{"migrated": None}]


def test_a_migration_of_a_later_version_is_refused(store: GraphStore) -> None:
    store.apply(region("one"))
    store.engine.write([Step("migrations/record", {"number": LAST + 1})])
    with pytest.raises(StoreUnavailable, match=f"migration {LAST + 1}; this one knows {LAST}.*Update graphsvc"):
        migrate(store.engine)
    store.engine.write([Step("migrations/record", {"number": 1})])
    assert state(store) == [{"migrated": LAST + 1}], "nothing runs backwards"


def test_opening_migrates_and_looking_does_not(tmp_path: Path, older: Older, caplog: pytest.LogCaptureFixture) -> None:
    where = Settings.load(store=str(tmp_path / "graph.kgl"))
    store = open_store(where)
    older(store)
    store.close()
    store = open_store(where, upgrade=False)
    assert len(waiting(store.engine)) == LAST
    store.close()
    with caplog.at_level(logging.INFO, logger="graphsvc.store"):
        for _ in range(2):
            store = open_store(where)
            assert revisions(store) == {"one": 1, "two": 2, "three": 3}
            store.close()
    assert [each.message for each in caplog.records if each.name == "graphsvc.store"] == ["migrated"] * LAST
    store = open_store(where)
    store.engine.write([Step("migrations/record", {"number": LAST + 1})])
    store.close()
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="newer graphsvc"):
            open_store(where)


def test_an_older_backup_is_migrated_when_it_is_restored_and_a_newer_one_refused(
    tmp_path: Path, embedded_store: GraphStore, older: Older, monkeypatch: pytest.MonkeyPatch
) -> None:
    older(embedded_store)
    backup.save(embedded_store, tmp_path / "old")
    with monkeypatch.context() as later:
        later.setattr(backup, "LAST", LAST + 1)
        backup.save(embedded_store, tmp_path / "new")
    other = open_store(Settings.load(store=str(tmp_path / "other.kgl")))
    try:
        with pytest.raises(UnreadableFile, match="newer graphsvc"):
            backup.restore(other, tmp_path / "new")
        backup.restore(other, tmp_path / "old")
        assert revisions(other) == {"one": 1, "two": 2, "three": 3}
        assert waiting(other.engine) == ()
    finally:
        other.close()


def test_migrations_are_numbered_one_after_the_other() -> None:
    assert [each.number for each in MIGRATIONS] == list(range(1, LAST + 1))
