"""What is told of ecosystem agreements: what belongs to which, who is in several, and what is not tied.

An agreement is a collaboration of that kind that belongs to no other; what belongs to it and is one too is a priority;
all else that belongs to either is a project. Who takes part in a project takes part in that project alone: what is told
here of an agreement's actors counts for no network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from graphsvc.model import Actor, Collaboration, Source, Theme
from graphsvc.regions.links import Linking

LISTED: Final = 50
"""Pairs that are told of each kind; how many there are is told of all."""


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """What one source says of an actor's part."""

    source: str
    role: str
    """Empty where it doesn't say."""
    places: tuple[str, ...] = ()
    """What the source says that the project belongs to; nothing where it doesn't speak of that."""


@dataclass(frozen=True, slots=True)
class Involved:
    """An actor of an agreement, a priority or a project, and who says so."""

    actor: str
    said: tuple[Said, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """What it does there, each once."""
        return tuple(sorted({each.role for each in self.said if each.role}))

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources that say so."""
        return tuple(sorted({each.source for each in self.said}))


@dataclass(frozen=True, slots=True)
class Project:
    """A project where one of its places is."""

    id: str
    involved: tuple[Involved, ...]
    sources: tuple[str, ...]
    """Who says that it belongs here; none where that can't be told from the sources of its actors."""


@dataclass(frozen=True, slots=True)
class Priority:
    """A priority of an agreement."""

    id: str
    involved: tuple[Involved, ...]
    """Who is named at the priority itself, and not in a project of it."""
    projects: tuple[Project, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One part of an agreement in its place: the agreement itself, a priority or a project."""

    priority: str | None
    project: str | None
    involved: tuple[Involved, ...]
    id: str
    """Of what the line is about."""
    parent: str = ""
    """What it belongs to; nothing for the agreement."""
    sources: tuple[str, ...] = ()
    """Of a project: who says that it belongs here."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with all that belongs to it."""

    id: str
    parties: tuple[Involved, ...]
    priorities: tuple[Priority, ...]
    projects: tuple[Project, ...]
    """Those without a priority."""

    @property
    def all_projects(self) -> tuple[Project, ...]:
        """Its projects, of any priority or none; one of two priorities comes twice."""
        return (*(project for each in self.priorities for project in each.projects), *self.projects)

    @property
    def lines(self) -> Iterator[Line]:
        """The agreement, each priority with its projects after it, then the projects without one."""
        yield Line(None, None, self.parties, self.id)
        for each in self.priorities:
            yield Line(each.id, None, each.involved, each.id, self.id)
            for project in each.projects:
                yield Line(each.id, project.id, project.involved, project.id, each.id, project.sources)
        for project in self.projects:
            yield Line(None, project.id, project.involved, project.id, self.id, project.sources)

    @property
    def number_of_priorities(self) -> int:
        """How many priorities it has."""
        return len(self.priorities)

    @property
    def parts(self) -> Mapping[str, tuple[Involved, ...]]:
        """The agreement itself, its priorities and projects: id → who takes part in it."""
        return {line.id: line.involved for line in self.lines}

    @property
    def actors(self) -> frozenset[str]:
        """All who are a party, named at a priority, or in a project."""
        return frozenset(each.actor for involved in self.parts.values() for each in involved)


@dataclass(frozen=True, slots=True)
class Shared:
    """Two agreements and who is in both."""

    a: str
    b: str
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InSeveral:
    """An actor in two or more agreements."""

    actor: str
    through: Mapping[str, tuple[str, ...]]
    """Agreement → the ids of what it takes part in there: the agreement itself, priorities, projects."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Two agreements on the same theme with no project in common, or two such projects with no actor in common."""

    a: str
    b: str
    themes: tuple[str, ...]
    linking: tuple[Linking, ...]
    """Who would link them, the best first."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a project belongs, and who says so."""

    agreement: str
    priority: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TwoPlaces:
    """A project under two priorities or agreements."""

    project: str
    places: tuple[Place, ...]
    differ: bool
    """Whether no source says all of it: the sources contradict one another, or tell half of it each."""


@dataclass(frozen=True, slots=True)
class Agreements:
    """The view's answer. Actors are bodies as they stand on the day; all lists are by name."""

    revision: int
    on: date
    """The day that it holds for."""
    agreements: tuple[Agreement, ...]
    shared: tuple[Shared, ...]
    """Every two agreements."""
    several: tuple[InSeveral, ...]
    apart: tuple[Apart, ...]
    """Agreements; the best :data:`LISTED`."""
    projects_apart: tuple[Apart, ...]
    """Projects; the best :data:`LISTED`."""
    found: Mapping[str, int]
    """``apart`` and ``projects_apart`` → how many there are."""
    two_places: tuple[TwoPlaces, ...]
    unknown: Mapping[str, tuple[str, ...]]
    """What is not known → ids of the agreements, priorities or projects of which it is not."""
    actors: Mapping[str, Actor]
    """All that are named here, by id; so with the following."""
    collaborations: Mapping[str, Collaboration]
    themes: Mapping[str, Theme]
    sources: Mapping[str, Source]

    @property
    def all_projects(self) -> frozenset[str]:
        """Ids of the projects of all agreements."""
        return frozenset(project.id for each in self.agreements for project in each.all_projects)

    def between(self, a: str, b: str) -> tuple[str, ...]:
        """Return who is in both of two agreements, in either order."""
        return next((each.actors for each in self.shared if {each.a, each.b} == {a, b}), ())

    def one(self, id_: str) -> Agreement | None:
        """Return the agreement with an id; None for none."""
        return next((each for each in self.agreements if each.id == id_), None)
