"""A version of a file held against what the graph keeps of that file: what is new, changed, as before, gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graphsvc.model import Claim
from graphsvc.store.descriptions import NOUNS, claim_digest
from graphsvc.store.engine import Row

Thing = tuple[str, str]
"""Noun and id."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Numbers of things by noun (``actor``, ``theme`` …); a noun that has none is left out."""

    new: Mapping[str, int] = field(default_factory=dict)
    """The file did not describe them before; another may."""
    changed: Mapping[str, int] = field(default_factory=dict)
    unchanged: Mapping[str, int] = field(default_factory=dict)
    gone: Mapping[str, int] = field(default_factory=dict)
    """The file describes them no more; they stay where another one does, or something speaks of them."""


class Comparison:
    """Takes in what a file says, claim by claim."""

    def __init__(self, stored: Iterable[Row]) -> None:
        self._stored = {(row["noun"], row["thing"]): set(row["said"].split(";")) - {""} for row in stored}
        self._said: dict[Thing, set[str]] = {}
        self._last: dict[Thing, Claim] = {}

    def add(self, claims: Iterable[Claim]) -> None:
        """Take in what a row says."""
        for claim in claims:
            noun = NOUNS.get(type(claim))
            if noun is None:
                continue
            thing = (noun, claim.id)
            said = self._said.setdefault(thing, set())
            # Only what the graph knows is compared word by word; most rows repeat what the one before said.
            if thing in self._stored and self._last.get(thing) != claim:
                self._last[thing] = claim
                said.add(claim_digest(claim).rstrip(";"))

    def result(self) -> Compared:
        """Return the numbers."""
        known = self._said.keys() & self._stored.keys()
        same = {thing for thing in known if self._said[thing] == self._stored[thing]}
        return Compared(
            new=_by_noun(self._said.keys() - known),
            changed=_by_noun(known - same),
            unchanged=_by_noun(same),
            gone=_by_noun(self._stored.keys() - known),
        )


def _by_noun(things: Iterable[Thing]) -> dict[str, int]:
    return dict(sorted(Counter(noun for noun, _ in things).items()))
