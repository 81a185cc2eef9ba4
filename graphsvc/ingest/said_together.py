"""What several rows say of one thing: of each column the first that says something, and where others differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from graphsvc import identifiers
from graphsvc.ingest.grid import Cell, as_text

_WHERE: Final = frozenset({"municipality", "region", "country"})
"""Columns that are one thing: the municipality of one row and the country of another would be a place of nobody's."""
_UNTOLD: Final = frozenset({"name"})
"""What a row that differs in this says is no contradiction: it is another spelling."""


class At(NamedTuple):
    """Where something stands."""

    sheet: str
    row: int
    column: str = ""
    """The heading; empty where the key tells it."""


@dataclass(frozen=True, slots=True)
class Differing:
    """That a row says otherwise than one before it."""

    at: At
    text: str
    known: str
    """What is read."""
    known_at: At

    def message(self, name: str) -> str:
        """Return what is to be told of it."""
        row = self.known_at.row
        if self.known_at.sheet == self.at.sheet:
            return f"{name}: {self.text!r} here, {self.known!r} in row {row}; that is what is read."
        sheet = self.known_at.sheet
        return f"{name}: {self.text!r} here, {self.known!r} in row {row} of {sheet!r}; that is what is read."


REMEDY: Final = "Make the rows say the same where they mean the same."


@dataclass(slots=True)
class Together:
    """What rows say of one thing."""

    cells: dict[str, Cell] = field(default_factory=dict)
    """Key of a column of our table, or heading → the first cell that is not empty."""
    at: dict[str, At] = field(default_factory=dict)
    """The same keys → where that stands."""
    differing: dict[str, Differing] = field(default_factory=dict)
    """The same keys → the first row that says otherwise."""

    def join(self, other: Together) -> None:
        """Take in what other rows say."""
        self.add((key, cell, other.at[key]) for key, cell in other.cells.items())
        for key, each in other.differing.items():
            if self.at.get(key) == each.known_at:
                self.differing.setdefault(key, each)

    def add(self, said: Iterable[tuple[str, Cell, At]]) -> None:
        """Take in what a row says, by key; what is known already stays."""
        new = []
        elsewhere = False
        for key, cell, at in said:
            text = as_text(cell).strip()
            if not text:
                continue
            if key not in self.cells:
                new.append((key, cell, at))
                continue
            known = as_text(self.cells[key]).strip()
            if not same(known, text) and key not in _UNTOLD:
                self.differing.setdefault(key, Differing(at, text, known, self.at[key]))
                elsewhere = elsewhere or key in _WHERE
        for key, cell, at in new:
            if not (elsewhere and key in _WHERE):
                self.cells[key], self.at[key] = cell, at


def same(one: str, other: str) -> bool:
    """Tell whether two texts differ in capitals and marks at most."""
    return one == other or identifiers.fold(one) == identifiers.fold(other)
