"""All measures of one network in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphsvc.analysis import centrality
from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.communities import find_communities
from graphsvc.analysis.results import Measures

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]


def measure(projection: Graph, revision: int) -> Measures:
    """Return all measures of a projection (edge attribute ``weight``, node attribute ``themes``).

    The same graph gives the same numbers in every process, whatever the order of its nodes and edges.
    """
    arrays = Arrays.of(projection)
    themes = {id_: tuple(found or ()) for id_, found in projection.nodes(data="themes")}
    communities, modularity = find_communities(arrays, themes)
    return Measures(
        revision=revision,
        measures={id_: function(arrays) for id_, function in centrality.MEASURES.items()},
        communities=communities,
        modularity=modularity,
        articulation_points=centrality.articulation_points(arrays),
    )
