"""Communities: groups of actors that work more with each other than with the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

import networkx as nx

from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.centrality import SEED
from graphsvc.analysis.results import Community

NAMED_AFTER: Final = 3
"""Themes a community is named after, at most."""
_SEVERAL: Final = 2
"""A theme names a community of more than one only when at least so many of its actors have it."""


def find_communities(arrays: Arrays, themes: Mapping[str, tuple[str, ...]]) -> tuple[tuple[Community, ...], float]:
    """Return the communities, largest first, and their modularity Q.

    Louvain (Blondel et al. 2008, J. Stat. Mech. P10008) on tie weights, with a fixed seed and nodes in the order of
    their ids. Actors without partners are in no community: a group of one is no group. Q is the share of tie weight
    inside communities less what chance would put there (Newman & Girvan 2004, Phys. Rev. E 69, 026113); 0 without ties.
    ``themes`` maps an actor's id to its themes. Misleads: several divisions of one network can be nearly as good; what
    is stable is who is together with whom in the middle of a community, not at its rim.
    """
    if not arrays.edges:
        return (), 0.0
    found = nx.community.louvain_communities(arrays.integer_graph, weight="weight", seed=SEED)
    modularity = nx.community.modularity(arrays.integer_graph, found, weight="weight")
    parts = sorted((sorted(part) for part in found if len(part) > 1), key=lambda part: (-len(part), part[0]))
    everyone = [row for part in parts for row in part]
    overall = Counter(theme for row in everyone for theme in themes.get(arrays.ids[row], ()))
    communities = []
    for number, part in enumerate(parts):
        inside = arrays.weights[part][:, part].sum(axis=1)
        order = sorted(range(len(part)), key=lambda at: (-inside[at], part[at]))
        actors = tuple(arrays.ids[part[at]] for at in order)
        counts = Counter(theme for id_ in actors for theme in themes.get(id_, ()))
        communities.append(Community(number, actors, _themes_apart(counts, len(part), overall, len(everyone))))
    return tuple(communities), round(modularity, 12)  # Pythons differ in the last bits of a sum of floats


def _themes_apart(inside: Counter[str], size: int, overall: Counter[str], everyone: int) -> tuple[str, ...]:
    """Return the themes that are more frequent inside than overall, by standardised residual; else the most frequent.

    z = (k − size·p)/√(size·p·(1−p)), where k actors of the community and a share p of all have the theme: the distance
    from what chance would give, in standard deviations.
    """
    apart = {}
    for theme, count in inside.items():
        share = overall[theme] / everyone
        if share < 1 and count >= min(_SEVERAL, size) and count > size * share:
            apart[theme] = (count - size * share) / (size * share * (1 - share)) ** 0.5
    ranked = apart or {theme: float(count) for theme, count in inside.items()}
    return tuple(sorted(ranked, key=lambda theme: (-ranked[theme], theme))[:NAMED_AFTER])
