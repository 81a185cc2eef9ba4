"""An engine whose statements are timed: how long each took, how it ended, and what a request waited for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from graphsvc import deadline
from graphsvc.errors import StoreError
from graphsvc.store import seen
from graphsvc.store.engine import Engine, Row, Step

Observer = Callable[[str, str, float], None]
"""Gets a statement's name, how it ended (``done``, ``failed``, or the name of our error), and the seconds it took."""
observers: Final[set[Observer]] = set()
"""Who is told. Empty in a command: only a service is watched, and what watches takes time to import."""


class WatchedEngine:
    """Passes everything on to another engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def name(self) -> str:
        """That of the engine."""
        return self._engine.name

    def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Read, and note how long it took."""
        with _timed(statement):
            return self._engine.read(statement, parameters)

    def write(self, steps: Sequence[Step]) -> None:
        """Write, and note how long it took, under the last statement: most often the one that closes a change."""
        with _timed(steps[-1].statement if steps else "none"):
            try:
                self._engine.write(steps)
            finally:
                seen.forget()  # also where it failed: it may have come through

    def close(self) -> None:
        """Let go of the engine."""
        self._engine.close()


@contextmanager
def _timed(statement: str) -> Iterator[None]:
    begun, outcome = time.perf_counter(), "failed"
    try:
        with deadline.waiting():
            yield
        outcome = "done"
    except StoreError as error:
        outcome = type(error).__name__
        raise
    finally:
        seconds = time.perf_counter() - begun
        for tell in observers:
            tell(statement, outcome, seconds)
