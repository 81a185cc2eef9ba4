"""Which attributes of a network file's nodes and links are its own: those that nothing else was read from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from graphsvc.ingest.attributes import MAX_ATTRIBUTES, MAX_TEXT, attribute_name, is_personal
from graphsvc.ingest.columns import header_fold, specs
from graphsvc.ingest.grid import fault_in
from graphsvc.ingest.heading_words import is_role
from graphsvc.ingest.ties import Values, is_word
from graphsvc.model import Attributes

_KEYS: Final = frozenset({"id", "key", "vertex", "node", "source id", "target id"})
_READ_OF_TIES: Final = ("source", "target", "relation", "label", "direction", "year", "start", "end")
_DRAWN: Final = ("viz.", "graphics.", "graphics ")
"""How a program drew a node or a link: of use in that program only; it stays in the record."""
_ENDS: Final = ("actor", "collaboration")


@dataclass(slots=True)
class OwnAttributes:
    """Takes the attributes that are a file's own, and remembers which there were, for one note at the end."""

    actors: dict[str, None] = field(default_factory=dict)
    collaborations: dict[str, None] = field(default_factory=dict)
    participations: dict[str, None] = field(default_factory=dict)
    beyond: dict[str, None] = field(default_factory=dict)
    """Attributes of which some text was too long, or one too many."""
    repeated: int = 0
    """Rows whose attributes stay in their records, since several rows are one collaboration."""

    def of_actor(self, given: Values, read: Collection[str], called: Collection[str]) -> Attributes:
        """Return those of a node but those that were ``read``, and its id and name (``called``)."""
        return self._taken(given, _node_titles(tuple(given)), read, called, self.actors)

    def of_collaboration(self, given: Values, called: Collection[str]) -> Attributes:
        """Return those of a node of the second mode, or of a link between two actors."""
        return self._taken(given, _tie_titles(tuple(given)), (), called, self.collaborations)

    def of_participation(self, given: Values, read: Collection[str], called: Collection[str]) -> Attributes:
        """Return those of a link between an actor and a collaboration but what its row says of the actor (``read``)."""
        return self._taken(given, _tie_titles(tuple(given)), read, called, self.participations)

    def _taken(
        self,
        given: Values,
        titles: tuple[tuple[str, str, bool], ...],
        read: Collection[str],
        called: Collection[str],
        told: dict[str, None],
    ) -> Attributes:
        kept: Attributes = {}
        for title, name, names_it in titles:
            text = given[title].strip()
            if not text or title in read or (names_it and text in called) or fault_in(text):
                continue
            if len(text) > MAX_TEXT or len(kept) >= MAX_ATTRIBUTES:
                self.beyond[name] = None
            else:
                kept[name] = text
                told[name] = None
        return kept


@lru_cache(maxsize=256)
def _node_titles(titles: tuple[str, ...]) -> tuple[tuple[str, str, bool], ...]:
    """Return title, name of the attribute, and whether it may be no more than the node's id or name."""
    return tuple(
        (title, attribute_name(title), _is_key(title) or is_word(title, "node", "name") or _is_end(title))
        for title in titles
        if not _is_passed_over(title) and not is_word(title, "node", "mode")
    )


@lru_cache(maxsize=256)
def _tie_titles(titles: tuple[str, ...]) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (title, attribute_name(title), _is_end(title))
        for title in titles
        if not _is_passed_over(title)
        and not _is_key(title)
        and not any(is_word(title, "tie", key) for key in _READ_OF_TIES)
    )


def _is_passed_over(title: str) -> bool:
    return title.lower().startswith(_DRAWN) or is_personal(title) or not attribute_name(title)


def _is_key(title: str) -> bool:
    return header_fold(title) in _KEYS


def _is_end(title: str) -> bool:
    """Tell whether a title may be that of the column in which an actor or a collaboration is named."""
    folded = header_fold(title)
    for table, keys in (("participations", _ENDS), ("actors", ("name",))):
        if any(folded in column.aliases for column in specs()[table].columns if column.key in keys):
            return True
    return is_role(title) or any(is_word(title, "affiliation", key) for key in _ENDS)
