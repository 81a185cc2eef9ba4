"""Lists by name that are searched in memory: an engine would look at every actor for each search.

What a search looks at is read once, and kept while persons say words, which touch no name; after an import it is read
anew. A single question is cheaper asked of the engine, so the list of a revision is read for the second; where somebody
waits, by a thread of its own, and the engine is asked until it is there. What is shown of a page is taken from the
snapshot where that is there, else read. The answers are those of ``actors/search`` and ``collaborations/search``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge
from operator import itemgetter
from threading import Lock, Thread
from typing import Final, Generic, TypeVar

from graphsvc import deadline
from graphsvc.errors import StoreError
from graphsvc.model import Actor, Collaboration
from graphsvc.store.engine import Row
from graphsvc.store.finding import ActorSearch, CollaborationSearch, Cursor, Found, inside
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.in_step import Words, words_of
from graphsvc.store.of_actors import OfActors

MOST: Final = 1_000
"""Longest page that is read by ids: of more, the engine is asked for all at once, unless the snapshot is there."""


T = TypeVar("T", Actor, Collaboration)
L = TypeVar("L")
_Line = tuple[Cursor, str, tuple[date | None, date | None], str]


@dataclass(frozen=True, slots=True)
class _Actors:
    """What a search looks at; the columns go side by side, by name."""

    keys: Sequence[Cursor]
    kinds: Sequence[str]
    places: Sequence[str | None]
    texts: Sequence[str]
    at: Mapping[str, int]
    parents: Mapping[str, str | None]
    """Place → the place that it is in."""

    def find(self, search: ActorSearch) -> list[int]:
        """Return where those are that match."""
        found = _worded(self.texts, search.terms)
        if search.kinds:
            kinds = {kind.value for kind in search.kinds}
            found = [at for at in found if self.kinds[at] in kinds]
        if search.place is not None:
            places = inside(self.parents, search.place)
            found = [at for at in found if self.places[at] in places]
        apart = {self.at[id_] for id_ in (*search.apart, *search.also) if id_ in self.at}
        also = sorted(self.at[id_] for id_ in {*search.also} if id_ in self.at)
        return list(merge((at for at in found if at not in apart), also))


@dataclass(frozen=True, slots=True)
class _Collaborations:
    """The same of collaborations."""

    keys: Sequence[Cursor]
    kinds: Sequence[str]
    days: Sequence[tuple[date | None, date | None]]
    texts: Sequence[str]
    at: Mapping[str, int]

    def find(self, search: CollaborationSearch, among: Iterable[str] | None) -> list[int]:
        """Return where those are that match, of all or of those with some ids."""
        of = None if among is None else sorted(self.at[id_] for id_ in among if id_ in self.at)
        found = _worded(self.texts, search.terms, of)
        if search.kinds:
            kinds = {kind.value for kind in search.kinds}
            found = [at for at in found if self.kinds[at] in kinds]
        if (day := search.as_of) is not None:
            found = [at for at in found if (self.days[at][0] or day) <= day]
        if (day := search.active_on) is not None:
            found = [at for at in found if _runs(*self.days[at], day)]
        return found


@dataclass(frozen=True, slots=True)
class _Known(Generic[L]):
    """A list, and the change at which it was right."""

    things: L
    revision: int
    change: tuple[str, str]
    """Id and instant of that change: a graph that has another there is another graph."""


class ByName:
    """Searches actors and collaborations by name. Threads may share it; errors are those of the store."""

    def __init__(self, store: GraphStore, held: Callable[[], OfActors | None] = lambda: None) -> None:
        """``held`` returns what a snapshot of the present revision says, where there is one."""
        self._store = store
        self._held = held
        self._actors = _Kept(store, self._read_actors, lambda known, _: known)
        self._collaborations = _Kept(store, self._read_collaborations, self._with_facts)

    def actors(self, search: ActorSearch, *, limit: int = 50, after: Cursor | None = None) -> Found[Actor]:
        """Return one page, as :meth:`GraphStore.actors` does."""
        held = self._held()
        plain = search.theme is None and search.source is None and (limit <= MOST or held is not None)
        known = self._actors.get() if plain else None
        if known is None:
            return self._store.actors(search, limit=limit, after=after)
        return _page(known.keys, known.find(search), limit, after, (held or self._store).actors_by_ids)

    def collaborations(
        self, search: CollaborationSearch, *, limit: int = 50, after: Cursor | None = None
    ) -> Found[Collaboration]:
        """Return one page, as :meth:`GraphStore.collaborations` does."""
        plain = search.theme is None and search.source is None and limit <= MOST
        known = self._collaborations.get() if plain else None
        if known is None:
            return self._store.collaborations(search, limit=limit, after=after)
        held = self._held()
        among = None if search.actor is None else self._of_actor(search.actor, search.as_of, held)
        found = known.find(search, among)
        return _page(known.keys, found, limit, after, (held or self._store).collaborations_by_ids)

    def _of_actor(self, actor: str, as_of: date | None, held: OfActors | None) -> Iterable[str]:
        """Return the ids of what an actor takes part in, as of a day."""
        if held is None:
            asked = {"actor": actor, "as_of": as_of.isoformat() if as_of else None}
            return [row["id"] for row in self._store.engine.read("collaborations/of_actor", asked)]
        parts = (claim for claim, _ in held.participations_of_actor(actor))
        return {claim.collaboration for claim in parts if as_of is None or (claim.start or as_of) <= as_of}

    def parents(self) -> Mapping[str, str | None]:
        """Return each place's id with that of the place that it is in."""
        known = self._actors.get()
        return known.parents if known else {place.id: place.parent for place in self._store.places()}

    def _read_actors(self) -> _Actors:
        rows = self._store.engine.read("actors/by_name")
        rows.sort(key=itemgetter("sort_name", "id"))  # engines need not order every letter as Python does
        keys = [Cursor(row["sort_name"], row["id"]) for row in rows]
        return _Actors(
            keys=keys,
            kinds=[row["kind"] for row in rows],
            places=[row["place"] for row in rows],
            texts=[row["search"] for row in rows],
            at={key.id: at for at, key in enumerate(keys)},
            parents={place.id: place.parent for place in self._store.places()},
        )

    def _read_collaborations(self) -> _Collaborations:
        return _listed(self._store.engine.read("collaborations/by_name"))

    def _with_facts(self, known: _Collaborations, words: Words) -> _Collaborations:
        if not words.facts:
            return known
        return _joined(known, _listed(self._store.engine.read("collaborations/named", {"ids": sorted(words.facts)})))


class _Kept(Generic[L]):
    """Keeps a list as long as it is right."""

    def __init__(self, store: GraphStore, read: Callable[[], L], follow: Callable[[L, Words], L]) -> None:
        """``follow`` returns a list with what words of persons added to it."""
        self._store = store
        self._read = read
        self._follow = follow
        self._lock = Lock()
        self._known: _Known[L] | None = None
        self._asked = -1
        self._reading = False

    def get(self) -> L | None:
        """Return the list at the present revision; None where it would have to be read for a first question."""
        revision = self._store.revision_seen()
        with self._lock:
            known, first, self._asked = self._known, self._asked != revision, revision
        if known and known.revision < revision:
            known = self._stepped(known)
            with self._lock:
                self._known = known
        if known is None and not first:
            known = self._read_for(revision)
        return known.things if known else None

    def _read_for(self, revision: int) -> _Known[L] | None:
        """Read the list; None where somebody waits, and it is being read."""
        if deadline.left() is None:
            return self._take(self._whole(revision))
        with self._lock:
            mine, self._reading = not self._reading, True
        if mine:
            Thread(target=self._read_aside, args=(revision,), name="by-name", daemon=True).start()
        return None

    def _read_aside(self, revision: int) -> None:
        try:
            self._take(self._whole(revision))
        except StoreError:
            pass  # whoever searches next asks the engine, and begins anew
        finally:
            with self._lock:
                self._reading = False

    def _take(self, known: _Known[L]) -> _Known[L]:
        with self._lock:
            self._known = known
        return known

    def _whole(self, revision: int) -> _Known[L]:
        change = next(map(_stamp, self._since(revision)), ("", ""))
        return _Known(self._read(), revision, change)

    def _stepped(self, known: _Known[L]) -> _Known[L] | None:
        """Return what is known, brought to the present revision; None where that takes reading all."""
        same, *new = self._since(known.revision) or [{"id": "", "at": "", "revision": 0}]
        if not new or _stamp(same) != known.change:
            return None  # another graph, such as a backup that was put back
        words = words_of(self._store, [row["id"] for row in new])
        if words is None:
            return None
        return _Known(self._follow(known.things, words), new[-1]["revision"], _stamp(new[-1]))

    def _since(self, revision: int) -> list[Row]:
        return self._store.engine.read("changes/after", {"revision": revision})


def _stamp(row: Row) -> tuple[str, str]:
    return row["id"], row["at"]


def _listed(rows: Iterable[Row]) -> _Collaborations:
    """Return a list of what rows of ``collaborations/by_name`` say."""
    return _collaborations(
        (Cursor(row["sort_name"], row["id"]), row["kind"], (row["starts"], row["ends"]), row["search"]) for row in rows
    )


def _joined(one: _Collaborations, more: _Collaborations) -> _Collaborations:
    """Return a list with what another has and it has not."""
    new = (each for each in _each(more) if each[0].id not in one.at)
    return _collaborations((*_each(one), *new))


def _each(known: _Collaborations) -> Iterable[_Line]:
    return zip(known.keys, known.kinds, known.days, known.texts, strict=True)


def _collaborations(lines: Iterable[_Line]) -> _Collaborations:
    ordered = sorted(lines, key=itemgetter(0))
    return _Collaborations(
        keys=[line[0] for line in ordered],
        kinds=[line[1] for line in ordered],
        days=[line[2] for line in ordered],
        texts=[line[3] for line in ordered],
        at={line[0].id: at for at, line in enumerate(ordered)},
    )


def _worded(texts: Sequence[str], terms: Iterable[str], of: Iterable[int] | None = None) -> list[int]:
    """Return where every term occurs; of some places only, where these are given."""
    found = [*range(len(texts))] if of is None else [*of]
    for term in sorted({*terms}, key=lambda term: (-len(term), term)):  # the longest leaves the fewest over
        found = [at for at in found if term in texts[at]]
    return found


def _runs(starts: date | None, ends: date | None, day: date) -> bool:
    """Whether something runs on a day: what is undated never does, what has one date runs on beyond it."""
    dated = starts is not None or ends is not None
    return dated and (starts is None or starts <= day) and (ends is None or ends >= day)


def _page(
    keys: Sequence[Cursor],
    found: Sequence[int],
    limit: int,
    after: Cursor | None,
    read: Callable[[Iterable[str]], Iterable[T]],
) -> Found[T]:
    """Return the page of what was found after a place, read from the graph."""
    begin = bisect_left(found, bisect_right(keys, after)) if after else 0
    part = [keys[at] for at in found[begin : begin + limit]]
    things = {thing.id: thing for thing in read(key.id for key in part)}
    return Found(
        items=tuple(things[key.id] for key in part if key.id in things),  # one may be gone since the list was read
        total=len(found),
        next=part[-1] if part and begin + limit < len(found) else None,
    )
