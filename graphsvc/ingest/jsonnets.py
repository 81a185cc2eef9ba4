"""Networks in JSON: exports of Kumu and VOSviewer, and node-link JSON (D3, NetworkX, Gephi Lite, Cytoscape).

Rows are numbered as they come in their list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graphsvc.errors import UnknownFormat
from graphsvc.ingest.jsonfile import entries, load_json
from graphsvc.ingest.reading import Problem
from graphsvc.ingest.streams import Count, Stream
from graphsvc.ingest.ties import Item, StreamFile, Values, flattened, node_of, scalar, tie_of, unread

_IDS: Final = ("id", "ID", "Id", "_id", "key", "name", "label")
"""Where node-link JSON keeps a node's id, the first that all nodes have."""


@dataclass(frozen=True, slots=True)
class JsonNetwork(StreamFile):
    """See :class:`graphsvc.ingest.ties.NetworkFile`. The document is read anew each time and not kept."""

    format: str
    read: Callable[[str, Any], Iterator[Item]]

    def items(self, count: Count | None = None) -> Iterator[Item]:
        """See :meth:`graphsvc.ingest.ties.NetworkFile.items`."""
        yield from self.read(self.file, load_json(self.stream))


def json_network(stream: Stream) -> JsonNetwork:
    """Return the reader of a JSON file by the lists it holds; :class:`UnknownFormat` when it has none of them."""
    document = load_json(stream)
    if entries(document, "elements") and isinstance(document.get("connections"), list):
        return JsonNetwork(stream, "Kumu JSON", _kumu)
    if isinstance(document, dict) and entries(document.get("network"), "items"):
        return JsonNetwork(stream, "VOSviewer JSON", _vosviewer)
    if entries(_unwrapped(document), "nodes"):
        return JsonNetwork(stream, "node-link JSON", _node_link)
    found = ", ".join(map(str, list(document)[:8])) if isinstance(document, dict) else type(document).__name__
    raise UnknownFormat(
        f"{stream.file} is JSON, but no network that is known here (found: {found or 'nothing'}).",
        remedy="Known are exports of Kumu (elements, connections), of VOSviewer (network with items, links) and"
        " node-link JSON (nodes, and edges or links).",
    )


def _kumu(file: str, document: Any) -> Iterator[Item]:
    for row, entry in enumerate(document["elements"], start=1):
        if isinstance(entry, dict):
            yield node_of(file, _kumu_key(entry), row, _with(entry, "attributes"), sheet="elements")
        else:
            yield _no_object(file, "elements", row)
    for row, entry in enumerate(document["connections"], start=1):
        if isinstance(entry, dict):
            ends = scalar(entry.get("from")), scalar(entry.get("to"))
            if entry.get("reversed") is True:
                ends = ends[1], ends[0]
            yield tie_of(file, ends, row, _with(entry, "attributes"), False, "connections")
        else:
            yield _no_object(file, "connections", row)
    if loops := entries(document, "loops"):
        what = f"The {len(loops)} feedback loops drawn in Kumu are not read."
        yield unread(file, "loops", None, what, "They say nothing of who works with whom.")


def _kumu_key(entry: Mapping[str, Any]) -> str:
    """Return what connections call an element: its id in an export, else that of a blueprint, else its label there."""
    return next((key for name in ("_id", "id", "label") if (key := scalar(entry.get(name)))), "")


def _vosviewer(file: str, document: Any) -> Iterator[Item]:
    network = document["network"]
    for row, entry in enumerate(network["items"], start=1):
        if isinstance(entry, dict):
            yield node_of(file, scalar(entry.get("id")), row, flattened(entry), sheet="items")
        else:
            yield _no_object(file, "items", row)
    for row, entry in enumerate(entries(network, "links"), start=1):
        if isinstance(entry, dict):
            ends = scalar(entry.get("source_id")), scalar(entry.get("target_id"))
            yield tie_of(file, ends, row, flattened(entry), False)
        else:
            yield _no_object(file, "links", row)


def _node_link(file: str, document: Any) -> Iterator[Item]:
    graph = _unwrapped(document)
    nodes, ties = entries(graph, "nodes"), entries(graph, "links") or entries(graph, "edges")
    directed = graph.get("directed") is True or (entries(graph, "links") == [] and graph.get("type") == "directed")
    key_of = _key_of(nodes, ties)
    for row, entry in enumerate(nodes, start=1):
        if isinstance(entry, dict):
            yield node_of(file, key_of(row - 1, entry), row, _with(_inner(entry), "attributes"))
        else:
            yield _no_object(file, "nodes", row)
    for row, entry in enumerate(ties, start=1):
        if isinstance(entry, dict):
            inner = _inner(entry)
            ends = _end(inner.get("source"), key_of), _end(inner.get("target"), key_of)
            yield tie_of(file, ends, row, _with(inner, "attributes"), directed)
        else:
            yield _no_object(file, "links", row)


def _unwrapped(document: Any) -> dict[str, Any]:
    """Return the object that holds the lists: JSON Graph and Cytoscape put them one level deeper."""
    if not isinstance(document, dict):
        return {}
    for name in ("graph", "elements"):
        inner = document.get(name)
        if isinstance(inner, dict) and isinstance(inner.get("nodes"), list):
            return inner
    return document


def _inner(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an entry of Cytoscape's, which lies in ``data``; others as they are."""
    data = entry.get("data")
    return data if isinstance(data, dict) else entry


def _key_of(nodes: Sequence[Any], ties: Sequence[Any]) -> Callable[[int, Mapping[str, Any]], str]:
    """Return what tells a node's key: its id, or its place in the list where ties name places (D3 before version 4)."""
    objects = [_inner(node) for node in nodes if isinstance(node, dict)]
    name = next((id_ for id_ in _IDS if all(id_ in node for node in objects)), "")
    places = name in {"", "name", "label"} and all(
        type(_inner(tie).get(end)) is int for tie in ties if isinstance(tie, dict) for end in ("source", "target")
    )
    if places:
        return lambda place, node: str(place)
    return lambda place, node: scalar(_inner(node).get(name))


def _end(value: Any, key_of: Callable[[int, Mapping[str, Any]], str]) -> str:
    """Return the key that a tie's end means; D3 puts the whole node there once it has drawn it."""
    if isinstance(value, dict):
        return scalar(value["index"]) if "index" in value and not key_of(0, value) else key_of(-1, value)
    return scalar(value)


def _with(entry: Mapping[str, Any], name: str) -> Values:
    """Return an entry as attributes, those of the object ``name`` in it under their own names."""
    values: Values = {}
    inner = entry.get(name)
    for key, value in entry.items():
        if key == name and isinstance(inner, dict):
            for own, text in flattened(inner).items():
                values[own if own not in entry else f"{name}.{own}"] = text
        else:
            flattened(value, str(key), values)
    return values


def _no_object(file: str, sheet: str, row: int) -> Problem:
    return unread(file, sheet, row, "The entry is no object with attributes.", "Correct or delete it.", error=True)
