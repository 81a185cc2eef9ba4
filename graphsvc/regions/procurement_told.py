"""The view of procurements as tables in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from graphsvc.regions.procurement import Amounts, Procurement, Purchase, Trader
from graphsvc.render.answer_tables import AnswerTable, Cell
from graphsvc.wording import say

_TABLE = "procurement"
_PURCHASE = ("procurement", "date", "buyers", "supplier", "amount", "currency", "disputed", "innovative", "themes")
_TRADER = ("number", "partners", "currency", "sum", "known", "unknown", "disputed", "joint")
_SHARE = ("innovative", "not_innovative", "innovative_unknown")


def tables(found: Procurement, language: str) -> tuple[AnswerTable, ...]:
    """Return the procurements, a row for each supplier; buyers and suppliers, a row for each currency."""
    word = partial(say, _TABLE, language=language)
    columns = tuple(word(f"column.{key}") for key in (*_PURCHASE, "sources"))
    purchases = [row for each in found.purchases for row in _rows(each, language)]
    return (
        AnswerTable(word("sheet.procurements"), columns, purchases),
        *(
            AnswerTable(
                word(f"sheet.{sheet}"),
                tuple(word(f"column.{key}") for key in (first, *_TRADER, *_SHARE)),
                [row for each in traders for row in _trader(each)],
            )
            for sheet, first, traders in (
                ("buyers", "buyer", found.buyers),
                ("suppliers", "supplier", found.suppliers),
                ("several", "supplier", found.several),
            )
        ),
    )


def _rows(each: Purchase, language: str) -> list[list[Cell]]:
    first: list[Cell] = [each.collaboration.name, each.collaboration.start]
    first.append("; ".join(buyer.actor.name for buyer in each.buyers) or None)
    last: list[Cell] = [
        say("kinds", f"innovative.{each.innovative}", language) if each.innovative else None,
        "; ".join(theme.in_language(language) for theme in each.themes) or None,
        "; ".join(source.name for source in each.sources) or None,
    ]
    rows: list[list[Cell]] = []
    for paid in each.suppliers:
        said = "; ".join(f"{source.name}: {amounts_text(amounts)}" for source, amounts in paid.disputed) or None
        rows.extend([*first, paid.party.actor.name, *money, said, *last] for money in _money(paid.amounts))
    return rows or [[*first, None, None, None, None, *last]]


def _trader(each: Trader) -> list[list[Cell]]:
    sums, share = each.sums, each.innovative
    start: list[Cell] = [each.actor.name, len(each.purchases), "; ".join(other.name for other in each.others) or None]
    rest = [sums.known, sums.unknown, sums.disputed, each.joint, share.yes, share.no, share.unknown]
    return [[*start, currency, amount, *rest] for amount, currency in _money(sums.amounts)]


def _money(amounts: Amounts) -> Sequence[tuple[Decimal | None, str | None]]:
    """Return each amount with its currency; one line of nothing where there is none."""
    return [(amount, currency) for currency, amount in amounts] or [(None, None)]


def amounts_text(amounts: Amounts) -> str:
    """Return exact amounts as they are: ``10.50 EUR + 3.00 SEK``."""
    return " + ".join(f"{amount:.2f} {currency}" for currency, amount in amounts)
