"""A typed name resolved to actors: "TAU", "Tampere University", a slip of the pen. By names only; no place is known."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from graphsvc.identifiers import fold
from graphsvc.model import Actor, Ground
from graphsvc.resolve import grounds, names
from graphsvc.resolve.comparing import Likeness, compare
from graphsvc.resolve.profiles import Borne, borne
from graphsvc.resolve.scoring import PRIOR

_LOOKED_AT: Final = 60
_ALIKE: Final = 60.0
"""Least likeness of two keys, in per cent, that is looked at."""
_LEAST: Final = 0.3
_SHOWN, _OTHER, _FORMER, _SHORT, _MOST = 1.0, 0.99, 0.97, 0.98, 0.95
"""Scores of a name that is written the same, by what it is to the actor; and of one that is not, at most."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An actor that may be meant."""

    actor: str
    """Its id."""
    score: float
    """0 to 1; 1 where the name that is shown is written so, but for capitals and diacritics."""
    grounds: tuple[Ground, ...]


class NameIndex:
    """Actors by their names. Built once per revision: work and memory grow with the names."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._entries: dict[str, Borne] = {}
        self._written: dict[str, dict[str, tuple[float, str]]] = defaultdict(dict)
        self._keys: dict[str, list[str]] = defaultdict(list)
        for actor in sorted(actors, key=lambda each: each.id):
            self._add(borne(actor))
        self._texts = sorted(self._keys)

    def with_instead(self, gone: Iterable[str], actors: Iterable[Actor]) -> NameIndex:
        """Return the index without the actors of the ids ``gone``, and with others: as if built of what is left.

        It shares with this one, which stays as it is, all that the names of these actors do not touch.
        """
        made = copy(self)
        made._entries = dict(self._entries)
        made._written, made._keys = defaultdict(dict, self._written), defaultdict(list, self._keys)
        old = [made._entries.pop(id_) for id_ in sorted({*gone} & self._entries.keys())]
        new = [borne(actor) for actor in sorted(actors, key=lambda each: each.id)]
        written = {key for entry in (*old, *new) for key, _ in _written(entry)}
        keys = {key for entry in (*old, *new) for key in _keys(entry)}
        without = {entry.id for entry in old}
        for key in written:  # what is touched is this index's own
            made._written[key] = {id_: it for id_, it in made._written[key].items() if id_ not in without}
        for key in keys:
            made._keys[key] = [id_ for id_ in made._keys[key] if id_ not in without]
        for entry in new:
            made._add(entry)
        for key in written:
            if not made._written[key]:
                del made._written[key]
        for key in keys:
            made._keys[key].sort()
            if not made._keys[key]:
                del made._keys[key]
        made._texts = sorted(made._keys)
        return made

    def _add(self, entry: Borne) -> None:
        self._entries[entry.id] = entry
        for key, said in _written(entry):
            self._written[key].setdefault(entry.id, said)
        for text in _keys(entry):
            self._keys[text].append(entry.id)

    def find(self, text: str, limit: int = 10) -> tuple[Hit, ...]:
        """Return the actors that ``text`` may mean, the likeliest first, then by id; none where nothing is like it.

        Takes some ten milliseconds with 35 000 names.
        """
        found = {hit.actor: hit for hit in self._exact(text)}
        asked = names.parse(text)
        for id_ in self._near(asked):
            if id_ not in found and (hit := self._like(asked, self._entries[id_])):
                found[id_] = hit
        return tuple(sorted(found.values(), key=lambda hit: (-hit.score, hit.actor))[:limit])

    def meant(self, text: str) -> str | None:
        """Return the id of the one actor that ``text`` means, or None where none or several come into question."""
        hits = self.find(text, 2)
        sure = bool(hits) and hits[0].score >= _MOST and (len(hits) == 1 or hits[0].score > hits[1].score)
        return hits[0].actor if sure else None

    def _exact(self, text: str) -> Iterator[Hit]:
        for key in dict.fromkeys((fold(text), names.abbreviated(text))):
            for id_, (score, written) in self._written.get(key, {}).items():
                if score == _SHORT:
                    yield Hit(id_, score, _said("abbreviation", abbreviation=written, written=self._shown(id_)))
                else:
                    yield Hit(id_, score, _said("same_name", a=text, b=written))

    def _near(self, asked: names.ParsedName) -> list[str]:
        """Return the ids of actors with a name nearly like this one, in their words' order of the alphabet."""
        wanted = {asked.key, _sorted(asked)} - {""}
        rows = [
            process.extract(text, self._texts, scorer=fuzz.ratio, limit=_LOOKED_AT, score_cutoff=_ALIKE)
            for text in sorted(wanted)
        ]
        return list(dict.fromkeys(id_ for near in rows for text, _, _ in near for id_ in self._keys[text]))

    def _shown(self, id_: str) -> str:
        return self._entries[id_].shown

    def _like(self, asked: names.ParsedName, entry: Borne) -> Hit | None:
        """Score a name that is not written the same, as if asked in the actor's own town."""
        match = max((compare(asked, name) for name in entry.names), key=grounds.name_points)
        points = grounds.name_points(match)
        score = min(_MOST, 1 / (1 + math.exp(-PRIOR - 2.5 - points)))
        if match.likeness is not Likeness.SAME:
            score = min(score, _MOST - 0.01)
        if score < _LEAST:
            return None
        ground = _said(grounds.NAMED[match.likeness], a=match.a.text, b=match.b.text)
        return Hit(entry.id, round(score, 4), ground)


def _written(entry: Borne) -> Iterator[tuple[str, tuple[float, str]]]:
    """Yield what an entry is found by as it is written, with the score and the text."""
    for place, name in enumerate(entry.names):
        score = _SHOWN if place == 0 else _FORMER if name.text in entry.former else _OTHER
        yield fold(name.text), (score, name.text)
    for key, text in entry.abbreviations.items():
        yield key, (_SHORT, text)


def _keys(entry: Borne) -> Iterator[str]:
    """Yield what a name that is nearly like one of an entry's is compared with."""
    for name in entry.names:
        yield from {name.key, _sorted(name)}


def _sorted(name: names.ParsedName) -> str:
    """Return the words as written, in the order of the alphabet."""
    return " ".join(sorted(name.written.values()))


def _said(kind: str, **values: str | float) -> tuple[Ground, ...]:
    return (Ground(kind=kind, supports=True, values=values),)
