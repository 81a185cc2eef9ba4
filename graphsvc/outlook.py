"""The graph as it is seen through views: each made once while the graph stays at its revision, for all who ask."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

from graphsvc import entries
from graphsvc.analysis.arrays import Elsewhere
from graphsvc.entries import United
from graphsvc.model import EVERYTHING, Actor, Snapshot, View
from graphsvc.network import Network, build_network
from graphsvc.remembering import Memory
from graphsvc.resolve import bodies
from graphsvc.resolve.identity import Identity, identify
from graphsvc.resolve.name_index import NameIndex
from graphsvc.store.graph_store import GraphStore

T = TypeVar("T")

KEPT: Final = 16
"""Snapshots, networks and whatever was computed from them that are kept until the graph changes."""


class Outlook:
    """What can be seen of a graph. Threads may share it; what it returns is shared and never changed."""

    def __init__(
        self, store: GraphStore, today: Callable[[], date], *, elsewhere: Elsewhere | None = None
    ) -> None:
        """``elsewhere``: who else measures networks; None for nobody."""
        self._store = store
        self._today = today
        self._elsewhere = elsewhere
        self._memory = Memory(KEPT)

    def day(self, view: View) -> date:
        """Return the day on which it is asked who stands for whom."""
        return view.as_of or self._today()

    def recall(self, what: str, view: View, make: Callable[[View], T]) -> T:
        """Return ``what`` of a view at the present revision, made by ``make`` where it isn't kept."""
        # The day is part of the key: a successor of tomorrow takes over tomorrow, at the same revision.
        key: tuple[Hashable, ...] = (what, view, self.day(view))
        return self._memory.recall(self._store.revision(), key, lambda: make(view))

    def snapshot(self) -> Snapshot:
        """Return everything at the present revision."""
        return self.recall("snapshot", EVERYTHING, lambda _: self._store.snapshot())

    def network(self, view: View = EVERYTHING) -> Network:
        """Return the network of a view. :class:`graphsvc.errors.NotFound` for an unknown theme or place."""
        return self.recall("network", view, self.build)

    def build(self, view: View) -> Network:
        """Return the network of a view without keeping it: for one of many that are looked at once."""
        snapshot, identity = self.snapshot(), self.identity(view)
        made = build_network(snapshot, view, identity.canonical, bodies.shown(snapshot.actors, identity))
        return replace(made, elsewhere=self._elsewhere)

    def identity(self, view: View = EVERYTHING) -> Identity:
        """Return who stands for whom at a view's level and day."""
        snapshot, on = self.snapshot(), self.day(view)
        level = View(identity=view.identity, as_of=view.as_of)
        return self.recall(
            "identity",
            level,
            lambda _: identify(snapshot.actors, snapshot.links, view.identity, on, snapshot.judgements),
        )

    def united(self, as_of: date | None = None) -> United:
        """Return which entries are one body on a day, without reading the whole graph."""
        return self.recall("united", View(as_of=as_of), lambda view: entries.united(self._store, self.day(view)))

    def names(self) -> tuple[NameIndex, dict[str, Actor]]:
        """Return an index of the names of the bodies of today, and these by id."""

        def make(view: View) -> tuple[NameIndex, dict[str, Actor]]:
            shown = bodies.shown(self.snapshot().actors, self.identity(view))
            return NameIndex(shown.values()), shown

        return self.recall("names", EVERYTHING, make)
