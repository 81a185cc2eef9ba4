"""What every graph engine must be able to do: three methods, no word of actors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Row = dict[str, Any]
"""One row of an answer: column → text, number, bool, date, None, or a list or map of these; no engine object."""


@dataclass(frozen=True, slots=True)
class Step:
    """One named statement with its parameters. A write is a list of these: data that can be logged and repeated."""

    statement: str
    """Name of the statement: its path below ``cypher/`` without ``.cypher``, e.g. ``actors/upsert``."""
    parameters: Mapping[str, Any] = field(default_factory=dict)


class Engine(Protocol):
    """A graph database that speaks our Cypher subset. Errors are those below :class:`graphsvc.errors.StoreError`."""

    @property
    def name(self) -> str:
        """What people call it, with its address and without any password."""
        ...

    def read(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Run one named reading statement and return all its rows, in the statement's order."""
        ...

    def write(self, steps: Sequence[Step]) -> None:
        """Run the steps in one transaction: all or nothing. A retry may apply it twice, so steps are idempotent."""
        ...

    def close(self) -> None:
        """Let go of the database. Safe to call twice."""
        ...
