"""What the service is asked and what it answers, where that is more than a word of the model."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from graphsvc.entries import Entry
from graphsvc.errors import InvalidValue
from graphsvc.model import Actor, ActorKind, Collaboration, CollaborationKind, Ground, Link, Participation, Source
from graphsvc.store.differences import Difference, SaidBy
from graphsvc.store.finding import Cursor

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ActorQuery:
    """A search for actors; ``text`` forgives capitals, diacritics and word order and also finds identifiers."""

    text: str = ""
    kinds: tuple[ActorKind, ...] = ()
    place: str | None = None
    theme: str | None = None
    source: str | None = None
    """Only those that this source speaks of."""
    recorded: bool = False
    """Each entry for itself, instead of each body once."""
    as_of: date | None = None
    """As the graph stood on this day: names and collaborations that begin later do not count."""
    order: str = "name"
    """Keys of :data:`graphsvc.listing.ACTOR_KEYS`: ``-partners,name``."""
    limit: int = 50
    after: str | None = None
    """The ``next`` of the page before; it stays right while others write."""


@dataclass(frozen=True, slots=True)
class CollaborationQuery:
    """A search for collaborations."""

    text: str = ""
    kinds: tuple[CollaborationKind, ...] = ()
    theme: str | None = None
    actor: str | None = None
    active_on: date | None = None
    as_of: date | None = None
    """Only what had begun by this day, and taking part that had."""
    source: str | None = None
    """Only those that this source speaks of."""
    order: str = "name"
    """Keys of :data:`graphsvc.listing.COLLABORATION_KEYS`: ``-participants,name``."""
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
    differences: tuple[Difference, ...] = ()
    """Where files contradict each other about the actor."""
    entries: tuple[Entry, ...] = ()
    """The entries that the body unites, the one that stands for it first; none where it is one entry."""
    said_by: SaidBy = field(default_factory=SaidBy)
    """Who says each value that is shown."""


@dataclass(frozen=True, slots=True)
class Named:
    """A body that a typed name may mean."""

    actor: Actor
    score: float
    """0 to 1; 1 where the name that is shown is written so, but for capitals and diacritics."""
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class CollaborationProfile:
    """A collaboration with its participants; claims of different sources stand side by side."""

    collaboration: Collaboration
    participations: tuple[tuple[Participation, Actor], ...]
    sources: tuple[Source, ...]
    revision: int
    differences: tuple[Difference, ...] = ()
    """Where files contradict each other about the collaboration, or sources about who takes part."""
    said_by: SaidBy = field(default_factory=SaidBy)
    """Who says each value that is shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """A missing partnership in words."""

    rank: int
    a: str
    b: str
    a_name: str
    b_name: str
    score: float
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


def cursor_text(cursor: Cursor | None) -> str | None:
    """Return where a page ended as text for an address; None on the last page."""
    if cursor is None:
        return None
    return base64.urlsafe_b64encode(json.dumps(list(cursor), ensure_ascii=False).encode()).decode().rstrip("=")


def read_cursor(text: str | None) -> Cursor | None:
    """Return where a page ended; :class:`InvalidValue` for text that is not ours."""
    if text is None:
        return None
    try:
        name, id_ = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if isinstance(name, str) and isinstance(id_, str):
            return Cursor(name, id_)
    except (ValueError, TypeError, binascii.Error):
        pass
    raise InvalidValue(
        f"{text[:40]!r} is not a cursor of ours.", remedy="Take it from the `next` of the page before.", field="cursor"
    )
