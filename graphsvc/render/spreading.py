"""Symbols on paper pushed apart until each has room for itself and a number at its side; who has it stays in place."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Rows of x and y."""
ROUNDS: Final = 800
LARGEST_STEP: Final = 2.0
"""Points that a symbol moves in one round: small, so that a crowd gives way together and keeps its shape."""
LOOK_AGAIN: Final = 6
"""Rounds after which it is looked anew who is near whom."""


def spread(points: Points, rooms: Points) -> Points:
    """Return places near ``points`` at which rooms do not overlap, as far as so many rounds come.

    ``points`` are the middles of the rooms, ``rooms`` their widths and heights. Each two that overlap are pushed along
    the axis on which that takes less, all at once. The same input gives the same output; where nothing overlaps it is
    the input.
    """
    now, half = points.astype(float), rooms / 2
    for round_ in range(ROUNDS):
        if round_ % LOOK_AGAIN == 0:
            a, b = _near(now, half, 2 * LARGEST_STEP * LOOK_AGAIN)
        apart = now[a] - now[b]
        overlap = half[a] + half[b] - np.abs(apart)
        meet = np.flatnonzero((overlap > 1e-6).all(axis=1))
        if not len(meet):
            break
        axis = overlap[meet].argmin(axis=1)
        far, side = overlap[meet, axis] / 2 + 0.05, np.where(apart[meet, axis] > 0, 1.0, -1.0)
        push = np.zeros_like(now)
        np.add.at(push, (a[meet], axis), side * far)
        np.add.at(push, (b[meet], axis), -side * far)
        now += np.clip(push, -LARGEST_STEP, LARGEST_STEP)
    return now


def _near(now: Points, half: Points, reach: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the pairs, each once, of which the rooms are at most so far from one another."""
    gap = np.abs(now[:, None, :] - now[None, :, :]) - half[:, None, :] - half[None, :, :]
    a, b = np.nonzero(np.triu((gap < reach).all(axis=2), 1))
    return a, b
