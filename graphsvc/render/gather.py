"""Network, measures and missing partnerships → the content of a map, in one language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import Protocol

import numpy as np

from graphsvc.analysis.results import Community, Evidence, Measures, Missing, Noun, Ref, Side
from graphsvc.model import Actor, Collaboration, Place, Source, Theme
from graphsvc.render.content import (
    MapActor,
    MapCollaboration,
    MapCommunity,
    MapContent,
    MapSource,
    MapSuggestion,
    MapTie,
)
from graphsvc.render.dated import stated_day
from graphsvc.render.summary import summary
from graphsvc.wording import say

NAMED_FROM = 3
"""A community is named and gets a hull from this many actors on; pairs are left without."""


class Drawable(Protocol):
    """What a map needs of a network; :class:`graphsvc.network.Network` has it, and says what each part is."""

    @property
    def revision(self) -> int: ...  # noqa: D102
    @property
    def actors(self) -> Mapping[str, Actor]: ...  # noqa: D102
    @property
    def collaborations(self) -> Mapping[str, Collaboration]: ...  # noqa: D102
    @property
    def members(self) -> Mapping[str, tuple[str, ...]]: ...  # noqa: D102
    @property
    def themes(self) -> Mapping[str, Theme]: ...  # noqa: D102
    @property
    def places(self) -> Mapping[str, Place]: ...  # noqa: D102
    def ties(self) -> Iterable[tuple[str, str, Mapping[str, float | int]]]: ...  # noqa: D102
    def name_of(self, ref: Ref, language: str) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above and below the map and isn't in the network. ``as_of`` wins over the sources' own dates."""

    language: str
    title: str = ""
    as_of: date | None = None
    sources: tuple[Source, ...] = ()
    local: frozenset[str] = frozenset()
    """Ids of the actors from the place the map is about."""
    method: str = ""
    """How the suggestions were found, in words; else the list's own line."""
    size: str = ""
    """Id of the measure that sets the sizes; empty for the usual one."""
    loaded: Mapping[str, date] = field(default_factory=dict)
    """Id of a source → the day its file was read: what dates the facts of a source that gives no date itself."""
    speaking: frozenset[str] = frozenset()
    """Ids of the sources that say who took part in what."""


Reason = Callable[[Evidence, str, Callable[[Ref], str]], str]
"""``reason(evidence, language, name_of)``: one sentence."""


def build_content(
    heading: Heading, network: Drawable, measures: Measures, missing: Missing, reason: Reason
) -> MapContent:
    """Return what the map of ``network`` shows, worded in ``heading.language``.

    Sizes follow ``heading.size``, else betweenness where it was measured, else strength, which must have been. Ties
    list the collaborations that their two actors share. Suggestions whose actors are not in the network are left out.
    """
    words = _Words(network, heading.language)
    size_measure, importance = _importance(measures, heading.size)
    actors = _actors(heading, network, measures, importance, words)
    ties = _ties(network)
    suggestions = tuple(_suggestions(missing, network, heading.language, words, reason))
    communities = tuple(_communities(measures.communities, network, words))
    return MapContent(
        title=heading.title or say("map", "page.title", heading.language),
        language=heading.language,
        summary=summary(heading.language, actors, ties, communities, suggestions, size_measure),
        data_date=heading.as_of or stated_day(heading.sources, heading.loaded, heading.speaking),
        loaded_on=max(heading.loaded.values(), default=None),
        revision=network.revision,
        size_measure=size_measure,
        actors=actors,
        collaborations=tuple(_collaborations(network, words)),
        ties=ties,
        suggestions=suggestions,
        communities=communities,
        sources=told_sources(heading.sources, heading.loaded),
        method=heading.method or missing.method,
        places_above=_above(network.places, words.place),
        themes_above=_above(network.themes, words.theme),
    )


def told_sources(sources: Iterable[Source], loaded: Mapping[str, date]) -> tuple[MapSource, ...]:
    """Return sources as they are told below what is shown; ``loaded`` dates those that state no day."""
    return tuple(
        MapSource(
            source.name,
            source.stated,
            source.address,
            source.terms or source.publisher or "",
            None if source.stated else loaded.get(source.id),
        )
        for source in sources
    )


def named_communities(communities: tuple[Community, ...], network: Drawable, language: str) -> tuple[MapCommunity, ...]:
    """Return the communities that are large enough for a name, as maps name them."""
    return tuple(_communities(communities, network, _Words(network, language)))


class _Words:
    """Names of things in one language."""

    def __init__(self, network: Drawable, language: str) -> None:
        self._network = network
        self.language = language

    def of(self, ref: Ref) -> str:
        return self._network.name_of(ref, self.language)

    def theme(self, id_: str) -> str:
        return self.of(Ref(Noun.THEME, id_)) if id_ in self._network.themes else id_

    def place(self, id_: str | None) -> str:
        return self.of(Ref(Noun.PLACE, id_)) if id_ in self._network.places and id_ else id_ or ""


def _importance(measures: Measures, wanted: str) -> tuple[str, Mapping[str, float]]:
    size = wanted or ("betweenness" if "betweenness" in measures.measures else "strength")
    return size, {id_: max(value, 0.0) for id_, value in measures.measures[size].values.items()}


def _above(
    tree: Mapping[str, Place] | Mapping[str, Theme], name_of: Callable[[str], str]
) -> tuple[tuple[str, str], ...]:
    """Return the name of each thing of a tree that has one above it, with that one's name."""
    pairs = {name_of(id_): name_of(each.parent) for id_, each in tree.items() if each.parent in tree and each.parent}
    return tuple(sorted((below, above) for below, above in pairs.items() if below != above))


def _actors(
    heading: Heading, network: Drawable, measures: Measures, importance: Mapping[str, float], words: _Words
) -> tuple[MapActor, ...]:
    strength = measures.measures["strength"].values  # not summed anew: other Pythons round other sums
    order = sorted(network.actors, key=lambda id_: (-importance.get(id_, 0.0), -strength[id_], id_))
    community = measures.community_of()
    themes: dict[str, set[str]] = defaultdict(set)
    for id_, members in network.members.items():
        for actor in members:
            themes[actor].update(network.collaborations[id_].themes)
    return tuple(
        MapActor(
            id=id_,
            name=network.actors[id_].name,
            kind=network.actors[id_].kind,
            importance=importance.get(id_, 0.0),
            themes=tuple(sorted(words.theme(theme) for theme in themes[id_])),
            place=words.place(network.actors[id_].place),
            website=network.actors[id_].website,
            community=community.get(id_),
            local=id_ in heading.local,
            also=tuple(dict.fromkeys(name.text for name in network.actors[id_].names)),
        )
        for id_ in order
    )


def _collaborations(network: Drawable, words: _Words) -> Iterable[MapCollaboration]:
    for id_, each in network.collaborations.items():
        yield MapCollaboration(
            id_,
            each.name,
            each.kind,
            first=each.start.year if each.start else None,
            last=each.end.year if each.end else None,
            themes=tuple(sorted(words.theme(theme) for theme in each.themes)),
            website=each.website,
        )


def _ties(network: Drawable) -> tuple[MapTie, ...]:
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id_ in sorted(network.members):
        for pair in combinations(sorted(network.members[id_]), 2):
            shared[pair].append(id_)
    # Popped: to let go of 650,000 at once, or to sort as many in Python, keeps all other threads waiting.
    ties = [MapTie(a, b, float(tie["weight"]), tuple(shared.pop((a, b), ()))) for a, b, tie in network.ties()]
    weights = np.fromiter((tie.weight for tie in ties), np.float64, len(ties))
    return tuple(ties[at] for at in np.argsort(-weights, kind="stable").tolist())  # of equals, by the ids as they came


def _suggestions(
    missing: Missing, network: Drawable, language: str, words: _Words, reason: Reason
) -> Iterable[MapSuggestion]:
    for pair in missing.partnerships:
        if pair.a not in network.actors or pair.b not in network.actors:
            continue
        worded = [(evidence.side, reason(evidence, language, words.of)) for evidence in pair.evidence]
        yield MapSuggestion(
            rank=pair.rank,
            a=pair.a,
            b=pair.b,
            score=pair.score,
            reasons_for=tuple(text for side, text in worded if side is Side.FOR),
            reasons_against=tuple(text for side, text in worded if side is Side.AGAINST),
        )


def _communities(communities: tuple[Community, ...], network: Drawable, words: _Words) -> Iterable[MapCommunity]:
    """Name each community after the theme that sets it apart and that no larger one has, else after its strongest."""
    taken: set[str] = set()
    for community in communities:
        if len(community.actors) < NAMED_FROM:
            continue
        strongest = words.of(Ref(Noun.ACTOR, community.actors[0]))
        around = say("map", "page.around", words.language, actor=strongest)
        names = [words.theme(theme) for theme in community.themes]
        name = next((name for name in (*names, around) if name not in taken), f"{around} ({community.id + 1})")
        taken.add(name)
        yield MapCommunity(community.id, name)
