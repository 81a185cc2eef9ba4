"""A network for Kumu: a workbook with its sheets Elements and Connections, or its JSON blueprint.

Both forms as Kumu documents them (docs.kumu.io, *Structure your data* and *JSON / Blueprints*): elements have an id, so
that two may bear one label, and connections name the ids.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from graphsvc.cells import neutral
from graphsvc.render.network_rows import Scalar, plain_graph
from graphsvc.wording import say

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]

_CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_OWN_PLACES: Final = frozenset({"name", "kind", "themes"})
"""Attributes that have a field of Kumu's own: Label, Type, Tags."""

Fields = dict[str, Scalar | list[str]]


def kumu_json(graph: Graph, language: str, *, meta: Mapping[str, str]) -> bytes:
    """Return a blueprint. ``meta`` says what the network is and stands beside the lists, where Kumu passes it over."""
    clean = plain_graph(graph, meta)
    elements = [{name.lower(): value for name, value in each.items()} for each in _elements(clean, language)]
    connections = [{name.lower(): value for name, value in each.items()} for each in _connections(clean)]
    document = {"graphsvc": dict(clean.graph), "elements": elements, "connections": connections}
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode()


def kumu_workbook(graph: Graph, language: str, *, meta: Mapping[str, str]) -> bytes:
    """Return a workbook; ``meta`` stands among its properties, since Kumu takes sheets for data."""
    clean, file = plain_graph(graph, meta), io.BytesIO()
    typed = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(file, typed)
    about = "; ".join(f"{name}: {value}" for name, value in clean.graph.items())
    book.set_properties({"title": "graphsvc", "comments": about, "created": _CREATED})
    _sheet(book, "Elements", ["ID", "Label", "Type", "Tags"], list(_elements(clean, language)))
    _sheet(book, "Connections", ["From", "To", "Direction"], list(_connections(clean)))
    book.close()
    return file.getvalue()


def _elements(graph: Graph, language: str) -> Iterator[Fields]:
    for node, attributes in graph.nodes(data=True):
        noun = "collaboration" if attributes.get("bipartite") == 1 else "actor"
        kind = f"{noun}.{attributes['kind']}" if attributes.get("kind") else ""
        own: Fields = {name: value for name, value in attributes.items() if name not in _OWN_PLACES and value != ""}
        tags = [tag for tag in str(attributes.get("themes", "")).split("; ") if tag]
        fields: Fields = {"ID": node, "Label": str(attributes.get("name") or node)}
        if kind:
            fields["Type"] = say("kinds", kind, language)
        yield {**fields, **({"Tags": tags} if tags else {}), **own}


def _connections(graph: Graph) -> Iterator[Fields]:
    for a, b, attributes in graph.edges(data=True):
        own: Fields = {("strength" if name == "weight" else name): value for name, value in attributes.items()}
        yield {"From": a, "To": b, "Direction": "undirected", **own}


def _sheet(book: Any, name: str, first: Sequence[str], rows: Sequence[Fields]) -> None:
    """Write a sheet: Kumu's own columns first, then those that any row has, in the order of their names."""
    columns = [*first, *sorted({key for row in rows for key in row} - set(first))]
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for position, column in enumerate(columns):
        sheet.write_string(0, position, neutral(column), bold)
    for number, row in enumerate(rows, start=1):
        for position, column in enumerate(columns):
            value = row.get(column)
            if isinstance(value, list):
                sheet.write_string(number, position, neutral("|".join(value)))
            elif isinstance(value, bool):
                sheet.write_boolean(number, position, value)
            elif isinstance(value, int | float):
                sheet.write_number(number, position, value)
            elif value:
                sheet.write_string(number, position, neutral(value))
