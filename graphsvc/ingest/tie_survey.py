"""A network file looked through once before its rows are read: its nodes, its modes, and how long each relation lasts.

What is kept grows with the nodes and relations, not with their attributes: sixteen bytes a tie, and two days for those
that say when they were.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from graphsvc.errors import InvalidValue, UnreadableFile
from graphsvc.ingest import values
from graphsvc.ingest.heading_words import columns_of_actor
from graphsvc.ingest.said_together import At, Together
from graphsvc.ingest.ties import ACTORS, COLLABORATIONS, NetworkFile, Node, Tie, Values, attribute

MAX_NODES: Final = 200_000
MAX_TIES: Final = 1_000_000
_TOO_MANY: Final = "Filter the network in the tool that made it, and export the part you need."
_ENOUGH_TIES: Final = 20
"""Ties from which on it is no accident that all of them run from a first part of the nodes to the rest."""
_YEAR: Final = re.compile(r"([12][0-9]{3})(?:\.0+)?")

Span = tuple[date | None, date | None]
"""First and last day; None where the file doesn't say."""


@dataclass(slots=True)
class Survey:
    """What must be known of the whole file before its first row can be read. Nodes are numbered from 0."""

    numbers: dict[str, int] = field(default_factory=dict)
    """Key → number of the node, in order of appearance."""
    names: list[str] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    """The row that lists the node; 0 for one that only ties name."""
    modes: bytearray = field(default_factory=bytearray)
    ties: int = 0
    listed_first: bool = True
    """True when every node is listed before the first tie that names it."""
    note: tuple[str, str] | None = None
    """What was concluded about the modes, and what to do where that is wrong."""
    repeated: frozenset[int] = frozenset()
    """Relations that several ties say."""
    about: dict[int, Together] = field(default_factory=dict)
    """Number of an actor → what the rows of a list of affiliations say of it, by key of a column of our table."""
    _relations: array[int] = field(default_factory=lambda: array("Q"))
    _ends: array[int] = field(default_factory=lambda: array("I"))
    _kinds: dict[tuple[str, str, bool], int] = field(default_factory=dict)
    _lasting: dict[int, Span] = field(default_factory=dict)
    _held: dict[int, Span] = field(default_factory=dict)

    def is_collaboration(self, number: int) -> bool:
        """Tell whether a node is one that actors take part in."""
        return self.modes[number] == COLLABORATIONS

    def ends(self, tie: Tie) -> tuple[int, int] | None:
        """Return the numbers of a tie's nodes, or None when one of them is not in the file."""
        source = self.numbers.get(tie.source)
        target = self.numbers.get(target_key(tie))
        return None if source is None or target is None else (source, target)

    def relation(self, source: int, target: int, tie: Tie) -> int:
        """Return a number for what the tie says: the same for ties that differ in nothing but their attributes."""
        kind = self._kinds.setdefault((tie.relation, tie.label, tie.directed), len(self._kinds))
        if not tie.directed and target < source:
            source, target = target, source
        return (kind * MAX_NODES + source) * MAX_NODES + target

    def lasting(self, relation: int) -> Span:
        """Return the first and last day of a relation, over all its ties."""
        return self._lasting.get(relation, (None, None))

    def held(self, collaboration: int) -> Span:
        """Return the first and last day of all ties with a collaboration of a two-mode network."""
        return self._held.get(collaboration, (None, None))


def target_key(tie: Tie) -> str:
    """Return the key of a tie's second node: what an affiliation tie calls a collaboration may be an actor's name."""
    return f"\x00{tie.target}" if tie.affiliation else tie.target


def survey(network: NetworkFile) -> Survey:
    """Read the file once. Raises :class:`UnreadableFile` when it is broken, too large or holds no node."""
    whole = Survey()
    marks: dict[int, str] = {}
    said = False
    for item in network.items():
        if isinstance(item, Node):
            number = _listed(whole, network, item)
            said = said or item.mode is not None
            if mark := _mark(item.values):
                marks[number] = mark
        elif isinstance(item, Tie):
            _tied(whole, network, item)
            said = said or item.affiliation
    if not whole.names:
        raise UnreadableFile(
            f"{network.file} ({network.format}) holds no node.", remedy="Export it again, with nodes and links."
        )
    if not said and not _modes_by_mark(whole, marks) and network.modes_in_order:
        _modes_by_order(whole)
    _collect_held(whole)
    whole.repeated = _repeated(whole._relations)
    whole._relations = array("Q")
    return whole


def days_of(tie_values: Values, note: Callable[[str, InvalidValue], None] | None = None) -> Span:
    """Return the first and last day that attributes give: ``year``, or ``start`` and ``end`` as years or days.

    What can't be read, or ends before it starts, goes to ``note`` with the attribute's meaning, and counts as unsaid.
    """
    read: dict[str, Span] = {}
    for key in ("year", "start", "end"):
        text = attribute(tie_values, "tie", key)
        try:
            read[key] = _days(text) if text else (None, None)
        except InvalidValue as error:
            read[key] = (None, None)
            if note:
                note(key, error)
    start, end = read["start"][0] or read["year"][0], read["end"][1] or read["year"][1]
    if start and end and end < start:
        if note:
            note(
                "end",
                InvalidValue(f"It ends ({end}) before it starts ({start}).", remedy="Correct one of the two dates."),
            )
        return None, None
    return start, end


def _days(text: str) -> Span:
    if year := _YEAR.fullmatch(text):
        return date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)
    day = values.day(text)
    return day, day


def _listed(whole: Survey, network: NetworkFile, node: Node) -> int:
    known = whole.numbers.get(node.key)
    name = node.name or attribute(node.values, "node", "name") or node.key
    if known is None:
        return _add(whole, network, node.key, (name, node.row, node.mode))
    if whole.rows[known] == 0:  # a tie named it before it was listed
        whole.listed_first = False
        whole.rows[known], whole.modes[known] = node.row, node.mode or ACTORS
        whole.names[known] = name
    return known


def _add(whole: Survey, network: NetworkFile, key: str, node: tuple[str, int, int | None]) -> int:
    name, row, mode = node
    if len(whole.names) == MAX_NODES:
        raise UnreadableFile(f"{network.file} holds more than {MAX_NODES:,} nodes.", remedy=_TOO_MANY)
    number = whole.numbers[key] = len(whole.names)
    whole.names.append(name)
    whole.rows.append(row)
    whole.modes.append(mode or ACTORS)
    return number


def _tied(whole: Survey, network: NetworkFile, tie: Tie) -> None:
    whole.ties += 1
    if whole.ties > MAX_TIES:
        raise UnreadableFile(f"{network.file} holds more than {MAX_TIES:,} links.", remedy=_TOO_MANY)
    source = whole.numbers.get(tie.source)
    if source is None:
        source = _add(whole, network, tie.source, (tie.source, 0, ACTORS))
    target = whole.numbers.get(target_key(tie))
    if target is None:
        mode = COLLABORATIONS if tie.affiliation else ACTORS
        target = _add(whole, network, target_key(tie), (tie.target, 0, mode))
    whole._ends.extend((source, target))
    if tie.about:
        columns = columns_of_actor(tuple(tie.about), of_actors=False)
        said = ((key, tie.about[title], At(tie.sheet, tie.row, title)) for key, title in columns.items())
        whole.about.setdefault(source, Together()).add(said)
    relation = whole.relation(source, target, tie)
    whole._relations.append(relation)
    span = days_of(tie.values)
    if span != (None, None):
        whole._lasting[relation] = _wider(whole._lasting.get(relation), span)


def _wider(known: Span | None, span: Span) -> Span:
    if known is None:
        return span
    starts = [day for day in (known[0], span[0]) if day]
    ends = [day for day in (known[1], span[1]) if day]
    return min(starts, default=None), max(ends, default=None)


def _mark(node_values: Values) -> str:
    """Return what a node's attributes say of its mode: ``bipartite`` (NetworkX), boolean ``type`` (igraph) …"""
    if mark := attribute(node_values, "node", "mode"):
        return mark
    boolean = node_values.get("type", "").lower()
    return boolean if boolean in {"true", "false"} else ""


def _modes_by_mark(whole: Survey, marks: dict[int, str]) -> bool:
    """Take an attribute as the mode where it has two values, every node has one, and every tie joins both."""
    kinds = sorted(set(marks.values()))
    if len(kinds) != 2 or len(marks) != len(whole.names) or not whole.ties:
        return False
    ends = whole._ends
    if any(marks[ends[at]] == marks[ends[at + 1]] for at in range(0, len(ends), 2)):
        return False
    first = kinds[0] if kinds in (["0", "1"], ["false", "true"]) else marks[0]
    for number, mark in marks.items():
        whole.modes[number] = ACTORS if mark == first else COLLABORATIONS
    return True


def _modes_by_order(whole: Survey) -> bool:
    """Take a file as two-mode where every tie runs between a first part of the nodes and the rest, and that is told."""
    ends = whole._ends
    pairs = [(min(ends[at : at + 2]), max(ends[at : at + 2])) for at in range(0, len(ends), 2)]
    if len(pairs) < max(_ENOUGH_TIES, len(set(ends))):
        return False
    last_first, split = max(low for low, _ in pairs), min(high for _, high in pairs)
    if last_first >= split or min(len({low for low, _ in pairs}), len({high for _, high in pairs})) < 2:
        return False
    for number in range(split, len(whole.names)):
        whole.modes[number] = COLLABORATIONS
    total = len(whole.names)
    whole.note = (
        f"Every tie runs between one of the first {split:,} nodes and one of the other {total - split:,}: the others"
        " are read as collaborations that the first take part in (a two-mode network).",
        f"If all nodes are actors, write '*Vertices {total} {total}'; if not, write '*Vertices {total} {split}'.",
    )
    return True


def _repeated(relations: array[int]) -> frozenset[int]:
    ordered = sorted(relations)
    return frozenset(one for one, next_ in pairwise(ordered) if one == next_)


def _collect_held(whole: Survey) -> None:
    for relation, span in whole._lasting.items():
        pair = relation % (MAX_NODES * MAX_NODES)
        for number in divmod(pair, MAX_NODES):
            if whole.is_collaboration(number):
                whole._held[number] = _wider(whole._held.get(number), span)
