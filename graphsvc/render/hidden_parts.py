"""What a publisher hides, taken out of a network before it is written for another tool: the same profile as for maps.

Numbers of a node (partners, collaborations) and weights stay those of the whole network, as on a map.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Final

import networkx as nx

from graphsvc.errors import InvalidValue
from graphsvc.model import Collaboration
from graphsvc.render.redaction import Concealed, Field

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


def without_hidden(graph: Graph, concealed: Concealed, shared: Shared) -> Graph:
    """Return a copy of a network, of actors or in two modes, without what is hidden.

    Collaborations that are named after someone hidden are in no network of two modes. :class:`InvalidValue` for two
    modes where it is hidden which collaborations ties rest on.
    """
    actors = {node for node, data in graph.nodes(data=True) if data.get("bipartite", 0) == 0}
    two_mode = any("bipartite" in data for _, data in graph.nodes(data=True))
    if two_mode and Field.COLLABORATIONS in concealed.fields:
        raise InvalidValue(
            "A network in two modes shows which collaborations ties rest on, which is to be hidden.",
            remedy="Take the network of actors, or hide something else.",
        )
    made: Graph = nx.Graph(graph)
    made.remove_nodes_from(concealed.actors)
    made.remove_nodes_from([f"{_COLLABORATION}{id_}" for id_ in concealed.collaborations])
    if two_mode:
        others = [node for node in made if node not in actors]
        named = {node for node in others if concealed.names.first_in(made.nodes[node]["name"])}
        made.remove_nodes_from([node for node in others if node in named or not made[node]])
    elif concealed.collaborations:
        made.remove_edges_from(
            [(a, b) for a, b in made.edges if {each.id for each in shared(a, b)} <= concealed.collaborations]
        )
    emptied = {name for field in concealed.fields for name in EMPTIED.get(field, ())}
    for node in made:
        for name in emptied & made.nodes[node].keys():
            del made.nodes[node][name]
    return made
