"""Every statement runs on a graph that holds little, and on one that was restored from a backup of such a graph.

The embedded engine knows only the properties that some node has. A pattern that asks for another one is refused there,
not answered with nothing, and a restored graph has never had what its backup lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final

import kglite
import pytest

from graphsvc.model import Actor, Claim, Collaboration, Link, LinkKind, Participation, Place, PlaceKind, Record, Theme
from graphsvc.settings import Settings
from graphsvc.store import backup, queries, records
from graphsvc.store.change import Change
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.opening import open_store
from graphsvc.store.records import Wanted
from graphsvc.store.undoing import undo
from tests.contract.test_engines_agree import example, questions
from tests.store.made_up import AT, FILE, run

READS: Final = [name for name in queries.portable_names() if queries.statement(name).mode == "read"]
WRITES: Final = [name for name in queries.portable_names() if queries.statement(name).mode == "write"]

ACTOR: Final = Actor(id="aa", name="Aalto", source=FILE)
COLLABORATION: Final = Collaboration(id="h2", name="H2", source=FILE)
OF_NOTHING: Final = Record(id="r0", source=FILE, sheet="Sheet", row=2, values={})
OF_ACTOR: Final = Record(id="r1", source=FILE, sheet="Sheet", row=3, values={}, actor="aa")
OF_COLLABORATION: Final = Record(id="r2", source=FILE, sheet="Sheet", row=4, values={}, collaboration="h2")
ONE_OF_EACH: Final[tuple[Claim, ...]] = (
    ACTOR,
    COLLABORATION,
    Actor(id="works", name="Works", source=FILE),
    Place(id="FI", name="Suomi", kind=PlaceKind.COUNTRY),
    Theme(id="energy", name="Energy"),
    Participation(actor="aa", collaboration="h2", source=FILE),
    Link(actor="works", other="aa", kind=LinkKind.MEMBER_OF, source=FILE),
)
BARE: Final[dict[str, Change | None]] = {
    "nothing": None,
    "an actor": Change("k", "k", [ACTOR], [OF_ACTOR], run(), finishes=True, at=AT),
    "a collaboration": Change("k", "k", [COLLABORATION], [OF_COLLABORATION], run(), finishes=True, at=AT),
    "what no row speaks of": Change("k", "k", ONE_OF_EACH, [OF_NOTHING], run(), finishes=True, at=AT),
}


def opened(path: Path) -> GraphStore:
    return open_store(Settings.load(store=str(path)))


@pytest.fixture(params=["as it was made", "restored from a backup"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[Change | None], Path]:
    """Make a graph that holds a change, and return where it is."""

    def make(change: Change | None) -> Path:
        path, copy = tmp_path / "graph.kgl", tmp_path / "copy.kgl"
        store = opened(path)
        if change:
            store.apply(change)
        if request.param == "as it was made":
            store.close()
            return path
        backup.save(store, tmp_path / "graph.graphsvc")
        store.close()
        restored = opened(copy)
        backup.restore(restored, tmp_path / "graph.graphsvc")
        restored.close()
        return copy

    return make


def refused(work: Callable[[], object]) -> str:
    """Return what the engine refused, or nothing."""
    try:
        work()
    except kglite.KgError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("bare", BARE)
def test_every_statement_runs(made: Callable[[Change | None], Path], bare: str) -> None:
    with closing(kglite.open_session(str(made(BARE[bare])), durable="off")) as session:

        def read(name: str, question: Mapping[str, Any]) -> None:
            session.cypher(queries.statement(name).text, params=dict(question))

        def write(name: str) -> None:
            transaction = session.begin()
            try:
                written = example(dict(queries.statement(name).parameters), empty=True)
                transaction.cypher(queries.statement(name).text, params=written)
            finally:
                transaction.rollback()  # or the next one would find what this one wrote

        told = [(name, refused(partial(read, name, question))) for name in READS for question in questions(name)]
        told += [(name, refused(partial(write, name))) for name in WRITES]
    assert [each for each in told if each[1]] == []


@pytest.mark.parametrize("bare", [name for name, change in BARE.items() if change])
def test_an_import_is_undone(made: Callable[[Change | None], Path], bare: str) -> None:
    store = opened(made(BARE[bare]))
    try:
        undo(store, run().id)
        status = store.status()
        assert (status.actors, status.collaborations, status.records) == ({}, {}, 0)
        assert records.of_actors(store.engine, ["aa"], Wanted()).total == 0
        assert records.of_collaboration(store.engine, "h2", Wanted()).total == 0
    finally:
        store.close()
