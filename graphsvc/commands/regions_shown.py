"""How region views look at the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Column, Table

from graphsvc import console
from graphsvc.regions.views import VIEWS, RegionAnswer
from graphsvc.regions.views import tables as tables_of
from graphsvc.render.answer_tables import AnswerTable, Cell
from graphsvc.wording import day, number, say

__all__ = ["show", "show_list", "tables_of"]


def show_list(language: str, *, as_json: bool) -> None:
    """Print which region views there are."""
    listed = [(key, say(key, "page.title", language), say(key, "page.lead", language)) for key in VIEWS]
    if as_json:
        console.print_json([{"key": key, "name": name, "about": about} for key, name, about in listed])
        return
    table = Table("View", Column("", max_width=30), Column("", max_width=90), box=SIMPLE)
    for row in listed:
        table.add_row(*map(escape, row))
    console.out().print(table)


def show(view: str, found: RegionAnswer, tables: Sequence[AnswerTable], language: str) -> None:
    """Print a view's tables; of one without rows, that nothing is known."""
    out = console.out()
    out.print(f"[bold]{escape(say(view, 'page.title', language))}[/], {day(found.on, language)}")
    for each in tables:
        if not each.rows:
            out.print(f"{escape(each.name)}: {escape(say('regions', 'page.nothing_known', language))}")
            continue
        table = Table(*map(escape, each.columns), title=escape(each.name), title_justify="left", box=SIMPLE)
        for row in each.rows:
            table.add_row(*(escape(_text(cell, language)) for cell in row))
        out.print(table)


def _text(cell: Cell, language: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return say("regions", f"page.{'yes' if cell else 'no'}", language)
    if isinstance(cell, date):
        return day(cell, language)
    if isinstance(cell, str):
        return cell
    return (
        number(cell, language, 2)
        if isinstance(cell, Decimal)
        else number(cell, language, 0 if isinstance(cell, int) else 1)
    )
