"""The room on a map on paper: what is taken, and who would be left without a place if this were taken, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from graphsvc.render.sheet import Box

Boxes = NDArray[np.float64]
"""Left, top, right, bottom in the last axis."""
NOBODY: Final = -1
HIDING: Final = 4.0
"""How many numbers without a place are as bad as a hidden symbol."""


class Room:
    """What is free on a sheet, for symbols that each need a place for a number, or for a name that takes more."""

    def __init__(self, frame: Box, symbols: Sequence[Box], places: Sequence[Sequence[Box]]) -> None:
        """``places`` are the boxes that would do for the number of each symbol, the same number for each."""
        self._frame = frame
        self._symbols = np.array(symbols, float).reshape(-1, 4)
        self._places = np.array(places, float).reshape(len(symbols), len(places[0]) if places else 0, 4)
        self._taken = np.empty((0, 4))
        free = [[self.fits(box, own) for box in row] for own, row in enumerate(places)]
        self._free = np.array(free, bool).reshape(self._places.shape[:2])
        self._waiting = np.ones(len(symbols), bool)

    def fits(self, box: Box, own: int = NOBODY, *, hide_symbols: bool = False) -> bool:
        """Say whether nothing lies in a box: no text, and no symbol but one's own."""
        if not self._frame.holds(box) or _meet(self._taken, box).any():
            return False
        hit = _meet(self._symbols, box)
        if own != NOBODY:
            hit[own] = False
        return hide_symbols or not hit.any()

    def hidden(self, box: Box) -> int:
        """Return how many symbols lie in a box."""
        return int(_meet(self._symbols, box).sum())

    def crowds_out(self, box: Box, own: int = NOBODY) -> int:
        """Return how many others would lose the last place that they have."""
        hit = _meet(self._places, box)
        lost = self._waiting & self._free.any(axis=1) & ~(self._free & ~hit).any(axis=1)
        if own != NOBODY:
            lost[own] = False
        return int(lost.sum())

    def costs(self, boxes: Sequence[Box]) -> NDArray[np.float64]:
        """Return what a text in each box costs: a symbol that it hides, or would leave without a place, is one more.

        Hiding is four times as bad. Infinite where it would lie on another text or over the edge.
        """
        each = np.array(boxes, float).reshape(-1, 1, 4)
        frame = self._frame
        inside = (each[:, 0, :2] >= (frame.left, frame.top)) & (each[:, 0, 2:] <= (frame.right, frame.bottom))
        free = np.flatnonzero(inside.all(axis=1) & ~_meet_each(self._taken, each).any(axis=1))
        costs = np.full(len(boxes), np.inf)
        costs[free] = HIDING * _meet_each(self._symbols, each[free]).sum(axis=1)
        needy = self._waiting & self._free.any(axis=1)
        places, open_ = self._places[needy], self._free[needy]
        for number in free[costs[free] < costs.min(initial=np.inf) + HIDING]:
            costs[number] += (~(open_ & ~_meet(places, boxes[number])).any(axis=1)).sum()
        return costs

    def take(self, box: Box, own: int = NOBODY) -> None:
        """Take a box; ``own`` needs no place any more."""
        self._taken = np.vstack((self._taken, np.array(box)))
        self._free &= ~_meet(self._places, box)
        if own != NOBODY:
            self._waiting[own] = False

    def tightest(self) -> int:
        """Return who of those that wait has the fewest places, the first of equals; :data:`NOBODY` for none."""
        if not self._waiting.any():
            return NOBODY
        left = np.where(self._waiting, self._free.sum(axis=1), self._places.shape[1] + 1)
        return int(left.argmin())


def _meet(boxes: Boxes, box: Box) -> NDArray[np.bool_]:
    left, top, right, bottom = (boxes[..., side] for side in range(4))
    met: NDArray[np.bool_] = (left < box.right) & (box.left < right) & (top < box.bottom) & (box.top < bottom)
    return met


def _meet_each(boxes: Boxes, each: Boxes) -> NDArray[np.bool_]:
    """Return for each of ``each``, whose shape is (n, 1, 4), which of ``boxes`` it meets."""
    met: NDArray[np.bool_] = (boxes[:, :2] < each[..., 2:]) & (each[..., :2] < boxes[:, 2:])
    return np.logical_and(met[..., 0], met[..., 1])
