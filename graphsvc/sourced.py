"""The rows that everything shown leads back to: of an actor, a collaboration, a source, or one by its id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graphsvc.errors import NotFound
from graphsvc.model import Actor, Collaboration, Record, Source
from graphsvc.store import records
from graphsvc.store.change import ImportRun
from graphsvc.store.finding import Found
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.records import Kept, Wanted


@dataclass(frozen=True, slots=True)
class RecordShown:
    """A row as it came, with where it came from and what it speaks of."""

    record: Record
    source: Source | None
    """None while an import that is going on takes the source out."""
    file: ImportRun | None
    """The import that brought the row: the file's name, fingerprint and time."""
    actor: Actor | None
    collaboration: Collaboration | None


def of_actor(store: GraphStore, ids: Iterable[str], wanted: Wanted) -> Found[RecordShown]:
    """Return one page of the rows that speak of an actor, by any entry of it."""
    return _shown(store, records.of_actors(store.engine, ids, wanted))


def of_collaboration(store: GraphStore, id_: str, wanted: Wanted) -> Found[RecordShown]:
    """Return one page of the rows that speak of a collaboration. :class:`NotFound` for none with this id."""
    if store.collaboration(id_) is None:
        raise NotFound("collaboration", id_)
    return _shown(store, records.of_collaboration(store.engine, id_, wanted))


def of_source(store: GraphStore, id_: str, wanted: Wanted) -> Found[RecordShown]:
    """Return one page of the rows of a source. :class:`NotFound` for none with this id."""
    if all(source.id != id_ for source in store.sources()):
        raise NotFound("source", id_)
    return _shown(store, records.of_source(store.engine, id_, wanted))


def by_id(store: GraphStore, id_: str) -> RecordShown:
    """Return one row. :class:`NotFound` for none with this id: a newer version of its file may have it no more."""
    kept = records.by_id(store.engine, id_)
    if kept is None:
        raise NotFound("record", id_)
    return _shown(store, Found((kept,), 1, None)).items[0]


def _shown(store: GraphStore, found: Found[Kept]) -> Found[RecordShown]:
    rows = [kept.record for kept in found.items]
    sources = {source.id: source for source in store.sources()} if rows else {}
    runs = {run.id: run for run in store.imports()} if rows else {}
    actors = {actor.id: actor for actor in store.actors_by_ids(row.actor for row in rows if row.actor)}
    wanted = (row.collaboration for row in rows if row.collaboration)
    collaborations = {each.id: each for each in store.collaborations_by_ids(wanted)}
    items = (
        RecordShown(
            record=kept.record,
            source=sources.get(kept.record.source),
            file=runs.get(kept.import_),
            actor=actors.get(kept.record.actor or ""),
            collaboration=collaborations.get(kept.record.collaboration or ""),
        )
        for kept in found.items
    )
    return Found(tuple(items), found.total, found.next)
