"""What lies around a thing: the network of an actor a step or two away, how much there is of each theme and place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

import networkx as nx
import numpy as np

from graphsvc.analysis.arrays import Matrix
from graphsvc.analysis.axes import upwards
from graphsvc.errors import NotFound
from graphsvc.model import EVERYTHING, Place, Theme, View
from graphsvc.outlook import Outlook
from graphsvc.render.exports import GraphFormat, export

if TYPE_CHECKING:
    Graph = nx.Graph[str]

T = TypeVar("T", Theme, Place)
STEPS: Final = (1, 2)
"""How far one may look: three steps away is nearly everybody."""
MOST: Final = 500
"""Actors in one answer: of those who are tied to thousands, the nearest."""


@dataclass(frozen=True, slots=True)
class Around:
    """Whose surroundings are asked for, and in which part of the network."""

    actor: str
    """Id of any entry of it."""
    view: View = EVERYTHING
    steps: int = 1
    """1: partners and the ties between them; 2: also partners of partners."""
    limit: int = MOST
    """Actors at most, itself among them."""


def around(outlook: Outlook, ask: Around) -> tuple[Graph, int]:
    """Return the network around an actor, nodes with their ``distance`` from it, and the revision it was made from.

    Of more than ``limit`` actors the nearest, and of these those with the strongest ties: to the actor, or in two steps
    to its partners. The graph's ``actors`` says how many there are. :class:`NotFound` for one that is not in the view.
    """
    network = outlook.network(ask.view)
    id_ = outlook.identity(ask.view).canonical.get(ask.actor, ask.actor)
    if id_ not in network.actors:
        raise NotFound("actor", ask.actor, remedy="Nobody of this id is in the part of the network that is asked for.")
    near = _near(network.arrays.weights, network.affiliation.row[id_], ask.steps)
    ids = network.affiliation.ids
    shown = {ids[row]: distance for row, distance in islice(near.items(), ask.limit)}
    graph = network.part(shown)
    nx.set_node_attributes(graph, shown, "distance")
    graph.graph["actors"] = len(near)
    return graph, network.revision


def _near(weights: Matrix, row: int, steps: int) -> dict[int, int]:
    """Return row → distance of all within ``steps`` of a row, the nearest first, then those with the strongest ties."""
    found, reached = {row: 0}, [row]
    for distance in range(1, steps + 1):
        strength = np.asarray(weights[reached].sum(axis=0)).ravel()
        order = np.lexsort((np.arange(len(strength)), -strength))
        reached = [each for each in order[: np.count_nonzero(strength)].tolist() if each not in found]
        found |= dict.fromkeys(reached, distance)
    return found


def around_as(outlook: Outlook, ask: Around, format_: GraphFormat) -> tuple[bytes, int]:
    """Return the network around an actor as a file, and its revision. Errors: those of :func:`around`."""
    graph, revision = around(outlook, ask)
    view = {name: str(value) for name, value in ask.view.model_dump(mode="json", exclude_defaults=True).items()}
    told = {"around": ask.actor, "steps": str(ask.steps), "actors": str(graph.graph["actors"])}
    if left_out := graph.graph["actors"] - len(graph):
        told["left_out"] = str(left_out)
    meta = {"revision": str(revision), "mode": "projection", **told, **view}
    return export(graph, format_, meta=meta), revision


@dataclass(frozen=True, slots=True)
class Amount:
    """How much there is of a theme or place, with all below it."""

    actors: int
    collaborations: int


def of_themes(outlook: Outlook) -> Mapping[str, Amount]:
    """Return for each theme what is about it or a theme below it, and who takes part, as lists of actors count them."""

    def count(_: View) -> Mapping[str, Amount]:
        snapshot, known = outlook.snapshot(), outlook.united()
        tree = {theme.id: theme for theme in snapshot.themes}
        themes_of = {each.id: _with_all_above(tree, each.themes) for each in snapshot.collaborations}
        about: Counter[str] = Counter(theme for themes in themes_of.values() for theme in themes)
        taking_part: dict[str, set[str]] = defaultdict(set)
        for claim in snapshot.participations:
            for theme in themes_of.get(claim.collaboration, ()):
                taking_part[theme].add(known.standing(claim.actor))
        return {theme: Amount(len(taking_part[theme]), about[theme]) for theme in tree}

    return outlook.recall("amounts of themes", EVERYTHING, count)


def places(outlook: Outlook) -> Mapping[str, Place]:
    """Return every place by its id."""
    return outlook.keep("places", EVERYTHING, lambda _: {place.id: place for place in outlook.snapshot().places})


def of_places(outlook: Outlook) -> Mapping[str, Amount]:
    """Return for each place who is in it or a place inside it, as lists of actors count them, and in what they are."""

    def count(_: View) -> Mapping[str, Amount]:
        snapshot, known = outlook.snapshot(), outlook.united()
        tree = {place.id: place for place in snapshot.places}
        alone = {actor.id: actor for actor in snapshot.actors if known.standing(actor.id) == actor.id}
        bodies = {**alone, **known.bodies}
        there: dict[str, set[str]] = defaultdict(set)
        places_of = {id_: _with_all_above(tree, [body.place] if body.place else []) for id_, body in bodies.items()}
        for id_, places in places_of.items():
            for place in places:
                there[place].add(id_)
        what: dict[str, set[str]] = defaultdict(set)
        for claim in snapshot.participations:
            for place in places_of.get(known.standing(claim.actor), ()):
                what[place].add(claim.collaboration)
        return {place: Amount(len(there[place]), len(what[place])) for place in tree}

    return outlook.recall("amounts of places", EVERYTHING, count)


def _with_all_above(tree: Mapping[str, T], ids: Iterable[str]) -> set[str]:
    return {each.id for id_ in ids for each in upwards(tree, id_)}
