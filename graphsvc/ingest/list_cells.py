"""One row of a list taken apart by a mapping: what it says of its actor, of what that takes part in, and of both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from graphsvc.identifiers import fold
from graphsvc.ingest.attributes import attribute_name, is_personal
from graphsvc.ingest.columns import language_of, specs
from graphsvc.ingest.grid import Cell, GridRow, as_text
from graphsvc.ingest.heading_words import values_words
from graphsvc.ingest.mapping import ATTRIBUTE, IGNORE, OWNERS, SheetMap
from graphsvc.ingest.sampling import titles_of

Pairs = list[tuple[str, str]]
_SEPARATORS: Final = re.compile(r"\s*[;\n\r•]\s*")
_COMMAS: Final = re.compile(r",\s+(?!(?:inc|ltd|llc|oy|ab|gmbh)\b)", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(slots=True)
class ListRow:
    """A row of a list by whose its cells are."""

    number: int
    cells: dict[str, dict[str, Cell]]
    """Owner → key of our column → cell, those that are not empty."""
    own: dict[str, Pairs]
    """Owner → attributes."""
    partners: list[str] = field(default_factory=list)
    funders: list[str] = field(default_factory=list)
    collaborations: list[tuple[str, str]] = field(default_factory=list)
    """Names, with the heading they stand under."""
    memberships: list[tuple[str, str]] = field(default_factory=list)
    """Headings that are collaborations, with the role that the cell says."""
    values: dict[str, str] = field(default_factory=dict)
    """The row as it came, without what names persons."""

    @property
    def is_total(self) -> bool:
        """True for a row that sums up the others."""
        names = [as_text(self.cells[owner].get("name")) for owner in ("actor", "collaboration")]
        first = next(iter(self.values.values()), "")
        return any(fold(text).rstrip(":") in values_words("total") for text in (*names, first) if text)


@dataclass(slots=True)
class ListColumns:
    """Reads rows of one sheet by its mapping."""

    sheet: SheetMap
    titles: Sequence[str]
    fields: Sequence[str]
    language: str = "en"
    """The language of the headings: what may be written below them is told in it."""
    _above: dict[int, Cell] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: SheetMap, header: GridRow, above: GridRow | None) -> ListColumns:
        """Return how rows below a header are read; a column that the mapping doesn't name is an attribute."""
        titles = titles_of(header.cells, above.cells if above else ())
        known = {column.title: column.field for column in sheet.columns}
        owner = "participation" if sheet.fields("collaboration.name", "member", "collaborations") else "actor"
        fields = [known.get(title, IGNORE if is_personal(title) else f"{owner}.{ATTRIBUTE}") for title in titles]
        ours = (column for each in OWNERS for column in specs()[f"{each}s"].columns)
        return cls(sheet, titles, fields, language_of(ours, titles))

    def row(self, row: GridRow) -> ListRow:
        """Return a row taken apart."""
        made = ListRow(row.number, {owner: {} for owner in OWNERS}, {owner: [] for owner in OWNERS})
        for position, cell in enumerate(row.cells):
            text = as_text(cell).strip()
            title, field_ = self._column(position)
            if not text and self.sheet.fill_down and field_ in {"actor.name", "collaboration.name"} and any(row.cells):
                cell = self._above.get(position)
                text = as_text(cell).strip()
            self._above[position] = cell
            if not text:
                continue
            if not is_personal(title):
                made.values[title] = as_text(row.cells[position]).strip() or text
            self._put(made, title, field_, cell, text)
        if self.sheet.fill_down and made.is_total:
            self._above.clear()  # what stands below a sum is no part of it, and nobody says whose it is
        return made

    def _column(self, position: int) -> tuple[str, str]:
        if position < len(self.titles):
            return self.titles[position], self.fields[position]
        return f"column {position + 1}", IGNORE

    def _put(self, made: ListRow, title: str, field_: str, cell: Cell, text: str) -> None:
        owner, _, key = field_.rpartition(".")
        if key == ATTRIBUTE:
            made.own[owner].append((attribute_name(title), text))
        elif owner:
            made.cells[owner][key] = _day(cell, text, last=key == "end") if key in {"start", "end"} else cell
        elif field_ == "partners":
            made.partners += parts_of(text)
        elif field_ == "funders":
            made.funders += parts_of(text)
        elif field_ == "collaborations":
            made.collaborations += [(part, title) for part in parts_of(text)]
        elif field_ == "member" and fold(text) not in values_words("no"):
            made.memberships.append((title, "" if fold(text) in values_words("mark") else text))

    def headers(self, owner: str) -> dict[str, str]:
        """Return key of a column of our table → heading."""
        return {key: title for title, key in self._keys(owner)}

    def _keys(self, owner: str) -> Iterator[tuple[str, str]]:
        for title, field_ in zip(self.titles, self.fields, strict=True):
            if field_.startswith(f"{owner}.") and not field_.endswith(ATTRIBUTE):
                yield title, field_.partition(".")[2]


def parts_of(text: str) -> list[str]:
    """Return the names in a cell: between semicolons or line breaks, else between commas.

    >>> parts_of("Nokia Oyj, Tampereen kaupunki"), parts_of("Åbo Akademi, Vasa; TAU")
    (['Nokia Oyj', 'Tampereen kaupunki'], ['Åbo Akademi, Vasa', 'TAU'])
    """
    parts = _SEPARATORS.split(text)
    if len(parts) == 1:
        parts = _COMMAS.split(text)
    return list(dict.fromkeys(part for part in (" ".join(part.split()) for part in parts) if part))


def _day(cell: Cell, text: str, *, last: bool) -> Cell:
    """Return a cell of a day; a year alone is its first day, or its last."""
    if _YEAR.fullmatch(text):
        return f"{text}-12-31" if last else f"{text}-01-01"
    return cell
