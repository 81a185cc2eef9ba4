"""Ids united into sets, where some pairs must stay apart (union–find); and what ids lead to, step by step."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping

Pair = tuple[str, str]
"""Two ids, the smaller one first: a pair has no direction."""


def pair_of(a: str, b: str) -> Pair:
    """Return two ids as a pair."""
    return (a, b) if a < b else (b, a)


class Uniting:
    """Sets of ids; an id that was never united is a set of its own.

    ``apart`` are pairs that no set may hold both of. Work grows with the number of unions, not of ids.
    """

    def __init__(self, apart: Iterable[Pair] = ()) -> None:
        self._parent: dict[str, str] = {}
        self._enemies: dict[str, set[str]] = defaultdict(set)
        for a, b in apart:
            self._enemies[a].add(b)
            self._enemies[b].add(a)

    def first(self, id_: str) -> str:
        """Return the smallest id of the set that an id is in."""
        parent = self._parent
        while (above := parent.get(id_, id_)) != id_:
            parent[id_] = parent.get(above, above)
            id_ = parent[id_]
        return id_

    def together(self, a: str, b: str) -> bool:
        """Whether two ids are in one set."""
        return self.first(a) == self.first(b)

    def barred(self, a: str, b: str) -> bool:
        """Whether uniting two ids would bring together two that must stay apart."""
        low, high = self.first(a), self.first(b)
        return any(self.first(enemy) == high for enemy in self._enemies.get(low, ()))

    def unite(self, a: str, b: str) -> bool:
        """Unite the sets of two ids; False, and nothing done, where that is barred."""
        low, high = sorted((self.first(a), self.first(b)))
        if low == high:
            return True
        if self.barred(low, high):
            return False
        self._parent[high] = low
        if high in self._enemies:
            self._enemies[low] |= self._enemies.pop(high)
        return True


def reached(start: str, following: Mapping[str, Iterable[str]]) -> set[str]:
    """Return the ids that ``start`` leads to in one step or more; itself only where a ring leads back to it.

    >>> sorted(reached("a", {"a": ["b"], "b": ["c", "b"]}))
    ['b', 'c']
    """
    found: set[str] = set()
    waiting = [start]
    while waiting:
        more = set(following.get(waiting.pop(), ())) - found
        found |= more
        waiting += more
    return found


def way_between(start: str, end: str, edges: Iterable[Pair]) -> tuple[str, ...]:
    """Return the ids on a shortest way from ``start`` to ``end``, both included; empty when there is none.

    Of several the one through the smallest ids.
    """
    beside: dict[str, list[str]] = defaultdict(list)
    for a, b in edges:
        beside[a].append(b)
        beside[b].append(a)
    came_from = {start: start}
    waiting = deque([start])
    while waiting and end not in came_from:
        id_ = waiting.popleft()
        for other in sorted(beside[id_]):
            if other not in came_from:
                came_from[other] = id_
                waiting.append(other)
    if end not in came_from:
        return ()
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
