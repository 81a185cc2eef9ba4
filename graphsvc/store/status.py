"""What the graph holds, in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from graphsvc.model import Source
from graphsvc.store.change import ImportRun
from graphsvc.store.engine import Engine
from graphsvc.store.history import history_of


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source with the day it speaks of and when it was last read."""

    id: str
    name: str
    stated: date | None
    records: int
    imported: datetime | None
    """When its last finished import ended; None for a source that is only spoken of."""
    file: str | None
    """Name of the file that import read."""


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
    records = _by(engine, "records/count_by_source", "source")
    runs = tuple(imports)
    held = {source: history_of(run for run in runs if run.source == source) for source in {run.source for run in runs}}
    last = {source: history.current for source, history in held.items() if history.current}
    return Status(
        revision=revision,
        engine=engine.name,
        actors=_by(engine, "actors/count_by_kind", "kind"),
        collaborations=_by(engine, "collaborations/count_by_kind", "kind"),
        participations=_total(engine, "participations/count"),
        themes=_total(engine, "themes/count"),
        places=_total(engine, "places/count"),
        links=_total(engine, "links/count"),
        records=sum(records.values()),
        sources=tuple(
            SourceStatus(
                id=source.id,
                name=source.name,
                stated=source.stated,
                records=records.get(source.id, 0),
                imported=last[source.id].finished if source.id in last else None,
                file=last[source.id].name if source.id in last else None,
            )
            for source in sources
        ),
    )


def _by(engine: Engine, statement: str, key: str) -> dict[str, int]:
    return {row[key]: row["total"] for row in engine.read(statement)}


def _total(engine: Engine, statement: str) -> int:
    return int(engine.read(statement)[0]["total"])
