"""A report for machines: its sentences, key figures, findings and tables as JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from graphsvc.render.report_content import Amount, Cell, Findings, KeyFigures, Points, Report, Section, Table, Text
from graphsvc.render.report_words import tables_of


def as_json(report: Report) -> dict[str, Any]:
    """Return what a report says: numbers as numbers, days as ISO 8601, pictures left to the page."""
    return {
        "title": report.title,
        "language": report.language,
        "subtitle": report.subtitle,
        "caption": report.caption,
        "summary": list(report.summary),
        "figures": [
            {
                "id": each.id,
                "name": each.name,
                **{name: _number(getattr(each, name)) for name in ("value", "before", "after", "change")},
                "meaning": each.meaning,
                "misleads": each.misleads,
            }
            for section in report.sections
            for block in section.blocks
            if isinstance(block, KeyFigures)
            for each in block.items
        ],
        "sections": [_section(each) for each in report.sections],
        "tables": [_table(each) for each in tables_of(report)],
        "foot": report.foot,
        "about": report.record.about,
        "day": report.record.day.isoformat(),
        "revision": report.revision,
    }


def _section(section: Section) -> dict[str, Any]:
    texts: list[str] = []
    for block in section.blocks:
        if isinstance(block, Text):
            texts.append(block.text)
        elif isinstance(block, Points):
            texts.extend(block.items)
    return {
        "id": section.id,
        "title": section.title,
        "texts": texts,
        "findings": [
            {"id": block.id, "title": block.title, "note": block.note, "items": [asdict(each) for each in block.items]}
            for block in section.blocks
            if isinstance(block, Findings)
        ],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": table.title,
        "columns": [column.title for column in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "note": table.note,
    }


def _cell(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Amount):
        return _number(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def _number(amount: Amount | None) -> int | float | None:
    if amount is None:
        return None
    whole = not amount.digits and float(amount.value).is_integer()
    return int(amount.value) if whole else amount.value
