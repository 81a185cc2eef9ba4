"""What stands before the data of a DL file: sizes, format, labels; and the words behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from graphsvc.errors import UnreadableFile
from graphsvc.ingest.tie_survey import MAX_NODES
from graphsvc.ingest.ties import ACTORS, COLLABORATIONS, Node

_WORD: Final = re.compile(r'"([^"]*)"?|([^\s,"]+)')
_SIZE: Final = re.compile(r"\b(n|nr|nc|nm)\s*=\s*(\d{1,9})\b", re.IGNORECASE)
_FORMAT: Final = re.compile(r"\bformat\s*=\s*(\w+)", re.IGNORECASE)
_SECTION: Final = re.compile(
    r"^\s*(row\s+labels|col(?:umn)?\s+labels|(?:level|matrix)\s+labels|labels|data)(\s+embedded)?\s*:?\s*(.*)$",
    re.IGNORECASE,
)
_END_OF_FILE: Final = "\x1a"
"""Ctrl-Z, with which DOS programs ended a text."""


class Form(Enum):
    """How the data stand."""

    MATRIX = ("fullmatrix", "fm")
    LOWER = ("lowerhalf", "lh")
    UPPER = ("upperhalf", "uh")
    EDGES = ("edgelist1", "el1", "edgelist2", "el2")
    NODES = ("nodelist1", "nl1", "nodelist2", "nl2")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the data and its line."""

    text: str
    line: int


@dataclass(slots=True)
class Side:
    """The rows or the columns: how many, and what they are called."""

    what: str
    file: str
    mode: int = ACTORS
    size: int = 0
    labels: list[str] = field(default_factory=list)
    embedded: bool = False
    _numbers: dict[str, int] = field(default_factory=dict)
    _shared: set[str] = field(default_factory=set)

    def add(self, label: str) -> int:
        """Return the number of a label that stands in the data, a new one if it is not known."""
        number = self._numbers.setdefault(label.casefold(), len(self._numbers))
        if number == self.size:
            raise UnreadableFile(
                f"{self.file}: the {self.what} {label[:60]!r} is one more than {self.size:,}.",
                remedy="Correct the size in the first lines, or the label.",
            )
        if number == len(self.labels):
            self.labels.append(label)
        return number

    def find(self, token: Token) -> int:
        """Return the number that a word of a list means: a label where labels stand in the data, else a number too."""
        if self.embedded:
            return self.add(token.text)
        if not self._numbers:
            self._numbers = {label.casefold(): number for number, label in enumerate(self.labels)}
        text = token.text
        if text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= self.size:
            return int(text) - 1
        if text.casefold() in self._numbers:
            return self._numbers[text.casefold()]
        raise UnreadableFile(
            f"{self.file}, line {token.line:,}: there is no {self.what} {text[:60]!r}; there are {self.size:,}.",
            remedy="Correct the number or the label.",
        )

    def settle(self, others: Sequence[str]) -> None:
        """Take note, once all labels are known, of those that are no keys: two nodes have them."""
        times = Counter(label.strip() for label in self.labels)
        self._shared = {label for label, count in times.items() if count > 1} | {label.strip() for label in others}

    def key(self, number: int) -> str:
        """Return the key of a node: its label where no other node has it, else its number."""
        label = self.labels[number].strip() if number < len(self.labels) else ""
        if label and label not in self._shared:
            return label
        return f"{self.what} {number + 1}" if self.mode else str(number + 1)

    def nodes(self, first_row: int) -> Iterator[Node]:
        """Yield the nodes; their rows are their numbers."""
        for number in range(len(self.labels) if self.embedded else self.size):
            label = self.labels[number].strip() if number < len(self.labels) else ""
            values = {"number": str(number + 1)} | ({"label": label} if label else {})
            yield Node(self.key(number), first_row + number, values, label, self.mode)


@dataclass(slots=True)
class Header:
    """The head of a DL file, read line by line."""

    file: str
    rows: Side
    columns: Side
    form: Form = Form.MATRIX
    levels: int = 1
    level_labels: list[str] = field(default_factory=list)
    diagonal: bool = True
    two_mode: bool = False
    embedded: bool = False

    @property
    def half(self) -> bool:
        """True for half a matrix, which has no direction."""
        return self.form in {Form.LOWER, Form.UPPER}

    def relation(self, level: int) -> str:
        """Return what the ties of a matrix are called; nothing where there is one without a name."""
        if level < len(self.level_labels):
            return self.level_labels[level]
        return f"relation {level + 1}" if self.levels > 1 else ""

    def settle(self) -> None:
        """Make keys of the labels; those that the data hold must have been read."""
        self.rows.settle(())
        if self.two_mode:
            self.columns.settle(self.rows.labels)

    def nodes(self) -> Iterator[Node]:
        """Yield the nodes of the rows, and those of the columns where they are others."""
        yield from self.rows.nodes(1)
        if self.two_mode:
            yield from self.columns.nodes(self.rows.size + 1)

    def broken(self, line: int, what: str) -> UnreadableFile:
        """Return the error that something else stands in the file than expected."""
        where = f"{self.file}, line {line:,}" if line else self.file
        return UnreadableFile(f"{where}: there is {what}.", remedy="Export it again in UCINET (Data > Export > DL).")


def read_header(file: str, lines: Iterator[tuple[int, str]]) -> tuple[Header, Iterator[Token]]:
    """Read up to ``DATA:`` and return the head and the words behind it."""
    head: list[str] = []
    labels: dict[str, list[str]] = {"row": [], "col": [], "level": [], "both": []}
    embedded = False
    section = ""
    for number, raw in lines:
        line = raw.rstrip(_END_OF_FILE)
        match = _SECTION.match(re.sub(r"^\s*dl\b", "", line, flags=re.IGNORECASE) if not head else line)
        if not match:
            (labels[section].extend(_words(line)) if section else head.append(line))
            continue
        head = head or ["dl"]
        name = match[1].lower()
        if name == "data":
            header = _header(file, " ".join(head), labels, embedded)
            return header, _tokens(number, match[3], lines)
        section = name[:3] if name[:3] in {"row", "col"} else "both" if name == "labels" else "level"
        embedded = embedded or bool(match[2])
        labels[section].extend(_words(match[3]))
    raise UnreadableFile(f"{file} has no line DATA: behind its head.", remedy="Export it again in UCINET.")


def _header(file: str, head: str, labels: dict[str, list[str]], embedded: bool) -> Header:
    sizes = {key.lower(): int(size) for key, size in _SIZE.findall(head)}
    word = match[1].lower() if (match := _FORMAT.search(head)) else "fullmatrix"
    form = next((form for form in Form if word in form.value), None)
    if form is None:
        raise UnreadableFile(
            f"{file} is in the DL format {word!r}, which is not read.",
            remedy="Export it as a full matrix (format = fullmatrix) or as edgelist1.",
        )
    two_mode = ("nr" in sizes and "nc" in sizes) or word.endswith("2")
    rows = Side("row" if two_mode else "node", file, ACTORS, sizes.get("nr", sizes.get("n", 0)))
    columns = Side("column", file, COLLABORATIONS, sizes.get("nc", 0)) if two_mode else rows
    rows.labels = labels["row"] or labels["both"]
    if two_mode:
        columns.labels = labels["col"]
    rows.embedded = columns.embedded = embedded
    header = Header(file, rows, columns, form, max(sizes.get("nm", 1), 1), labels["level"])
    header.two_mode, header.embedded = two_mode, embedded
    header.diagonal = not re.search(r"diagonal\s*=?\s*absent", head, re.IGNORECASE)
    _check(header)
    return header


def _check(header: Header) -> None:
    for side in (header.rows, header.columns):
        if not 1 <= side.size <= MAX_NODES:
            raise header.broken(0, f"no size (N=, or NR= and NC=) between 1 and {MAX_NODES:,} in the first lines")
        if len(side.labels) > side.size:
            raise header.broken(0, f"a list of {len(side.labels):,} labels for {side.size:,} {side.what}s")
        if header.embedded:
            side.labels = []
    if header.half and header.two_mode:
        raise header.broken(0, "half a matrix with two modes, which can't be")


def _tokens(line: int, rest: str, lines: Iterator[tuple[int, str]]) -> Iterator[Token]:
    yield from (Token(word, line) for word in _words(rest))
    for number, text in lines:
        yield from (Token(word, number) for word in _words(text.rstrip(_END_OF_FILE)))


def _words(text: str) -> list[str]:
    return [quoted or word for quoted, word in _WORD.findall(text) if quoted or word]
