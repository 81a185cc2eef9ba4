"""Which actors and ties a map draws. Reading ends near 400 actors in one view, long before speed does."""

from __future__ import annotations

from collections import defaultdict

from graphsvc.render.content import MapContent

MOST_ACTORS = 400
"""Above this the map draws a choice of actors; tables and search keep all."""
MOST_TIES = 900
"""Above this, at rest, each actor's strongest ties are drawn; an opened actor still shows all of its ties."""
STRONGEST_OF_EACH = 4


def drawn_actors(content: MapContent, most: int = MOST_ACTORS) -> frozenset[str]:
    """Return the ids of the actors to draw: all, or those with suggestions, then local ones, then the strongest.

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
    return frozenset(actor.id for actor in order[:most])


def resting_ties(content: MapContent, drawn: frozenset[str]) -> frozenset[int]:
    """Return the indices in ``content.ties`` of the ties that are drawn while no actor is open."""
    inside = [index for index, tie in enumerate(content.ties) if tie.a in drawn and tie.b in drawn]
    if len(inside) <= MOST_TIES:
        return frozenset(inside)
    kept: set[int] = set()
    seen: dict[str, int] = defaultdict(int)
    for index in sorted(inside, key=lambda index: (-content.ties[index].weight, index)):
        tie = content.ties[index]
        if min(seen[tie.a], seen[tie.b]) < STRONGEST_OF_EACH:
            kept.add(index)
            seen[tie.a] += 1
            seen[tie.b] += 1
    return frozenset(kept)
