"""What became of an actor: what it took part in, its names and links, the rows that speak of it, what persons said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from graphsvc import asof
from graphsvc.entries import United
from graphsvc.errors import NotFound
from graphsvc.model import Actor, Collaboration
from graphsvc.ordering import Order, Part, Value, page
from graphsvc.store import judging, records
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.of_actors import OfActors
from graphsvc.store.records import Wanted


class EventKind(StrEnum):
    """What happened to an actor."""

    BEGAN = "began"
    """It began to take part in a collaboration."""
    ENDED = "ended"
    """Its part in a collaboration ended, or is to end."""
    NAMED = "named"
    """It began to bear a name."""
    RENAMED = "renamed"
    """It ceased to bear a name."""
    LINKED = "linked"
    """It became a unit or member of another body, its successor, or the same."""
    READ = "read"
    """A row that speaks of it came into the graph."""
    JUDGED = "judged"
    """A person said whether it and another entry are one body, or took that back."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an actor."""

    id: str
    """Stays the same; says nothing."""
    kind: EventKind
    day: date | None
    """When; None where no source says."""
    what: str
    """The role, name, kind of link, file or verdict."""
    collaboration: Collaboration | None = None
    other: str | None = None
    """Id of the other actor of a link or judgement."""
    source: str | None = None
    record: str | None = None
    by: str | None = None
    """The person who said it."""
    at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Chronicle:
    """One page of what became of an actor, the oldest first, what has no day last."""

    part: Part[Event]
    total: int
    revision: int


_BY_DAY = Order.read("day", ("day",))


def of_body(
    store: GraphStore,
    known: United,
    id_: str,
    *,
    held: OfActors | None = None,
    limit: int = 50,
    after: str | None = None,
) -> Chronicle:
    """Return one page of what became of a body, by the id of any entry of it. :class:`NotFound` for none.

    ``held`` is what a snapshot of the present revision says, where there is one: the graph isn't asked for it then.
    """
    revision, id_ = store.revision(), known.standing(id_)
    said_of = held or store
    body = known.bodies.get(id_) or said_of.actor(id_)
    if body is None:
        raise NotFound("actor", id_)
    ids = known.entries.get(id_, (id_,))
    events = {event.id: event for event in _all(store, said_of, body, ids)}
    part = page(list(events.values()), _BY_DAY, _value, limit=limit, after=after)
    return Chronicle(part, len(events), revision)


def _value(event: Event, key: str) -> Value:
    return event.id if key == "id" else event.day.isoformat() if event.day else None


def _all(store: GraphStore, said_of: GraphStore | OfActors, body: Actor, ids: tuple[str, ...]) -> Iterator[Event]:
    for id_ in ids:
        yield from _taking_part(said_of, id_)
        for link in said_of.links_of(id_):
            other = link.other if link.actor == id_ else link.actor
            yield Event(
                f"link-{link.id}", EventKind.LINKED, link.since, link.kind.value, other=other, source=link.source
            )
    for number, name in enumerate(body.names):
        if name.since:
            yield Event(f"name-{number}-since", EventKind.NAMED, name.since, name.text)
        if name.until:
            yield Event(f"name-{number}-until", EventKind.RENAMED, name.until, name.text)
    yield from _rows(store, ids)
    yield from _judged(store, ids)


def _taking_part(said_of: GraphStore | OfActors, id_: str) -> Iterator[Event]:
    for claim, collaboration in said_of.participations_of_actor(id_):
        said = {"collaboration": collaboration, "source": claim.source, "record": claim.record}
        begin, end = claim.start or collaboration.start, claim.end or collaboration.end
        yield Event(f"part-{claim.id}-began", EventKind.BEGAN, begin, claim.role, **said)  # type: ignore[arg-type]
        if end:
            yield Event(f"part-{claim.id}-ended", EventKind.ENDED, end, claim.role, **said)  # type: ignore[arg-type]


def _rows(store: GraphStore, ids: Iterable[str]) -> Iterator[Event]:
    kept = records.of_actors(store.engine, ids, Wanted(100_000)).items
    runs = {run.id: run for run in store.imports()} if kept else {}
    for row in kept:
        record, file = row.record, runs.get(row.import_)
        day, what = (asof.day_of(file.started), file.name) if file else (None, "")
        at = file.started if file else None
        yield Event(f"row-{record.id}", EventKind.READ, day, what, source=record.source, record=record.id, at=at)


def _judged(store: GraphStore, ids: Iterable[str]) -> Iterator[Event]:
    mine = frozenset(ids)
    for act in map(judging.act, store.engine.read("judgements/acts")):
        if mine & {act.a, act.b}:
            other = act.b if act.a in mine else act.a
            what = act.verdict.value if act.verdict else judging.WITHDRAWN
            words = {"by": act.by, "at": act.at, "reason": act.reason or None}
            yield Event(f"act-{act.id}", EventKind.JUDGED, asof.day_of(act.at), what, other=other, **words)  # type: ignore[arg-type]
