"""What a publisher hides, taken out of a report before anything is made of it: the same profile as for a map.

The map in a report is redacted as every map is. All else is words: whatever names someone or something hidden goes,
and what can't stand without it goes with it. Numbers stay those of the whole network.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from graphsvc.errors import InvalidValue
from graphsvc.render.redaction import Concealed, Field, Names
from graphsvc.render.report_content import Block, Cell, Finding, Findings, Points, Report, Section, Table, Text

_HELD_BY: Final = {Field.SUGGESTIONS: {"missing"}, Field.SOURCES: {"sources"}, Field.THEMES: {"cells", "cells-areas"}}
"""Field → ids of the sections and tables that it fills."""
_ABOUT_THEMES: Final = {"coverage", "apart"}
"""Findings that tell who works on which theme."""


def without(report: Report, concealed: Concealed) -> Report:
    """Return the report without what is hidden.

    :class:`InvalidValue` where the author's own words, title or caption, name someone hidden.
    """
    names, fields = concealed.names, concealed.fields
    for where, text in (("title", report.title), ("caption", report.caption)):
        if name := names.first_in(text):
            raise InvalidValue(
                f"The {where} names {name!r}, which is hidden: {text!r}.", remedy="Write it without.", field=where
            )
    gone = {id_ for field in fields for id_ in _HELD_BY.get(field, ())}
    hider = _Hider(names, fields, gone)
    record = replace(report.record, suggestions=()) if Field.SUGGESTIONS in fields else report.record
    return replace(
        report,
        summary=hider.sentences(report.summary),
        sections=tuple(hider.section(each) for each in report.sections if each.id not in gone),
        annex=tuple(hider.table(each) for each in report.annex if each.id not in gone),
        record=record,
    )


class _Hider:
    """Takes what is hidden out of parts of a report."""

    def __init__(self, names: Names, fields: frozenset[Field], gone: set[str]) -> None:
        self._names = names
        self._fields = fields
        self._gone = gone

    def sentences(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Return the sentences that name nobody hidden."""
        return tuple(text for text in texts if not self._names.first_in(text))

    def section(self, section: Section) -> Section:
        """Return a section with the blocks that are left of it."""
        return replace(section, blocks=tuple(self._blocks(section)))

    def table(self, table: Table) -> Table:
        """Return a table without the rows that are about someone hidden; other cells are emptied."""
        return replace(table, rows=tuple(self._rows(table)))

    def _blocks(self, section: Section) -> Iterator[Block]:
        for block in section.blocks:
            if isinstance(block, Text) and self._names.first_in(block.text):
                continue
            if isinstance(block, Points):
                yield Points(self.sentences(block.items))
            elif isinstance(block, Table):
                if block.id not in self._gone:
                    yield self.table(block)
            elif isinstance(block, Findings):
                if not (Field.THEMES in self._fields and block.id in _ABOUT_THEMES):
                    yield replace(block, items=tuple(self._findings(block)))
            else:
                yield block

    def _rows(self, table: Table) -> Iterator[tuple[Cell, ...]]:
        for row in table.rows:
            hidden = [isinstance(cell, str) and bool(self._names.first_in(cell)) for cell in row]
            # Whoever or whatever names a row is in its first two columns: one of a pair may be the second.
            if not any(hidden[:2]):
                yield tuple(None if gone else cell for cell, gone in zip(row, hidden, strict=True))

    def _findings(self, block: Findings) -> Iterator[Finding]:
        rank = 0
        for each in block.items:
            reasons = self.sentences(each.reasons_for)
            if self._names.first_in(each.title) or not reasons:
                continue
            rank += 1
            against = "" if Field.REASONS_AGAINST in self._fields else each.reason_against
            yield replace(
                each,
                rank=rank,
                reasons_for=reasons,
                reason_against="" if self._names.first_in(against) else against,
                advice="" if self._names.first_in(each.advice) else each.advice,
            )
