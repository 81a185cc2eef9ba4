"""A network for Kumu: a workbook with its sheets Elements and Connections, or its JSON blueprint.

Both forms as Kumu documents them (docs.kumu.io, *Structure your data* and *JSON / Blueprints*): elements have an id, so
that two may bear one label, and connections name the ids.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

import xlsxwriter

from graphsvc.cells import neutral
from graphsvc.render.exports import json_about, json_lists
from graphsvc.render.network_rows import AT_ONCE, RowByRow, Scalar, nodes_of, scalars, ties_of
from graphsvc.wording import say

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]

_CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_OWN_PLACES: Final = frozenset({"name", "kind", "themes"})
"""Attributes that have a field of Kumu's own: Label, Type, Tags."""

Progress = Callable[[int, int], None]
"""Called with rows written, and their number."""
Fields = dict[str, Scalar | list[str]]


def kumu_json(network: Graph | RowByRow, language: str, *, meta: Mapping[str, str]) -> Iterator[bytes]:
    """Yield a blueprint in parts. ``meta`` says what the network is and stands beside the lists, which Kumu reads."""
    yield f'{{\n "graphsvc": {json_about(meta)}'.encode()
    lists = {"elements": _elements(network, language), "connections": _connections(network)}
    yield from json_lists({name: map(_in_small_letters, rows) for name, rows in lists.items()})


def kumu_workbook(
    network: Graph | RowByRow, language: str, *, meta: Mapping[str, str], progress: Progress | None = None
) -> bytes:
    """Return a workbook; ``meta`` stands among its properties, since Kumu takes sheets for data.

    Rows go to disk as they are made. What has more of them than a sheet holds loses the rest: see ``check_rows``.
    """
    file = io.BytesIO()
    sheets = (
        _Sheet.of("Elements", ("ID", "Label", "Type", "Tags"), lambda: _elements(network, language)),
        _Sheet.of("Connections", ("From", "To", "Direction"), lambda: _connections(network)),
    )
    typed = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, {**typed, "constant_memory": True})
    about = "; ".join(f"{name}: {value}" for name, value in scalars(meta).items())
    book.set_properties({"title": "graphsvc", "comments": about, "created": _CREATED})
    done, total = 0, sum(sheet.length for sheet in sheets)
    try:
        for sheet in sheets:
            for number in sheet.write(book):
                if progress and number % AT_ONCE == 0:
                    progress(done + number, total)
            done += sheet.length
    finally:  # also what is broken off has files of rows to let go of
        book.close()
    return file.getvalue()


def _elements(network: Graph | RowByRow, language: str) -> Iterator[Fields]:
    kinds: dict[str, str] = {}
    for node, attributes in nodes_of(network):
        noun = "collaboration" if attributes.get("bipartite") == 1 else "actor"
        kind = f"{noun}.{attributes['kind']}" if attributes.get("kind") else ""
        own: Fields = {name: value for name, value in attributes.items() if name not in _OWN_PLACES and value != ""}
        tags = [tag for tag in str(attributes.get("themes", "")).split("; ") if tag]
        fields: Fields = {"ID": node, "Label": str(attributes.get("name") or node)}
        if kind:
            if kind not in kinds:
                kinds[kind] = say("kinds", kind, language)
            fields["Type"] = kinds[kind]
        yield {**fields, **({"Tags": tags} if tags else {}), **own}


def _in_small_letters(fields: Fields) -> Fields:
    return {name.lower(): value for name, value in fields.items()}


def _connections(network: Graph | RowByRow) -> Iterator[Fields]:
    for a, b, attributes in ties_of(network):
        own: Fields = {("strength" if name == "weight" else name): value for name, value in attributes.items()}
        yield {"From": a, "To": b, "Direction": "undirected", **own}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: Kumu's own columns first, then those that any row has, in the order of their names."""

    name: str
    columns: tuple[str, ...]
    length: int
    rows: Callable[[], Iterator[Fields]]

    @classmethod
    def of(cls, name: str, first: tuple[str, ...], rows: Callable[[], Iterator[Fields]]) -> Self:
        """Go through the rows once, for the columns and their number."""
        signs = Counter(map(tuple, rows()))
        length = signs.total()
        return cls(name, (*first, *sorted({key for each in signs for key in each} - set(first))), length, rows)

    def write(self, book: Any) -> Iterator[int]:
        """Write the sheet; yields the number of each row that is written."""
        sheet, bold = book.add_worksheet(self.name), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for position, column in enumerate(self.columns):
            sheet.write_string(0, position, neutral(column), bold)
        for number, row in enumerate(self.rows(), start=1):
            for position, column in enumerate(self.columns):
                value = row.get(column)
                if isinstance(value, list):
                    sheet.write_string(number, position, neutral("|".join(value)))
                elif isinstance(value, bool):
                    sheet.write_boolean(number, position, value)
                elif isinstance(value, int | float):
                    sheet.write_number(number, position, value)
                elif value:
                    sheet.write_string(number, position, neutral(value))
            yield number
