"""A thing is said before it is spoken of: what a change refers to must be in it or in the graph already.

A statement that joins two things finds nothing to join when one is missing, and says nothing: the claim would be lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from graphsvc.errors import InvalidValue
from graphsvc.model import Actor, Claim, Collaboration, Link, Participation, Place, Theme
from graphsvc.store.engine import Engine

_NOUNS: Final = {"actors": "actor", "collaborations": "collaboration", "places": "place", "themes": "theme"}
_AREAS: Final = {Actor: "actors", Collaboration: "collaborations", Place: "places", Theme: "themes"}


def refuse_unknown(claims: Sequence[Claim], engine: Engine) -> None:
    """Raise :class:`InvalidValue` when a claim refers to an id that neither the claims nor the graph describe."""
    described: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if area := _AREAS.get(type(claim)):
            described[area].add(claim.id)
    for area, ids in sorted(mentions(claims).items()):
        open_ = sorted(ids - described[area])
        known = {row["id"] for row in engine.read(f"{area}/known", {"ids": open_})} if open_ else set()
        if missing := [id_ for id_ in open_ if id_ not in known]:
            noun, more = _NOUNS[area], len(missing) - 1
            message = f"Nothing describes the {noun} {missing[0]!r} that is spoken of."
            if more:
                message = f"Nothing describes the {noun} {missing[0]!r} and {more} more that are spoken of."
            remedy = f"Describe each {noun} with its name before, or together with, what refers to it."
            raise InvalidValue(message, remedy=remedy)


def mentions(claims: Iterable[Claim]) -> dict[str, set[str]]:
    """Return the ids that claims refer to, by area."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for area, id_ in _references(claim):
            wanted[area].add(id_)
    return wanted


def _references(claim: Claim) -> Iterator[tuple[str, str]]:
    match claim:
        case Participation():
            yield "actors", claim.actor
            yield "collaborations", claim.collaboration
        case Link():
            yield "actors", claim.actor
            yield "actors", claim.other
        case Actor(place=str(place)):
            yield "places", place
        case Collaboration():
            yield from (("themes", theme) for theme in claim.themes)
        case Place(parent=str(parent)):
            yield "places", parent
        case Theme(parent=str(parent)):
            yield "themes", parent
        case _:
            pass
