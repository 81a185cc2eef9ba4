"""What a snapshot says of each actor, found by the actor's id: a page about one then asks the graph for little more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from graphsvc.model import Actor, Collaboration, Link, Participation, Snapshot, Source

T = TypeVar("T")
Part = tuple[Participation, Collaboration]


@dataclass(frozen=True, slots=True)
class OfActors:
    """Answers as the methods of :class:`graphsvc.store.graph_store.GraphStore` of the same names do."""

    _actors: Mapping[str, Actor]
    _collaborations: Mapping[str, Collaboration]
    _parts: Mapping[str, list[Part]]
    _links: Mapping[str, list[Link]]
    _sources: tuple[Source, ...]

    def actor(self, id_: str) -> Actor | None:
        """Return the actor with this id, or None."""
        return self._actors.get(id_)

    def actors_by_ids(self, ids: Iterable[str]) -> tuple[Actor, ...]:
        """Return those of these actors that there are, by id."""
        return _some(self._actors, ids)

    def collaborations_by_ids(self, ids: Iterable[str]) -> tuple[Collaboration, ...]:
        """Return those of these collaborations that there are, by id."""
        return _some(self._collaborations, ids)

    def participations_of_actor(self, id_: str) -> tuple[Part, ...]:
        """Return what an actor takes part in, with the collaborations, by collaboration, source and role."""
        return tuple(self._parts.get(id_, ()))

    def links_of(self, id_: str) -> tuple[Link, ...]:
        """Return the links of an actor in either direction."""
        return tuple(self._links.get(id_, ()))

    def sources(self) -> tuple[Source, ...]:
        """Return every source, by id."""
        return self._sources


def of_actors(snapshot: Snapshot) -> OfActors:
    """Sort what a snapshot says by the actors that it says it of."""
    parts, links = defaultdict[str, list[Part]](list), defaultdict[str, list[Link]](list)
    known = {each.id: each for each in snapshot.collaborations}
    for claim in snapshot.participations:
        if collaboration := known.get(claim.collaboration):
            parts[claim.actor].append((claim, collaboration))
    for link in snapshot.links:
        for id_ in {link.actor, link.other}:
            links[id_].append(link)
    actors = {actor.id: actor for actor in snapshot.actors}
    return OfActors(actors, known, dict(parts), dict(links), snapshot.sources)


def _some(known: Mapping[str, T], ids: Iterable[str]) -> tuple[T, ...]:
    return tuple(known[id_] for id_ in sorted(set(ids)) if id_ in known)
