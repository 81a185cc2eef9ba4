"""How much work a measurement may do, what it draws lots with, and how it is watched and stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from graphsvc.errors import GraphsvcError

SEED: Final = 20_240_101
"""Seed of everything that draws lots."""
EXACT_WORK: Final = 1_000_000_000
"""Betweenness is exact while nodes × edges stay below this: some three seconds of one core."""
PIVOTS: Final = 1024
"""Sources that betweenness is estimated from above that limit."""


class Cancelled(GraphsvcError):
    """The measurement was stopped by whoever asked for it."""


@dataclass(frozen=True, slots=True)
class Effort:
    """The same effort on the same network gives the same numbers."""

    exact_work: float = EXACT_WORK
    pivots: int = PIVOTS
    seed: int = SEED
    tick: Callable[[float], None] = lambda share: None
    """Called many times a second by whatever takes long, with the share of it that is done, 0 … 1. To stop the work it
    raises :class:`Cancelled`; it does not change any number."""

    def samples(self, nodes: int, edges: int) -> bool:
        """Say whether betweenness of a network of this size is estimated."""
        return nodes * edges > self.exact_work and self.pivots < nodes


DEFAULT: Final = Effort()
"""What is done when nobody says how much."""
