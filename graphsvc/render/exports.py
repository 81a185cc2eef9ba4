"""A network as a file for other tools: node-link JSON, GraphML, GEXF 1.3 (Gephi), CSV. Same graph, same bytes."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, get_args
from xml.etree import ElementTree as Xml  # written, never read

import networkx as nx

from graphsvc.cells import neutral
from graphsvc.errors import UnknownFormat
from graphsvc.render.plain import plain

if TYPE_CHECKING:
    Graph = nx.Graph[str]

GraphFormat = Literal["json", "graphml", "gexf", "csv"]
MEDIA_TYPES: Final[Mapping[GraphFormat, str]] = {
    "json": "application/json",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "csv": "text/csv",
}
GEXF: Final = "http://gexf.net/1.3"

Scalar = str | int | float | bool
T = TypeVar("T")
AT_ONCE: Final = 1000
"""Nodes, ties or rows that are written at a time: some hundred kilobytes."""


def export(graph: Graph, format_: str, *, meta: Mapping[str, str]) -> bytes:
    """Return ``graph`` as a file of ``format_``. :class:`UnknownFormat` for another format.

    ``meta`` says what the network is (title, date, source …) and stands in the file where the format has room for it;
    CSV has not. Attributes may be None (left out), tuples (joined with ``; ``), enums, dates, numpy numbers; text loses
    characters that XML can't hold.
    """
    return b"".join(parts(graph, format_, meta=meta))


def parts(graph: Graph, format_: str, *, meta: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the file of :func:`export` in parts; of JSON and CSV they are made one by one, whatever the size."""
    if format_ not in get_args(GraphFormat):
        raise UnknownFormat(f"There is no graph format {format_!r}.", remedy=f"Use {', '.join(get_args(GraphFormat))}.")
    if format_ == "json":
        return _json(graph, meta)
    if format_ == "csv":
        return _csv(graph)
    make = _graphml if format_ == "graphml" else _gexf
    return iter((make(plain_graph(graph, meta)),))


def _json(graph: Graph, meta: Mapping[str, str]) -> Iterator[bytes]:
    """Yield what ``json.dumps(node_link(graph), indent=1)`` gives, some nodes and ties at a time."""
    yield f'{{\n "directed": false,\n "multigraph": false,\n "graph": {_indented(_scalars(meta), 1)}'.encode()
    nodes = ({**attributes, "id": node} for node, attributes in _nodes(graph))
    ties = ({**attributes, "source": a, "target": b} for a, b, attributes in _ties(graph))
    for name, items in (("nodes", nodes), ("edges", ties)):
        yield f',\n "{name}": ['.encode()
        before = ""
        for some in _some(items):
            texts = (f"\n  {_indented(item, 2)}" for item in some)
            yield (before + ",".join(texts)).encode()
            before = ","
        yield b"\n ]" if before else b"]"
    yield b"\n}"


def _indented(value: Mapping[str, Scalar], depth: int) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return text.replace("\n", "\n" + " " * depth)


def _some(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _nodes(graph: Graph) -> Iterator[tuple[str, dict[str, Scalar]]]:
    """Yield nodes by id, with attributes that every format can hold."""
    return ((plain(str(node)), _scalars(graph.nodes[node])) for node in sorted(graph))


def _ties(graph: Graph) -> Iterator[tuple[str, str, dict[str, Scalar]]]:
    """Yield ties by the ids of their ends, the smaller one first."""
    ends = sorted((min(a, b), max(a, b)) for a, b in graph.edges)
    return ((plain(str(a)), plain(str(b)), _scalars(graph.edges[a, b])) for a, b in ends)


def node_link(graph: Graph) -> dict[str, Any]:
    """Return ``graph`` in NetworkX's node-link form with ``nodes`` and ``edges``, both sorted by id."""
    clean = plain_graph(graph, graph.graph)
    data: dict[str, Any] = nx.node_link_data(clean, edges="edges")
    return data


def plain_graph(graph: Graph, meta: Mapping[str, object]) -> Graph:
    """Return a sorted copy of ``graph`` whose attributes every format can hold."""
    made: Graph = nx.Graph()
    made.graph.update(_scalars(meta))
    for node, attributes in _nodes(graph):
        made.add_node(node, **attributes)
    for a, b, attributes in _ties(graph):
        made.add_edge(a, b, **attributes)
    return made


def _scalars(attributes: Mapping[str, object]) -> dict[str, Scalar]:
    values = {plain(str(name)): _scalar(value) for name, value in sorted(attributes.items())}
    return {name: value for name, value in values.items() if value is not None}


def _scalar(value: object) -> Scalar | None:
    if isinstance(value, Enum):
        value = value.value
    if hasattr(value, "item") and hasattr(value, "dtype"):
        value = value.item()  # a numpy number
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        value = sorted(value, key=str)
    if isinstance(value, Iterable) and not isinstance(value, str):
        return plain("; ".join(str(_scalar(part)) for part in value if part is not None))
    return plain(str(value))


def _graphml(graph: Graph) -> bytes:
    file = io.BytesIO()
    nx.write_graphml_xml(_one_type_each(graph), file, named_key_ids=True)
    return file.getvalue()


def _one_type_each(graph: Graph) -> Graph:
    """Return ``graph`` with one type for each attribute: a reader of GraphML and GEXF takes the first it sees."""
    for items in ([graph.nodes[node] for node in graph], [graph.edges[edge] for edge in graph.edges]):
        for name in {name for attributes in items for name in attributes}:
            types = {type(attributes[name]) for attributes in items if name in attributes}
            if len(types) > 1:
                common = float if types == {int, float} else str
                for attributes in items:
                    if name in attributes:
                        attributes[name] = common(attributes[name])
    return graph


def _gexf(graph: Graph) -> bytes:
    """Return GEXF 1.3 (gexf.net); ``name`` becomes the label and ``weight`` the weight that Gephi reads."""
    graph = _one_type_each(graph)
    root = Xml.Element("gexf", {"xmlns": GEXF, "version": "1.3"})
    meta = Xml.SubElement(root, "meta")
    Xml.SubElement(meta, "creator").text = "graphsvc"
    Xml.SubElement(meta, "description").text = "; ".join(f"{name}: {value}" for name, value in graph.graph.items())
    body = Xml.SubElement(root, "graph", {"defaultedgetype": "undirected", "mode": "static"})
    node_columns = _columns(body, "node", [graph.nodes[node] for node in graph], "name")
    edge_columns = _columns(body, "edge", [graph.edges[edge] for edge in graph.edges], "weight")
    nodes = Xml.SubElement(body, "nodes")
    for node, attributes in graph.nodes(data=True):
        element = Xml.SubElement(nodes, "node", {"id": node, "label": str(attributes.get("name", node))})
        _values(element, attributes, node_columns)
    edges = Xml.SubElement(body, "edges")
    for number, (a, b, attributes) in enumerate(graph.edges(data=True)):
        element = Xml.SubElement(edges, "edge", {"id": str(number), "source": a, "target": b})
        if "weight" in attributes:
            element.set("weight", _text(attributes["weight"]))
        _values(element, attributes, edge_columns)
    Xml.indent(root)
    text: bytes = Xml.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def _columns(body: Xml.Element, class_: str, items: list[dict[str, Scalar]], special: str) -> dict[str, str]:
    """Declare the attributes and return name → id; ``special`` has its own place in the format."""
    kinds = {bool: "boolean", int: "long", float: "double", str: "string"}
    types = {name: type(value) for attributes in items for name, value in attributes.items() if name != special}
    declared = Xml.SubElement(body, "attributes", {"class": class_, "mode": "static"})
    for name in sorted(types):
        Xml.SubElement(declared, "attribute", {"id": name, "title": name, "type": kinds[types[name]]})
    return {name: name for name in types}


def _values(element: Xml.Element, attributes: Mapping[str, Scalar], columns: Mapping[str, str]) -> None:
    values = Xml.SubElement(element, "attvalues")
    for name in sorted(set(attributes) & set(columns)):
        Xml.SubElement(values, "attvalue", {"for": columns[name], "value": _text(attributes[name])})


def _text(value: Scalar) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _csv(graph: Graph) -> Iterator[bytes]:
    """Yield the ties as rows with the names of both ends; an actor without ties is a row without a target.

    UTF-8 with a byte order mark, which spreadsheets need; a cell they would compute begins with an apostrophe.
    """
    extra = sorted({name for *_, attributes in _ties(graph) for name in attributes})
    names = {node: safe_cell(str(attributes.get("name", ""))) for node, attributes in _nodes(graph)}

    def rows() -> Iterator[list[str]]:
        yield ["source", "source_name", "target", "target_name", *(safe_cell(name) for name in extra)]
        for a, b, attributes in _ties(graph):
            values = [safe_cell(attributes.get(name, "")) for name in extra]
            yield [safe_cell(a), names[a], safe_cell(b), names[b], *values]
        for node in sorted(nx.isolates(graph)):
            id_ = plain(str(node))
            yield [safe_cell(id_), names[id_], "", "", *("" for _ in extra)]

    yield b"\xef\xbb\xbf"
    for some in _some(rows()):
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows(some)
        yield text.getvalue().encode()


def safe_cell(value: Scalar) -> str:
    """Return the cell's text, which no spreadsheet takes for a formula."""
    return neutral(value) if isinstance(value, str) else _text(value)
