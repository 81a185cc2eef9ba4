"""Pajek networks (.net) and projects (.paj): several networks, partitions and vectors in one file.

NetworkX's reader refuses lower-case sections and files that are not UTF-8, and merges the networks of a project. Rows
are lines of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from graphsvc.errors import UnreadableFile
from graphsvc.ingest.lines import lines_of
from graphsvc.ingest.reading import Problem
from graphsvc.ingest.streams import Count, Stream
from graphsvc.ingest.tie_survey import MAX_NODES
from graphsvc.ingest.ties import ACTORS, COLLABORATIONS, Item, Node, Tie, Values, put, unread

_PART: Final = re.compile(r'"([^"]*)"?|(\S+)')
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_SECTION: Final = re.compile(r"\*\s*(\w+)\s*(.*)")
_RELATION: Final = re.compile(r":\s*(\d+)\s*(?:\"([^\"]*)\")?")
_TIES: Final = frozenset({"arcs", "edges", "arcslist", "edgeslist", "matrix"})
_VALUES: Final = frozenset({"partition", "vector"})
_WITHOUT_MEANING: Final = frozenset({"permutation", "cluster", "hierarchy", "events"})


@dataclass(frozen=True, slots=True)
class Pajek:
    """See :class:`graphsvc.ingest.ties.NetworkFile`."""

    stream: Stream
    implied = False
    modes_in_order = True

    @property
    def format(self) -> str:
        """Name of the format for people."""
        return "Pajek project" if self.stream.path.suffix.lower() == ".paj" else "Pajek network"

    @property
    def file(self) -> str:
        """Name of the file for people."""
        return self.stream.file

    def items(self, count: Count | None = None) -> Iterator[Item]:
        """See :meth:`graphsvc.ingest.ties.NetworkFile.items`. The file is read twice: partitions come behind."""
        whole = _Outline(self.file)
        for _, line in lines_of(self.stream):
            whole.look(line)
        if not whole.networks:
            raise UnreadableFile(
                f"{self.file} holds no network.",
                remedy="A partition or vector alone says nothing: save the whole project in Pajek as .paj.",
            )
        reader = _Reader(self.file, whole)
        for number, line in lines_of(self.stream, count):
            yield from reader.read(number, line)
        yield from reader.finish()


@dataclass(slots=True)
class _Network:
    """One network: its name and its vertices."""

    name: str
    size: int = 0
    first_mode: int | None = None
    labels: dict[int, str] = field(default_factory=dict)
    prefix: str = ""


@dataclass(slots=True)
class _Outline:
    """The networks of a file, and the values that its partitions and vectors give to vertices."""

    file: str
    networks: list[_Network] = field(default_factory=list)
    columns: list[tuple[str, list[str]]] = field(default_factory=list)
    _section: str = ""
    _name: str = ""

    def look(self, line: str) -> None:
        text = line.strip()
        if match := _SECTION.match(text):
            self._begin(match[1].lower(), match[2])
        elif self._section == "partition" and text and len(self.columns[-1][1]) < MAX_NODES:
            self.columns[-1][1].append(text)
        elif self._section == "vertices" and text:
            parts = _parts(text)
            if parts[0].isdecimal() and len(parts) > 1:
                self.networks[-1].labels[int(parts[0])] = parts[1]

    def _begin(self, section: str, rest: str) -> None:
        if section == "network":
            self._name = rest.strip()
        elif section in _VALUES:
            self.columns.append((rest.strip() or section, []))
            section = "partition"
        elif section == "vertices" and self._section == "partition":
            return  # the size of the partition: its values follow
        elif section == "vertices":
            size, first = self._sizes(rest)
            self.networks.append(_Network(self._name, size, first))
            self._name = ""
        self._section = section

    def _sizes(self, rest: str) -> tuple[int, int | None]:
        numbers = rest.split()[:2]
        if not numbers or not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in numbers):
            raise UnreadableFile(
                f"{self.file}: '*Vertices {rest[:40]}' doesn't say how many vertices there are.",
                remedy="Write their number behind the word: *Vertices 10.",
            )
        size = int(numbers[0])
        if size > MAX_NODES:
            raise UnreadableFile(
                f"{self.file} announces {size:,} vertices; {MAX_NODES:,} are read.",
                remedy="Take out the part you need in Pajek (Operations > Network + Partition > Extract).",
            )
        return size, int(numbers[1]) if len(numbers) > 1 else None

    def settle(self) -> None:
        """Give networks with other vertices than an earlier one a prefix of their own: the same ones are shared."""
        seen: list[_Network] = []
        for network in self.networks:
            same = next((s for s in seen if s.size == network.size and s.labels == network.labels), None)
            if same is None:
                network.prefix = f"{len(seen) + 1}." if seen else ""
                seen.append(network)
            else:
                network.prefix = same.prefix


class _Reader:
    """Reads line by line, knowing the outline."""

    def __init__(self, file: str, whole: _Outline) -> None:
        whole.settle()
        self._file = file
        self._whole = whole
        self._at = -1
        self._section = ""
        self._relation = ""
        self._row_of_matrix = 0
        self._given: set[int] = set()
        self._listed: set[str] = set()
        self._line_of_vertices = 0

    def read(self, number: int, line: str) -> Iterator[Item]:
        text = line.strip()
        if not text or text.startswith("%"):
            return
        if match := _SECTION.match(text):
            yield from self._begin(number, match[1].lower(), match[2])
        elif self._section == "vertices":
            yield from self._vertex(number, _parts(text))
        elif self._section in _TIES:
            yield from self._ties(number, _parts(text))

    def finish(self) -> Iterator[Item]:
        """Yield the vertices that have no line of their own."""
        if self._at < 0 or self._network.prefix in self._listed:
            return
        self._listed.add(self._network.prefix)
        for vertex in range(1, self._network.size + 1):
            if vertex not in self._given:
                # it has no line: the head of the section is all that speaks of it
                values = {"vertex": str(vertex)}
                yield self._node(vertex, self._line_of_vertices, str(vertex), values, cell=str(vertex))

    @property
    def _network(self) -> _Network:
        return self._whole.networks[self._at]

    def _begin(self, number: int, section: str, rest: str) -> Iterator[Item]:
        if section == "vertices" and self._section in _VALUES:
            return
        if section == "vertices":
            self._at += 1
            self._given = set()
            self._line_of_vertices = number
        elif self._section == "vertices":
            yield from self.finish()
        if section in _TIES and self._at >= 0:
            match = _RELATION.match(rest.strip())
            named = (match[2] or f"relation {match[1]}") if match else ""
            several = len(self._whole.networks) > 1
            self._relation = " ".join(filter(None, (self._network.name if several else "", named)))
            self._row_of_matrix = 0
        elif section in _WITHOUT_MEANING:
            yield unread(self._file, "", number, f"The section *{section} is not read.", "It says nothing of partners.")
        self._section = section

    def _vertex(self, number: int, parts: list[str]) -> Iterator[Item]:
        if self._network.prefix in self._listed:
            return  # an earlier network has the same vertices
        vertex = self._vertex_number(parts[0])
        if vertex is None or vertex in self._given:
            what = (
                f"The vertex {parts[0]!r} is listed before."
                if vertex
                else f"The vertex {parts[0]!r} is none of 1 to {self._network.size:,}."
            )
            yield unread(self._file, "nodes", number, what, "Number them.", error=True)
            return
        self._given.add(vertex)
        values: Values = {"vertex": parts[0]}
        rest = parts[2:]
        for name in ("x", "y", "z"):
            if rest and _NUMBER.fullmatch(rest[0]):
                values[name] = rest.pop(0)
        put(values, "parameters", " ".join(rest))
        yield self._node(vertex, number, parts[1] if len(parts) > 1 else parts[0], values)

    def _node(self, vertex: int, row: int, label: str, values: Values, *, cell: str = "") -> Node:
        for name, column in self._whole.columns:
            if len(column) == self._network.size:
                put(values, name, column[vertex - 1])
        mode = None
        if (first := self._network.first_mode) is not None:
            mode = ACTORS if vertex <= first else COLLABORATIONS
        return Node(self._key(vertex), row, values, label.strip() or str(vertex), mode, cell=cell)

    def _key(self, vertex: int) -> str:
        return f"{self._network.prefix}{vertex}"

    def _ties(self, number: int, parts: list[str]) -> Iterator[Item]:
        if self._section == "matrix":
            yield from self._matrix_row(number, parts)
        elif self._section.endswith("list"):
            for target in parts[1:]:
                yield self._tie(number, (parts[0], target), {}, cell=target)
        elif len(parts) > 1:
            values, label = _tie_values(parts[2:])
            yield self._tie(number, (parts[0], parts[1]), values, label=label)
        else:
            what = f"The line {parts[0]!r} names one vertex."
            yield unread(self._file, "links", number, what, "It takes two to make a tie.", error=True)

    def _matrix_row(self, number: int, parts: list[str]) -> Iterator[Item]:
        self._row_of_matrix += 1
        first = self._network.first_mode or 0
        for column, text in enumerate(parts, start=1):
            if _NUMBER.fullmatch(text) and float(text):
                ends = (str(self._row_of_matrix), str(first + column))
                yield self._tie(number, ends, {"weight": text}, cell=ends[1])

    def _tie(
        self, number: int, ends: tuple[str, str], values: Values, *, label: str = "", cell: str = ""
    ) -> Tie | Problem:
        vertices = [self._vertex_number(end) for end in ends]
        if None in vertices:
            wrong = ends[vertices.index(None)]
            what = f"There is no vertex {wrong!r}; there are 1 to {self._network.size:,}."
            return unread(self._file, "links", number, what, "Correct the number.", error=True)
        source, target = (self._key(vertex) for vertex in vertices if vertex)
        directed = self._section.startswith("arcs") or (self._section == "matrix" and not self._network.first_mode)
        values = {"source": ends[0], "target": ends[1], **values}
        return Tie(source, target, number, values, directed, self._relation, label, cell=cell)

    def _vertex_number(self, text: str) -> int | None:
        if text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= self._network.size:
            return int(text)
        return None


def _parts(text: str) -> list[str]:
    return [quoted or word for quoted, word in _PART.findall(text)]


def _tie_values(parts: list[str]) -> tuple[Values, str]:
    """Return weight and parameters of a tie, and its label (the parameter ``l``)."""
    values: Values = {}
    if parts and _NUMBER.fullmatch(parts[0]):
        values["weight"] = parts.pop(0)
    put(values, "parameters", " ".join(parts))
    label = parts[parts.index("l") + 1] if "l" in parts[:-1] else ""
    return values, label
