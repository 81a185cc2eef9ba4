"""The rows of a file with each actor under the id that the graph knows it by, as its identifiers tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from pydantic import BaseModel

from graphsvc.ingest.reading import Problem, Progress, Reading, ReadRow
from graphsvc.model import Actor, Claim, Link, Participation, Record
from graphsvc.resolve.match import Conflict, Matcher
from graphsvc.store.graph_store import GraphStore

M = TypeVar("M", bound=BaseModel)


class Meeting:
    """Reads a file's rows; an actor whose identifiers contradict what is known is left out with a problem."""

    def __init__(self, store: GraphStore) -> None:
        rows = store.identifier_rows()
        self.known_before = frozenset(row["id"] for row in rows)
        self._matcher = Matcher(rows)
        self._alias: dict[str, str] = {}
        self._refused: set[str] = set()

    def rows(self, reading: Reading, progress: Progress | None) -> Iterator[ReadRow | Problem]:
        """Yield what the file's own rows yield, met with the graph."""
        for item in reading.rows(progress):
            if isinstance(item, Problem):
                yield item
                continue
            if item.contact and item.contact.actor in self._refused:
                continue
            for claim in item.says:
                conflict = self._meet(claim)
                if conflict:
                    yield _problem(reading, item.record, conflict)
            yield self._translated(self._without_refused(item))

    def _meet(self, claim: Claim) -> Conflict | None:
        if not isinstance(claim, Actor):
            return None
        answer = self._matcher.resolve(claim)
        if isinstance(answer, Conflict):
            self._refused.add(claim.id)
            return answer
        if answer != claim.id:
            self._alias[claim.id] = answer
        return None

    def _without_refused(self, item: ReadRow) -> ReadRow:
        """Return the row without what it says of a refused actor; later rows may need the rest (a place, a theme)."""
        says = tuple(claim for claim in item.says if self._refused.isdisjoint(_actors_of(claim)))
        if len(says) == len(item.says):
            return item
        return replace(item, says=says, record=item.record.model_copy(update={"actor": None}))

    def _translated(self, item: ReadRow) -> ReadRow:
        if not self._alias:
            return item
        record = self._with_known(item.record, "actor")
        contact = item.contact and self._with_known(item.contact, "actor")
        return replace(item, record=record, says=tuple(self._claim(claim) for claim in item.says), contact=contact)

    def _claim(self, claim: Claim) -> Claim:
        if isinstance(claim, Actor):
            return self._with_known(claim, "id")
        if isinstance(claim, Participation):
            return self._with_known(claim, "actor")
        if isinstance(claim, Link):
            return self._with_known(claim, "actor", "other")
        return claim

    def _with_known(self, model: M, *fields: str) -> M:
        change = {name: self._alias[getattr(model, name)] for name in fields if getattr(model, name) in self._alias}
        return model.model_copy(update=change) if change else model


def _actors_of(claim: Claim) -> tuple[str, ...]:
    """Return the ids of the actors that a claim speaks of."""
    if isinstance(claim, Actor):
        return (claim.id,)
    if isinstance(claim, Participation):
        return (claim.actor,)
    return (claim.actor, claim.other) if isinstance(claim, Link) else ()


def _problem(reading: Reading, record: Record, conflict: Conflict) -> Problem:
    return Problem(
        file=reading.source.name,
        sheet=record.sheet,
        row=record.row,
        column="",
        value="",
        message=conflict.message,
        remedy=conflict.remedy,
    )
