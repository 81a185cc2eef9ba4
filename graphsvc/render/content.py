"""What a map shows, as plain frozen values: worded, ordered, with nothing in them that the page may not show.

The allow-list of the map is this file: a fact that has no field here can't reach the published bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from graphsvc.model import ActorKind, CollaborationKind


@dataclass(frozen=True, slots=True)
class MapActor:
    """An actor as map, table and details panel show it."""

    id: str
    name: str
    kind: ActorKind
    importance: float
    """The measure that sets its size, not below 0; see :attr:`MapContent.size_measure`."""
    themes: tuple[str, ...] = ()
    place: str = ""
    website: str | None = None
    community: int | None = None
    local: bool = False
    """From the place the map is about: drawn also when the network is too large to draw everyone."""
    also: tuple[str, ...] = ()
    """Other names, under which it is found as well."""


@dataclass(frozen=True, slots=True)
class MapCollaboration:
    """What actors do together, with the years in which it begins and ends, where they are known."""

    id: str
    name: str
    kind: CollaborationKind
    first: int | None = None
    last: int | None = None
    themes: tuple[str, ...] = ()
    website: str | None = None


@dataclass(frozen=True, slots=True)
class MapTie:
    """Two actors that work together, with the collaborations they share."""

    a: str
    b: str
    weight: float
    collaborations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapSuggestion:
    """A missing partnership with its reasons as sentences."""

    rank: int
    a: str
    b: str
    score: float
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapCommunity:
    """A group of actors with the name that stands over its hull."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class MapStep:
    """One view of a story: what is said of it, and the page's address fragment that shows it."""

    caption: str
    fragment: str


@dataclass(frozen=True, slots=True)
class MapPlace:
    """Where an actor stood on an earlier map, and in which group of that map."""

    id: str
    x: float
    y: float
    group: int | None


@dataclass(frozen=True, slots=True)
class MapSource:
    """A source as the footer names it."""

    name: str
    stated: date | None = None
    address: str | None = None
    attribution: str = ""
    loaded: date | None = None
    """When its file was read, where it gives no date of its own."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What who makes a map says of it, beside its title."""

    caption: str = ""
    """Stands under the picture."""
    licence: str = ""
    """Under which the map may be used; a web address at its end becomes a link."""
    alternative: str = ""
    """What stands in for the picture where it can't be seen; without it the summary does."""


SAYS_NOTHING: Final = Imprint()


@dataclass(frozen=True, slots=True)
class MapContent:
    """Everything on the page. Ids are unique; ties stand by weight, suggestions by rank.

    Actors stand by importance: an actor's place in the order is its rank, 1 being the first.
    """

    title: str
    language: str
    summary: str
    data_date: date | None
    revision: int
    size_measure: str
    """Id of a measure of the catalogue."""
    actors: tuple[MapActor, ...]
    collaborations: tuple[MapCollaboration, ...]
    ties: tuple[MapTie, ...]
    suggestions: tuple[MapSuggestion, ...]
    communities: tuple[MapCommunity, ...]
    sources: tuple[MapSource, ...] = ()
    method: str = ""
    """How the suggestions were found."""
    loaded_on: date | None = None
    """The day of the last import: dates a map whose sources give no date."""
    places_above: tuple[tuple[str, str], ...] = ()
    """Name of a place → name of the place around it."""
    themes_above: tuple[tuple[str, str], ...] = ()
    """Name of a theme → name of the theme above it."""
    story: tuple[MapStep, ...] = ()
    """Views with captions that lead through the map, in order."""
    before: tuple[MapPlace, ...] = ()
    """Where actors stood on the map that this one shall look like."""
    imprint: Imprint = SAYS_NOTHING

    @property
    def alternative(self) -> str:
        """What stands in for the picture where it can't be seen."""
        return self.imprint.alternative or self.summary
