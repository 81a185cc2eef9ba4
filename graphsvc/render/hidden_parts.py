"""What a publisher hides, taken out of a network before it is written for another tool: the same profile as for maps.

Numbers of a node (partners, collaborations) and weights stay those of the whole network, as on a map.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final

import networkx as nx

from graphsvc.errors import InvalidValue
from graphsvc.model import Collaboration
from graphsvc.render.redaction import Field, Redaction

if TYPE_CHECKING:
    Graph = nx.Graph[str]

Shared = Callable[[str, str], Collection[Collaboration]]
"""The collaborations that two actors share."""
EMPTIED: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.PLACES: ("place", "region", "country"),
    Field.THEMES: ("themes",),
    Field.YEARS: ("start", "end"),
}
"""What of a node is left out with a field; other fields are in no file of a network."""
_COLLABORATION: Final = "collaboration/"


def without_hidden(graph: Graph, redaction: Redaction, shared: Shared) -> Graph:
    """Return a copy of a network, of actors or in two modes, without what is hidden.

    :class:`InvalidValue` for an actor or a collaboration that it does not have, and for two modes where it is hidden
    which collaborations ties rest on.
    """
    actors = {node for node, data in graph.nodes(data=True) if data.get("bipartite", 0) == 0}
    two_mode = any("bipartite" in data for _, data in graph.nodes(data=True))
    if two_mode and Field.COLLABORATIONS in redaction.fields:
        raise InvalidValue(
            "A network in two modes shows which collaborations ties rest on, which is to be hidden.",
            remedy="Take the network of actors, or hide something else.",
        )
    _refuse_unknown("actor", redaction.actors - actors)
    kinds = {kind.value for kind in redaction.kinds}
    gone = redaction.actors | {node for node in actors if graph.nodes[node].get("kind") in kinds}
    gone |= {f"{_COLLABORATION}{id_}" for id_ in redaction.collaborations}
    made: Graph = nx.Graph(graph)
    made.remove_nodes_from(gone)
    if two_mode:
        _refuse_unknown("collaboration", {each for each in gone if each not in graph})
        made.remove_nodes_from([node for node in made if node not in actors and not made[node]])
    elif redaction.collaborations:
        made.remove_edges_from(
            [(a, b) for a, b in made.edges if {each.id for each in shared(a, b)} <= redaction.collaborations]
        )
    emptied = {name for field in redaction.fields for name in EMPTIED.get(field, ())}
    for node in made:
        for name in emptied & made.nodes[node].keys():
            del made.nodes[node][name]
    return made


def _refuse_unknown(noun: str, unknown: Iterable[str]) -> None:
    for each in sorted(unknown):
        raise InvalidValue(
            f"There is no {noun} {each.removeprefix(_COLLABORATION)!r} in this network, so it can't be hidden.",
            remedy="Check the id, or take it out of the list.",
            field=f"{noun}s",
        )
