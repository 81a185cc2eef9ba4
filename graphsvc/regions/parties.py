"""Who takes part in what, by role: claims of several sources on one body are one party."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graphsvc.ingest.columns import meant
from graphsvc.kinds import Role
from graphsvc.model import Actor, Participation, Source
from graphsvc.regions.ground import Ground


@dataclass(frozen=True, slots=True)
class Party:
    """A body that takes part."""

    actor: Actor
    entries: tuple[str, ...]
    """Ids of the entries under which the sources have it."""
    sources: tuple[Source, ...]


def role_of(claim: Participation) -> Role | None:
    """Return the role that a claim's words mean; None for any other."""
    role = meant(claim.role, "role", Role)
    return role if isinstance(role, Role) else None


def parties(ground: Ground, claims: Iterable[Participation]) -> tuple[Party, ...]:
    """Return the bodies that claims speak of, by name."""
    by_body: dict[str, list[Participation]] = defaultdict(list)
    for claim in claims:
        by_body[ground.body(claim.actor).id].append(claim)
    found = [
        Party(ground.actors[id_], tuple(sorted({each.actor for each in mine})), sources(ground, mine))
        for id_, mine in by_body.items()
    ]
    return tuple(sorted(found, key=lambda party: by_name(party.actor)))


def by_name(actor: Actor) -> tuple[str, str]:
    """Return what actors are ordered by."""
    return actor.name.casefold(), actor.id


def sources(ground: Ground, claims: Iterable[Participation], *also: str | None) -> tuple[Source, ...]:
    """Return the sources of claims, and those with the ids ``also``, by name."""
    found = {claim.source for claim in claims}.union(filter(None, also))
    return tuple(sorted((ground.source(id_) for id_ in found), key=lambda each: (each.name.casefold(), each.id)))
