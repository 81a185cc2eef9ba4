"""GML (Himsolt's Graph Modelling Language), as igraph, NetworkX, Gephi, Tulip and yEd write it.

Unlike NetworkX's reader it needs no ``label``, and takes several links between the same nodes. Rows are numbered as
they come.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from graphsvc.errors import UnreadableFile
from graphsvc.ingest.lines import lines_of
from graphsvc.ingest.streams import Count
from graphsvc.ingest.ties import Item, StreamFile, Values, direction, node_of, put, tie_of

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<open>\[)|(?P<close>\])|"(?P<text>[^"]*)"|"(?P<begun>[^"]*)$|(?P<word>[^\s\[\]"]+))"""
)
_MAX_DEPTH: Final = 50
_MAX_TEXT: Final = 2_000_000

_Token = tuple[str, str, int]
"""``open``, ``close``, ``text`` or ``word``; the text; the line."""


@dataclass(frozen=True, slots=True)
class Gml(StreamFile):
    """See :class:`graphsvc.ingest.ties.NetworkFile`."""

    format = "GML"

    def items(self, count: Count | None = None) -> Iterator[Item]:
        """See :meth:`graphsvc.ingest.ties.NetworkFile.items`."""
        graph = _Graph(self.file)
        key = ""
        line = 0
        for what, text, line in self._tokens(count):
            if what == "close":
                if key or not graph.path:
                    raise self._broken(line, "a ']' where a value is expected" if key else "a ']' too many")
                if item := graph.closes():
                    yield item
            elif not key:
                if what != "word":
                    raise self._broken(line, f"{text[:40]!r} where the name of an attribute is expected")
                key = text
            elif what == "open":
                if len(graph.path) == _MAX_DEPTH:
                    raise self._broken(line, f"lists nested more than {_MAX_DEPTH} deep")
                graph.opens(key)
                key = ""
            else:
                graph.value(key, text)
                key = ""
        if graph.path or key:
            raise self._broken(line, "the end of the file where a value or ']' is expected")

    def _tokens(self, count: Count | None) -> Iterator[_Token]:
        begun: list[str] = []
        length = 0
        for number, line in lines_of(self.stream, count):
            if begun:
                inner, quote, line = line.partition('"')
                begun.append(inner)
                length += len(inner) + 1  # counted as it grows: a text of a million short lines is read in one go
                if length > _MAX_TEXT:
                    raise self._broken(number, f"a text of more than {_MAX_TEXT:,} characters")
                if not quote:
                    continue
                yield "text", html.unescape("\n".join(begun)), number
                begun = []
            elif line.lstrip().startswith("#"):
                continue
            for match in _TOKEN.finditer(line):
                what, text = str(match.lastgroup), match[str(match.lastgroup)]
                if what == "begun":
                    begun, length = [text], len(text)
                else:
                    yield what, html.unescape(text) if what == "text" else text, number
        if begun:
            raise self._broken(0, "a text whose quote is not closed")

    def _broken(self, line: int, what: str) -> UnreadableFile:
        where = f"{self.file}, line {line:,}" if line else self.file
        return UnreadableFile(f"{where}: there is {what}.", remedy="Export the network again as GML, or as GraphML.")


@dataclass(slots=True)
class _Graph:
    """Where in the file we are: ``path`` holds the lists that are open."""

    file: str
    path: list[str] = field(default_factory=list)
    directed: bool = False
    rows: dict[str, int] = field(default_factory=lambda: {"node": 0, "edge": 0})
    values: Values = field(default_factory=dict)

    def opens(self, key: str) -> None:
        self.path.append(key)
        if self._what() and len(self.path) == 2:
            self.rows[key] += 1
            self.values = {}

    def value(self, key: str, text: str) -> None:
        what = self._what()
        if self.path == ["graph"] and key == "directed":
            self.directed = direction(text, False)
        elif what:
            put(self.values, ".".join((*self.path[2:], key)), text)

    def closes(self) -> Item | None:
        what, depth = self._what(), len(self.path)
        self.path.pop()
        if not what or depth != 2:
            return None
        if what == "node":
            return node_of(self.file, self.values.get("id", ""), self.rows[what], self.values)
        ends = (self.values.get("source", ""), self.values.get("target", ""))
        return tie_of(self.file, ends, self.rows[what], self.values, self.directed)

    def _what(self) -> str:
        """Return ``node`` or ``edge`` inside of one, else nothing."""
        return self.path[1] if len(self.path) > 1 and self.path[0] == "graph" and self.path[1] in self.rows else ""
