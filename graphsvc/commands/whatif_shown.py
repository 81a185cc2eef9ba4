"""What would change, and the introductions that help most: as text for people and as values for machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Column, Table

from graphsvc import console
from graphsvc.analysis import whatif_told
from graphsvc.analysis.results import Ref
from graphsvc.analysis.whatif import WhatIf
from graphsvc.analysis.whatif_told import Figure, tell, tell_gains, tell_plan, touched
from graphsvc.network import Network
from graphsvc.supposing import Budget, Introductions
from graphsvc.wording import say


@dataclass(frozen=True, slots=True)
class Shown:
    """In which language it is told, and the network that has the names of themes and places."""

    language: str
    network: Network

    def name_of(self, ref: Ref) -> str:
        """Return the name of a theme or place."""
        return self.network.name_of(ref, self.language)


def what_if_json(found: WhatIf, shown: Shown) -> dict[str, Any]:
    """Return it for machines, with the sentences."""
    return {"told": tell(found, shown.language, shown.name_of), **console.plain(found)}


def introductions_json(found: Introductions, shown: Shown, budget: Budget) -> dict[str, Any]:
    """Return them for machines, with the sentences."""
    together = what_if_json(found.together, shown) if found.together else None
    told = tell_plan(found.plan, budget.introductions, shown.language)
    return {"told": told, **console.plain(found), "share": found.plan.share, "together": together}


def show_what_if(found: WhatIf, shown: Shown) -> None:
    """Print what would change in sentences, then the numbers now and then."""
    out = console.out()
    for sentence in tell(found, shown.language, shown.name_of):
        out.print(escape(sentence), highlight=False)
    out.print(
        _table(say("whatif", "label.number", shown.language), whatif_told.figures(found.outcome, shown.language), shown)
    )
    if rows := touched(found, shown.language):
        out.print(_actors(rows, shown.language))


def show_introductions(found: Introductions, shown: Shown, budget: Budget) -> None:
    """Print the introductions with what each brings, how good the choice is, and what they change together."""
    out, language = console.out(), shown.language
    if found.plan.chosen:
        out.print(f"[bold]{say('whatif', 'label.introductions', language)}[/]", highlight=False)
    local = bool(shown.network.view.place)
    for number, each in enumerate(found.plan.chosen, start=1):
        pair = f"{found.names[each.a]} – {found.names[each.b]}"
        out.print(f"[bold]{number}. {escape(pair)}[/]", highlight=False)
        for sentence in tell_gains(each, found.names, language, shown.name_of, place=local):
            out.print(f"   + {escape(sentence)}", highlight=False)
    for sentence in tell_plan(found.plan, budget.introductions, language):
        out.print(escape(sentence), highlight=False)
    if found.together:
        out.print()
        show_what_if(found.together, shown)


def _table(title: str, rows: Sequence[Figure], shown: Shown) -> Table:
    now, then = (say("whatif", f"label.{name}", shown.language) for name in ("now", "then"))
    table = Table(Column(title, min_width=36), Column(now, justify="right"), Column(then, justify="right"), box=SIMPLE)
    for each in rows:
        table.add_row(each.label, each.now, f"[bold]{each.then}[/]" if each.moved else each.then)
    return table


def _actors(rows: Sequence[tuple[str, Sequence[Figure]]], language: str) -> Table:
    """Return one line for each actor; the names are text from data, the hypothetical ones from whoever asks."""
    table = Table(Column(say("whatif", "label.actor", language), max_width=44), box=SIMPLE)
    for each in next((figures for _, figures in rows if figures), ()):
        table.add_column(each.label, justify="right")
    for name, figures in rows:
        table.add_row(escape(name), *(f"{each.now} → {each.then}" if each.moved else each.now for each in figures))
    return table
