"""What may be asked of a list, and the pages it comes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from graphsvc.identifiers import fold
from graphsvc.model import ActorKind, CollaborationKind

T = TypeVar("T")


class Cursor(NamedTuple):
    """Where a page ended: the next one begins after it, whatever was added or removed meanwhile."""

    name: str
    """The sort name of the page's last thing."""
    id: str


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """One page of a list."""

    items: tuple[T, ...]
    total: int
    """How many there are on all pages."""
    next: Cursor | None
    """None on the last page."""


@dataclass(frozen=True, slots=True)
class ActorSearch:
    """Which actors; empty for all. Every word of ``text`` must occur in a name or an identifier."""

    text: str = ""
    kinds: tuple[ActorKind, ...] = ()
    place: str | None = None
    """In this place or one inside it."""
    theme: str | None = None
    """Taking part in a collaboration about this theme or one below it."""
    apart: tuple[str, ...] = ()
    """Ids that are not found by the above: entries of bodies that unite several."""
    also: tuple[str, ...] = ()
    """Ids that are found in any case: those that stand for such a body, where the body fits."""
    as_of: date | None = None
    """Only collaborations and taking part that had begun by this day count for the theme."""
    source: str | None = None
    """Only those that this source speaks of: as a file, or as what a file cites."""

    @property
    def terms(self) -> tuple[str, ...]:
        """The words of the text, as they are compared."""
        return tuple(fold(self.text).split())

    def parameters(self) -> dict[str, Any]:
        """Return the parameters of ``actors/count``."""
        return {
            "terms": list(self.terms),
            "kinds": [kind.value for kind in self.kinds],
            "place": self.place,
            "theme": self.theme,
            "apart": list(self.apart),
            "also": list(self.also),
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class CollaborationSearch:
    """Which collaborations; empty for all."""

    text: str = ""
    kinds: tuple[CollaborationKind, ...] = ()
    theme: str | None = None
    """About this theme or one below it."""
    actor: str | None = None
    """In which this actor takes part."""
    active_on: date | None = None
    """Running on this day as far as its dates say; one without any date never is."""
    as_of: date | None = None
    """Only those that had begun by this day, and ``actor`` in them by then; what has no date had."""
    source: str | None = None
    """Only those that this source speaks of: as a file, or as what a file cites."""

    @property
    def terms(self) -> tuple[str, ...]:
        """The words of the text, as they are compared."""
        return tuple(fold(self.text).split())

    def parameters(self) -> dict[str, Any]:
        """Return the parameters of ``collaborations/count``."""
        return {
            "terms": list(self.terms),
            "kinds": [kind.value for kind in self.kinds],
            "theme": self.theme,
            "actor": self.actor,
            "active_on": self.active_on.isoformat() if self.active_on else None,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "source": self.source,
        }


def inside(parents: Mapping[str, str | None], top: str) -> frozenset[str]:
    """Return the id of a place and those of all places in it. ``parents``: place → the place that it is in."""

    def is_inside(id_: str | None) -> bool:
        seen: set[str] = set()
        while id_ and id_ not in seen and id_ != top:
            seen.add(id_)
            id_ = parents.get(id_)
        return id_ == top

    return frozenset(id_ for id_ in parents if is_inside(id_))
