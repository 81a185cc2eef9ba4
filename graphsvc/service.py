"""The straight line: file → records → graph → network → measures and gaps → map. Read this first.

Everything that a command, an endpoint or a notebook does is one call here; this is the only place that knows the order
of the rooms. Answers are cached per revision of the graph, so that the same number is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Literal, Self, TypeVar

from graphsvc.analysis.results import Measures, Missing
from graphsvc.ingest.reading import Progress, Reading, Tally
from graphsvc.model import EVERYTHING, Actor, ActorKind, Collaboration, Link, Participation, Snapshot, Source, View
from graphsvc.settings import Settings

if TYPE_CHECKING:
    from graphsvc.network import Network
    from graphsvc.store.graph_store import GraphStore, Status

T = TypeVar("T")

GraphFormat = Literal["json", "graphml", "gexf", "csv"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A file looked at in a dry run: what it holds and what is wrong with it. Nothing is saved."""

    reading: Reading
    tally: Tally
    new: int
    """Actors that the graph does not have yet."""
    known: int
    """Actors that the graph has already, by id or identifier."""
    already_loaded: bool
    """True when exactly this file is what the graph holds of its source: loading it would change nothing."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What an import did."""

    source: Source
    tally: Tally
    batches_written: int
    batches_known: int
    revision: int


@dataclass(frozen=True, slots=True)
class ActorQuery:
    """A search for actors; ``text`` forgives capitals, diacritics and word order and also finds identifiers."""

    text: str = ""
    kinds: tuple[ActorKind, ...] = ()
    place: str | None = None
    theme: str | None = None
    limit: int = 50
    after: str | None = None
    """Id-stable cursor: the ``next`` of the page before."""


@dataclass(frozen=True, slots=True)
class CollaborationQuery:
    """A search for collaborations."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    theme: str | None = None
    actor: str | None = None
    active_on: date | None = None
    limit: int = 50
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list."""

    items: tuple[T, ...]
    total: int
    next: str | None
    revision: int


@dataclass(frozen=True, slots=True)
class ActorProfile:
    """An actor with all that is said of it."""

    actor: Actor
    participations: tuple[tuple[Participation, Collaboration], ...]
    links: tuple[Link, ...]
    partners: tuple[tuple[Actor, int], ...]
    """Partners with the number of collaborations shared, most first."""
    sources: tuple[Source, ...]
    revision: int


@dataclass(frozen=True, slots=True)
class CollaborationProfile:
    """A collaboration with its participants; claims of different sources stand side by side."""

    collaboration: Collaboration
    participations: tuple[tuple[Participation, Actor], ...]
    sources: tuple[Source, ...]
    revision: int


class Service:
    """The whole service on one store. Threads may share it."""

    def __init__(self, store: GraphStore, *, today: Callable[[], date] | None = None) -> None: ...
    @classmethod
    def open(cls, settings: Settings) -> Self: ...
    def close(self) -> None: ...

    # in
    def check(self, path: Path, progress: Progress | None = None) -> Checked: ...
    def load(self, checked: Checked, progress: Progress | None = None) -> Loaded: ...

    # out
    def revision(self) -> int: ...
    def status(self) -> Status: ...
    def snapshot(self) -> Snapshot: ...
    def find_actors(self, query: ActorQuery) -> Page[Actor]: ...
    def actor(self, id_: str) -> ActorProfile: ...
    def find_collaborations(self, query: CollaborationQuery) -> Page[Collaboration]: ...
    def collaboration(self, id_: str) -> CollaborationProfile: ...
    def network(self, view: View = EVERYTHING) -> Network: ...
    def measures(self, view: View = EVERYTHING) -> Measures: ...
    def missing(self, view: View = EVERYTHING, *, top: int = 20) -> Missing: ...
    def export(self, view: View, format_: GraphFormat) -> bytes: ...
    def map(self, view: View = EVERYTHING, *, language: str = "en", title: str = "", suggestions: int = 20) -> str: ...
