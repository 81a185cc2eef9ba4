"""What the graph holds, in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from graphsvc.model import Source
from graphsvc.store.change import ImportRun
from graphsvc.store.engine import Engine
from graphsvc.store.history import history_of, order_of


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source with the day it speaks of and when it was last read."""

    id: str
    name: str
    stated: date | None
    address: str | None
    publisher: str | None
    terms: str | None
    records: int
    imported: datetime | None
    """When its last finished import ended; None for a source that is only spoken of."""
    file: str | None
    """Name of the file that import read."""
    precedence: int | None
    """Its place among the file sources, 1 being believed first; None for a source that is only spoken of."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the graph holds at one revision."""

    revision: int
    engine: str
    actors: Mapping[str, int]
    """Kind → number."""
    collaborations: Mapping[str, int]
    """Kind → number."""
    participations: int
    themes: int
    places: int
    links: int
    records: int
    sources: tuple[SourceStatus, ...]


def status_of(engine: Engine, revision: int, sources: Iterable[Source], imports: Iterable[ImportRun]) -> Status:
    """Count everything with one statement each."""
    listed = sources_of(engine, sources, imports)
    return Status(
        revision=revision,
        engine=engine.name,
        actors=_by(engine, "actors/count_by_kind", "kind"),
        collaborations=_by(engine, "collaborations/count_by_kind", "kind"),
        participations=_total(engine, "participations/count"),
        themes=_total(engine, "themes/count"),
        places=_total(engine, "places/count"),
        links=_total(engine, "links/count"),
        records=sum(source.records for source in listed),
        sources=listed,
    )


def sources_of(engine: Engine, sources: Iterable[Source], imports: Iterable[ImportRun]) -> tuple[SourceStatus, ...]:
    """Return every source: the files in the order of precedence, then those only spoken of, by id."""
    records = _by(engine, "records/count_by_source", "source")
    runs, known = tuple(imports), {source.id: source for source in sources}
    order = [source for source in order_of(runs) if source in known]
    current = {id_: history_of(run for run in runs if run.source == id_).current for id_ in order}
    return tuple(
        SourceStatus(
            id=id_,
            name=known[id_].name,
            stated=known[id_].stated,
            address=known[id_].address,
            publisher=known[id_].publisher,
            terms=known[id_].terms,
            records=records.get(id_, 0),
            imported=run.finished if (run := current.get(id_)) else None,
            file=run.name if run else None,
            precedence=order.index(id_) + 1 if id_ in current else None,
        )
        for id_ in dict.fromkeys((*order, *sorted(known)))
    )


def _by(engine: Engine, statement: str, key: str) -> dict[str, int]:
    return {row[key]: row["total"] for row in engine.read(statement)}


def _total(engine: Engine, statement: str) -> int:
    return int(engine.read(statement)[0]["total"])
