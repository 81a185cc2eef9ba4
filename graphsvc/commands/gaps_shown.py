"""Gaps and coverage as text for people, and as values for machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Column, Table

from graphsvc import console
from graphsvc.analysis.coverage import Cell, Coverage, Standing
from graphsvc.analysis.gap_wording import coverage_method, group_name
from graphsvc.analysis.gaps import GapKind, Gaps
from graphsvc.analysis.reasons import NameOf
from graphsvc.analysis.results import Noun, Ref
from graphsvc.spotted import GapTold
from graphsvc.wording import say

_BESIDE: Final = 8
"""Groups that have room beside one another; more are shown one below the other, with numbered themes."""
_MARK: Final = {Standing.EMPTY: "[red]–[/]", Standing.THIN: "[yellow]{n} ![/]", Standing.ENOUGH: "{n}"}


def gaps_json(found: Gaps, told: Sequence[GapTold]) -> dict[str, Any]:
    """Return a list of gaps for machines, in words and with their evidence."""
    lines = [{**console.plain(words), "evidence": console.plain(gap.evidence)} for gap, words in _both(found, told)]
    about = {"found": found.found, "numbers": found.numbers, "left_out": found.left_out}
    return {"revision": found.revision, **console.plain(about), "gaps": lines}


def _both(found: Gaps, told: Sequence[GapTold]) -> list[tuple[Any, GapTold]]:
    return list(zip(found.gaps, told, strict=True))


def show_gaps(found: Gaps, told: Sequence[GapTold], language: str) -> None:
    """Print gaps by kind, with reasons for and against and who should meet."""
    out = console.out()
    for kind, number in found.found.items():
        name = say("gaps", f"kind.{kind.value}", language)
        out.print(f"\n[bold]{name}[/] ({number})", highlight=False)
        if kind is GapKind.DOOR:
            out.print(say("gaps", "method.hub", language, hub=f"{found.numbers['hub']:.0f}"), highlight=False)
        if kind is GapKind.PARTICIPANT:
            counted = {each: f"{found.numbers[each]:.0f}" for each in ("collaborations", "participants")}
            out.print(say("gaps", "method.inside", language, **counted), highlight=False)
        for each in told:
            if each.kind is kind:
                _show_gap(each)
    out.print(f"\nRevision {found.revision}.", highlight=False)
    left = [f"{reason.replace('_', ' ')} {number}" for reason, number in found.left_out.items()]
    if left:
        out.print(f"Collaborations left out: {', '.join(left)}.", highlight=False)


def _show_gap(each: GapTold) -> None:
    out = console.out()
    out.print(f"[bold]{each.rank}. {escape(each.title)}[/]  ({each.score:.3f})", highlight=False)
    if each.advice:
        out.print(f"   → {escape(each.advice)}", highlight=False)
    for sign, sentences in (("+", each.reasons_for), ("−", each.reasons_against)):
        for sentence in sentences:
            out.print(f"   {sign} {escape(sentence)}", highlight=False)


def coverage_json(found: Coverage, language: str, name_of: NameOf) -> dict[str, Any]:
    """Return a matrix for machines."""
    return {
        "revision": found.revision,
        "by": found.by,
        "groups": {id_: group_name(found.by, id_, language, name_of) for id_ in found.groups},
        "themes": {id_: name_of(Ref(Noun.THEME, id_)) for id_ in found.themes},
        "sizes": found.sizes,
        "threshold": console.plain(found.threshold),
        "cells": console.plain(found.cells),
    }


def show_coverage(found: Coverage, language: str, name_of: NameOf, *, named: bool) -> None:
    """Print the matrix: numbers of actors, – for nobody, ! for too few; ``named``: then who they are."""
    out = console.out()
    groups = {id_: group_name(found.by, id_, language, name_of) for id_ in found.groups}
    themes = {id_: name_of(Ref(Noun.THEME, id_)) for id_ in found.themes}
    out.print(_beside(found, groups, themes) if len(groups) <= _BESIDE else _below(found, groups, themes))
    if len(groups) > _BESIDE:
        for number, name in enumerate(themes.values(), 1):
            out.print(f"{number:>3} {escape(name)}", highlight=False)
    if named:
        for cell in found.cells:
            if cell.actors:
                who = ", ".join(escape(name_of(Ref(Noun.ACTOR, id_))) for id_ in cell.actors)
                out.print(
                    f"[bold]{escape(themes[cell.theme])} · {escape(groups[cell.group])}[/]: {who}", highlight=False
                )
    regular = [id_ for id_ in found.groups if id_]
    standings = [cell.standing for cell in found.cells if cell.group]
    counted = ", ".join(f"{say('gaps', f'standing.{each}', language)} {standings.count(each)}" for each in Standing)
    out.print(f"{counted}. {coverage_method(found.threshold, len(regular), language)}", highlight=False)
    out.print(f"Revision {found.revision}.", highlight=False)


def _beside(found: Coverage, groups: dict[str, str], themes: dict[str, str]) -> Table:
    """Return themes below one another, groups beside one another."""
    columns = [
        Column(f"{escape(name)} ({found.sizes[id_]})", justify="right", max_width=22) for id_, name in groups.items()
    ]
    table = Table(Column("", max_width=52), *columns, box=SIMPLE)
    for theme, name in themes.items():
        table.add_row(escape(name), *(_mark(found.cell(theme, group)) for group in groups))
    return table


def _below(found: Coverage, groups: dict[str, str], themes: dict[str, str]) -> Table:
    """Return groups below one another, numbered themes beside one another."""
    table = Table("", *(Column(str(number), justify="right") for number in range(1, len(themes) + 1)), box=SIMPLE)
    for group, name in groups.items():
        cells = (_mark(found.cell(theme, group)) for theme in themes)
        table.add_row(f"{escape(name)} ({found.sizes[group]})", *cells)
    return table


def _mark(cell: Cell) -> str:
    if not cell.group and not cell.actors:
        return ""
    return _MARK[cell.standing].format(n=len(cell.actors))
