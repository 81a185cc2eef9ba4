"""The beginning of a sheet: where its header is, its headings made unique, and the cells of each column below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from graphsvc.ingest.grid import Cell, Grid, GridRow, as_text
from graphsvc.ingest.heading_words import meaning_of

SAMPLE_ROWS: Final = 2000
"""Rows that a proposal is made from."""
_HEADER_ROWS: Final = 15
"""Rows, not empty, among which the header is looked for: titles and dates of printing come before it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a proposal is made from."""

    grid: Grid
    header_row: int
    header_rows: int
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Texts of the rows below the header, as many in each as there are headings."""

    def column(self, position: int) -> list[str]:
        """Return the texts of a column that are not empty."""
        return [row[position] for row in self.rows if row[position]]


def sample_of(grid: Grid) -> Sample | None:
    """Return the beginning of a sheet; None where there is nothing in it."""
    rows = list(_first(grid))
    if not rows:
        return None
    at = _header_at(rows)
    above = rows[at - 1] if at and _is_group(rows[at - 1], rows[at]) else None
    titles = titles_of(rows[at].cells, above.cells if above else ())
    body = tuple(
        tuple(_text(row.cells[place]) if place < len(row.cells) else "" for place in range(len(titles)))
        for row in rows[at + 1 :]
    )
    return Sample(grid, rows[at].number, 2 if above else 1, titles, body)


def titles_of(cells: Sequence[Cell], above: Sequence[Cell] = ()) -> tuple[str, ...]:
    """Return headings, each once: ``Nimi``, ``Nimi (2)``; under a group of columns ``Hanke: Nimi``.

    >>> titles_of(["Nimi", "Nimi", None], ["Hanke", None, "x"])
    ('Hanke: Nimi', 'Hanke: Nimi (2)', 'column 3')
    """
    titles: list[str] = []
    group = ""
    for position, cell in enumerate(cells):
        group = (_text(above[position]) if position < len(above) else "") or group
        text = _text(cell)
        title = f"{group}: {text}" if group and text else text or f"column {position + 1}"
        free, number = title, 1
        while free in titles:
            number += 1
            free = f"{title} ({number})"
        titles.append(free)
    return tuple(titles)


def _first(grid: Grid) -> Iterator[GridRow]:
    with closing(grid.rows()) as rows:
        read = 0
        for row in rows:
            if isinstance(row, GridRow):
                yield row
                read += 1
                if read == SAMPLE_ROWS + _HEADER_ROWS:
                    return


def _header_at(rows: Sequence[GridRow]) -> int:
    """Return which row is the header: most known headings, then most texts; one with a single text is a title."""
    best, score = 0, -1.0
    for at, row in enumerate(rows[:_HEADER_ROWS]):
        texts = [_text(cell) for cell in row.cells if _text(cell)]
        if len(texts) < 2 and len(rows) > at + 1 and at < _HEADER_ROWS - 1:
            continue
        short = [text for text in texts if len(text) <= 80 and not _is_number(text)]
        known = sum(meant.confidence for text in short if (meant := meaning_of(text)))
        full = len(short) / max(len(row.cells), 1)
        found = known + 0.5 * full - 0.05 * at - (len(texts) - len(short))
        if found > score:
            best, score = at, found
    return best


def _is_group(above: GridRow, header: GridRow) -> bool:
    """Tell whether a row holds names of groups of columns: at least two, and fewer than there are headings."""
    texts = [_text(cell) for cell in above.cells]
    named = [position for position, text in enumerate(texts) if text]
    headings = sum(bool(_text(cell)) for cell in header.cells)
    return 2 <= len(named) < headings and not any(_is_number(texts[position]) for position in named)


def _text(cell: Cell) -> str:
    return " ".join(as_text(cell).split())


def _is_number(text: str) -> bool:
    return text.replace(" ", "").replace(",", ".").replace(".", "", 1).lstrip("-").isdigit()
