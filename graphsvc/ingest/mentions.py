"""Actors and collaborations that a row names in passing: found in the file, or said at their first mention."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from graphsvc import identifiers
from graphsvc.ingest import values
from graphsvc.ingest.grid import Cell
from graphsvc.ingest.own_ids import actor_id
from graphsvc.ingest.references import Index
from graphsvc.ingest.rowreader import RowReader
from graphsvc.model import Actor, ActorKind, Claim, Collaboration, CollaborationKind, Participation, Place

_WITH_NUMBER: Final = re.compile(r"(?P<name>.*\S)\s*\((?P<number>\d{7}-\d)\)")


class Mentions:
    """What the rows of the import sheets of region views name.

    A cell that names an actor holds an id or a name, after which its business id may stand: ``VTT Oy (2647375-4)``.
    Who is not on the sheet *Actors* is said when first named; matching finds who it is among those known already.
    """

    def __init__(
        self,
        indexes: Mapping[str, Index],
        made: Callable[[Claim], None],
        themes: Callable[[Cell], tuple[str, ...]],
        source_of: Callable[[RowReader], str],
        actor_row: Callable[[RowReader], tuple[Claim, ...]],
        place: Callable[[RowReader], tuple[str | None, tuple[Place, ...]]],
    ) -> None:
        """``made`` takes what is said at its first mention."""
        self._indexes, self._made = indexes, made
        self.themes = themes
        """Reads a cell of themes as their ids."""
        self.source_of = source_of
        """Returns the id of a row's source."""
        self.actor_row = actor_row
        """Returns what a row with the columns of the sheet *Actors* says: new places, and the actor as the last."""
        self.place = place
        """Returns the id of the place that a row names, and the places that have to be said for it."""
        self._heard: dict[str, Collaboration] = {}
        self._rows: dict[str, int] = {}
        self._times: dict[str, dict[int, tuple[date, date]]] = {}
        """Id of a claim without its time → row → first and last day."""
        self.above: dict[str, str] = {}
        """Key of a column whose empty cells mean the same as above → what stands above."""
        self.told: set[str] = set()
        """Keys of those columns of which it was told."""
        self.placed: dict[str, dict[str, None]] = {}
        """Id of a participation → what its source says so far that the thing belongs to."""

    def hear(self, collaboration: Collaboration, row: int, *also: str) -> None:
        """Remember what a row says of a collaboration, so that later rows mean it by its name or what else is given."""
        self._indexes["collaborations"].add(collaboration.id, row, collaboration.name, also)
        self.retell(collaboration)

    def retell(self, collaboration: Collaboration) -> None:
        """Remember, under its id, all that the rows so far say of a collaboration."""
        self._heard[collaboration.id] = collaboration

    def heard(self, text: str) -> Collaboration | None:
        """Return all that the file said so far of the collaboration with that id or name; None where it said nothing.

        Raises :class:`InvalidValue` where the text means several.
        """
        return self._heard.get(text) or self._heard.get(self._known(self._indexes["collaborations"], text) or "")

    def earlier(self, claim: Participation, row: int) -> int | None:
        """Return the row that made the claim before; None, and this row is remembered, where it is the first."""
        first = self._rows.setdefault(claim.id, row)
        return None if first == row else first

    def meanwhile(self, claim: Participation, row: int) -> int | None:
        """Return the row that made the claim of a time that overlaps this one; None, and it is remembered, for none.

        A time that begins on the day on which another ends follows it.
        """
        first, last = claim.start or date.min, claim.end or date.max
        told = self._times.setdefault(claim.model_copy(update={"start": None}).id, {})
        for earlier, (start, end) in told.items():
            if earlier != row and (first == start or (first < end and start < last)):
                return earlier
        told[row] = first, last
        return None

    def actor(self, text: str, source: str, kind: ActorKind = ActorKind.UNKNOWN) -> str:
        """Return the id of the actor that a text names; one not known is said as of ``kind``, by ``source``.

        Raises :class:`InvalidValue` where the text means several, or holds a wrong business id.
        """
        index = self._indexes["actors"]
        match = _WITH_NUMBER.fullmatch(text)
        number = identifiers.business_id(match["number"]) if match else None
        name = match["name"] if match else text
        for known in filter(None, (number, name)):
            if found := self._known(index, known):
                return found
        id_, _ = actor_id(name, number, None)
        self._made(Actor(id=id_, name=name, kind=kind, business_id=number, source=source))
        index.add(id_, 0, name, filter(None, [number]))
        return id_

    def actors(self, cell: Cell, source: str, kind: ActorKind = ActorKind.UNKNOWN) -> tuple[str, ...]:
        """Return the ids of the actors that a cell names, several with semicolons, each once."""
        return tuple(dict.fromkeys(self.actor(text, source, kind) for text in values.several(cell)))

    def collaboration(self, text: str, source: str, kind: CollaborationKind) -> str:
        """Return the id of the collaboration that a text names; one not known is said as of ``kind``, by ``source``."""
        index = self._indexes["collaborations"]
        if found := self._known(index, text):
            return found
        id_ = f"c-{identifiers.slug(text)}"
        made = Collaboration(id=id_, name=text, kind=kind, source=source)
        self._made(made)
        self.hear(made, 0)
        return id_

    def collaborations(self, cell: Cell, source: str, kind: CollaborationKind) -> tuple[str, ...]:
        """Return the ids of the collaborations that a cell names, several with semicolons, each once."""
        return tuple(dict.fromkeys(self.collaboration(text, source, kind) for text in values.several(cell)))

    @staticmethod
    def _known(index: Index, text: str) -> str | None:
        return index.find(text) if index.means_any(text) else None
