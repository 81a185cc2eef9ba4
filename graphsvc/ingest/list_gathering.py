"""A list read through once: what all its rows together say of each actor and each collaboration.

A thing's id is made from an identifier or its name, so that rows that differ in capitals or marks only are one.
What is kept grows with the things of the list, not with its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from graphsvc import identifiers
from graphsvc.errors import InvalidValue
from graphsvc.ingest.grid import Cell, as_text
from graphsvc.ingest.own_ids import actor_id
from graphsvc.ingest.said_together import At, Together, same

_IDENTIFYING: Final[Mapping[str, Callable[[str], str]]] = {
    "business_id": identifiers.business_id,
    "pic": identifiers.pic,
}


@dataclass(slots=True)
class Thing:
    """One actor or collaboration of a list."""

    id: str
    row: int
    """The row that names it first."""
    name: str
    said: Together = field(default_factory=Together)
    """By key of a column of our table."""
    own: Together = field(default_factory=Together)
    """By heading."""
    spellings: dict[str, None] = field(default_factory=dict)

    def add(self, at: At, cells: Mapping[str, Cell], own: Iterable[tuple[str, str]]) -> None:
        """Take in what a row says; what is known already stays."""
        self.said.add((key, cell, at) for key, cell in cells.items())
        self.own.add((title, text, at) for title, text in own)
        self._called(as_text(cells.get("name")).strip())

    def join(self, other: Thing) -> None:
        """Take in what rows say that were taken for another thing."""
        self.said.join(other.said)
        self.own.join(other.own)
        self._called(as_text(other.said.cells.get("name")).strip())

    def _called(self, name: str) -> None:
        if name and not same(name, self.name):
            self.spellings[name] = None


@dataclass(slots=True)
class Things:
    """The actors, or the collaborations, of a list."""

    prefix: str
    """Of ids that are made from names: ``a`` or ``c``."""
    by_id: dict[str, Thing] = field(default_factory=dict)
    _named: dict[str, set[str]] = field(default_factory=dict)
    """Folded name → ids of things with an identifier that bear it."""

    def meet(self, at: At, cells: Mapping[str, Cell], own: Iterable[tuple[str, str]] = ()) -> None:
        """Take in what a row says of a thing, which its cell ``name`` names."""
        name = one_line(as_text(cells["name"]))
        id_ = self._made(name, cells)
        thing = self.by_id.get(id_)
        if thing is None:
            thing = self.by_id[id_] = Thing(id_, at.row, name)
        if not id_.startswith(f"{self.prefix}-"):
            self._named.setdefault(identifiers.fold(name), set()).add(id_)
        thing.add(at, cells, own)

    def settle(self) -> None:
        """Join what rows without an identifier say with the one thing of that name that has one."""
        for folded, ids in self._named.items():
            bare = self.by_id.get(f"{self.prefix}-{identifiers.slug(folded)}")
            if bare and len(ids) == 1 and identifiers.fold(bare.name) == folded:
                thing = self.by_id[next(iter(ids))]
                thing.join(bare)
                if bare.row < thing.row:
                    thing.row, thing.name = bare.row, bare.name
                self.by_id[bare.id] = thing

    def find(self, cells: Mapping[str, Cell]) -> Thing:
        """Return the thing that a row names."""
        return self.by_id[self._made(one_line(as_text(cells["name"])), cells)]

    def _made(self, name: str, cells: Mapping[str, Cell]) -> str:
        if self.prefix == "c":
            number = as_text(cells.get("id")).strip()
            return f"c-{identifiers.slug(number or name)}"
        given = {key: _parsed(cells.get(key), parse) for key, parse in _IDENTIFYING.items()}
        return actor_id(name, given["business_id"], given["pic"])[0]


def one_line(text: str) -> str:
    """Return a name as one line."""
    return " ".join(text.split())


def _parsed(cell: Cell, parse: Callable[[str], str]) -> str | None:
    text = one_line(as_text(cell))
    try:
        return parse(text) if text else None
    except InvalidValue:
        return None  # told where the actor is said
