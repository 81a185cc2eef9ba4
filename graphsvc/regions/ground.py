"""What region views are made from: the graph as it stood on a day, each body once, all claims with sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graphsvc.asof import begun
from graphsvc.kinds import CollaborationKind, LinkKind
from graphsvc.model import Actor, Attributes, Collaboration, Link, Participation, Snapshot, Source, Theme, View
from graphsvc.outlook import Outlook
from graphsvc.resolve import bodies


@dataclass(frozen=True)
class Ground:
    """The graph on a day. A fact without a day holds on any day."""

    revision: int
    on: date
    actors: Mapping[str, Actor]
    """Bodies by the id that stands for them on the day."""
    entries: Mapping[str, Actor]
    """Every entry as it is recorded, by its own id."""
    stands_for: Mapping[str, str]
    """Id of an entry → id of its body."""
    attributes: Mapping[str, Attributes]
    """Id of a body → what all its entries say, the standing one first."""
    collaborations: Mapping[str, Collaboration]
    """Those that had begun, by id."""
    claims: tuple[Participation, ...]
    """Those that had begun, of these collaborations; ended ones too (:meth:`holds`)."""
    links: tuple[Link, ...]
    """Those that held already."""
    themes: Mapping[str, Theme]
    sources: Mapping[str, Source]
    places: Mapping[str, str]
    """Id → name."""

    def body(self, entry: str) -> Actor:
        """Return the body that an entry is part of on the day."""
        return self.actors[self.stands_for.get(entry, entry)]

    def source(self, id_: str | None) -> Source:
        """Return a source by its id; one that nobody described has its id as its name."""
        return self.sources.get(id_ or "", Source(id=id_ or "unknown", name=id_ or "unknown"))

    def of_kind(self, *kinds: CollaborationKind) -> tuple[Collaboration, ...]:
        """Return the collaborations of these kinds, by name."""
        found = (each for each in self.collaborations.values() if each.kind in kinds)
        return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))

    def claims_of(self, collaboration: str) -> tuple[Participation, ...]:
        """Return who is said to take part in a collaboration."""
        return self._claims.get(collaboration, ())

    def holding_of(self, collaboration: str) -> tuple[Participation, ...]:
        """Return who is said to take part in a collaboration and had not left it on the day."""
        return tuple(each for each in self.claims_of(collaboration) if self.holds(each))

    @cached_property
    def _claims(self) -> Mapping[str, tuple[Participation, ...]]:
        found: dict[str, list[Participation]] = defaultdict(list)
        for claim in self.claims:
            found[claim.collaboration].append(claim)
        return {id_: tuple(claims) for id_, claims in found.items()}

    def groups_of(self, body: str) -> frozenset[str]:
        """Return the ids of the bodies that are groups which a body belongs to."""
        return frozenset(high for low, high in self._memberships() if low == body)

    def members_of(self, body: str) -> frozenset[str]:
        """Return the ids of the bodies that belong to the group that a body is."""
        return frozenset(low for low, high in self._memberships() if high == body)

    def _memberships(self) -> Iterator[tuple[str, str]]:
        for link in self.links:
            if link.kind is LinkKind.MEMBER_OF:
                yield self.stands_for.get(link.actor, link.actor), self.stands_for.get(link.other, link.other)

    def holds(self, claim: Participation) -> bool:
        """Say whether a claim had not ended on the day."""
        return claim.end is None or self.on <= claim.end


def ground_of(outlook: Outlook, as_of: date | None = None) -> Ground:
    """Return what views of a day are made from; without one, of today."""
    return outlook.recall("region ground", View(as_of=as_of), lambda view: _ground(outlook, view))


def _ground(outlook: Outlook, view: View) -> Ground:
    snapshot, identity, on = outlook.snapshot(), outlook.identity(view), outlook.day(view)
    collaborations = {each.id: each for each in snapshot.collaborations if begun(each.start, on)}
    return Ground(
        revision=snapshot.revision,
        on=on,
        actors=bodies.shown(snapshot.actors, identity),
        entries={each.id: each for each in snapshot.actors},
        stands_for=identity.canonical,
        attributes=_attributes(snapshot, identity.canonical),
        collaborations=collaborations,
        claims=tuple(
            each for each in snapshot.participations if begun(each.start, on) and each.collaboration in collaborations
        ),
        links=tuple(each for each in snapshot.links if begun(each.since, on)),
        themes={each.id: each for each in snapshot.themes},
        sources={each.id: each for each in snapshot.sources},
        places={each.id: each.name for each in snapshot.places},
    )


def _attributes(snapshot: Snapshot, canonical: Mapping[str, str]) -> dict[str, Attributes]:
    found: dict[str, Attributes] = defaultdict(dict)
    for actor in _standing_first(snapshot.actors, canonical):
        said = found[canonical.get(actor.id, actor.id)]
        for name, text in actor.attributes.items():
            said.setdefault(name, text)
    return dict(found)


def _standing_first(actors: Iterable[Actor], canonical: Mapping[str, str]) -> list[Actor]:
    return sorted(actors, key=lambda actor: (canonical.get(actor.id, actor.id) != actor.id, actor.id))
