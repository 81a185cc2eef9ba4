"""Rows → the network of one view: two-mode and projection, as NetworkX graphs and as arrays of the same data."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

import networkx as nx

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.arrays import Arrays, Elsewhere
from graphsvc.analysis.axes import upwards
from graphsvc.analysis.results import Noun, Ref
from graphsvc.asof import begun
from graphsvc.errors import NotFound
from graphsvc.model import (
    Actor,
    Collaboration,
    Participation,
    Place,
    PlaceKind,
    Reach,
    Snapshot,
    Theme,
    View,
)
from graphsvc.uniting import reached

if TYPE_CHECKING:
    Graph = nx.Graph[str]

UNDATED: Final = "undated"
FUTURE: Final = "future"
WITHOUT_PARTICIPANTS: Final = "without_participants"
DEALING: Final = "dealing"


@dataclass(frozen=True)
class Network:
    """The part of the graph that a view shows, with actors folded. Shared between threads; never changed."""

    revision: int
    view: View
    actors: Mapping[str, Actor]
    """Id → actor, sorted by id; only actors that stand for themselves."""
    collaborations: Mapping[str, Collaboration]
    """Id → collaboration, sorted by id; each has at least one participant in the view."""
    members: Mapping[str, tuple[str, ...]]
    """Id of a collaboration → ids of its participants in the view, sorted, each once however many sources claim it."""
    sizes: Mapping[str, int]
    """Id of a collaboration → number of all its participants after folding, also of those the view hides."""
    left_out: Mapping[str, int]
    """Why collaborations of the view's theme and place are not shown → their number; only where there are any.

    ``dealing`` (a procurement or service, which counts only where asked for), ``undated``, ``future`` (begins after the
    as-of date), ``without_participants``. What lies outside a period or kind that was asked for is not counted: leaving
    it out is the point.
    """
    themes: Mapping[str, Theme]
    """All themes by id."""
    places: Mapping[str, Place]
    """All places by id."""
    everywhere: Mapping[str, frozenset[str]]
    """Id of each collaboration of the kinds that count known by the as-of date, also outside the view → all in it."""
    elsewhere: Elsewhere | None = field(default=None, compare=False)
    """Who is asked for measures before they are computed here; None for nobody."""

    def at(self, revision: int) -> Network:
        """Return the same network, with what was made of it so far, at another revision of the graph."""
        if revision == self.revision:
            return self
        made = copy(self)
        object.__setattr__(made, "revision", revision)
        return made

    @cached_property
    def affiliation(self) -> Affiliation:
        """The same network as sparse arrays."""
        regions = {id_: self._around(id_).get(PlaceKind.REGION, "") for id_ in self.actors}
        return Affiliation.of(self.actors, self.collaborations, self.members, self.sizes, regions)

    @cached_property
    def arrays(self) -> Arrays:
        """The actor–actor network as sparse arrays: what measures are computed on. :attr:`projection` is made of it."""
        labels = {
            "kind": [actor.kind.value for actor in self.actors.values()],
            "helix": [actor.helix.value if actor.helix else "" for actor in self.actors.values()],
            "region": self.affiliation.regions,
        }
        themes = {id_: self._themes_of(id_) for id_ in self.actors}
        made = self.affiliation
        return Arrays(made.ids, made.ties(), made.incidence, labels, themes, self.elsewhere)

    @cached_property
    def projection(self) -> Graph:
        """The actor–actor network, frozen (``.copy()`` it to change it). Nodes and edges come in the order of the ids.

        Node attributes, text being empty where unknown: ``name``, ``kind``, ``helix``, ``place`` (id), ``region`` and
        ``country`` (ids of the places around it), ``themes`` (sorted tuple of the ids of its collaborations' themes),
        ``collaborations`` (number of them in the view). Edge attributes: ``weight``, the sum over shared collaborations
        of 1/(size−1) (Newman 2001, Phys. Rev. E 64, 016132) with the true size, and ``shared``, their number.
        """
        graph: Graph = nx.Graph()
        graph.add_nodes_from((id_, self._attributes(id_)) for id_ in self.actors)
        ids = self.affiliation.ids
        weights, shared = self.arrays.weights.tocoo(), self.affiliation.shared
        upper = weights.row < weights.col
        columns = (weights.row[upper], weights.col[upper], weights.data[upper], shared.tocoo().data[upper])
        graph.add_edges_from(
            (ids[a], ids[b], {"weight": weight, "shared": int(count)})
            for a, b, weight, count in zip(*(column.tolist() for column in columns), strict=True)
        )
        nx.freeze(graph)
        return graph

    def part(self, ids: Iterable[str]) -> Graph:
        """Return what :attr:`projection` has of some actors and the ties between them, without making all of it.

        Work and memory grow with these actors and all their ties. KeyError: an id that is not in the view.
        """
        names = sorted(ids)
        rows = [self.affiliation.row[id_] for id_ in names]
        graph: Graph = nx.Graph()
        graph.add_nodes_from((id_, self._attributes(id_)) for id_ in names)
        weights, shared = (each[rows][:, rows].tocoo() for each in (self.arrays.weights, self.affiliation.shared))
        upper = weights.row < weights.col
        columns = (weights.row[upper], weights.col[upper], weights.data[upper], shared.data[upper])
        graph.add_edges_from(
            (names[a], names[b], {"weight": weight, "shared": int(count)})
            for a, b, weight, count in zip(*(column.tolist() for column in columns), strict=True)
        )
        return graph

    def nodes(self) -> Iterator[tuple[str, Mapping[str, str | int | tuple[str, ...]]]]:
        """Yield the nodes of :attr:`projection` by id, with their attributes, without making it."""
        return ((id_, self._attributes(id_)) for id_ in self.affiliation.ids)

    def ties(self) -> Iterator[tuple[str, str, Mapping[str, float | int]]]:
        """Yield the edges of :attr:`projection` by id, the smaller one first, with their attributes.

        Of 650,000 ties NetworkX would make a graph of half a gigabyte.
        """
        ids, weights, shared = self.affiliation.ids, self.arrays.weights, self.affiliation.shared
        for row, a in enumerate(ids):
            around = slice(weights.indptr[row], weights.indptr[row + 1])
            columns = (each[around].tolist() for each in (weights.indices, weights.data, shared.data))
            for b, weight, count in zip(*columns, strict=True):
                if b > row:
                    yield a, ids[b], {"weight": weight, "shared": int(count)}

    @cached_property
    def two_mode(self) -> Graph:
        """The actor × collaboration network, frozen; nodes have ``bipartite`` 0 (actors) or 1 (collaborations).

        Actors have the attributes they have in :attr:`projection`; collaborations ``name``, ``kind``, ``start``
        and ``end`` (ISO dates, empty where unknown), ``themes`` and ``size``. A collaboration's node is named
        ``collaboration/id``; no actor's id can have a slash.
        """
        graph: Graph = nx.Graph()
        graph.add_nodes_from((id_, {"bipartite": 0, **self._attributes(id_)}) for id_ in self.actors)
        for id_, collaboration in self.collaborations.items():
            graph.add_node(
                f"collaboration/{id_}",
                bipartite=1,
                name=collaboration.name,
                kind=collaboration.kind.value,
                start=str(collaboration.start or ""),
                end=str(collaboration.end or ""),
                themes=tuple(sorted(collaboration.themes)),
                size=self.sizes[id_],
            )
            graph.add_edges_from((actor, f"collaboration/{id_}") for actor in self.members[id_])
        nx.freeze(graph)
        return graph

    @cached_property
    def collaborations_of(self) -> Mapping[str, tuple[str, ...]]:
        """Id of each actor → sorted ids of its collaborations in the view."""
        found: dict[str, list[str]] = {id_: [] for id_ in self.actors}
        for id_, members in self.members.items():
            for actor in members:
                found[actor].append(id_)
        return {actor: tuple(ids) for actor, ids in found.items()}

    def shared(self, a: str, b: str) -> tuple[Collaboration, ...]:
        """Return the collaborations that ``a`` and ``b`` share, by id. :class:`NotFound`: an actor not in the view."""
        common = set(self._of(a)).intersection(self._of(b))
        return tuple(self.collaborations[id_] for id_ in sorted(common))

    def met(self, a: str, b: str) -> bool:
        """Say whether two actors share any collaboration known by the as-of date, also one outside the view."""
        return not self._everything_of.get(a, frozenset()).isdisjoint(self._everything_of.get(b, frozenset()))

    @cached_property
    def _everything_of(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for id_, participants in self.everywhere.items():
            for actor in participants:
                found[actor].add(id_)
        return {actor: frozenset(ids) for actor, ids in found.items()}

    def partners(self, id_: str) -> tuple[tuple[Actor, int], ...]:
        """Return the actor's partners with the number of collaborations shared, most first, then by id."""
        counts = Counter(other for each in self._of(id_) for other in self.members[each] if other != id_)
        return tuple(
            (self.actors[other], n) for other, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        )

    def located_in(self, place: str) -> frozenset[str]:
        """Return the ids of the actors located in the place or one in it. :class:`NotFound`: an unknown place."""
        inside = below("place", self.places, place)
        return frozenset(id_ for id_, actor in self.actors.items() if actor.place in inside)

    def name_of(self, ref: Ref, language: str) -> str:
        """Return the name of a thing in the view, themes in ``language``. :class:`NotFound` for what is not in it."""
        tables: dict[
            Noun, Mapping[str, Actor] | Mapping[str, Collaboration] | Mapping[str, Place] | Mapping[str, Theme]
        ]
        tables = {
            Noun.ACTOR: self.actors,
            Noun.COLLABORATION: self.collaborations,
            Noun.PLACE: self.places,
            Noun.THEME: self.themes,
        }
        thing = tables[ref.noun].get(ref.id)
        if thing is None:
            raise NotFound(ref.noun.value, ref.id)
        return thing.in_language(language) if isinstance(thing, Theme) else thing.name

    def _of(self, actor: str) -> tuple[str, ...]:
        if actor not in self.collaborations_of:
            raise NotFound("actor", actor)
        return self.collaborations_of[actor]

    def _around(self, actor: str) -> dict[PlaceKind, str]:
        return {place.kind: place.id for place in upwards(self.places, self.actors[actor].place)}

    def _themes_of(self, id_: str) -> tuple[str, ...]:
        mine = self.collaborations_of[id_]
        return tuple(sorted({theme for each in mine for theme in self.collaborations[each].themes}))

    def _attributes(self, id_: str) -> dict[str, str | int | tuple[str, ...]]:
        actor = self.actors[id_]
        around = self._around(id_)
        mine = self.collaborations_of[id_]
        return {
            "name": actor.name,
            "kind": actor.kind.value,
            "helix": actor.helix.value if actor.helix else "",
            "place": actor.place or "",
            "region": around.get(PlaceKind.REGION, ""),
            "country": around.get(PlaceKind.COUNTRY, ""),
            "themes": self._themes_of(id_),
            "collaborations": len(mine),
        }


def build_network(
    snapshot: Snapshot, view: View, canonical: Mapping[str, str], bodies: Mapping[str, Actor] | None = None
) -> Network:
    """Return the network that ``view`` shows of ``snapshot``.

    ``canonical`` maps an actor's id to the id of the actor that stands for it (``resolve.identity``); an id that is not
    in it stands for itself. ``bodies`` is what the actors that stand for themselves show (``resolve.bodies``), by id;
    without it their own entries. Raises :class:`NotFound` for an unknown theme or place. Under a theme, kinds of
    collaboration, a period or an as-of date only participants count as actors of the view; else those without any
    collaboration are there too.
    """
    themes = {theme.id: theme for theme in snapshot.themes}
    places = {place.id: place for place in snapshot.places}
    wanted_themes = below("theme", themes, view.theme) if view.theme else None
    inside = below("place", places, view.place) if view.place else None
    actors = bodies or {actor.id: actor for actor in snapshot.actors if canonical.get(actor.id, actor.id) == actor.id}

    participants = _participants(snapshot.participations, canonical, view)
    local = None if inside is None else {id_ for id_, actor in actors.items() if actor.place in inside}
    left_out: Counter[str] = Counter()
    collaborations: dict[str, Collaboration] = {}
    members: dict[str, tuple[str, ...]] = {}
    keep = _kept_actors(actors, view, local)
    taking_part: set[str] = set()
    for collaboration in sorted(snapshot.collaborations, key=lambda each: each.id):
        if wanted_themes is not None and wanted_themes.isdisjoint(collaboration.themes):
            continue
        all_of_it = participants.get(collaboration.id, set())
        if local is not None and local.isdisjoint(all_of_it):
            continue
        if not view.counts(collaboration.kind):
            left_out[DEALING] += not view.together
            continue
        if reason := _unplaced(collaboration, all_of_it, view):
            left_out[reason] += 1
            continue
        if not _meets(collaboration.start, collaboration.end, view):
            continue
        kept = sorted(all_of_it & keep)
        if kept:
            collaborations[collaboration.id] = collaboration
            members[collaboration.id] = tuple(kept)
            taking_part.update(kept)
    shown = taking_part if _asks_when_or_what(view) else taking_part | (keep if local is None else keep & local)
    return Network(
        revision=snapshot.revision,
        view=view,
        actors={id_: actors[id_] for id_ in sorted(shown)},
        collaborations=collaborations,
        members=members,
        sizes={id_: len(participants[id_]) for id_ in collaborations},
        left_out=dict(sorted((+left_out).items())),
        themes=themes,
        places=places,
        everywhere=_everywhere(snapshot, canonical, view, participants),
    )


def _everywhere(
    snapshot: Snapshot, canonical: Mapping[str, str], view: View, participants: Mapping[str, Collection[str]]
) -> dict[str, frozenset[str]]:
    """Return collaboration → its participants by the view's as-of date; ``participants`` are those in the period."""
    by_then = View(as_of=view.as_of)
    counted = (each for each in snapshot.collaborations if view.counts(each.kind))
    known = {each.id for each in counted if _meets(each.start, each.end, by_then)}
    if view.since or view.until:
        participants = _participants(snapshot.participations, canonical, by_then)
    return {id_: frozenset(actors) for id_, actors in sorted(participants.items()) if id_ in known}


def _asks_when_or_what(view: View) -> bool:
    return bool(view.theme or view.together or view.since or view.until or view.as_of)


def _kept_actors(actors: Mapping[str, Actor], view: View, local: Collection[str] | None) -> set[str]:
    """Return the actors that the kinds and, for INSIDE, the place let through."""
    kept = {id_ for id_, actor in actors.items() if not view.kinds or actor.kind in view.kinds}
    return kept.intersection(local) if local is not None and view.reach is Reach.INSIDE else kept


def _participants(
    participations: Iterable[Participation], canonical: Mapping[str, str], view: View
) -> dict[str, set[str]]:
    """Return collaboration → its participants after folding, by the claims that hold in the view's time."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in participations:
        if _meets(claim.start, claim.end, view):
            found[claim.collaboration].add(canonical.get(claim.actor, claim.actor))
    return dict(found)


def _unplaced(each: Collaboration, participants: Collection[str], view: View) -> str:
    """Return why a collaboration can't be shown in the view's time; nothing when it can be placed.

    One without a start can't be placed in time; one without an end counts as still running.
    """
    if not participants:
        return WITHOUT_PARTICIPANTS
    if each.start is None:
        return UNDATED if view.since or view.until or view.as_of else ""
    return "" if begun(each.start, view.as_of) else FUTURE


def _meets(start: date | None, end: date | None, view: View) -> bool:
    """Say whether a stretch of time (open where None) meets the view's period and has begun by its as-of date."""
    latest = view.until or view.as_of
    if view.until and view.as_of:
        latest = min(view.until, view.as_of)
    if not begun(start, latest):
        return False
    return not (end and view.since and end < view.since)


def below(noun: str, tree: Mapping[str, Theme] | Mapping[str, Place], top: str) -> frozenset[str]:
    """Return ``top`` and all ids below it in the tree; a ring of parents does not hang."""
    if top not in tree:
        raise NotFound(noun, top)
    children: dict[str, list[str]] = defaultdict(list)
    for node in tree.values():
        if node.parent:
            children[node.parent].append(node.id)
    return frozenset({top} | reached(top, children))
