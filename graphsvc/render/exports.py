"""A network as a file for other tools: node-link JSON, GraphML, GEXF 1.3 (Gephi), CSV. Same graph, same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import networkx as nx

from graphsvc.cells import neutral
from graphsvc.errors import UnknownFormat
from graphsvc.render.network_rows import (
    RowByRow,
    Scalar,
    nodes_of,
    plain_graph,
    scalars,
    some_of,
    text_of,
    ties_of,
)
from graphsvc.render.xml_networks import gexf, graphml

if TYPE_CHECKING:
    Graph = nx.Graph[str]

GraphFormat = Literal["json", "graphml", "gexf", "csv"]
MEDIA_TYPES: Final[Mapping[GraphFormat, str]] = {
    "json": "application/json",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "csv": "text/csv",
}
_FIELDS: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",\n   ", ": "))


def export(graph: Graph, format_: str, *, meta: Mapping[str, str]) -> bytes:
    """Return ``graph`` as a file of ``format_``. :class:`UnknownFormat` for another format.

    ``meta`` says what the network is (title, date, source …) and stands in the file where the format has room for it;
    CSV has not. Attributes may be None (left out), tuples (joined with ``; ``), enums, dates, numpy numbers; text loses
    characters that XML can't hold.
    """
    return b"".join(parts(graph, format_, meta=meta))


def parts(graph: Graph | RowByRow, format_: str, *, meta: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the file of :func:`export` in parts, which are made one by one, whatever the size."""
    if format_ not in get_args(GraphFormat):
        raise UnknownFormat(f"There is no graph format {format_!r}.", remedy=f"Use {', '.join(get_args(GraphFormat))}.")
    if format_ == "json":
        return _json(graph, meta)
    if format_ == "csv":
        return _csv(graph)
    return graphml(graph, meta) if format_ == "graphml" else gexf(graph, meta)


def _json(graph: Graph | RowByRow, meta: Mapping[str, str]) -> Iterator[bytes]:
    """Yield what ``json.dumps(node_link(graph), indent=1)`` gives, some nodes and ties at a time."""
    yield f'{{\n "directed": false,\n "multigraph": false,\n "graph": {json_about(meta)}'.encode()
    nodes = ({**attributes, "id": node} for node, attributes in nodes_of(graph))
    ties = ({**attributes, "source": a, "target": b} for a, b, attributes in ties_of(graph))
    yield from json_lists({"nodes": nodes, "edges": ties})


def json_about(meta: Mapping[str, str]) -> str:
    """Return what a network is as a member of an object, as ``json.dumps(…, indent=1)`` writes it."""
    return json.dumps(scalars(meta), ensure_ascii=False, indent=1, allow_nan=False).replace("\n", "\n ")


def json_lists(lists: Mapping[str, Iterable[Mapping[str, object]]]) -> Iterator[bytes]:
    """Yield the last members of an object, lists of flat objects, and its end, as ``json.dumps(…, indent=1)`` does.

    Python's encoder is many times as fast without ``indent``: what stands between two fields may hold the line feed.
    """
    for name, items in lists.items():
        yield f',\n "{name}": ['.encode()
        before = ""
        for some in some_of(items):
            texts = (f"\n  {{\n   {_FIELDS.encode(item)[1:-1]}\n  }}" for item in some)
            yield (before + ",".join(texts)).encode()
            before = ","
        yield b"\n ]" if before else b"]"
    yield b"\n}"


def node_link(graph: Graph) -> dict[str, Any]:
    """Return ``graph`` in NetworkX's node-link form with ``nodes`` and ``edges``, both sorted by id."""
    clean = plain_graph(graph, graph.graph)
    data: dict[str, Any] = nx.node_link_data(clean, edges="edges")
    return data


def _csv(graph: Graph | RowByRow) -> Iterator[bytes]:
    """Yield the ties as rows with the names of both ends; an actor without ties is a row without a target.

    UTF-8 with a byte order mark, which spreadsheets need; a cell they would compute begins with an apostrophe.
    """
    signs: set[tuple[str, ...]] = set()
    tied: set[str] = set()
    for a, b, attributes in ties_of(graph):
        signs.add(tuple(attributes))
        tied.update((a, b))
    extra = sorted({name for each in signs for name in each})
    names = {node: safe_cell(str(attributes.get("name", ""))) for node, attributes in nodes_of(graph)}

    def rows() -> Iterator[list[str]]:
        yield ["source", "source_name", "target", "target_name", *(safe_cell(name) for name in extra)]
        for a, b, attributes in ties_of(graph):
            values = [safe_cell(attributes.get(name, "")) for name in extra]
            yield [safe_cell(a), names[a], safe_cell(b), names[b], *values]
        for id_ in names:
            if id_ not in tied:
                yield [safe_cell(id_), names[id_], "", "", *("" for _ in extra)]

    yield b"\xef\xbb\xbf"
    for some in some_of(rows()):
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(some)
        yield text.getvalue().encode()


def safe_cell(value: Scalar) -> str:
    """Return the cell's text, which no spreadsheet takes for a formula."""
    return neutral(value) if isinstance(value, str) else text_of(value)
