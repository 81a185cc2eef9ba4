"""Which known actor an incoming one is: by exact identifiers, never by name, and never by guessing between two.

A Finnish VAT number is the business id written another way (``FI28445618`` is ``2844561-8``). Other VAT numbers are no
evidence: one VAT group may hold several organisations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphsvc.model import Actor

Identifier = tuple[str, str]
"""Scheme and value, e.g. ``("business_id", "2844561-8")``."""

_SCHEMES: Final = {
    "business_id": "business id",
    "ror": "ROR id",
    "isni": "ISNI",
    "pic": "PIC",
    "wikidata": "Wikidata item",
}
"""Identifiers that tell a body, strongest first: registers of bodies, of research organisations, and of names; the EU
portal's, where one body may have several; and Wikidata's, which anybody may write and which may mean a building too."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """The identifiers of an incoming actor don't point at one known actor; a person must decide."""

    actor: str
    """Id of the incoming actor."""
    known: tuple[str, ...]
    """Ids of the known actors it might be, sorted."""
    reasons: tuple[str, ...]
    """What points where, in words."""

    @property
    def message(self) -> str:
        """Say what contradicts what."""
        return f"The identifiers of {self.actor!r} contradict what is known: {'; '.join(self.reasons)}."

    @property
    def remedy(self) -> str:
        """Say what a person can do."""
        return "Correct the identifiers; say on the sheet Links how bodies hang together (same body as, succeeded by)."


class Matcher:
    """Known actors by identifier. ``rows`` hold ``id``, ``vat`` and the identifiers that tell a body; None if absent.

    Where two known actors share an identifier already, it points at both.
    """

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._known: dict[str, dict[str, str]] = {}
        self._owners: dict[Identifier, set[str]] = {}
        for row in rows:
            identifiers = dict(_identifiers(row))
            self._known[row["id"]] = identifiers
            for identifier in identifiers.items():
                self._owners.setdefault(identifier, set()).add(row["id"])

    def resolve(self, actor: Actor) -> str | Conflict:
        """Return the id the actor is known by, its own id when it is new, or why that can't be told.

        An actor whose own id is known is that one; its identifiers may change, but may not be another's.
        """
        pointed = self._pointed(actor)
        own = {actor.id} if actor.id in self._known else set()
        candidates = sorted(own | {id_ for ids in pointed.values() for id_ in ids})
        if len(candidates) > 1:
            return Conflict(actor.id, tuple(candidates), tuple(self._reasons(actor, pointed)))
        if not candidates:
            return actor.id
        found = candidates[0]
        against = [] if own else self._against(actor, found, pointed)
        return Conflict(actor.id, (found,), tuple(against)) if against else found

    def _pointed(self, actor: Actor) -> dict[Identifier, list[str]]:
        """Return which known actors each identifier points at; one that the actor itself has points at it alone."""
        pointed = {}
        for identifier in _identifiers_of(actor):
            owners = self._owners.get(identifier)
            if owners:
                pointed[identifier] = [actor.id] if actor.id in owners else sorted(owners)
        return pointed

    def _reasons(self, actor: Actor, pointed: Mapping[Identifier, list[str]]) -> Iterator[str]:
        if actor.id in self._known:
            yield f"its id is that of {actor.id!r}"
        for (scheme, value), ids in pointed.items():
            yield f"its {_SCHEMES[scheme]}, {value}, is that of {', '.join(map(repr, ids))}"

    def _against(self, actor: Actor, found: str, pointed: Mapping[Identifier, list[str]]) -> list[str]:
        """Return why the one actor pointed at is not it: a stronger identifier than those that agree differs."""
        ranks = list(_SCHEMES)
        strongest = min(ranks.index(scheme) for scheme, _ in pointed)
        reasons = []
        for scheme, value in _identifiers_of(actor):
            known = self._known[found].get(scheme)
            if known and known != value and ranks.index(scheme) < strongest:
                reasons.append(f"its {_SCHEMES[scheme]} is {value}, that of {found!r} is {known}")
        return [*self._reasons(actor, pointed), *reasons] if reasons else []


def _identifiers_of(actor: Actor) -> list[Identifier]:
    return _identifiers({scheme: getattr(actor, scheme) for scheme in (*_SCHEMES, "vat")})


def _identifiers(row: Mapping[str, Any]) -> list[Identifier]:
    """Return the identifiers that tell a body, strongest first, each scheme once."""
    found: dict[str, str] = {scheme: row[scheme] for scheme in _SCHEMES if row.get(scheme)}
    vat = row.get("vat") or ""
    if "business_id" not in found and vat.startswith("FI") and len(vat) == 10 and vat[2:].isdigit():
        found["business_id"] = f"{vat[2:9]}-{vat[9]}"
    return [(scheme, found[scheme]) for scheme in _SCHEMES if scheme in found]
