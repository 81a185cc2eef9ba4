"""What a map finds, in a few sentences: for who reads before looking, and for who can't look."""

from __future__ import annotations

from collections.abc import Sequence

from graphsvc.render.content import MapActor, MapCommunity, MapSuggestion, MapTie
from graphsvc.wording import listed, number, say

NAMED = 3
"""So many of the most important actors are named."""


def summary(
    language: str,
    actors: Sequence[MapActor],
    ties: Sequence[MapTie],
    communities: Sequence[MapCommunity],
    suggestions: Sequence[MapSuggestion],
    measure: str,
) -> str:
    """Return counts, the most important actors, the first suggestion and how many have no partner."""
    if not actors:
        return say("map", "page.summary.nothing", language)
    counts = {"actors": actors, "ties": ties, "groups": communities, "suggestions": suggestions}
    said = [_counted(key, len(each), language) for key, each in counts.items() if each or key in ("actors", "ties")]
    sentences = [", ".join(said) + "."]
    strongest = [actor.name for actor in actors[:NAMED] if actor.importance > 0]
    if strongest:
        key = {"betweenness": "broker", "strength": "strongest"}.get(measure, "most")
        name = say("measures", f"{measure}.name", language) if key == "most" else ""
        sentences.append(say("map", f"page.summary.{key}", language, actor=listed(strongest, language), measure=name))
    if suggestions:
        name_of = {actor.id: actor.name for actor in actors}
        pair = listed([name_of[suggestions[0].a], name_of[suggestions[0].b]], language)
        sentences.append(say("map", "page.summary.first", language, pair=pair))
    tied = {end for tie in ties for end in (tie.a, tie.b)}
    if alone := len(actors) - len(tied):
        sentences.append(_counted("alone", alone, language) + ".")
    return " ".join(sentences)


def _counted(key: str, n: int, language: str) -> str:
    return say("map", f"page.summary.{key}", language, n=n, shown=number(n, language))
