"""GraphML (graphml.graphdrawing.org), also of yEd, igraph, NetworkX and Gephi. Rows are numbered as they come.

More is accepted than NetworkX's reader accepts: keys that are declared inside the graph, one id for a key of nodes and
one of edges, type names that are none, and keys that are declared nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from graphsvc.ingest.reading import Problem
from graphsvc.ingest.streams import Count
from graphsvc.ingest.ties import Item, Node, StreamFile, Tie, Values, node_of, put, tie_of, unread
from graphsvc.ingest.xmlevents import End, Start, elements

_LABELS: Final = frozenset({"NodeLabel", "EdgeLabel"})
"""Where yEd keeps what is written on a node or an edge."""


@dataclass(frozen=True, slots=True)
class GraphMl(StreamFile):
    """See :class:`graphsvc.ingest.ties.NetworkFile`."""

    format = "GraphML"

    def items(self, count: Count | None = None) -> Iterator[Item]:
        """See :meth:`graphsvc.ingest.ties.NetworkFile.items`. A node's own graph is read with the others."""
        graph = _Graph(self.file)
        for event in elements(self.stream, count):
            item = graph.starts(event) if isinstance(event, Start) else graph.ends(event)
            if item:
                yield item


@dataclass(slots=True)
class _Open:
    """A node or an edge whose end is not read yet."""

    what: str
    attributes: dict[str, str]
    row: int
    data: Values = field(default_factory=dict)
    label: str = ""


@dataclass(slots=True)
class _Graph:
    """Where in the file we are."""

    file: str
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    """(``node``, ``edge`` or ``all``, id of the key) → name of the attribute."""
    defaults: dict[tuple[str, str], str] = field(default_factory=dict)
    directed: bool = True
    rows: dict[str, int] = field(default_factory=lambda: {"node": 0, "edge": 0})
    opened: list[_Open] = field(default_factory=list)
    key: tuple[str, str] | None = None
    datum: str = ""

    def starts(self, event: Start) -> Problem | None:
        given = event.attributes
        if event.name == "key":
            self.key = (given.get("for", "all"), given.get("id", ""))
            self.names[self.key] = given.get("attr.name") or self.key[1]
        elif event.name == "graph":
            self.directed = given.get("edgedefault", "directed") != "undirected"
        elif event.name in self.rows:
            self.rows[event.name] += 1
            self.opened.append(_Open(event.name, given, self.rows[event.name]))
        elif event.name == "data":
            self.datum = given.get("key", "")
        elif event.name == "hyperedge":
            what = "A hyperedge is not read: links between each two of its nodes would be invented."
            return unread(self.file, "links", None, what, "Make it a node that the others are linked with.")
        return None

    def ends(self, event: End) -> Item | None:
        text = event.text.strip()
        if event.name == "default" and self.key:
            self.defaults[self.key] = text
        elif not self.opened:
            return None
        elif event.name == "data" and text:
            put(self.opened[-1].data, self.datum, text)
        elif event.name in _LABELS:
            self.opened[-1].label = self.opened[-1].label or text
        elif event.name == self.opened[-1].what:
            return self._made(self.opened.pop())
        return None

    def _made(self, done: _Open) -> Node | Tie | Problem:
        given = done.attributes
        values = self._values(done)
        if done.what == "node":
            return node_of(self.file, given.get("id", ""), done.row, values, name=done.label)
        put(values, "label", done.label)
        ends = (given.get("source", ""), given.get("target", ""))
        return tie_of(self.file, ends, done.row, values, self.directed)

    def _values(self, done: _Open) -> Values:
        """Return the attributes under their names, with the defaults of those that are not given."""
        given = dict(done.data)
        for (what, id_), default in self.defaults.items():
            if what in {done.what, "all"} and default:
                given.setdefault(id_, default)
        values = dict(done.attributes)
        for id_, text in given.items():
            put(values, self.names.get((done.what, id_)) or self.names.get(("all", id_)) or id_, text)
        return values
