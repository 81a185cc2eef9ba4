"""UCINET's DL files (Borgatti, Everett & Freeman, UCINET guide, "DL format"): matrices and lists, one or two modes.

Ties of one mode that all go both ways with equal strength are read as ties without direction. The row of a node is its
number, that of a tie its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from graphsvc.errors import UnreadableFile
from graphsvc.ingest.dl_header import Form, Header, Token, read_header
from graphsvc.ingest.lines import lines_of
from graphsvc.ingest.streams import Count, Stream
from graphsvc.ingest.tie_survey import MAX_TIES
from graphsvc.ingest.ties import Item, Tie

_MISSING: Final = frozenset({"na", "nan", "n/a", ".", "*", "?"})


@dataclass(frozen=True, slots=True)
class Dl:
    """See :class:`graphsvc.ingest.ties.NetworkFile`."""

    stream: Stream
    format = "UCINET DL"
    implied = False
    modes_in_order = False

    @property
    def file(self) -> str:
        """Name of the file for people."""
        return self.stream.file

    def items(self, count: Count | None = None) -> Iterator[Item]:
        """See :meth:`graphsvc.ingest.ties.NetworkFile.items`."""
        header, tokens = read_header(self.file, lines_of(self.stream, count))
        cells = _READ[header.form](header, tokens)
        levels: dict[int, list[_Cell]] = {}
        for total, cell in enumerate(cells, start=1):
            if total > MAX_TIES:
                raise UnreadableFile(f"{self.file} holds more than {MAX_TIES:,} ties.", remedy="Split the file.")
            levels.setdefault(cell.level, []).append(cell)
        header.settle()
        yield from header.nodes()
        for level in sorted(levels):
            yield from _ties(header, levels[level])


@dataclass(frozen=True, slots=True)
class _Cell:
    """One number of a matrix that is not zero, or one line of a list. Rows and columns are counted from 0."""

    level: int
    row: int
    column: int
    text: str
    line: int


def _ties(header: Header, cells: list[_Cell]) -> Iterator[Tie]:
    strengths = {(cell.row, cell.column): cell.text for cell in cells}
    both_ways = all(strengths.get((column, row)) == text for (row, column), text in strengths.items())
    directed = not header.two_mode and not header.half and not both_ways
    for cell in cells:
        if not directed and not header.two_mode and cell.column < cell.row and (cell.column, cell.row) in strengths:
            continue  # the other half of a symmetric matrix says the same
        source, target = header.rows.key(cell.row), header.columns.key(cell.column)
        values = {"row": source, "column": target, "value": cell.text}
        relation = header.relation(cell.level)
        yield Tie(source, target, cell.line, values, directed, relation, cell=f"{relation} {source} {target}")


def _matrix(header: Header, tokens: Iterator[Token]) -> Iterator[_Cell]:
    for level in range(header.levels):
        if header.embedded:
            for _ in range(header.columns.size):
                header.columns.add(_next(header, tokens, "label of a column").text)
        for row in range(header.rows.size):
            at = header.rows.add(_next(header, tokens, "label of a row").text) if header.embedded else row
            for column in _columns(header, row):
                token = _next(header, tokens, f"number of row {row + 1}, column {column + 1}")
                if _is_tie(header, token):
                    yield _Cell(level, at, column, token.text, token.line)
    _no_more(header, tokens)


def _columns(header: Header, row: int) -> Iterator[int]:
    """Return which columns of a row stand in the file: halves of a matrix and a missing diagonal are shorter."""
    first, last = 0, header.columns.size
    if header.form is Form.LOWER:
        last = row + 1
    elif header.form is Form.UPPER:
        first = row
    return (column for column in range(first, last) if header.diagonal or column != row)


def _edge_list(header: Header, tokens: Iterator[Token]) -> Iterator[_Cell]:
    for line in _lines(tokens):
        if len(line) < 2 or len(line) > 3:
            raise header.broken(line[0].line, f"{len(line)} words where two ends and a strength are expected")
        strength = line[2] if len(line) == 3 else Token("1", line[0].line)
        if _is_tie(header, strength):
            row, column = header.rows.find(line[0]), header.columns.find(line[1])
            yield _Cell(0, row, column, strength.text, line[0].line)


def _node_list(header: Header, tokens: Iterator[Token]) -> Iterator[_Cell]:
    for line in _lines(tokens):
        row = header.rows.find(line[0])
        for token in line[1:]:
            yield _Cell(0, row, header.columns.find(token), "1", token.line)


_READ: Final[Mapping[Form, Callable[[Header, Iterator[Token]], Iterator[_Cell]]]] = {
    Form.MATRIX: _matrix,
    Form.LOWER: _matrix,
    Form.UPPER: _matrix,
    Form.EDGES: _edge_list,
    Form.NODES: _node_list,
}


def _lines(tokens: Iterator[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    for token in tokens:
        if line and token.line != line[0].line:
            yield line
            line = []
        line.append(token)
    if line:
        yield line


def _next(header: Header, tokens: Iterator[Token], what: str) -> Token:
    token = next(tokens, None)
    if token is None:
        raise header.broken(0, f"the end of the data where the {what} is expected")
    return token


def _no_more(header: Header, tokens: Iterator[Token]) -> None:
    if extra := next(tokens, None):
        raise header.broken(extra.line, f"{extra.text[:40]!r} behind the last number of the matrix")


def _is_tie(header: Header, token: Token) -> bool:
    if token.text.lower() in _MISSING:
        return False
    try:
        return float(token.text) != 0
    except ValueError:
        raise header.broken(token.line, f"{token.text[:40]!r} where a number is expected") from None
