"""An engine that notes what is asked of it: a page is held to what it may ask, not to how long that takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from graphsvc.store.engine import Row
from graphsvc.store.graph_store import GraphStore


class Counted:
    """An engine that notes what is read of it, and how many rows that gave."""

    def __init__(self, store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
        self._engine = store.engine
        self.read_: list[tuple[str, int]] = []
        monkeypatch.setattr(store, "_engine", self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        rows = self._engine.read(statement, parameters)
        self.read_.append((statement, len(rows)))
        return rows

    @contextmanager
    def noted(self) -> Iterator[dict[str, int]]:
        """Gives, after the block, the statements that were asked in it and the rows of each."""
        self.read_.clear()
        found: dict[str, int] = {}
        yield found
        for name, rows in self.read_:
            found[name] = found.get(name, 0) + rows
