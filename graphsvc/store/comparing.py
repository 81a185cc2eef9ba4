"""A version of a file held against what the graph keeps of that file: what is new, changed, as before, gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from graphsvc.model import Claim, Link, Participation
from graphsvc.store.descriptions import NOUNS, claim_digest
from graphsvc.store.engine import Row

Thing = tuple[str, str]
"""Noun and id; of participations collaboration and actor."""
Words = dict[Hashable, Hashable]
"""What is said of a thing."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Numbers of things by noun (``actor``, ``theme`` …, ``participation``); a noun that has none is left out."""

    new: Mapping[str, int] = field(default_factory=dict)
    """The file did not describe them before; another may."""
    changed: Mapping[str, int] = field(default_factory=dict)
    unchanged: Mapping[str, int] = field(default_factory=dict)
    gone: Mapping[str, int] = field(default_factory=dict)
    """The file describes them no more; they stay where another one does, or something speaks of them."""


class Comparison:
    """Takes in what a file says, claim by claim. Nothing is kept of the words about things the graph does not know."""

    def __init__(self, stored: Iterable[Row], participations: Iterable[Participation] = ()) -> None:
        self._stored: dict[Thing, Words] = {
            (row["noun"], row["thing"]): dict.fromkeys(set(row["said"].split(";")) - {""}) for row in stored
        }
        for claim in participations:
            self._stored.setdefault(_pair(claim), {}).update([_participation(claim)])
        self._said: dict[Thing, Words] = {}
        self._new: set[Thing] = set()
        self._last: dict[Thing, Claim] = {}

    def add(self, claims: Iterable[Claim]) -> None:
        """Take in what a row says."""
        for claim in claims:
            noun = NOUNS.get(type(claim))
            if isinstance(claim, Participation):
                self._add(_pair(claim), claim)
            elif noun and not isinstance(claim, Link):
                self._add((noun, claim.id), claim)

    def _add(self, thing: Thing, claim: Claim) -> None:
        if thing not in self._stored:
            self._new.add(thing)
        elif self._last.get(thing) != claim:  # most rows repeat what the one before said
            self._last[thing] = claim
            said = self._said.setdefault(thing, {})
            if isinstance(claim, Participation):
                said.update([_participation(claim)])
            else:
                said[claim_digest(claim).rstrip(";")] = None

    def result(self) -> Compared:
        """Return the numbers."""
        same = {thing for thing, words in self._said.items() if words == self._stored[thing]}
        return Compared(
            new=_by_noun(self._new),
            changed=_by_noun(self._said.keys() - same),
            unchanged=_by_noun(same),
            gone=_by_noun(self._stored.keys() - self._said.keys()),
        )


def compared(before: Iterable[Claim], after: Iterable[Claim]) -> Compared:
    """Return how one version of a file differs from the version before, from all that each says."""
    said: dict[Thing, list[str]] = {}
    partners = []
    for claim in before:
        noun = NOUNS.get(type(claim))
        if isinstance(claim, Participation):
            partners.append(claim)
        elif noun and not isinstance(claim, Link):
            said.setdefault((noun, claim.id), []).append(claim_digest(claim))
    rows = [{"noun": noun, "thing": id_, "said": "".join(words)} for (noun, id_), words in said.items()]
    comparison = Comparison(rows, partners)
    comparison.add(after)
    return comparison.result()


def _pair(claim: Participation) -> Thing:
    """Return the pair that a participation is about: another role or sum changes it, another actor is another pair."""
    return "participation", f"{claim.collaboration} {claim.actor}"


def _participation(claim: Participation) -> tuple[Hashable, Hashable]:
    """Return what makes a participation another claim → all else it says; the row that says so may move."""
    money = (claim.money.amount, claim.money.currency) if claim.money else None
    return claim.key, (claim.start, claim.end, money, tuple(sorted(claim.attributes.items())))


def _by_noun(things: Iterable[Thing]) -> dict[str, int]:
    return dict(sorted(Counter(noun for noun, _ in things).items()))
