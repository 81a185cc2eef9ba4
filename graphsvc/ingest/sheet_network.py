"""Networks in sheets: workbooks of Kumu, Onodo and NodeXL, and plain lists of links in any table, columns in any order.

A list that names an actor and a collaboration in each row (organisation; project) is a network of two modes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from graphsvc.ingest.columns import header_fold, specs
from graphsvc.ingest.grid import Grid, GridRow, as_text
from graphsvc.ingest.heading_words import columns_of_actor, is_role
from graphsvc.ingest.reading import Problem
from graphsvc.ingest.streams import Count
from graphsvc.ingest.ties import Item, Node, Tie, Values, attribute, column, put, tie_of, unread

_NODE_SHEETS: Final = frozenset({"elements", "nodes", "vertices", "solmut", "noder", "nodes table"})
_NODE_KEYS: Final = ("id", "vertex", "label", "name", "node", "nimi", "namn")
"""Headers of a node sheet's key, the first that is there; NodeXL's column ID is no key, Vertex is."""
_HEADER_ROWS: Final = 2
"""NodeXL puts groups of columns above the header."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A grid whose header is known: ``ties`` with the positions of both ends, or nodes with that of the key."""

    grid: Grid
    titles: Sequence[str]
    header_row: int
    first: int
    second: int | None = None
    affiliation: bool = False

    def rows(self) -> Iterator[tuple[int, Values, str, str] | Problem]:
        """Yield row number, values, and the texts of key or ends."""
        for row in self.grid.rows():
            if isinstance(row, Problem):
                yield row
            elif row.number > self.header_row:
                texts = [as_text(cell) for cell in row.cells]
                values: Values = {}
                for position, text in enumerate(texts):
                    put(values, self._title(position), text)
                second = texts[self.second] if self.second is not None and self.second < len(texts) else ""
                first = texts[self.first] if self.first < len(texts) else ""
                yield row.number, values, " ".join(first.split()), " ".join(second.split())

    def _title(self, position: int) -> str:
        title = self.titles[position] if position < len(self.titles) else ""
        return title or f"column {position + 1}"


@dataclass(frozen=True, slots=True)
class SheetNetwork:
    """See :class:`graphsvc.ingest.ties.NetworkFile`."""

    file: str
    format: str
    nodes: Sequence[_Table]
    ties: Sequence[_Table]
    unread: Sequence[str] = ()
    """Names of sheets that hold neither."""
    directed: bool = True
    """Whether a tie has a direction where its row doesn't say."""
    implied = True
    modes_in_order = False

    def items(self, count: Count | None = None) -> Iterator[Item]:
        """See :meth:`graphsvc.ingest.ties.NetworkFile.items`. An end is a node's key, else the label of one node."""
        if self.unread:
            what = f"Sheets that hold no nodes and no links are not read: {', '.join(self.unread)}."
            yield unread(self.file, "", None, what, "Nothing is to be done if that is right.")
        labels: dict[str, list[str]] = {}
        for table in self.nodes:
            yield from _nodes(table, labels)
        for table in self.ties:
            relation = table.grid.name if len(self.ties) > 1 else ""
            yield from _ties(table, labels, relation, self.directed)


def sheet_network(file: str, grids: Sequence[Grid]) -> SheetNetwork | None:
    """Return the network that the sheets of a workbook, or a CSV file, hold; None where no sheet lists links."""
    ties = [table for grid in grids if (table := _tie_table(grid))]
    if not ties:
        ties = [table for grid in grids if (table := _affiliation_table(grid))]
    if not ties:
        return None
    used = {table.grid.name for table in ties}
    nodes = [table for grid in grids if grid.name not in used and (table := _node_table(grid, ties))]
    used |= {table.grid.name for table in nodes}
    others = [grid.name for grid in grids if grid.name not in used]
    return SheetNetwork(file, _format(ties), nodes, ties, others, _directed(ties[0], grids))


def _tie_table(grid: Grid) -> _Table | None:
    for row, titles in _headers(grid):
        source, target = column(titles, "tie", "source"), column(titles, "tie", "target")
        if source is not None and target is not None:
            return _Table(grid, titles, row, source, target)
    return None


def _affiliation_table(grid: Grid) -> _Table | None:
    spec = {column.key: column for column in specs()["participations"].columns}
    for row, titles in islice(_headers(grid), 1):
        folded = [header_fold(title) for title in titles]
        collaboration = column(titles, "affiliation", "collaboration")
        if collaboration is None:
            collaboration = _position(folded, spec["collaboration"].aliases)
        actor = _position(folded, spec["actor"].aliases)
        if actor is None:
            actor = column(titles, "affiliation", "actor")
        if actor is not None and collaboration is not None and actor != collaboration:
            return _Table(grid, titles, row, actor, collaboration, affiliation=True)
    return None


def _position(folded: Sequence[str], words: frozenset[str]) -> int | None:
    return next((position for position, title in enumerate(folded) if title in words), None)


def _node_table(grid: Grid, ties: Sequence[_Table]) -> _Table | None:
    """Return a table of nodes: a sheet of such a name, or one with the very column that ties name their actor in."""
    shared = {table.titles[table.first] for table in ties if table.affiliation}
    for row, titles in _headers(grid):
        folded = [header_fold(title) for title in titles]
        key = next((titles.index(title) for title in titles if title in shared), None)
        if key is not None:
            return _Table(grid, titles, row, key)
        if header_fold(grid.name) not in _NODE_SHEETS:
            continue
        keys = _NODE_KEYS[1:] if "vertex" in folded else _NODE_KEYS
        key = next((folded.index(name) for name in keys if name in folded), None)
        if key is not None:
            return _Table(grid, titles, row, key)
    return None


def _headers(grid: Grid) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that may be a table's header."""
    rows = (row for row in grid.rows() if isinstance(row, GridRow))
    for row in islice(rows, _HEADER_ROWS):
        yield row.number, [as_text(cell).strip() for cell in row.cells]


def _format(ties: Sequence[_Table]) -> str:
    folded = [header_fold(title) for title in ties[0].titles]
    if "vertex 1" in folded:
        return "NodeXL workbook"
    if "from" in folded and header_fold(ties[0].grid.name) == "connections":
        return "Kumu workbook"
    if header_fold(ties[0].grid.name) == "relations":
        return "Onodo workbook"
    return "list of affiliations" if ties[0].affiliation else "list of links"


def _directed(table: _Table, grids: Sequence[Grid]) -> bool:
    """Return whether ties have a direction: a source and a target do, two of one kind (Vertex 1, Vertex 2) don't.

    NodeXL keeps the answer on its hidden sheet Misc.
    """
    for grid in grids:
        if header_fold(grid.name) == "misc":
            for row in grid.rows():
                texts = [as_text(cell) for cell in row.cells] if isinstance(row, GridRow) else []
                if "Graph Directedness" in texts[:-1]:
                    return texts[texts.index("Graph Directedness") + 1] == "Directed"
    return not table.titles[table.first].rstrip().endswith("1")


def _nodes(table: _Table, labels: dict[str, list[str]]) -> Iterator[Item]:
    for row in table.rows():
        if isinstance(row, Problem):
            yield row
            continue
        number, values, key, _ = row
        if not key:
            title = table.titles[table.first]
            what = f"The node has nothing in the column {title!r}."
            yield unread(table.grid.file, table.grid.name, number, what, "Fill it in; the row is left out.", error=True)
            continue
        name = attribute(values, "node", "name")
        labels.setdefault(name, []).append(key)
        yield Node(key, number, values, name, sheet=table.grid.name)


def _ties(table: _Table, labels: dict[str, list[str]], relation: str, directed: bool) -> Iterator[Item]:
    keys = {key for same in labels.values() for key in same}
    meant = {name: same[0] for name, same in labels.items() if len(same) == 1 and name not in keys}
    of_actor, roles = _said_besides(table) if table.affiliation else ((), ())
    for row in table.rows():
        if isinstance(row, Problem):
            yield row
            continue
        number, values, first, second = row
        if table.affiliation:
            about = {title: text for title, text in values.items() if title in of_actor}
            role = next((text for title, text in values.items() if title in roles), "")
            yield _affiliation(table, number, values, (first, second), role, about)
            continue
        ends = meant.get(first, first), meant.get(second, second)
        tie = tie_of(table.grid.file, ends, number, values, directed, table.grid.name)
        if isinstance(tie, Tie) and relation and not tie.relation:
            tie = Tie(*ends, number, values, tie.directed, relation, tie.label, sheet=tie.sheet)
        yield tie


def _said_besides(table: _Table) -> tuple[Collection[str], Collection[str]]:
    """Return the headings of what a list of affiliations says of its actors, and those of roles."""
    of_actor = columns_of_actor(tuple(table.titles), of_actors=False).values()
    return frozenset(of_actor), frozenset(filter(is_role, table.titles))


def _affiliation(
    table: _Table, number: int, values: Values, ends: tuple[str, str], role: str, about: Values
) -> Tie | Problem:
    if not all(ends):
        title = table.titles[table.first] if not ends[0] else table.titles[table.second or 0]
        what = f"The row has nothing in the column {title!r}."
        return unread(table.grid.file, table.grid.name, number, what, "Fill it in; the row is left out.", error=True)
    return Tie(*ends, number, values, relation=role, affiliation=True, about=about, sheet=table.grid.name)
