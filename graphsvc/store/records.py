"""The rows of sources as they came: those that speak of a thing, those of a source, one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphsvc.model import Record
from graphsvc.store import things
from graphsvc.store.engine import Engine, Row
from graphsvc.store.finding import Cursor, Found


@dataclass(frozen=True, slots=True)
class Kept:
    """A record with the id of the import that brought it, in the file's version that the graph holds."""

    record: Record
    import_: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page of records: at most ``limit``, after the one that ended the page before."""

    limit: int = 50
    after: Cursor | None = None


def of_actors(engine: Engine, ids: Iterable[str], wanted: Wanted) -> Found[Kept]:
    """Return one page of the records that speak of some actors, by source, sheet and row."""
    return _page(engine, "actor", {"ids": sorted(set(ids))}, wanted)


def of_collaboration(engine: Engine, id_: str, wanted: Wanted) -> Found[Kept]:
    """Return one page of the records that speak of a collaboration, by source, sheet and row."""
    return _page(engine, "collaboration", {"id": id_}, wanted)


def of_source(engine: Engine, source: str, wanted: Wanted) -> Found[Kept]:
    """Return one page of the records of a file source, by sheet and row."""
    return _page(engine, "source", {"source": source}, wanted)


def by_id(engine: Engine, id_: str) -> Kept | None:
    """Return one record, or None."""
    return next((_kept(row) for row in engine.read("records/by_id", {"record": id_})), None)


def _page(engine: Engine, about: str, asked: Mapping[str, Any], wanted: Wanted) -> Found[Kept]:
    after = wanted.after
    place = {"after_name": after.name if after else None, "after_id": after.id if after else None}
    # One more than asked for tells whether there is a next page.
    rows = engine.read(f"records/of_{about}", {**asked, **place, "limit": wanted.limit + 1})
    total = engine.read(f"records/count_of_{about}", asked)[0]["total"]
    shown = rows[: wanted.limit]
    end = Cursor(shown[-1]["sort_name"], shown[-1]["id"]) if len(rows) > wanted.limit else None
    return Found(tuple(map(_kept, shown)), total, end)


def _kept(row: Row) -> Kept:
    return Kept(things.record(row), row["import"])
