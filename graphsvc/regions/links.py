"""Who would link two groups of actors that have no project in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Final

SHOWN: Final = 5
"""Actors that are told for each two groups."""


@dataclass(frozen=True, slots=True)
class Linking:
    """An actor that would link two groups."""

    actor: str
    in_both: bool
    knows: int
    """Of one that is in one group only: actors of the other with whom it works somewhere. Of one in both: 0."""


class Links:
    """Who works with whom somewhere, looked up as it is asked."""

    def __init__(self, members: Mapping[str, Set[str]], by_name: Callable[[Iterable[str]], tuple[str, ...]]) -> None:
        """``members``: collaboration → its actors; ``by_name`` puts actors in order."""
        self._members, self._by_name = members, by_name
        self._of: dict[str, list[str]] = defaultdict(list)
        for id_, actors in members.items():
            for actor in actors:
                self._of[actor].append(id_)
        self._partners: dict[str, frozenset[str]] = {}

    def between(self, a: Set[str], b: Set[str]) -> tuple[Linking, ...]:
        """Return the best :data:`SHOWN`: who is in both groups, then who works with most of the other, then by name."""
        both = [Linking(actor, True, 0) for actor in self._by_name(a & b)]
        others = [
            Linking(actor, False, len(self._works_with(actor) & (b if actor in a else a)))
            for actor in self._by_name(a ^ b)
        ]
        knowing = sorted((each for each in others if each.knows), key=lambda each: -each.knows)
        return (*both, *knowing)[:SHOWN]

    def _works_with(self, actor: str) -> frozenset[str]:
        if actor not in self._partners:
            found = {other for id_ in self._of[actor] for other in self._members[id_]}
            self._partners[actor] = frozenset(found - {actor})
        return self._partners[actor]
