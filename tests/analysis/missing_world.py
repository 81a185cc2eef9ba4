"""A small world of made-up facts, from which what is missing is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import networkx as nx

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.measures import measure
from graphsvc.analysis.missing import Kin, Question, find_missing
from graphsvc.analysis.results import Measures, Missing
from graphsvc.model import Actor, ActorKind, Collaboration

DAY = date(2020, 1, 1)


@dataclass
class World:
    """Facts that a test can take away one by one."""

    kinds: dict[str, ActorKind] = field(default_factory=dict)
    collaborations: dict[str, Collaboration] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)

    def works(self, id_: str, who: str, *themes: str, start: date | None = DAY, end: date | None = None) -> None:
        """Add a collaboration of the actors named in ``who``."""
        self.collaborations[id_] = Collaboration(id=id_, name=id_, start=start, end=end, themes=themes)
        self.members[id_] = sorted(who.split())
        for actor in self.members[id_]:
            self.kinds.setdefault(actor, ActorKind.UNKNOWN)

    def affiliation(self) -> Affiliation:
        """Return the world as arrays."""
        actors = {id_: Actor(id=id_, name=id_, kind=kind) for id_, kind in self.kinds.items()}
        sizes = {id_: len(members) for id_, members in self.members.items()}
        return Affiliation.of(actors, self.collaborations, self.members, sizes, self.regions)

    def measures(self) -> Measures:
        """Return the world's measures."""
        return measure(projection(self.members, list(self.kinds), self.collaborations), 5)

    def missing(self, question: Question | None = None, kin: Kin | None = None) -> Missing:
        """Return what is missing in this world."""
        return find_missing(self.affiliation(), self.measures(), kin or Kin(), question or Question(on=DAY))


def projection(
    members: Mapping[str, Sequence[str]], actors: Sequence[str], collaborations: Mapping[str, Collaboration]
) -> nx.Graph[str]:
    """Project by the definition, tie by tie."""
    graph: nx.Graph[str] = nx.Graph()
    for actor in sorted(actors):
        mine = {theme for id_, who in members.items() if actor in who for theme in collaborations[id_].themes}
        graph.add_node(actor, themes=tuple(sorted(mine)))
    for who in members.values():
        for a in who:
            for b in who:
                if a < b:
                    weight = graph.edges[a, b]["weight"] if graph.has_edge(a, b) else 0.0
                    graph.add_edge(a, b, weight=weight + 1 / (len(who) - 1))
    return graph


def pairs(found: Missing) -> list[tuple[str, str]]:
    return [(each.a, each.b) for each in found.partnerships]
