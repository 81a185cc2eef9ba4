"""What network files hold, whatever their format: nodes, and ties between them, with their attributes as they came."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import ClassVar, Final, Protocol

from graphsvc.ingest.columns import header_fold, resource
from graphsvc.ingest.reading import Problem, Severity
from graphsvc.ingest.streams import Count, Stream

Values = dict[str, str]
"""Name of an attribute as the file writes it → its text."""

ACTORS: Final = 0
"""Mode of nodes that take part."""
COLLABORATIONS: Final = 1
"""Mode of nodes that are taken part in: events, projects, boards."""


@dataclass(frozen=True, slots=True)
class Node:
    """One node. ``mode`` is None where the format doesn't say whether the network has one mode or two."""

    key: str
    """The node's id in the file."""
    row: int
    """Line of the file, row of the sheet, or the how-manieth node it is; the format's page says which."""
    values: Values
    name: str = ""
    """What the format calls its label; empty where there is none."""
    mode: int | None = None
    sheet: str = "nodes"
    cell: str = ""
    """Which part of the row it is, where one row (a head that says how many there are) stands for many nodes."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie between two nodes, by their keys.

    ``affiliation`` ties join an actor (source) and a collaboration (target) whose keys are separate worlds.
    """

    source: str
    target: str
    row: int
    values: Values
    directed: bool = False
    relation: str = ""
    label: str = ""
    affiliation: bool = False
    about: Values = field(default_factory=dict)
    """What an affiliation tie's row says of its actor."""
    sheet: str = "links"
    cell: str = ""
    """Which part of the row it is, where one row (of a matrix) holds many ties."""


Item = Node | Tie | Problem


class NetworkFile(Protocol):
    """A network file whose format is known."""

    @property
    def file(self) -> str:
        """Name of the file for people."""
        ...

    @property
    def format(self) -> str:
        """Name of the format for people."""
        ...

    @property
    def implied(self) -> bool:
        """True where a tie may name a node that is listed nowhere: the name is all there is of it."""
        ...

    @property
    def modes_in_order(self) -> bool:
        """True where the format lists all nodes of the first mode before those of the second."""
        ...

    def items(self, count: Count | None = None) -> Iterator[Item]:
        """Read from the beginning, each time the same. :class:`UnreadableFile` when the file as a whole is broken."""
        ...


@dataclass(frozen=True, slots=True)
class StreamFile:
    """What network files of one stream have in common, whose format lists every node that a tie names."""

    stream: Stream
    implied: ClassVar[bool] = False
    modes_in_order: ClassVar[bool] = False

    @property
    def file(self) -> str:
        """Name of the file for people."""
        return self.stream.file


@cache
def _words() -> Mapping[tuple[str, str], frozenset[str]]:
    raw = tomllib.loads(resource("ties.toml"))
    return {
        (table, key): frozenset(header_fold(text) for text in texts)
        for table, keys in raw.items()
        for key, texts in keys.items()
    }


def is_word(text: str, table: str, key: str) -> bool:
    """Tell whether a header or attribute is called what ``tables/ties.toml`` lists under ``table.key``."""
    return header_fold(text) in _words()[table, key]


def column(header: Sequence[str], table: str, key: str) -> int | None:
    """Return the position of the first header with that meaning, or None."""
    return next((position for position, text in enumerate(header) if is_word(text, table, key)), None)


@lru_cache(maxsize=4096)
def _found(names: tuple[str, ...], table: str, key: str) -> tuple[str, ...]:
    return tuple(name for name in names if is_word(name, table, key))


def attributes(values: Values, table: str, key: str) -> list[str]:
    """Return the texts, not empty, of all attributes with that meaning."""
    texts = (values[name].strip() for name in _found(tuple(values), table, key))
    return [text for text in texts if text]


def attribute(values: Values, table: str, key: str) -> str:
    """Return the text of the first attribute with that meaning that is not empty, or nothing."""
    return next(iter(attributes(values, table, key)), "")


def put(values: Values, name: str, text: str) -> None:
    """Keep an attribute; a second one of the same name is kept as ``name (2)``."""
    if not text:
        return
    free, number = name, 1
    while free in values:
        number += 1
        free = f"{name} ({number})"
    values[free] = text


def flattened(value: object, name: str = "", into: Values | None = None) -> Values:
    """Return nested JSON as one level: ``{"weights": {"Docs": 3}}`` becomes ``{"weights.Docs": "3"}``.

    >>> flattened({"weights": {"Docs": 3.0}, "tags": ["a", "b"], "none": None})
    {'weights.Docs': '3', 'tags': 'a; b'}
    """
    values: Values = {} if into is None else into
    if isinstance(value, dict):
        for key, inner in value.items():
            flattened(inner, f"{name}.{key}" if name else str(key), values)
    elif isinstance(value, list):
        if all(not isinstance(inner, dict | list) for inner in value):
            put(values, name, "; ".join(filter(None, map(scalar, value))))
        else:
            for number, inner in enumerate(value, start=1):
                flattened(inner, f"{name}.{number}", values)
    else:
        put(values, name, scalar(value))
    return values


def scalar(value: object) -> str:
    """Return a JSON value as text: whole numbers without ``.0``, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and math.isfinite(value) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def direction(text: str, otherwise: bool) -> bool:
    """Return whether a word says that a tie has a direction; ``otherwise`` where it says nothing of it.

    >>> direction("Undirected", True), direction("directed", False), direction("Funding", False)
    (False, True, False)
    """
    folded = header_fold(text)
    if folded in {"undirected", "mutual", "0", "false", "no", "suuntaamaton", "oriktad"}:
        return False
    if folded in {"directed", "1", "true", "yes", "suunnattu", "riktad"}:
        return True
    return otherwise


def is_direction(text: str) -> bool:
    """Tell whether a word in a type column is one of direction, as in tables that Gephi exports."""
    return header_fold(text) in {"directed", "undirected", "mutual"}


def node_of(file: str, key: str, row: int, values: Values, *, name: str = "", sheet: str = "nodes") -> Node | Problem:
    """Return a node, or the problem that it has no id. ``name`` may come from its attributes when it is read."""
    if key:
        return Node(key, row, values, name, sheet=sheet)
    return Problem(file, sheet, row, "id", "", "The node has no id.", "Give it one; it is left out.")


def tie_of(
    file: str, ends: tuple[str, str], row: int, values: Values, directed: bool, sheet: str = "links"
) -> Tie | Problem:
    """Return a tie, or the problem that an end of it is missing.

    Its label and its kind (relation) are attributes of that meaning; a kind that is a word of direction is one.
    """
    source, target = ends[0].strip(), ends[1].strip()
    if not source or not target:
        end = "source" if not source else "target"
        message = "The link has no target." if source else "The link has no source."
        return Problem(file, sheet, row, end, "", message, "Complete it; it is left out.")
    relation = ""
    for word in attributes(values, "tie", "relation"):
        if is_direction(word):
            directed = direction(word, directed)
        else:
            relation = relation or word
    for word in attributes(values, "tie", "direction"):
        directed = direction(word, directed)
    return Tie(source, target, row, values, directed, relation, attribute(values, "tie", "label"), sheet=sheet)


def unread(file: str, sheet: str, row: int | None, what: str, remedy: str, *, error: bool = False) -> Problem:
    """Return a problem about something that is passed over."""
    return Problem(file, sheet, row, "", "", what, remedy, Severity.ERROR if error else Severity.WARNING)
