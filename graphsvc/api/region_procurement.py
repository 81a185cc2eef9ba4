"""The region view of procurements over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Final

from pydantic import Field

from graphsvc.api import forms, schemas
from graphsvc.api.contract import JSON, Asked, Endpoints
from graphsvc.api.problems import Answered
from graphsvc.api.region_environments import PartyGiven, parties_given
from graphsvc.api.regions import (
    CSV,
    XLSX,
    RegionGiven,
    RegionParameters,
    SourceNamed,
    ThemeRef,
    collaboration_ref,
    in_form,
    source_named,
    theme_ref,
)
from graphsvc.api.sending import Answer
from graphsvc.facets import Innovative
from graphsvc.regions.procurement import Amounts, Procurement, Purchase, Share, Sums, Supplied, Trader

procurement = Endpoints("Region views")
VIEW: Final = "procurement"


class AmountsSaid(Answered):
    """What one source says, where sources disagree."""

    source: SourceNamed
    amounts: tuple[schemas.Money, ...]


class SuppliedGiven(Answered):
    """A supplier of a procurement, and what it is paid."""

    supplier: PartyGiven
    amounts: tuple[schemas.Money, ...] = Field(description="Exact; empty where not known or disputed.")
    disputed: tuple[AmountsSaid, ...] = Field(description="What each source says, where they disagree.")


class PurchaseGiven(Answered):
    """A procurement."""

    procurement: schemas.CollaborationRef
    start: date | None
    end: date | None
    innovative: Innovative | None = Field(description="Null where no source says.")
    buyers: tuple[PartyGiven, ...]
    suppliers: tuple[SuppliedGiven, ...]
    others: tuple[PartyGiven, ...] = Field(description="Who takes part in an unclear role; in no sum.")
    themes: tuple[ThemeRef, ...]
    sources: tuple[SourceNamed, ...]


class SumsGiven(Answered):
    """What payments come to, one sum for each currency."""

    amounts: tuple[schemas.Money, ...]
    known: int = Field(description="Payments whose amount is known.")
    unknown: int = Field(description="Payments whose amount no source says.")
    disputed: int = Field(description="Payments of which sources name different amounts; in no sum.")


class ShareGiven(Answered):
    """How many procurements are innovative."""

    yes: int
    no: int
    unknown: int
    share: float | None = Field(description="Of those of which it is known, 0 to 1; null where it is known of none.")


class TraderGiven(Answered):
    """A buyer or a supplier."""

    actor: schemas.ActorRef
    procurements: tuple[schemas.CollaborationRef, ...]
    other_side: tuple[schemas.ActorRef, ...] = Field(description="Of a buyer its suppliers, of a supplier its buyers.")
    sums: SumsGiven
    joint: int = Field(description="Procurements of several buyers; each buyer's sum holds the whole of them.")
    innovative: ShareGiven


class ProcurementGiven(RegionGiven):
    """Procurements of a region."""

    procurements: tuple[PurchaseGiven, ...]
    buyers: tuple[TraderGiven, ...]
    suppliers: tuple[TraderGiven, ...]
    suppliers_of_several: tuple[TraderGiven, ...] = Field(description="Suppliers of two or more buyers.")
    sums: SumsGiven
    innovative: ShareGiven
    unknown: dict[str, int] = Field(description="What is not known, and of how many procurements.")


@procurement.endpoint(
    "/api/v1/regions/procurement",
    RegionParameters,
    {JSON: ProcurementGiven, CSV: None, XLSX: None},
    example={"lang": "fi"},
)
def get_procurement(asked: Asked[RegionParameters]) -> Answer:
    """Get the procurements of the region.

    Who buys what of whom, for how much, and whether it was innovative. None of it counts as working together in any
    network, unless `together` asks for procurements.
    """
    found: Procurement = asked.service.region(VIEW, asked.parameters.as_of)
    if other := in_form(asked, VIEW, found):
        return other
    answer = ProcurementGiven(
        procurements=tuple(_purchase(each, asked.language) for each in found.purchases),
        buyers=tuple(map(_trader, found.buyers)),
        suppliers=tuple(map(_trader, found.suppliers)),
        suppliers_of_several=tuple(map(_trader, found.several)),
        sums=_sums(found.sums),
        innovative=_share(found.innovative),
        unknown=dict(found.unknown),
        on=found.on,
        language=asked.language,
        revision=found.revision,
    )
    return Answer(answer, found.revision)


def _purchase(each: Purchase, language: str) -> PurchaseGiven:
    return PurchaseGiven(
        procurement=collaboration_ref(each.collaboration),
        start=each.collaboration.start,
        end=each.collaboration.end,
        innovative=each.innovative,
        buyers=parties_given(each.buyers),
        suppliers=tuple(map(_supplied, each.suppliers)),
        others=parties_given(each.others),
        themes=tuple(theme_ref(theme, language) for theme in each.themes),
        sources=tuple(map(source_named, each.sources)),
    )


def _supplied(paid: Supplied) -> SuppliedGiven:
    (party,) = parties_given((paid.party,))
    disputed = tuple(
        AmountsSaid(source=source_named(source), amounts=_money(amounts)) for source, amounts in paid.disputed
    )
    return SuppliedGiven(supplier=party, amounts=_money(paid.amounts), disputed=disputed)


def _trader(each: Trader) -> TraderGiven:
    return TraderGiven(
        actor=forms.actor_ref(each.actor),
        procurements=tuple(map(collaboration_ref, each.purchases)),
        other_side=tuple(map(forms.actor_ref, each.others)),
        sums=_sums(each.sums),
        joint=each.joint,
        innovative=_share(each.innovative),
    )


def _money(amounts: Amounts) -> tuple[schemas.Money, ...]:
    return tuple(schemas.Money(amount=amount, currency=currency) for currency, amount in amounts)


def _sums(sums: Sums) -> SumsGiven:
    return SumsGiven(amounts=_money(sums.amounts), known=sums.known, unknown=sums.unknown, disputed=sums.disputed)


def _share(share: Share) -> ShareGiven:
    return ShareGiven(yes=share.yes, no=share.no, unknown=share.unknown, share=share.share)
