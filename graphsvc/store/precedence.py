"""Whose word is shown where files differ: the order of the file sources, and how a person changes it.

At first a source stands where its first import put it, after those that were there. The order is a permutation of the
ranks that the sources have; it outlives undoing, and a newer version of a file keeps its place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from graphsvc.errors import InvalidValue, NotFound
from graphsvc.identifiers import digest
from graphsvc.store.change import Change, ImportRun, Noted
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.history import order_of

_KEY: Final = "precedence:"
"""What the keys of these changes begin with."""


class End(StrEnum):
    """An end of the order."""

    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Preference:
    """Where a person wants a source to stand, who that is, and why."""

    source: str
    over: str | None = None
    """Just before this source."""
    end: End | None = None
    place: int | None = None
    """Its number in the list of the sources that are there, from 1; beyond the end is last."""
    by: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if sum(each is not None for each in (self.over, self.end, self.place)) != 1:
            raise InvalidValue("Say over which source, or first, or last: one of the three.")
        if self.place is not None and self.place < 1:
            raise InvalidValue("The first place is 1.", field="place")
        if self.over == self.source:
            raise InvalidValue(f"The source {self.source!r} can't be preferred over itself.")
        if not self.by.strip():
            raise InvalidValue("Say who sets the precedence.", field="by")


@dataclass(frozen=True, slots=True)
class Preferred:
    """What came of a preference."""

    order: tuple[str, ...]
    """Ids of the file sources, the one believed first at the head."""
    changed: bool
    """False when the order was this already; nothing was written then."""
    revision: int


def moved(order: Sequence[str], wanted: Preference, listed: Collection[str]) -> tuple[str, ...]:
    """Return the order with one source moved. :class:`NotFound` for one that was never imported.

    ``listed`` are the sources that are there; the order has those too of which every import is undone.
    """
    for source in filter(None, (wanted.source, wanted.over)):
        if source not in order:
            files = ", ".join(order)
            raise NotFound("file source", source, remedy=f"There are {files}." if files else "Nothing was imported.")
    others = [source for source in order if source != wanted.source]
    shown = [source for source in others if source in listed]
    follower = wanted.over
    if wanted.place is not None:
        follower = next(iter(shown[wanted.place - 1 :]), None)
    elif wanted.end is End.FIRST:
        follower = next(iter(others), None)
    at = others.index(follower) if follower else len(others)
    return (*others[:at], wanted.source, *others[at:])


def ranks(runs: Iterable[ImportRun], order: Sequence[str]) -> dict[str, int]:
    """Return the ranks that make ``order`` out of those that the sources have now; only those that change."""
    held = {run.source: run.precedence for run in runs}
    distinct = sorted(set(held.values()))
    values = distinct if len(distinct) == len(held) else range(1, len(held) + 1)
    return {source: rank for source, rank in zip(order, values, strict=True) if held[source] != rank}


def prefer(store: GraphStore, wanted: Preference, *, now: Callable[[], datetime] | None = None) -> Preferred:
    """Move a source in the order; what several files describe shows the word of the one that is first now.

    The order is a change of the graph with who, when and why; the same again changes nothing.
    """
    runs = store.imports()
    before = order_of(runs)
    order = moved(before, wanted, {source.id for source in store.sources()})
    changed = order != before
    if changed:
        changed = store.apply(_change(wanted, order, ranks(runs, order), (now or _utc_now)()))
    return Preferred(order, changed, store.revision())


def changes(store: GraphStore) -> tuple[Noted, ...]:
    """Return how persons changed the order, oldest first."""
    return tuple(noted for noted in store.changes_of_persons() if noted.id.startswith(_KEY))


def _change(wanted: Preference, order: Sequence[str], new: Mapping[str, int], at: datetime) -> Change:
    where = f"over {wanted.over}" if wanted.over else wanted.end or f"as number {wanted.place}"
    return Change(
        key=f"{_KEY}{digest(*order, wanted.by, at.isoformat())[:24]}",
        name=f"{wanted.source} preferred {where}",
        ranks=new,
        by=wanted.by,
        reason=wanted.reason,
        at=at,
    )


def _utc_now() -> datetime:
    return datetime.now(UTC)
