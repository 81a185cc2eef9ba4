"""Lone brokers: actors without whom groups fall apart, or over whom all ties of two communities go.

Looked at are actors and collaborations together: an actor goes, its collaborations stay for the others. What counts is
what local actors lose. ``falls_apart`` is an articulation point (Hopcroft & Tarjan 1973, CACM 16, 372–378): whoever
holds it has the advantages that Burt describes (1992, Structural Holes, Harvard UP), and the network has the risk.
``only_link`` is the bridge between communities: Gould & Fernandez (1989, Sociol. Methodol. 19, 89–126) call an actor of
neither a liaison, of one a gatekeeper or representative.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from scipy import sparse

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.arrays import Arrays, Ints
from graphsvc.analysis.cuts import Pieces, find_pieces
from graphsvc.analysis.gaps import Gap, GapKind
from graphsvc.analysis.matchmaking import Match
from graphsvc.analysis.results import Evidence, Noun, Ref, Side
from graphsvc.analysis.scene import SHOWN, Scene, with_match

_COMMUNITY: Final = 3
"""Actors from which on a community counts as a group that can lose its link."""


class _Group(NamedTuple):
    """A part of the network that comes off when an actor goes."""

    actors: Ints
    """Rows of its local actors, the most active first."""
    links: Ints
    """Columns of the collaborations by which it is tied to the one who goes."""


@dataclass
class _Broker:
    """What goes when an actor goes."""

    row: int
    cut_off: int = 0
    """Local actors that are no longer tied to the largest group."""
    linked: list[tuple[int, int]] = field(default_factory=list)
    """Pairs of communities that have no tie but over it."""

    @property
    def score(self) -> float:
        return round(float(np.log1p(self.cut_off) + 0.5 * np.log1p(len(self.linked))), 9)


def find_brokers(scene: Scene, top: int) -> tuple[list[Gap], int]:
    """Return the ``top`` lone brokers by what goes with them, and how many there are."""
    pieces = find_pieces(two_mode(scene.affiliation))
    found = {row: _Broker(row, cut_off) for row, cut_off in _cut_off(scene, pieces).items()}
    for communities, row in only_links(scene):
        found.setdefault(row, _Broker(row)).linked.append(communities)
    brokers = sorted(found.values(), key=lambda each: (-each.score, each.row))
    beyond = _Beyond(scene)
    gaps = []
    for rank, broker in enumerate(brokers[:top], 1):
        groups = _local_groups(scene, pieces, broker.row) if broker.cut_off else []
        gaps.append(_gap(scene, broker, groups, beyond, rank))
    return gaps, len(brokers)


def _cut_off(scene: Scene, pieces: Pieces) -> dict[int, int]:
    """Return row of each actor without whom local actors lose one another → how many lose the largest group."""
    actors = len(scene.affiliation.ids)
    is_local = np.zeros(len(pieces.order), dtype=np.int64)
    is_local[:actors] = scene.local
    before = np.concatenate([[0], np.cumsum(is_local[pieces.order])]).tolist()
    found = {}
    for row, hanging in pieces.hanging.items():
        if row < actors:
            sizes = [before[high] - before[low] for low, high in hanging]
            start, stop = pieces.component[row]
            everyone = before[stop] - before[start] - int(is_local[row])
            if cut_off := everyone - max(*sizes, everyone - sum(sizes)):
                found[row] = cut_off
    return found


def two_mode(affiliation: Affiliation) -> Arrays:
    """Return the graph of actors (first, in their order) and collaborations."""
    ids = (*affiliation.ids, *(f"collaboration/{each.id}" for each in affiliation.collaborations))
    whole = sparse.block_array([[None, affiliation.incidence], [affiliation.incidence.T, None]], format="csr")
    whole.sort_indices()
    return Arrays(ids, whole)


def _local_groups(scene: Scene, pieces: Pieces, row: int) -> list[_Group]:
    """Return what is left of a component without ``row``: the parts that have local actors."""
    start, stop = pieces.component[row]
    rest = np.ones(stop - start, dtype=bool)
    parts = []
    for low, high in pieces.hanging[row]:
        rest[low - start : high - start] = False
        parts.append(pieces.order[low:high])
    parts.append(pieces.order[start:stop][rest])
    actors = len(scene.affiliation.ids)
    mine = scene.background.columns_of(row)
    groups = []
    for part in parts:
        rows = part[(part < actors) & (part != row)]
        local = scene.most_active(rows[scene.local[rows]])
        if len(local):
            groups.append(_Group(local, np.intersect1d(part[part >= actors] - actors, mine)))
    return sorted(groups, key=lambda group: (-len(group.actors), group.actors.tolist()))


def only_links(scene: Scene) -> list[tuple[tuple[int, int], int]]:
    """Return ((community, community), row) where all ties of two communities have one actor in common, by community.

    Both have at least three actors, one of them local. Where a single tie joins the two, each of its ends is named.
    """
    of = scene.background.community
    sizes = np.bincount(of[of >= 0], minlength=len(scene.background.measures.communities))
    with_local = np.zeros(len(sizes), dtype=bool)
    with_local[of[scene.local & (of >= 0)]] = True
    counts = (sizes >= _COMMUNITY) & with_local
    ties = scene.affiliation.shared.tocoo()
    low, high = of[ties.row], of[ties.col]
    across = (low >= 0) & (high >= 0) & (low < high)
    across[across] = counts[low[across]] & counts[high[across]]
    pairs, which, number = np.unique(
        low[across].astype(np.int64) * len(sizes) + high[across], return_inverse=True, return_counts=True
    )
    found = []
    for end in (ties.row[across], ties.col[across]):
        ends, times = np.unique(which.astype(np.int64) * len(of) + end, return_counts=True)
        for key in ends[times == number[ends // len(of)]].tolist():
            pair, row = divmod(key, len(of))
            found.append((divmod(int(pairs[pair]), len(sizes)), row))
    return sorted(found)


class _Beyond:
    """Whether groups hang together without an actor in the whole network."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._whole = len(scene.wide.collaborations) == len(scene.affiliation.collaborations)
        self._pieces = None if self._whole else find_pieces(two_mode(scene.wide))
        self._place: Ints = np.zeros(0, dtype=np.int64)
        if self._pieces is not None:
            self._place = np.empty(len(self._pieces.order), dtype=np.int64)
            self._place[self._pieces.order] = np.arange(len(self._place))

    def still(self, broker: int, groups: list[_Group]) -> int:
        """Return how many of the groups that come off are tied to the largest one without the broker."""
        if self._pieces is None or not groups:
            return 0
        first, *others = [self._part(broker, int(group.actors[0])) for group in groups]
        return sum(part == first for part in others)

    def _part(self, broker: int, row: int) -> int:
        """Return the number of the piece of the whole network that an actor is in without the broker; −1 for the rest.

        The groups were one component with the broker, so they are one here too.
        """
        assert self._pieces is not None  # noqa: S101  # else nobody asks
        ids, wide = self._scene.affiliation.ids, self._scene.wide.row
        place = int(self._place[wide[ids[row]]])
        hanging = self._pieces.hanging.get(wide[ids[broker]], ())
        return next((at for at, (low, high) in enumerate(hanging) if low <= place < high), -1)


def _gap(scene: Scene, broker: _Broker, groups: list[_Group], beyond: _Beyond, rank: int) -> Gap:
    match = None
    evidence = []
    if groups:
        match = scene.matchmaker.best(groups[1].actors, groups[0].actors)
        evidence += [_falls_apart(scene, broker, groups), _hangs_on(scene, groups)]
        if still := beyond.still(broker.row, groups):
            numbers = {"n": still, "of": len(groups) - 1}
            evidence.append(Evidence("connected_beyond", Side.AGAINST, scene.refer([broker.row]), numbers))
    if broker.linked:
        evidence.append(_only_link(scene, broker))
        match = match or _across(scene, broker)
    pair = (match.a, match.b) if match else None
    about = scene.refer([broker.row])
    return Gap(rank, GapKind.BROKER, about, broker.score, with_match(evidence, match), pair=pair)


def _falls_apart(scene: Scene, broker: _Broker, groups: list[_Group]) -> Evidence:
    """Refer to the most active local actor of each group, the largest group first; ``n`` local actors lose the largest
    group."""
    refs = scene.refer([int(group.actors[0]) for group in groups[:SHOWN]])
    numbers = {"n": broker.cut_off, "actors": len(groups), "here": int(scene.here is not None)}
    return Evidence("falls_apart", Side.FOR, refs, numbers, float(np.log1p(broker.cut_off)))


def _only_link(scene: Scene, broker: _Broker) -> Evidence:
    """Refer to the most active local actor of each community that would be without a tie to another."""
    communities = list(dict.fromkeys(id_ for pair in broker.linked for id_ in pair))
    led = [row for id_ in communities for row in _local_of(scene, id_, broker.row)[:1].tolist()]
    numbers = {"n": len(broker.linked), "actors": len(led)}
    return Evidence("only_link", Side.FOR, scene.refer(led[:SHOWN]), numbers, 0.5 * float(np.log1p(len(broker.linked))))


def _across(scene: Scene, broker: _Broker) -> Match | None:
    one, other = broker.linked[0]
    return scene.matchmaker.best(_local_of(scene, one, broker.row), _local_of(scene, other, broker.row))


def _local_of(scene: Scene, community: int, but: int) -> Ints:
    rows = np.flatnonzero((scene.background.community == community) & scene.local)
    return scene.most_active(rows[rows != but])


def _hangs_on(scene: Scene, groups: list[_Group]) -> Evidence:
    """Refer to the collaborations by which the smaller groups are tied to the broker."""
    columns = [int(column) for group in groups[1:] for column in group.links]
    refs = tuple(Ref(Noun.COLLABORATION, scene.affiliation.collaborations[column].id) for column in columns[:SHOWN])
    return Evidence("hangs_on", Side.FOR, refs, {"n": len(columns), "collaborations": len(columns)})
