"""Part of a map: one actor, its partners, and what lies between them. For pages about one actor."""

from __future__ import annotations

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
    actors = tuple(each for each in content.actors if each.id in near)
    ties = tuple(tie for tie in content.ties if tie.a in near and tie.b in near)
    shared = {id_ for tie in ties for id_ in tie.collaborations}
    groups = {each.community for each in actors}
    communities = tuple(each for each in content.communities if each.id in groups)
    return replace(
        content,
        actors=actors,
        ties=ties,
        suggestions=openings,
        communities=communities,
        collaborations=tuple(each for each in content.collaborations if each.id in shared),
        summary=summary(content.language, actors, ties, communities, openings, content.size_measure),
    )
