"""How the view of ecosystem agreements is made from the graph as it stood on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from graphsvc.analysis.axes import upwards
from graphsvc.facets import Facet, texts
from graphsvc.model import EVERYTHING, Actor, Collaboration, CollaborationKind, Participation, Source, Theme
from graphsvc.regions.agreements import (
    LISTED,
    Agreement,
    Agreements,
    Apart,
    InSeveral,
    Involved,
    Place,
    Priority,
    Project,
    Said,
    Shared,
    TwoPlaces,
)
from graphsvc.regions.ground import Ground
from graphsvc.regions.links import Linking, Links
from graphsvc.uniting import reached


def make(ground: Ground) -> Agreements:
    """Return the agreements that there are on a day."""
    graph = _Graph(ground)
    found = tuple(graph.agreement(id_) for id_ in graph.tops)
    links = Links(graph.members, graph.by_name)
    apart = _apart(graph, found, links)
    projects_apart = _projects_apart(graph, links)
    return Agreements(
        ground.revision,
        ground.on,
        found,
        tuple(Shared(a.id, b.id, graph.by_name(a.actors & b.actors)) for a, b in combinations(found, 2)),
        _several(graph, found),
        tuple(apart()),
        tuple(projects_apart()),
        {"apart": len(apart.pairs), "projects_apart": len(projects_apart.pairs)},
        graph.two_places(),
        _unknown(graph, found),
        *_named(ground, found),
    )


def _named(
    ground: Ground, found: Iterable[Agreement]
) -> tuple[dict[str, Actor], dict[str, Collaboration], dict[str, Theme], dict[str, Source]]:
    """Return what the answer names, by id: actors, collaborations, themes with those above them, and sources."""
    lines = [line for each in found for line in each.lines]
    actors = {one.actor: ground.actors[one.actor] for line in lines for one in line.involved}
    parts = {line.id: ground.collaborations[line.id] for line in lines}
    themes = {
        above.id: above for each in parts.values() for id_ in each.themes for above in upwards(ground.themes, id_)
    }
    said = {said.source for line in lines for one in line.involved for said in one.said}
    cited = said | {id_ for line in lines for id_ in line.sources} | {each.source or "" for each in parts.values()}
    return actors, parts, themes, {id_: ground.source(id_) for id_ in sorted(cited) if id_}


class _Graph:
    """What there is on the day, and what belongs to what."""

    def __init__(self, ground: Ground) -> None:
        self.actors, self.told = ground.actors, ground.collaborations
        self._claims: dict[str, list[tuple[str, Participation]]] = defaultdict(list)
        self.members: dict[str, set[str]] = defaultdict(set)
        """Collaboration that counts as working together → its actors. No agreement is among them."""
        for claim in ground.claims:
            actor, kind = ground.body(claim.actor).id, self.told[claim.collaboration].kind
            self._claims[claim.collaboration].append((actor, claim))
            if EVERYTHING.counts(kind) and kind is not CollaborationKind.AGREEMENT:
                self.members[claim.collaboration].add(actor)
        self._parents = {id_: _parents(each, self.told) for id_, each in self.told.items()}
        self.tops = self.sorted(_tops(self.told, self._parents))
        self._below = _below(self._parents)
        agreements = {id_: [each for each in ids if self._is_agreement(each)] for id_, ids in self._below.items()}
        self._agreements_below = agreements
        self._above = {id_: () if id_ in self.tops else mine for id_, mine in self._parents.items()}

    def _is_agreement(self, id_: str) -> bool:
        return self.told[id_].kind is CollaborationKind.AGREEMENT

    def _priorities(self, top: str) -> tuple[str, ...]:
        """Return the agreements below one at any depth: a part of a priority is a priority."""
        return self.sorted(reached(top, self._agreements_below) - {top})

    def sorted(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return collaborations by name."""
        return tuple(sorted(ids, key=lambda id_: (self.told[id_].name.casefold(), id_)))

    def by_name(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return actors by name."""
        return tuple(sorted(ids, key=lambda id_: (self.actors[id_].name.casefold(), id_)))

    def agreement(self, top: str) -> Agreement:
        """Return one with all that belongs to it."""
        priorities = tuple(Priority(id_, self.involved(id_), self._projects(id_)) for id_ in self._priorities(top))
        return Agreement(top, self.involved(top), priorities, self._projects(top))

    def _projects(self, parent: str) -> tuple[Project, ...]:
        ids = self.sorted(id_ for id_ in self._below[parent] if not self._is_agreement(id_))
        return tuple(Project(id_, self.involved(id_), self.sources_of(id_, parent)) for id_ in ids)

    def projects(self) -> tuple[str, ...]:
        """Return all that belongs to an agreement and is none."""
        return self.sorted({project.id for top in self.tops for project in self.agreement(top).all_projects})

    def involved(self, id_: str) -> tuple[Involved, ...]:
        """Return who takes part in a thing itself."""
        said: dict[str, set[Said]] = defaultdict(set)
        for actor, claim in self._claims[id_]:
            said[actor].add(Said(claim.source, claim.role, texts(claim.attributes, Facet.PART_OF)))
        return tuple(Involved(actor, tuple(sorted(said[actor]))) for actor in self.by_name(said))

    def sources_of(self, id_: str, parent: str) -> tuple[str, ...]:
        """Return who says that a thing belongs to another: the sources of the participations that say so.

        Without any, the source of the thing where it belongs to nothing else.
        """
        said = {claim.source for _, claim in self._claims[id_] if parent in texts(claim.attributes, Facet.PART_OF)}
        source = self.told[id_].source
        if not said and source and self._parents[id_] == (parent,):
            said = {source}
        return tuple(sorted(said))

    def _tops_of(self, id_: str) -> frozenset[str]:
        return frozenset(self.tops) & {id_, *reached(id_, self._above)}

    def two_places(self) -> tuple[TwoPlaces, ...]:
        """Return the projects under several priorities or agreements."""
        found = []
        for id_ in self.projects():
            places = tuple(self._places(id_))
            if len(places) > 1:
                one_says_all = frozenset.intersection(*(frozenset(place.sources) for place in places))
                found.append(TwoPlaces(id_, places, not one_says_all))
        return tuple(found)

    def _places(self, id_: str) -> Iterable[Place]:
        """Yield the places of a project; that it is in an agreement says nothing beside a priority of that one."""
        parents = self._parents[id_]
        in_priority = {top for parent in parents if parent not in self.tops for top in self._tops_of(parent)}
        for parent in self.sorted(parents):
            if parent in self.tops and parent in in_priority:
                continue
            for top in self.sorted(self._tops_of(parent)):
                yield Place(top, None if parent == top else parent, self.sources_of(id_, parent))


def _parents(each: Collaboration, all_: Mapping[str, Collaboration]) -> tuple[str, ...]:
    """Return the agreements and priorities that a thing belongs to."""
    known = (all_.get(id_) for id_ in texts(each.attributes, Facet.PART_OF) if id_ != each.id)
    return tuple(parent.id for parent in known if parent and parent.kind is CollaborationKind.AGREEMENT)


def _below(parents: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for id_, mine in parents.items():
        for parent in mine:
            found[parent].append(id_)
    return found


def _tops(all_: Mapping[str, Collaboration], parents: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the agreements that belong to no other; of a ring of agreements each."""
    agreements = frozenset(id_ for id_, each in all_.items() if each.kind is CollaborationKind.AGREEMENT)
    tops = frozenset(id_ for id_ in agreements if not parents[id_])
    # What belongs only to an agreement of a later day is not there as one of its own before.
    early = frozenset(id_ for id_ in tops if not {*texts(all_[id_].attributes, Facet.PART_OF)} <= all_.keys())
    below = _below(parents)
    in_rings = agreements - {id_ for top in tops for id_ in (top, *reached(top, below))}
    return (tops - early) | in_rings


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs that are apart, the best first, and how each is told."""

    pairs: list[tuple[str, str, tuple[str, ...]]]
    link: Callable[[str, str], tuple[Linking, ...]]

    def __call__(self) -> Iterable[Apart]:
        for a, b, themes in self.pairs[:LISTED]:
            yield Apart(a, b, themes, self.link(a, b))


def _apart(graph: _Graph, found: tuple[Agreement, ...], links: Links) -> _Pairs:
    themes = {each.id: _themes(graph, each) for each in found}
    projects = {each.id: {project.id for project in each.all_projects} for each in found}
    actors = {each.id: each.actors for each in found}
    pairs = [(a.id, b.id) for a, b in combinations(found, 2) if not projects[a.id] & projects[b.id]]
    return _Pairs(_on_one_theme(pairs, themes), lambda a, b: links.between(actors[a], actors[b]))


def _projects_apart(graph: _Graph, links: Links) -> _Pairs:
    members = {id_: frozenset(actor.actor for actor in graph.involved(id_)) for id_ in graph.projects()}
    themes = {id_: frozenset(graph.told[id_].themes) for id_ in members}
    on: dict[str, list[str]] = defaultdict(list)
    for id_, mine in themes.items():
        for theme in mine:
            on[theme].append(id_)
    pairs = {pair for ids in on.values() for pair in combinations(ids, 2)}
    apart = sorted(pair for pair in pairs if not members[pair[0]] & members[pair[1]])
    return _Pairs(_on_one_theme(apart, themes), lambda a, b: links.between(members[a], members[b]))


def _on_one_theme(
    pairs: Iterable[tuple[str, str]], themes: Mapping[str, frozenset[str]]
) -> list[tuple[str, str, tuple[str, ...]]]:
    shared = ((a, b, tuple(sorted(themes[a] & themes[b]))) for a, b in pairs)
    return sorted((pair for pair in shared if pair[2]), key=lambda pair: -len(pair[2]))


def _themes(graph: _Graph, agreement: Agreement) -> frozenset[str]:
    return frozenset(theme for id_ in agreement.parts for theme in graph.told[id_].themes)


def _several(graph: _Graph, found: tuple[Agreement, ...]) -> tuple[InSeveral, ...]:
    through: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for each in found:
        for id_, involved in each.parts.items():
            for one in involved:
                through[one.actor][each.id][id_] = None
    return tuple(
        InSeveral(actor, {id_: tuple(parts) for id_, parts in through[actor].items()})
        for actor in graph.by_name(id_ for id_, agreements in through.items() if len(agreements) > 1)
    )


def _unknown(graph: _Graph, found: tuple[Agreement, ...]) -> dict[str, tuple[str, ...]]:
    """Return what nobody says of which agreement, priority or project; only what there is something of."""
    priorities = [priority for each in found for priority in each.priorities]
    projects = {project.id: project for each in found for project in each.all_projects}
    all_ = {id_ for each in found for id_ in each.parts}
    said = {
        "parties": [each.id for each in found if not each.parties],
        "priorities": [each.id for each in found if not each.priorities],
        "projects": [each.id for each in priorities if not each.projects],
        "actors": [id_ for id_, project in projects.items() if not project.involved],
        "themes": [id_ for id_ in projects if not graph.told[id_].themes],
        "start": [id_ for id_ in all_ if graph.told[id_].start is None],
    }
    return {what: graph.sorted(ids) for what, ids in said.items() if ids}
