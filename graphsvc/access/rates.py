"""How much work a caller may ask for: seconds of answering, not numbers of requests.

A request that takes a second costs a hundred times what one of ten milliseconds does, so time is what is charged, as
Aleph does it (alephdata/aleph, ``aleph/core.py``). The allowance is a bucket that fills steadily (token bucket).
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final

WINDOW: Final = 60
"""Seconds in which an empty bucket fills."""
_KNOWN: Final = 10_000
"""Callers that are remembered; the one not seen for longest is forgotten, and starts full."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a caller has left."""

    most: float
    """Seconds of work in a full bucket."""
    left: float
    """Seconds of work that are left; below zero where the last answer took more."""

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0

    @property
    def wait(self) -> int:
        """Whole seconds until something is left again; at least 1 where nothing is."""
        return max(1, int(-self.left * WINDOW / self.most) + 1) if self.spent else 0

    @property
    def full_in(self) -> int:
        """Whole seconds until the bucket is full."""
        return int((self.most - self.left) * WINDOW / self.most) + (self.left < self.most)


class Rates:
    """The allowances of all callers of one process. Threads may share it."""

    def __init__(self, most: float, clock: Callable[[], float] = time.monotonic) -> None:
        """``most``: seconds of work that a caller may ask for in :data:`WINDOW` seconds."""
        self._most = most
        self._clock = clock
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def left(self, caller: str) -> Allowance:
        """Return what a caller has left."""
        return self.charge(caller, 0.0)

    def charge(self, caller: str, seconds: float) -> Allowance:
        """Take ``seconds`` of work off a caller's bucket and return what is left."""
        now = self._clock()
        with self._lock:
            left, then = self._buckets.get(caller, (self._most, now))
            left = min(self._most, left + (now - then) * self._most / WINDOW) - seconds
            self._buckets[caller] = (left, now)
            self._buckets.move_to_end(caller)
            while len(self._buckets) > _KNOWN:
                self._buckets.popitem(last=False)
        return Allowance(self._most, left)
