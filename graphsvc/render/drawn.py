"""Which actors and ties a map draws. Reading ends near 400 actors in one view, long before speed does.

A larger network is crowded: its map opens on groups, and a group opens on its actors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from graphsvc.render.content import MapContent

MOST_ACTORS: Final = 400
"""Above this the map opens on groups; of a group so many actors are drawn. Tables and search keep all."""
MOST_TIES: Final = 900
"""Above this, at rest, each actor's strongest ties are drawn; an opened actor still shows all of its ties."""
STRONGEST_OF_EACH: Final = 4
REST: Final = -1
"""The group of a crowded map that holds small groups and those without a partner."""


def is_crowded(content: MapContent) -> bool:
    """Say whether the map opens on groups."""
    return len(content.actors) > MOST_ACTORS


def gathered(content: MapContent) -> Mapping[str, int]:
    """Return the group of each actor that has one. In a crowded map everyone has one that is named."""
    if not is_crowded(content):
        return {actor.id: actor.community for actor in content.actors if actor.community is not None}
    named = {community.id for community in content.communities}
    tied = {end for tie in content.ties for end in (tie.a, tie.b)}
    groups = {actor.id: actor.community for actor in content.actors if actor.community in named and actor.id in tied}
    return {actor.id: REST if (group := groups.get(actor.id)) is None else group for actor in content.actors}


def drawn_actors(content: MapContent, most: int = MOST_ACTORS) -> frozenset[str]:
    """Return the ids of the actors to draw: of each group all, or those with suggestions, local ones, the strongest.

    Strength is the sum of the weights of an actor's ties (Barrat et al. 2004).
    """
    if len(content.actors) <= most:
        return frozenset(actor.id for actor in content.actors)
    strength: dict[str, float] = defaultdict(float)
    for tie in content.ties:
        strength[tie.a] += tie.weight
        strength[tie.b] += tie.weight
    suggested = {end for suggestion in content.suggestions for end in (suggestion.a, suggestion.b)}
    order = sorted(
        content.actors,
        key=lambda actor: (actor.id not in suggested, not actor.local, -strength[actor.id], actor.id),
    )
    group_of, seats = gathered(content), defaultdict[int, list[str]](list)
    for actor in order:
        seats[group_of[actor.id]].append(actor.id)
    return frozenset(id_ for members in seats.values() for id_ in members[:most])


def resting_ties(content: MapContent, drawn: frozenset[str], group_of: Mapping[str, int]) -> frozenset[int]:
    """Return the indices in ``content.ties`` of the ties that are drawn while no actor is open.

    Of a crowded map these are ties inside groups; between groups it draws one line for all.
    """
    crowded = is_crowded(content)
    seats: dict[int, list[int]] = defaultdict(list)
    for index, tie in enumerate(content.ties):
        if tie.a in drawn and tie.b in drawn and (not crowded or group_of[tie.a] == group_of[tie.b]):
            seats[group_of[tie.a] if crowded else REST].append(index)
    return frozenset(index for inside in seats.values() for index in _strongest(content, inside))


def _strongest(content: MapContent, inside: list[int]) -> list[int]:
    if len(inside) <= MOST_TIES:
        return inside
    kept: list[int] = []
    seen: dict[str, int] = defaultdict(int)
    for index in sorted(inside, key=lambda index: (-content.ties[index].weight, index)):
        tie = content.ties[index]
        if min(seen[tie.a], seen[tie.b]) < STRONGEST_OF_EACH:
            kept.append(index)
            seen[tie.a] += 1
            seen[tie.b] += 1
    return kept
