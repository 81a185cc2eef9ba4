"""A region's procurements: who buys of whom, for how much as far as is known, and how much of it is innovative.

Money of two currencies is never added. What a supplier is paid is what the claims of one source say together; where
sources name different sums, the amount is disputed and in no sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from graphsvc import facets
from graphsvc.facets import Facet, Innovative
from graphsvc.kinds import Role
from graphsvc.model import Actor, Collaboration, CollaborationKind, Participation, Source, Theme
from graphsvc.regions.ground import Ground
from graphsvc.regions.parties import Party, by_name, parties, role_of, sources

Amounts = tuple[tuple[str, Decimal], ...]
"""Currency and exact sum, by currency."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """A supplier of one procurement, and what it is paid."""

    party: Party
    amounts: Amounts
    """Empty where no source says, or where sources disagree."""
    disputed: tuple[tuple[Source, Amounts], ...]
    """What each source says, where they disagree."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """One procurement."""

    collaboration: Collaboration
    innovative: Innovative | None
    """None where no source says."""
    buyers: tuple[Party, ...]
    suppliers: tuple[Supplied, ...]
    others: tuple[Party, ...]
    """Who takes part, and whether as buyer or supplier nobody says; in no sum."""
    themes: tuple[Theme, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many procurements are innovative, are not, and of how many nobody says."""

    yes: int
    no: int
    unknown: int

    @property
    def share(self) -> float | None:
        """Innovative ones of those of which it is known, 0 to 1; None where it is known of none."""
        known = self.yes + self.no
        return self.yes / known if known else None


@dataclass(frozen=True, slots=True)
class Sums:
    """What payments come to."""

    amounts: Amounts
    known: int
    """Payments (a supplier of a procurement) whose amount is known."""
    unknown: int
    """Payments whose amount nobody says."""
    disputed: int
    """Payments of which sources name different amounts; in no sum."""


@dataclass(frozen=True, slots=True)
class Trader:
    """A buyer or a supplier, with all that it buys or sells."""

    actor: Actor
    purchases: tuple[Collaboration, ...]
    others: tuple[Actor, ...]
    """Of a buyer its suppliers, of a supplier its buyers."""
    sums: Sums
    joint: int
    """Procurements of several buyers: the whole of them is in the sum of each buyer."""
    innovative: Share


@dataclass(frozen=True, slots=True)
class Procurement:
    """The answer of the view."""

    revision: int
    on: date
    purchases: tuple[Purchase, ...]
    """The latest first, then those without a date; one day's by name."""
    buyers: tuple[Trader, ...]
    """Most procurements first."""
    suppliers: tuple[Trader, ...]
    """Most procurements first."""
    several: tuple[Trader, ...]
    """Suppliers of two or more buyers, those of most first."""
    sums: Sums
    innovative: Share
    unknown: Mapping[str, int]
    """What is not known → of how many procurements."""


def make(ground: Ground) -> Procurement:
    """Return the view of a day."""
    procurements = ground.of_kind(CollaborationKind.PROCUREMENT)
    purchases = [_purchase(ground, each, ground.holding_of(each.id)) for each in procurements]
    purchases.sort(key=lambda each: each.collaboration.start or date.min, reverse=True)
    suppliers = _traders(purchases, Role.SUPPLIER)
    several = [each for each in suppliers if len(each.others) > 1]
    return Procurement(
        revision=ground.revision,
        on=ground.on,
        purchases=tuple(purchases),
        buyers=_traders(purchases, Role.BUYER),
        suppliers=suppliers,
        several=tuple(sorted(several, key=lambda each: (-len(each.others), by_name(each.actor)))),
        sums=_sums(paid for each in purchases for paid in each.suppliers),
        innovative=_share(purchases),
        unknown=_unknown(purchases),
    )


def _purchase(ground: Ground, each: Collaboration, claims: Sequence[Participation]) -> Purchase:
    of: dict[Role | None, list[Participation]] = defaultdict(list)
    for claim in claims:
        role = role_of(claim)
        of[role if role in (Role.BUYER, Role.SUPPLIER) else None].append(claim)
    return Purchase(
        collaboration=each,
        innovative=next(iter(facets.words(each.attributes, Facet.INNOVATIVE, Innovative)), None),
        buyers=parties(ground, of[Role.BUYER]),
        suppliers=tuple(_supplied(ground, party, of[Role.SUPPLIER]) for party in parties(ground, of[Role.SUPPLIER])),
        others=parties(ground, of[None]),
        themes=tuple(ground.themes[id_] for id_ in each.themes if id_ in ground.themes),
        sources=sources(ground, claims, each.source),
    )


def _supplied(ground: Ground, party: Party, claims: Iterable[Participation]) -> Supplied:
    said: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for claim in claims:
        if claim.money and claim.actor in party.entries:
            said[claim.source][claim.money.currency] += claim.money.amount
    by_source = {source: tuple(sorted(amounts.items())) for source, amounts in said.items()}
    versions = set(by_source.values())
    if len(versions) <= 1:
        return Supplied(party, next(iter(versions), ()), ())
    return Supplied(party, (), tuple((ground.source(id_), by_source[id_]) for id_ in sorted(by_source)))


def _traders(purchases: Sequence[Purchase], role: Role) -> tuple[Trader, ...]:
    mine: dict[str, list[Purchase]] = defaultdict(list)
    actors: dict[str, Actor] = {}
    for each in purchases:
        for actor in _on_side(each, role):
            actors[actor.id] = actor
            mine[actor.id].append(each)
    found = [_trader(actors[id_], theirs, role) for id_, theirs in mine.items()]
    return tuple(sorted(found, key=lambda each: (-len(each.purchases), by_name(each.actor))))


def _trader(actor: Actor, purchases: Sequence[Purchase], role: Role) -> Trader:
    other = Role.BUYER if role is Role.SUPPLIER else Role.SUPPLIER
    across = {each.id: each for purchase in purchases for each in _on_side(purchase, other)}
    payments = [
        paid
        for purchase in purchases
        for paid in purchase.suppliers
        if role is Role.BUYER or paid.party.actor.id == actor.id
    ]
    return Trader(
        actor=actor,
        purchases=tuple(each.collaboration for each in purchases),
        others=tuple(sorted(across.values(), key=by_name)),
        sums=_sums(payments),
        joint=sum(len(each.buyers) > 1 for each in purchases),
        innovative=_share(purchases),
    )


def _on_side(purchase: Purchase, role: Role) -> tuple[Actor, ...]:
    if role is Role.BUYER:
        return tuple(party.actor for party in purchase.buyers)
    return tuple(paid.party.actor for paid in purchase.suppliers)


def _sums(payments: Iterable[Supplied]) -> Sums:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    known = unknown = disputed = 0
    for paid in payments:
        for currency, amount in paid.amounts:
            sums[currency] += amount
        known += bool(paid.amounts)
        disputed += bool(paid.disputed)
        unknown += not paid.amounts and not paid.disputed
    return Sums(tuple(sorted(sums.items())), known, unknown, disputed)


def _share(purchases: Iterable[Purchase]) -> Share:
    said = [each.innovative for each in purchases]
    return Share(said.count(Innovative.YES), said.count(Innovative.NO), said.count(None))


def _unknown(purchases: Sequence[Purchase]) -> dict[str, int]:
    counts = {
        "buyers": sum(not each.buyers for each in purchases),
        "suppliers": sum(not each.suppliers for each in purchases),
        "amounts": sum(any(not paid.amounts for paid in each.suppliers) for each in purchases),
        "innovative": sum(each.innovative is None for each in purchases),
        "date": sum(each.collaboration.start is None for each in purchases),
        "themes": sum(not each.themes for each in purchases),
        "roles": sum(bool(each.others) for each in purchases),
    }
    return {what: count for what, count in counts.items() if count}
