"""The section on who works on what: the matrix of themes by sectors, and the worst gaps in it."""

from __future__ import annotations

from collections.abc import Iterator

from graphsvc.analysis.coverage import Coverage, Standing
from graphsvc.analysis.gap_wording import coverage_method, group_name
from graphsvc.analysis.gaps import GapKind
from graphsvc.analysis.results import Noun, Ref
from graphsvc.render.report_content import Amount, Block, Cell, Column, Mark, Section, Table, Text
from graphsvc.render.report_words import MARKS
from graphsvc.reported import gaps
from graphsvc.reported.facts import Facts
from graphsvc.wording import say

_MARKS = {Standing.EMPTY: Mark.EMPTY, Standing.THIN: Mark.THIN, Standing.ENOUGH: Mark.NONE}


def section(facts: Facts) -> Section:
    """Return the matrix by sectors, and the gaps of coverage."""
    title = facts.say("section.coverage")
    if not facts.coverage.themes:
        return Section("coverage", title, (Text(facts.say("none.coverage")),))
    blocks: list[Block] = [Text(facts.say("note.coverage")), matrix(facts, facts.coverage, "coverage")]
    blocks += gaps.findings(facts, GapKind.COVERAGE)
    return Section("coverage", title, tuple(blocks))


def matrix(facts: Facts, found: Coverage, id_: str) -> Table:
    """Return the number of actors on each theme, from each group."""
    names = [group_name(found.by, group, facts.language, facts.name_of) for group in found.groups]
    columns = (Column(facts.say("column.theme")), *(Column(name, numbers=True) for name in names))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            facts.name_of(Ref(Noun.THEME, theme)),
            *(_cell(found, theme, group) for group in found.groups),
        )
        for theme in found.themes
    )
    regular = len([group for group in found.groups if group])
    signs = {"empty": MARKS[Mark.EMPTY], "thin": MARKS[Mark.THIN]}
    note = facts.say("note.marks", **signs, method=coverage_method(found.threshold, regular, facts.language))
    return Table(id_, facts.say(f"table.{id_}"), columns, rows, note)


def cells(facts: Facts, found: Coverage, id_: str = "cells") -> Table:
    """Return who is in each cell, one a row."""
    keys = ("theme", "group", "standing")
    columns = (
        *(Column(facts.say(f"column.{key}")) for key in keys),
        Column(facts.say("figure.actors"), numbers=True),
        Column(facts.say("column.who")),
    )
    return Table(id_, facts.say("table.cells"), columns, tuple(_rows(facts, found)))


def _rows(facts: Facts, found: Coverage) -> Iterator[tuple[Cell, ...]]:
    for each in found.cells:
        names = ", ".join(facts.name_of(Ref(Noun.ACTOR, id_)) for id_ in each.actors)
        group = group_name(found.by, each.group, facts.language, facts.name_of)
        standing = say("gaps", f"standing.{each.standing}", facts.language)
        yield facts.name_of(Ref(Noun.THEME, each.theme)), group, standing, len(each.actors), names or None


def _cell(found: Coverage, theme: str, group: str) -> Amount:
    cell = found.cell(theme, group)
    return Amount(float(len(cell.actors)), mark=_MARKS[cell.standing])
