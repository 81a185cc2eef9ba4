"""Part of a map: one actor with its partners, or those that a reader looks for first where all are too many."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from graphsvc.render.content import MapContent
from graphsvc.render.summary import summary


def around(content: MapContent, actor: str) -> MapContent:
    """Return the map's content with the actor and its partners alone; suggestions stay where they name the actor.

    Ranks of suggestions stay, so that a number means the same here and in the whole list.
    """
    near = {actor} | {end for tie in content.ties for end in (tie.a, tie.b) if actor in (tie.a, tie.b)}
    openings = tuple(each for each in content.suggestions if actor in (each.a, each.b))
    near |= {end for each in openings for end in (each.a, each.b)}
    part = _part(replace(content, suggestions=openings), near)
    parts = part.actors, part.ties, part.communities, openings
    return replace(part, summary=summary(content.language, *parts, content.size_measure))


def foremost(content: MapContent, most: int) -> MapContent:
    """Return the map's content with ``most`` actors: those from the place, those with suggestions, the most important.

    What it finds is still told of all of them.
    """
    if len(content.actors) <= most:
        return content
    suggested = {end for each in content.suggestions for end in (each.a, each.b)}
    order = sorted(content.actors, key=lambda each: (not each.local, each.id not in suggested))  # stable: by importance
    return _part(content, {each.id for each in order[:most]})


def _part(content: MapContent, ids: Collection[str]) -> MapContent:
    actors = tuple(each for each in content.actors if each.id in ids)
    ties = tuple(tie for tie in content.ties if tie.a in ids and tie.b in ids)
    shared = {id_ for tie in ties for id_ in tie.collaborations}
    groups = {each.community for each in actors}
    return replace(
        content,
        actors=actors,
        ties=ties,
        suggestions=tuple(each for each in content.suggestions if each.a in ids and each.b in ids),
        communities=tuple(each for each in content.communities if each.id in groups),
        collaborations=tuple(each for each in content.collaborations if each.id in shared),
    )
