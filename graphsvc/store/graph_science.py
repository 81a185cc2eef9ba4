"""Graph Data Science in a Neo4j server: a network is handed over, asked about, and its memory given back.

What is handed over are rows and weights, not the graph of the store: so that views, bodies and weights are those that
graphsvc shows. The server keeps such a graph under a name of its own, for one user, in the memory of one member of a
cluster. Statements: ``cypher/gds/``, each named after what it tells; they run on no other engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from graphsvc.errors import StatementError, StoreUnavailable
from graphsvc.store import queries
from graphsvc.store.engine import Engine, Row

PREFIX: Final = "graphsvc-"
"""How the names of our graphs begin."""
_PROCEDURE: Final = re.compile(r"\bCALL (gds\.[\w.]+)\(")


@dataclass(frozen=True, slots=True)
class Ties:
    """A network as it is handed over: parallel columns, each tie once."""

    ones: Sequence[int]
    """Row of one end."""
    others: Sequence[int]
    """Row of the other; −1 for a row without ties, which stands alone."""
    weights: Sequence[float]


class GraphScience:
    """What a server's Graph Data Science can do. Threads may share it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def abilities(self) -> frozenset[str]:
        """Return the statements of ``cypher/gds/`` that can run, without ``gds/``.

        :class:`StoreUnavailable`, with what to do, where there is no Graph Data Science.
        """
        there = self._procedures()
        if not there:
            raise StoreUnavailable(
                f"There is no Graph Data Science in the {self._engine.name}.",
                remedy="Install it there (neo4j.com/docs/graph-data-science), or set GRAPHSVC_MEASURES=own.",
            )
        names = (name.removeprefix("gds/") for name in queries.names("gds"))
        return frozenset(name for name in names if self._called(name) <= there)

    @contextmanager
    def projected(self, ties: Ties) -> Iterator[str]:
        """Hand a network over and yield its name; its memory is given back whatever happens.

        What a process left behind that was killed before it could do so is given back a day later, by the next.
        """
        for row in self._engine.read("gds/abandoned", {"prefix": PREFIX}):
            self._drop(row["name"])
        graph = f"{PREFIX}{uuid4().hex}"
        columns = {"ones": [*ties.ones], "others": [*ties.others], "weights": [*ties.weights]}
        try:
            self._engine.read("gds/project", {"graph": graph, **columns})
            yield graph
        finally:
            self._drop(graph)

    def rows(self, what: str, graph: str, **parameters: int) -> list[Row]:
        """Return what the statement ``gds/<what>`` tells of a graph that was handed over."""
        return self._engine.read(f"gds/{what}", {"graph": graph, **parameters})

    def _drop(self, graph: str) -> None:
        self._engine.read("gds/drop", {"graph": graph})

    def _procedures(self) -> frozenset[str]:
        try:
            return frozenset(row["name"] for row in self._engine.read("gds/procedures"))
        except StatementError:  # an engine without procedures does not know the question
            return frozenset()

    def _called(self, name: str) -> frozenset[str]:
        return frozenset(_PROCEDURE.findall(queries.statement(f"gds/{name}").text))
