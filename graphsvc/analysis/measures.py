"""The measures of one network that somebody asked for, in one go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeVar

from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.catalogue import ALL, CATALOGUE, SHOWN, Definition, Scope
from graphsvc.analysis.communities import find_communities
from graphsvc.analysis.costs import estimate
from graphsvc.analysis.cuts import find_cuts
from graphsvc.analysis.effort import DEFAULT, Cancelled, Effort
from graphsvc.analysis.numbers import helix_mixing
from graphsvc.analysis.results import Measure, Measures, Number
from graphsvc.errors import InvalidValue

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]

M = TypeVar("M", Measure, Number)
Progress = Callable[[int, int], None]
"""Called with (thousandths done, 1000), by the cost of what is done; never goes back."""

ACTOR_MEASURES: Final = tuple(
    id_ for id_, each in CATALOGUE.items() if each.scope is Scope.ACTOR and id_ != "articulation_point"
)
"""Ids of the measures that give each actor a number."""
SHOWN_ACTOR_MEASURES: Final = tuple(id_ for id_ in ACTOR_MEASURES if id_ in SHOWN)
"""Those of them that are computed when nobody says which."""
NETWORK_NUMBERS: Final = tuple(id_ for id_, each in CATALOGUE.items() if each.scope is Scope.NETWORK)
"""Ids of the measures of a network as a whole."""


def measure(
    network: Graph | Arrays,
    revision: int,
    only: Collection[str] | None = None,
    *,
    effort: Effort = DEFAULT,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Measures:
    """Return measures of a projection (edge attribute ``weight``; node attributes as :meth:`Arrays.of` reads them).

    ``only``: ids of the catalogue; None for those that maps and tables show, which are quick. What is not asked for is
    empty in the answer. The same network gives the same numbers in every process, whatever the order of its nodes and
    edges. ``cancelled`` is asked many times a second. :class:`InvalidValue`: an id that the catalogue does not have;
    :class:`Cancelled`: it was.
    """
    wanted = check_ids(only)
    arrays = network if isinstance(network, Arrays) else Arrays.of(network)
    watch = _Watch(estimate(arrays, wanted, effort).by_measure, progress, cancelled)
    effort = replace(effort, tick=watch.within)
    arrays.ask_elsewhere(wanted, effort)
    measures: dict[str, Measure] = {}
    numbers: dict[str, Number] = {}
    for id_, definition in CATALOGUE.items():
        if id_ not in wanted:
            continue
        watch.begin(id_)
        if id_ in ACTOR_MEASURES:
            measures[id_] = _told(arrays, arrays.once(definition.function, effort), definition)
        elif definition.scope is Scope.NETWORK:
            numbers[id_] = _told(arrays, arrays.once(definition.function, effort), definition)
        else:
            arrays.once(definition.function, effort)
    watch.end()
    communities, modularity = arrays.once(find_communities, effort) if "community" in wanted else ((), 0.0)
    points, bridges = _cuts(arrays, wanted, effort)
    mixing = helix_mixing(arrays) if "helix_mixing" in wanted else None
    return Measures(revision, measures, communities, modularity, points, numbers, bridges, mixing)


def check_ids(only: Collection[str] | None) -> frozenset[str]:
    """Return the measures asked for, those shown when None. :class:`InvalidValue`: one that there is not."""
    wanted = SHOWN if only is None else frozenset(only)
    if unknown := sorted(wanted - ALL):
        raise InvalidValue(f"There is no measure {', '.join(unknown)}.", remedy=f"There are {', '.join(CATALOGUE)}.")
    return wanted


def _told(arrays: Arrays, found: M, definition: Definition) -> M:
    """Return a result with the version of its definition and, where another engine might have, who computed it."""
    by = f"; computed by {found.engine}" if arrays.elsewhere else ""
    return replace(found, version=definition.version, method=f"{found.method}{by}")


def _cuts(
    arrays: Arrays, wanted: Collection[str], effort: Effort
) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    points: frozenset[str] = frozenset()
    bridges: tuple[tuple[str, str], ...] = ()
    if "articulation_point" in wanted:
        points = frozenset(arrays.ids[row] for row in arrays.once(find_cuts, effort).points.nonzero()[0])
    if "bridge" in wanted:
        bridges = tuple((arrays.ids[a], arrays.ids[b]) for a, b in arrays.once(find_cuts, effort).bridges.tolist())
    return points, bridges


class _Watch:
    """Tells how far the work is, by what each measure was estimated to cost, and stops it when nobody waits."""

    def __init__(
        self, costs: Mapping[str, float], progress: Progress | None, cancelled: Callable[[], bool] | None
    ) -> None:
        self._costs = costs
        self._total = sum(self._costs.values()) or 1.0
        self._progress, self._cancelled = progress, cancelled
        self._before = self._now = 0.0
        self._told = -1

    def begin(self, id_: str) -> None:
        """Say that the measure ``id_`` comes next."""
        self._before += self._now
        self._now = self._costs[id_]
        self.within(0.0)

    def within(self, share: float) -> None:
        """Say that ``share`` of the present measure, or of one part of it, is done."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled("The measurement was cancelled.", remedy="Ask again, or for fewer measures.")
        self._tell((self._before + share * self._now) / self._total)

    def end(self) -> None:
        """Say that all is done."""
        self._tell(1.0)

    def _tell(self, share: float) -> None:
        thousandths = int(1000 * min(share, 1.0))
        if self._progress is not None and thousandths > self._told:
            self._told = thousandths
            self._progress(thousandths, 1000)
