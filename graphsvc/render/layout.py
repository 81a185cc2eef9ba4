"""Where actors stand: communities beside each other, actors spread inside them, nobody on top of another.

Positions are computed once, here, so that the page needs no physics and looks the same at each load: a force layout in
the browser took ten seconds of CPU for 150 actors and landed elsewhere each time (docs/decisions/0004-map-page.md).
All loops run over sorted or indexed things and every random draw is seeded: same input, same coordinates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""One row per actor: x to the right, y downwards, in units that are pixels when the map is shown at scale 1."""

SPACING = 31.0
"""Half the distance between neighbours inside a community."""
GAP = 60.0
"""Free room between two communities: enough for a community's name."""
WIDER = 1.45
"""Names are wide and low, and so are screens: everything is stretched by this much."""
SEED = 20


ROUNDS, ROUNDS_CROWDED = 120, 50
"""Rounds of springs in a community; a crowded map has many communities, of which one is seen at a time."""
FEW_GROUPS = 40
"""Up to this number of groups the layout of the groups is the best of many starts."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The network as the layout sees it: actors are 0 … n-1."""

    ties: tuple[tuple[int, int, float], ...]
    communities: tuple[int | None, ...]
    """Community of each actor; None is a community of its own kind."""
    radii: tuple[float, ...]
    """Radius of each actor's symbol."""
    rows: bool = True
    """Whether actors without ties stand in rows below; else in their communities, as all others."""


def positions(plan: Plan) -> Points:
    """Return the coordinates of ``plan``'s actors, shape (n, 2), in whole units, centred on (0, 0)."""
    count = len(plan.communities)
    points: Points = np.zeros((count, 2))
    groups = groups_of(plan)
    seated = sorted(actor for members in groups for actor in members)
    if groups:
        graph = _graph(plan)
        discs = [_inside(graph, members, ROUNDS if plan.rows else ROUNDS_CROWDED) for members in groups]
        room = np.array([reach(len(members)) for members in groups])
        centres = _beside_each_other(_between(plan, groups), room)
        for members, placed, centre in zip(groups, discs, centres, strict=True):
            points[members] = placed + centre
        _turn_towards_partners(points, groups, centres, plan)
        points[:, 0] *= WIDER
        # Whole units, as a map says them, so that a later map lines up by the same places.
        points[seated] = apart(points[seated], np.array(plan.radii)[seated]).round()
    line_up(points, sorted(set(range(count)) - set(seated)), seated)
    return points - ((points.min(axis=0) + points.max(axis=0)) / 2).round() if count else points


def groups_of(plan: Plan) -> list[list[int]]:
    """Return the actors of each community, the largest first; without those who stand in rows."""
    tied = {end for a, b, _ in plan.ties for end in (a, b)}
    members: dict[int, list[int]] = {}
    for actor, community in enumerate(plan.communities):
        if actor in tied or not plan.rows:
            members.setdefault(-1 if community is None else community, []).append(actor)
    return sorted(members.values(), key=lambda group: (-len(group), group))


def weights_of(plan: Plan) -> list[dict[int, float]]:
    """Return the partners of each actor with the weight of the tie."""
    partners: list[dict[int, float]] = [{} for _ in plan.communities]
    for a, b, weight in plan.ties:
        partners[a][b] = partners[b][a] = weight
    return partners


def reach(members: int) -> float:
    """Return the radius of a community's disc with the free room around it."""
    return SPACING * float(np.sqrt(members)) + GAP / 2


def disc(plan: Plan, members: Sequence[int]) -> Points:
    """Return one community's places around (0, 0)."""
    return _inside(_graph(plan), members, ROUNDS) * [WIDER, 1.0]


def _graph(plan: Plan) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(plan.communities)))
    a, b = (np.fromiter((tie[end] for tie in plan.ties), np.int64, len(plan.ties)) for end in (0, 1))
    # Sorted by Python, 650,000 ties kept all other threads waiting for half a second.
    in_order = map(plan.ties.__getitem__, np.lexsort((b, a)).tolist())
    graph.add_weighted_edges_from((one, other, 1.0 + float(np.log1p(weight))) for one, other, weight in in_order)
    return graph


def _inside(graph: nx.Graph[int], members: Sequence[int], rounds: int) -> Points:
    """Return the members' places around (0, 0), spread over a disc of their number's size."""
    if len(members) == 1:
        return np.zeros((1, 2))
    part: nx.Graph[int] = nx.Graph()
    part.add_nodes_from(members)
    within = set(members)
    part.add_edges_from((a, b, graph.edges[a, b]) for a in members for b in sorted(graph[a]) if a < b and b in within)
    sprung = nx.spring_layout(part, seed=SEED, iterations=rounds, k=2.2 / np.sqrt(len(members)))
    radius = SPACING * np.sqrt(len(members))
    points = _spread(np.array([sprung[member] for member in members]), radius)
    # Partners of one large project pull each other into a knot: give each some air, but keep the disc.
    room = np.full(len(members), 0.625 * SPACING)
    for _ in range(60):
        points = points + _moves(points, room)
        distance = np.hypot(*points.T)
        points = points * np.minimum(1.0, 1.05 * radius / np.maximum(distance, 1e-9))[:, None]
    return points


def _spread(points: Points, radius: float) -> Points:
    """Even out the distances from the middle: springs leave a clump and a few far away."""
    points = points - points.mean(axis=0)
    distance = np.hypot(*points.T)
    order = np.argsort(np.argsort(distance, kind="stable"), kind="stable")
    even = np.sqrt((order + 0.4) / len(points))
    natural = distance / max(distance.max(), 1e-9)
    wanted = radius * (0.75 * even + 0.25 * natural)
    spread: Points = points * (wanted / np.maximum(distance, 1e-9))[:, None]
    return spread


def _between(plan: Plan, groups: Sequence[Sequence[int]]) -> Points:
    """Return the weight of ties between each two groups, shape (groups, groups)."""
    group_of = {actor: number for number, members in enumerate(groups) for actor in members}
    weights: Points = np.zeros((len(groups), len(groups)))
    for a, b, weight in plan.ties:
        first, second = group_of[a], group_of[b]
        if first != second:
            weights[first, second] += weight
            weights[second, first] += weight
    return np.log1p(weights)


def _beside_each_other(weights: Points, room: Points) -> Points:
    """Return the groups' centres: discs that don't meet, related ones near, the whole compact. Best of a few starts."""
    if len(room) == 1:
        return np.zeros((1, 2))
    # Few groups: all starts at once, as most of the time would go into calls for a handful of numbers.
    together = [range(10)] if len(room) <= FEW_GROUPS else [range(1), range(1, 2)]
    ends = [centres for starts in together for centres in _settled(weights, room, starts)]

    def cost(centres: Points) -> float:
        away = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1))
        return float((weights * away).sum() / max(weights.sum(), 1e-9) + 1.5 * np.hypot(*centres.T).max())

    return min(ends, key=cost)


def _settled(weights: Points, room: Points, starts: Sequence[int]) -> Points:
    """Return where the groups' centres come to rest from each start, shape (starts, groups, 2)."""
    drawn = [np.random.default_rng(SEED + start).normal(size=(len(room), 2)) for start in starts]
    centres: Points = np.stack(drawn) * room.sum() / 2
    wanted, load = room[:, None] + room[None], weights.sum(axis=1)[:, None]
    for step in range(260):
        pull = 0.12 * (1 - step / 260)
        towards = weights @ centres - load * centres
        centres = centres + pull * towards / np.maximum(load, 1e-9) - pull * 0.35 * centres
        centres = centres + _push(centres, wanted)
    restless = np.arange(len(starts))
    for _ in range(400):
        moved = centres[restless] + _push(centres[restless], wanted)
        still = np.abs(moved - centres[restless]).max(axis=(1, 2)) < 0.05
        restless, moved = restless[~still], moved[~still]
        if not len(restless):
            break
        centres[restless] = moved
    return centres


def _push(points: Points, wanted: Points) -> Points:
    """Return the moves that take pairs nearer than ``wanted`` (n, n) half of the way apart; points (starts, n, 2)."""
    difference = points[:, :, None] - points[:, None]
    distance = np.hypot(difference[..., 0], difference[..., 1])
    short = np.clip(wanted - distance, 0, None)
    number = np.arange(points.shape[1])
    short[:, number, number] = 0
    unit = difference / np.maximum(distance, 1e-9)[..., None]
    together = distance < 1e-6
    if np.count_nonzero(together) > len(points) * len(number):  # more than each with itself
        # Two in one place have no direction: each pair gets its own, always the same.
        angle = 2.399963 * (number[:, None] - number[None])
        sign = np.sign(number[:, None] - number[None])
        own = np.stack([np.cos(angle), np.sin(angle)], axis=-1) * sign[..., None]
        unit = np.where(together[..., None], own, unit)
    moves: Points = (unit * (short * 0.5)[..., None]).sum(axis=2)
    return moves * 0.8


def _turn_towards_partners(points: Points, groups: Sequence[list[int]], centres: Points, plan: Plan) -> None:
    """Turn or mirror each group in place so that ties to other groups get short."""
    group_of = {actor: number for number, members in enumerate(groups) for actor in members}
    leaving: Mapping[int, list[tuple[int, int, float]]] = {number: [] for number in range(len(groups))}
    for a, b, weight in plan.ties:
        if group_of[a] != group_of[b]:
            leaving[group_of[a]].append((a, b, weight))
            leaving[group_of[b]].append((b, a, weight))
    for _ in range(2):
        for number, members in enumerate(groups):
            if len(members) > 1 and leaving[number]:
                own, partner, load = (np.array(column) for column in zip(*leaving[number], strict=True))
                seat = {actor: place for place, actor in enumerate(members)}
                seats = np.array([seat[int(actor)] for actor in own])
                disc = points[members] - centres[number]
                turns = [_turned(disc, step, mirrored) for mirrored in (False, True) for step in range(24)]
                lengths = [
                    float((load * np.hypot(*(turned[seats] + centres[number] - points[partner]).T)).sum())
                    for turned in turns
                ]
                points[members] = turns[int(np.argmin(lengths))] + centres[number]


def _turned(disc: Points, step: int, mirrored: bool) -> Points:
    angle = 2 * np.pi * step / 24
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned: Points = (disc * [-1.0, 1.0] if mirrored else disc) @ turn.T
    return turned


def apart(points: Points, radii: Points, pace: Points | None = None) -> Points:
    """Move symbols apart until each has room around it.

    ``pace`` says how readily each gives way: 1 as any other, 0 never.
    """
    pace = np.ones(len(points)) if pace is None else pace
    for step in range(120):
        moves = _moves(points, radii + 6.0)
        if np.abs(moves).max(initial=0.0) < 0.2:
            break
        # Two firm ones that touch must part as well, in the end.
        points = (
            points + moves * (pace if step < 60 else np.where(pace > 0, np.maximum(pace, step / 120), 0.0))[:, None]
        )
    return points


def _moves(points: Points, room: Points) -> Points:
    """Return the moves that take pairs nearer than their rooms together half of the way apart; ``room``: (n,)."""
    from scipy.spatial import cKDTree  # takes long to import

    moves: Points = np.zeros_like(points)
    if len(points) < 2:
        return moves
    pairs = cKDTree(points).query_pairs(2 * float(room.max()), output_type="ndarray")
    first, second = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].T
    difference = points[first] - points[second]
    distance = np.hypot(*difference.T)
    short = np.clip(room[first] + room[second] - distance, 0, None)
    # Two in one place have no direction: each pair gets its own, always the same.
    angle = 2.399963 * (second - first)
    unit = np.where(
        (distance < 1e-6)[:, None],
        np.stack([np.cos(angle), np.sin(angle)], axis=1),
        difference / np.maximum(distance, 1e-9)[:, None],
    )
    step = unit * (0.4 * short)[:, None]
    np.add.at(moves, first, step)
    np.add.at(moves, second, -step)
    return moves


def line_up(points: Points, alone: Sequence[int], tied: Sequence[int]) -> None:
    """Put actors without ties in rows below the others."""
    if not alone:
        return
    left, right, bottom = -400.0, 400.0, -90.0
    if tied:
        left, right = float(points[tied, 0].min()), float(points[tied, 0].max())
        bottom = float(points[tied, 1].max())
    columns = max(1, min(len(alone), int((right - left) // 130) + 1))
    step = (right - left) / max(columns - 1, 1)
    for number, actor in enumerate(alone):
        row, column = divmod(number, columns)
        # Not round(): halves go up wherever the map's middle is.
        points[actor] = (np.floor(left + column * step + 0.5), bottom + 90.0 + 34.0 * row)
