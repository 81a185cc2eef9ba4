"""What is missing beside partnerships: gaps of several kinds, each a plain value with the facts it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from graphsvc.analysis.results import Evidence, Ref


class GapKind(StrEnum):
    """What is missing."""

    COVERAGE = "coverage"
    """A theme that nobody, or hardly anybody, of a helix group or an area works on."""
    PARTICIPANT = "participant"
    """An actor that is not in a collaboration, or on a theme, and perhaps should be."""
    APART = "apart"
    """Two communities that work on one theme and have no tie: a structural hole."""
    BROKER = "broker"
    """An actor without which groups fall apart, or through which all ties of two communities go."""
    UNTIED = "untied"
    """An actor of the place that works with nobody there, or with nobody at all."""
    DOOR = "door"
    """The only actor of the place that works with a foreign hub."""


STRUCTURAL = (GapKind.APART, GapKind.BROKER, GapKind.UNTIED, GapKind.DOOR)
"""The kinds that are about who is tied to whom."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing. ``wordings/gaps.toml`` has its title and a sentence for each piece of evidence."""

    rank: int
    """From 1, within its kind: scores of different kinds do not compare."""
    kind: GapKind
    about: tuple[Ref, ...]
    """Coverage: the theme, and of an area its place. Participant: the actor. Apart: the theme. Else the actor."""
    score: float
    evidence: tuple[Evidence, ...]
    """For first, strongest first; then against."""
    group: str = ""
    """Of a coverage gap by helix: the group."""
    pair: tuple[str, str] | None = None
    """Of a structural gap: ids of the two actors who would best close it, where there are two who do not work together
    already. The evidence says why these."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """A list of gaps with what a reader needs to trust it."""

    revision: int
    gaps: tuple[Gap, ...]
    """By kind in the order of :class:`GapKind`, within a kind best first."""
    found: Mapping[GapKind, int]
    """How many there are of each kind that was asked for, also beyond those listed."""
    numbers: Mapping[str, float] = field(default_factory=dict)
    """What was counted against: ``hub``: partners from which on an actor is a hub; ``participants`` …"""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """What was left out of the network and why: undated, future, … → number of collaborations."""


def in_order(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return gaps by score, largest first, with their ranks; equals in the order in which they come."""
    best_first = sorted(gaps, key=lambda gap: -gap.score)
    return tuple(replace(gap, rank=rank) for rank, gap in enumerate(best_first, 1))
