"""The catalogue: every measure there is, with its function, its cost and where its definition is from.

Names, meaning, high and low, and when a measure misleads are in ``wordings/measures.toml`` under the same ids, in
Finnish, Swedish and English; a test compares the two. docs/explanation/measures.md is written from both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from graphsvc.analysis import centrality, holes, numbers, roles
from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.communities import find_communities
from graphsvc.analysis.cuts import find_cuts
from graphsvc.analysis.effort import Effort


class Scope(StrEnum):
    """What a measure is a number of."""

    ACTOR = "actor"
    TIE = "tie"
    NETWORK = "network"
    COMMUNITY = "community"


class CostClass(StrEnum):
    """How work grows: what :mod:`graphsvc.analysis.costs` computes seconds from."""

    LINEAR = "linear"
    """With the ties; a second for millions."""
    ROUNDS = "rounds"
    """Some hundred passes over the ties."""
    DIVISION = "division"
    """The search for communities, once for all that rest on them."""
    TRIANGLES = "triangles"
    """With the triangles: large collaborations count."""
    DISTANCES = "distances"
    """With actors × ties, 64 actors at a time."""
    PATHS = "paths"
    """With actors × ties; above a limit it is sampled and grows with the ties."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One measure."""

    id: str
    scope: Scope
    function: Callable[[Arrays, Effort], Any]
    """Returns :class:`Measure` (of actors), :class:`Number` (of the network), or what its docstring says."""
    cost: CostClass
    formula: str
    source: str
    shares: tuple[CostClass, ...] = ()
    """Work that it needs besides and that other measures of that class then have for nothing."""
    shown: bool = False
    """Whether it belongs to those computed when nobody says which: quick, and read on maps and in tables."""
    sampled: bool = False
    """Whether it is estimated on large networks; its answer says so, with the error."""
    seeded: bool = False
    """Whether it draws lots; the seed is fixed."""
    version: int = 1
    """Raised when the same network gets other numbers than before: part of the key under which results are kept."""


_A, _N = Scope.ACTOR, Scope.NETWORK
_FREEMAN = "Freeman 1978, Soc. Networks 1, 215–239"
_LINEAR, _ROUNDS, _TRIANGLES = CostClass.LINEAR, CostClass.ROUNDS, CostClass.TRIANGLES
_DISTANCES, _PATHS, _DIVISION = CostClass.DISTANCES, CostClass.PATHS, CostClass.DIVISION
_GOULD = "Gould & Fernandez 1989, Sociol. Methodol. 19, 89–126"
_BORGATTI = (
    "Borgatti 2003, The key player problem, in: Dynamic Social Network Modeling and Analysis, 241–252; "
    "2006, Comput. Math. Organ. Theory 12, 21–34"
)
_PAIRS = "|{(a, c) : a, c ∈ N(i), a ≠ c, a and c not tied, %s}|"

_DEFINITIONS: Final = (
    Definition("degree", _A, centrality.degree, _LINEAR, "kᵢ = |N(i)|", _FREEMAN, shown=True),
    Definition(
        "strength",
        _A,
        centrality.strength,
        _LINEAR,
        "sᵢ = Σⱼ wᵢⱼ, wᵢⱼ = Σ_c 1/(size(c) − 1)",
        "Barrat et al. 2004, PNAS 101, 3747–3752; weights: Newman 2001, Phys. Rev. E 64, 016132",
        shown=True,
    ),
    Definition(
        "betweenness",
        _A,
        centrality.betweenness,
        _PATHS,
        "bᵢ = 2/((n−1)(n−2)) · Σ_{s<t} σₛₜ(i)/σₛₜ",
        "Freeman 1977, Sociometry 40, 35–41; Brandes 2001, J. Math. Sociol. 25, 163–177; "
        "Brandes & Pich 2007, Int. J. Bifurc. Chaos 17, 2303–2318",
        shown=True,
        sampled=True,
        seeded=True,
    ),
    Definition(
        "closeness",
        _A,
        centrality.closeness,
        _DISTANCES,
        "cᵢ = rᵢ/(n−1) · rᵢ/Σⱼ d(i, j), r: those within reach",
        "Freeman 1978, Soc. Networks 1, 215–239; Wasserman & Faust 1994, p. 201",
    ),
    Definition(
        "harmonic_closeness",
        _A,
        centrality.harmonic_closeness,
        _DISTANCES,
        "hᵢ = 1/(n−1) · Σ_{j≠i} 1/d(i, j)",
        "Rochat 2009, ASNA conference; Boldi & Vigna 2014, Internet Math. 10, 222–262",
        shown=True,
    ),
    Definition(
        "eigenvector",
        _A,
        centrality.eigenvector,
        _ROUNDS,
        "λxᵢ = Σⱼ wᵢⱼ xⱼ, λ the largest, ‖x‖ = 1",
        "Bonacich 1972, J. Math. Sociol. 2, 113–120",
    ),
    Definition(
        "pagerank",
        _A,
        centrality.pagerank,
        _ROUNDS,
        "xᵢ = 0.85 · Σⱼ xⱼ wⱼᵢ/sⱼ + 0.15/n, Σ x = 1",
        "Brin & Page 1998, Comput. Netw. 30, 107–117",
        shown=True,
    ),
    Definition(
        "core_number",
        _A,
        centrality.core_number,
        _LINEAR,
        "largest k with i in a part where all have ≥ k partners",
        "Seidman 1983, Soc. Networks 5, 269–287",
        shown=True,
    ),
    Definition(
        "clustering",
        _A,
        holes.clustering,
        _TRIANGLES,
        "Cᵢ = 2tᵢ/(kᵢ(kᵢ−1)), tᵢ: tied pairs of partners",
        "Watts & Strogatz 1998, Nature 393, 440–442",
    ),
    Definition(
        "constraint",
        _A,
        holes.constraint,
        _TRIANGLES,
        "cᵢ = Σ_{j∈N(i)} (pᵢⱼ + Σ_q pᵢ_q p_qⱼ)², pᵢⱼ = wᵢⱼ/sᵢ",
        "Burt 1992, Structural Holes, ch. 2",
        shown=True,
    ),
    Definition(
        "effective_size",
        _A,
        holes.effective_size,
        _TRIANGLES,
        "eᵢ = Σ_{j∈N(i)} (1 − Σ_q pᵢ_q m_jq), m_jq = w_jq/max_k w_jk",
        "Burt 1992, Structural Holes, ch. 2",
    ),
    Definition("brokerage", _A, roles.brokerage, _TRIANGLES, _PAIRS % "all with a group", _GOULD),
    Definition("brokerage_coordinator", _A, roles.coordinator, _TRIANGLES, _PAIRS % "gₐ = gᵢ = g_c", _GOULD),
    Definition("brokerage_itinerant", _A, roles.itinerant, _TRIANGLES, _PAIRS % "gₐ = g_c ≠ gᵢ", _GOULD),
    Definition("brokerage_gatekeeper", _A, roles.gatekeeper, _TRIANGLES, _PAIRS % "gₐ ≠ gᵢ = g_c", _GOULD),
    Definition("brokerage_representative", _A, roles.representative, _TRIANGLES, _PAIRS % "gₐ = gᵢ ≠ g_c", _GOULD),
    Definition("brokerage_liaison", _A, roles.liaison, _TRIANGLES, _PAIRS % "gₐ, gᵢ, g_c all differ", _GOULD),
    Definition(
        "ei_index",
        _A,
        roles.ei_index,
        _LINEAR,
        "(E − I)/(E + I): partners of other groups, of one's own",
        "Krackhardt & Stern 1988, Soc. Psychol. Q. 51, 123–140",
    ),
    Definition(
        "participation",
        _A,
        roles.participation,
        _DIVISION,
        "Pᵢ = 1 − Σ_c (sᵢ_c/sᵢ)², c: communities",
        "Guimerà & Amaral 2005, Nature 433, 895–900",
        seeded=True,
    ),
    Definition(
        "articulation_point",
        _A,
        find_cuts,
        _LINEAR,
        "more components without i than with it",
        "Hopcroft & Tarjan 1973, CACM 16, 372–378",
        shown=True,
    ),
    Definition(
        "bridge",
        Scope.TIE,
        find_cuts,
        _LINEAR,
        "more components without the tie than with it",
        "Hopcroft & Tarjan 1973, CACM 16, 372–378",
    ),
    Definition(
        "community",
        Scope.COMMUNITY,
        find_communities,
        _DIVISION,
        "the division with the largest modularity found",
        "Traag, Waltman & van Eck 2019, Sci. Rep. 9, 5233",
        shown=True,
        seeded=True,
        version=2,
    ),
    Definition("density", _N, numbers.density, _LINEAR, "2m/(n(n−1))", "Wasserman & Faust 1994, p. 101"),
    Definition(
        "components", _N, numbers.components, _LINEAR, "number of connected parts", "Wasserman & Faust 1994, p. 109"
    ),
    Definition(
        "largest_component", _N, numbers.largest_component, _LINEAR, "n(largest)/n", "Newman 2010, Networks, ch. 8.1"
    ),
    Definition("isolated", _N, numbers.isolated, _LINEAR, "|{i : kᵢ = 0}|", "Wasserman & Faust 1994, p. 100"),
    Definition("fragmentation", _N, numbers.fragmentation, _LINEAR, "F = 1 − Σₖ sₖ(sₖ−1)/(n(n−1))", _BORGATTI),
    Definition(
        "distance_fragmentation",
        _N,
        numbers.distance_fragmentation,
        _DISTANCES,
        "DF = 1 − Σ_{i≠j} 1/d(i, j) / (n(n−1))",
        _BORGATTI,
    ),
    Definition(
        "path_length",
        _N,
        numbers.path_length,
        _DISTANCES,
        "mean of d(i, j) over pairs within reach",
        "Watts & Strogatz 1998, Nature 393, 440–442",
    ),
    Definition(
        "degree_centralisation",
        _N,
        numbers.degree_centralisation,
        _LINEAR,
        "Σᵢ (max k − kᵢ)/((n−1)(n−2))",
        _FREEMAN,
    ),
    Definition(
        "betweenness_centralisation",
        _N,
        numbers.betweenness_centralisation,
        _PATHS,
        "Σᵢ (max b − bᵢ)/(n−1)",
        "Freeman 1977, Sociometry 40, 35–41",
        sampled=True,
        seeded=True,
    ),
    Definition(
        "modularity",
        _N,
        numbers.modularity,
        _DIVISION,
        "Q = Σ_c (in_c/2m − (S_c/2m)²), on tie weights",
        "Newman & Girvan 2004, Phys. Rev. E 69, 026113",
        seeded=True,
        version=2,
    ),
    Definition(
        "assortativity",
        _N,
        numbers.assortativity,
        _LINEAR,
        "(tr e − ‖e²‖)/(1 − ‖e²‖), e: ties between kinds",
        "Newman 2003, Phys. Rev. E 67, 026126",
    ),
    Definition(
        "helix_mixing",
        _N,
        numbers.cross_helix,
        _LINEAR,
        "observed/expected ties between groups, expected: KₐK_b/2m",
        "Newman 2010, Networks, ch. 7.13",
    ),
    Definition(
        "small_world",
        _N,
        numbers.small_world,
        _DISTANCES,
        "σ = (C/C₀)/(L/L₀)",
        "Humphries & Gurney 2008, PLoS ONE 3, e2051; L₀: Fronczak et al. 2004, Phys. Rev. E 70, 056110",
        shares=(_TRIANGLES,),
    ),
)

CATALOGUE: Final[Mapping[str, Definition]] = {each.id: each for each in _DEFINITIONS}
"""Id → measure, in the order in which they are shown."""
SHOWN: Final = frozenset(each.id for each in _DEFINITIONS if each.shown)
"""Those computed when nobody says which."""
ALL: Final = frozenset(CATALOGUE)
