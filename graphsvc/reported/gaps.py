"""Gaps and missing partnerships as findings: what, why, the strongest reason against, and what can be done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graphsvc.analysis.gaps import GapKind
from graphsvc.render.report_content import Block, Column, Finding, Findings, Section, Table, Text
from graphsvc.reported.facts import Facts
from graphsvc.spotted import GapTold
from graphsvc.wording import number, say

ALONE: Final = (GapKind.BROKER, GapKind.DOOR, GapKind.UNTIED, GapKind.APART)
"""The kinds of the section on brokers and doors, in its order."""
MOST: Final = {GapKind.UNTIED: 3, GapKind.APART: 3}
"""Findings of a kind that are told; of other kinds all that the service lists."""
_MOST: Final = 5
REASONS: Final = 4
"""Reasons of a gap that are told, the strongest first; the workbook has all."""
_APART: Final = " · "


def section(facts: Facts) -> Section:
    """Return who holds others together alone, and who stands alone."""
    blocks: list[Block] = [Text(facts.say("note.brokers"))]
    for kind in ALONE:
        blocks += findings(facts, kind)
    if len(blocks) == 1:
        blocks = [Text(facts.say("none.gaps"))]
    return Section("brokers", facts.say("section.brokers"), tuple(blocks))


def findings(facts: Facts, kind: GapKind) -> Iterator[Findings]:
    """Yield the gaps of a kind, where there are any."""
    told = [each for each in facts.gaps_told if each.kind is kind][: MOST.get(kind, _MOST)]
    if told:
        found = facts.gaps.found[kind]
        note = facts.say(
            "note.found", n=found, count=number(found, facts.language), shown=number(len(told), facts.language)
        )
        if kind is GapKind.DOOR:
            note += " " + say("gaps", "method.hub", facts.language, hub=f"{facts.gaps.numbers['hub']:.0f}")
        coverage = kind is GapKind.COVERAGE
        title = facts.say("table.gaps") if coverage else say("gaps", f"kind.{kind.value}", facts.language)
        yield Findings(kind.value, title, tuple(_finding(rank, each) for rank, each in enumerate(told, 1)), note)


def missing_section(facts: Facts) -> Section:
    """Return the missing partnerships with their evidence."""
    title = facts.say("section.missing")
    if not facts.told:
        return Section("missing", title, (Text(facts.say("none.missing")),))
    note = facts.say("note.missing", candidates=number(facts.missing.candidates, facts.language))
    items = tuple(
        Finding(
            rank=each.rank,
            title=facts.say("change.pair", a=each.a_name, b=each.b_name),
            reasons_for=each.reasons_for,
            reason_against=next(iter(each.reasons_against), ""),
        )
        for each in facts.told
    )
    return Section("missing", title, (Text(note), Findings("pairs", title, items)))


def missing_table(facts: Facts) -> Table:
    """Return the missing partnerships as a table, with all their reasons."""
    keys = ("actor", "other", "rank", "for", "against")
    columns = tuple(Column(facts.say(f"column.{key}"), numbers=key == "rank") for key in keys)
    rows = tuple(
        (each.a_name, each.b_name, each.rank, _APART.join(each.reasons_for), _APART.join(each.reasons_against))
        for each in facts.told
    )
    return Table("missing", facts.say("table.missing"), columns, rows)


def gaps_table(facts: Facts) -> Table:
    """Return the gaps that the service lists, of every kind, as a table."""
    keys = ("what", "kind", "rank", "for", "against", "advice")
    columns = tuple(Column(facts.say(f"column.{key}"), numbers=key == "rank") for key in keys)
    rows = tuple(
        (
            each.title,
            say("gaps", f"kind.{each.kind.value}", facts.language),
            each.rank,
            _APART.join(each.reasons_for),
            _APART.join(each.reasons_against),
            each.advice,
        )
        for each in facts.gaps_told
    )
    return Table("gaps", facts.say("table.gaps"), columns, rows)


def _finding(rank: int, told: GapTold) -> Finding:
    return Finding(
        rank=rank,
        title=told.title,
        reasons_for=told.reasons_for[:REASONS],
        reason_against=next(iter(told.reasons_against), ""),
        advice=told.advice,
    )
