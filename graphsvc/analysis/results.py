"""What analysis hands out: plain frozen values that page, API, map, report and notebook show alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of every actor in a network."""

    id: str
    """As in ``catalogue.CATALOGUE``: degree, strength, betweenness, harmonic_closeness, pagerank …"""
    values: Mapping[str, float]
    """Actor id → value; an actor for which it is not defined (constraint of an isolated actor) is missing."""
    exact: bool = True
    """False when sampled; ``method`` says how."""
    method: str = ""
    error: float = 0.0
    """Half width of the 95 % interval of the value that is known worst; 0 when exact."""
    seed: int | None = None
    """What it drew lots with; None when it drew none."""
    version: int = 1
    """Version of the definition, raised when the same network gets other numbers than before."""
    engine: str = "graphsvc"
    """Who computed it; ``method`` says so too where it could have been another."""


@dataclass(frozen=True, slots=True)
class Number:
    """One measure of a network as a whole."""

    id: str
    """As in ``catalogue.CATALOGUE``: density, components, path_length …"""
    value: float | None
    """None where it is not defined, as a path length without ties."""
    exact: bool = True
    method: str = ""
    error: float = 0.0
    """Half width of the 95 % interval; 0 when exact."""
    version: int = 1
    engine: str = "graphsvc"
    """Who computed it; ``method`` says so too where it could have been another."""


@dataclass(frozen=True, slots=True)
class Mixing:
    """How many ties there are within and between groups, against what chance would make."""

    groups: tuple[str, ...]
    observed: tuple[tuple[int, ...], ...]
    """groups × groups, symmetric: ties between the two; within a group, each tie once."""
    expected: tuple[tuple[float, ...], ...]
    """The same under the configuration model: each actor keeps its number of partners, who they are is chance."""


@dataclass(frozen=True, slots=True)
class Community:
    """A group of actors that work more with each other than with the rest."""

    id: int
    """0 is the largest: its place in this answer, another one when sizes change. ``key`` is what lasts."""
    actors: tuple[str, ...]
    """Sorted by strength inside the community, strongest first."""
    themes: tuple[str, ...]
    """Theme ids that set it apart, strongest first: what the community is named after."""
    places: tuple[str, ...] = ()
    """Ids of the regions that set it apart, strongest first."""
    key: str = ""
    """Id of the one of its actors that has most partners, and so by what it is known from one revision to the next."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of one network that were asked for."""

    revision: int
    measures: Mapping[str, Measure]
    """Id → measure of the actors."""
    communities: tuple[Community, ...]
    modularity: float
    articulation_points: frozenset[str]
    numbers: Mapping[str, Number] = field(default_factory=dict)
    """Id → measure of the network as a whole."""
    bridges: tuple[tuple[str, str], ...] = ()
    """Ties without which a part comes off, the smaller id first, in order."""
    mixing: Mixing | None = None
    """Ties within and between helix groups; None when not asked for, or without groups."""

    def at(self, revision: int) -> Measures:
        """Return the same, of a network that holds the same at another revision."""
        return self if revision == self.revision else replace(self, revision=revision)

    def community_of(self) -> dict[str, int]:
        """Return actor id → community id."""
        return {actor: community.id for community in self.communities for actor in community.actors}


class Side(StrEnum):
    """Whether a fact speaks for or against a suggestion."""

    FOR = "for"
    AGAINST = "against"


class Noun(StrEnum):
    """What a fact's id refers to."""

    ACTOR = "actor"
    COLLABORATION = "collaboration"
    THEME = "theme"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Ref:
    """The address of a fact: a thing in the graph."""

    noun: Noun
    id: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason: which kind, the facts it rests on, and its numbers.

    ``wording.reason`` turns it into a sentence; deleting a fact from the graph removes the reason.
    """

    kind: str
    """shared_partners, shared_themes, same_community, bridges_communities, completes_helix, same_place, well_known …"""
    side: Side
    refs: tuple[Ref, ...]
    numbers: Mapping[str, float | int | str | date] = field(default_factory=dict)
    contribution: float = 0.0
    """What it adds to the score (negative for evidence against)."""


@dataclass(frozen=True, slots=True)
class MissingPartnership:
    """Two actors that share no collaboration under any source and perhaps should."""

    rank: int
    a: str
    b: str
    score: float
    evidence: tuple[Evidence, ...]
    """For first, strongest first; then against."""


@dataclass(frozen=True, slots=True)
class How:
    """How a list of missing partnerships was made; ``reasons.method`` puts it into words."""

    weights: Mapping[str, float]
    """Kind of evidence → what its full value adds to a score, or takes off where it speaks against a pair."""
    on: date
    """The day from which age is counted."""
    half_life: float
    """Years after which a collaboration counts half."""
    per_actor: int | None
    """Lines that one actor may have; None for any number."""
    balance: float = 0.0
    """Between likely (0) and new (1)."""
    few_partners: Mapping[str, float] = field(default_factory=dict)
    """As ``weights``, those that differ where one of a pair has few partners."""


@dataclass(frozen=True, slots=True)
class Silence:
    """How many actors of a group a list is silent about."""

    actors: int
    without_line: int
    """Those that no line names."""
    without_candidate: int
    """Those of them that are not in any pair that was scored."""


@dataclass(frozen=True, slots=True)
class Unsuggested:
    """Who gets no suggestion: how many of the actors asked about, and how that falls on groups."""

    actors: int
    without_line: int
    without_candidate: int
    by_kind: Mapping[str, Silence]
    by_region: Mapping[str, Silence]
    """Region id → silence; empty for actors whose region is not known."""
    by_partners: Mapping[str, Silence]
    """none, few (below half the median), usual, many (above twice the median)."""


@dataclass(frozen=True, slots=True)
class Missing:
    """The ranked list with what a reader needs to trust it."""

    revision: int
    method: str
    candidates: int
    """Pairs that were scored."""
    partnerships: tuple[MissingPartnership, ...]
    left_out: Mapping[str, int]
    """What was left out of the network and why: undated, future, … → number of collaborations."""
    unsuggested: Unsuggested | None = None
    """Whom the list is silent about."""
    decided: int = 0
    """Pairs that would stand in the list, had persons not decided on them: declined for a time, or followed up."""
    how: How | None = None
    """``method`` in its parts; None where a list was not made by :func:`graphsvc.analysis.missing.find_missing`."""
