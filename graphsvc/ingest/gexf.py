"""GEXF 1.1 to 1.3 (gexf.net), the exchange format of Gephi. Rows are numbered as they come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from graphsvc.ingest.reading import Problem
from graphsvc.ingest.streams import Count
from graphsvc.ingest.ties import Item, Node, StreamFile, Tie, Values, node_of, put, tie_of
from graphsvc.ingest.xmlevents import End, Start, elements

_DRAWN: Final = frozenset({"size", "position", "color", "shape", "thickness"})
"""Elements of the drawing; kept, so that nothing of the file is lost."""


@dataclass(frozen=True, slots=True)
class Gexf(StreamFile):
    """See :class:`graphsvc.ingest.ties.NetworkFile`."""

    format = "GEXF"

    def items(self, count: Count | None = None) -> Iterator[Item]:
        """See :meth:`graphsvc.ingest.ties.NetworkFile.items`. Nodes inside nodes are read with the others."""
        graph = _Graph(self.file)
        for event in elements(self.stream, count):
            if isinstance(event, Start):
                graph.starts(event)
            elif item := graph.ends(event):
                yield item


@dataclass(slots=True)
class _Open:
    what: str
    attributes: dict[str, str]
    row: int
    values: Values


@dataclass(slots=True)
class _Graph:
    """Where in the file we are."""

    file: str
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    """(``node`` or ``edge``, id of the attribute) → its title."""
    defaults: dict[tuple[str, str], str] = field(default_factory=dict)
    directed: bool = False
    rows: dict[str, int] = field(default_factory=lambda: {"node": 0, "edge": 0})
    opened: list[_Open] = field(default_factory=list)
    class_: str = "node"
    key: tuple[str, str] | None = None

    def starts(self, event: Start) -> None:
        given = event.attributes
        if event.name == "graph":
            self.directed = given.get("defaultedgetype", "undirected") == "directed"
        elif event.name == "attributes":
            self.class_ = given.get("class", "node")
        elif event.name == "attribute":
            self.key = (self.class_, given.get("id", ""))
            self.titles[self.key] = given.get("title") or self.key[1]
        elif event.name in self.rows:
            self.rows[event.name] += 1
            self.opened.append(_Open(event.name, given, self.rows[event.name], dict(given)))
        elif self.opened:
            self._inside(event.name, given, self.opened[-1])

    def _inside(self, name: str, given: dict[str, str], opened: _Open) -> None:
        if name == "attvalue":
            id_ = given.get("for") or given.get("id", "")  # version 1.1 called it id
            put(opened.values, self.titles.get((opened.what, id_), id_), given.get("value", ""))
        elif name == "spell":
            put(opened.values, "start", given.get("start", given.get("startopen", "")))
            put(opened.values, "end", given.get("end", given.get("endopen", "")))
        elif name in _DRAWN:
            for part, text in given.items():
                put(opened.values, f"viz.{name}.{part}", text)

    def ends(self, event: End) -> Item | None:
        if event.name == "default" and self.key:
            self.defaults[self.key] = event.text.strip()
        elif self.opened and event.name == self.opened[-1].what:
            return self._made(self.opened.pop())
        return None

    def _made(self, done: _Open) -> Node | Tie | Problem:
        given, values = done.attributes, done.values
        for key, default in self.defaults.items():
            if key[0] == done.what and default and self.titles[key] not in values:
                values[self.titles[key]] = default
        if done.what == "node":
            return node_of(self.file, given.get("id", ""), done.row, values, name=given.get("label", "").strip())
        ends = (given.get("source", ""), given.get("target", ""))
        return tie_of(self.file, ends, done.row, values, self.directed)  # its attribute type says the direction
