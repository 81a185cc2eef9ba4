"""A report as a file: the page, print, a workbook of its tables, or all of its content as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal

from graphsvc.errors import InvalidValue
from graphsvc.render.answer_tables import AnswerTable, workbook
from graphsvc.render.charts import check_charts
from graphsvc.render.report_content import Findings, Points, Report, Text
from graphsvc.render.report_json import as_json
from graphsvc.render.report_page import render_report
from graphsvc.render.report_words import as_answer, tables_of
from graphsvc.wording import say

ReportForm = Literal["html", "pdf", "xlsx", "json"]
MEDIA_TYPES: Final[Mapping[ReportForm, str]] = {
    "html": "text/html",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
_NO_SHEET: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST: Final = 31
"""Characters that the name of a sheet may have."""


def check_report_form(form: ReportForm) -> None:
    """Raise :class:`InvalidValue` where what writes this form is not installed."""
    if form in ("html", "pdf"):
        check_charts()
    if form == "pdf":
        _printer()


def report_file(report: Report, form: ReportForm) -> bytes:
    """Return a report as a file; the same report gives the same bytes. Errors: those of :func:`check_report_form`."""
    if form == "html":
        return render_report(report).encode()
    if form == "pdf":
        return _printer()(report)
    return report_workbook(report) if form == "xlsx" else json.dumps(as_json(report), ensure_ascii=False).encode()


def report_workbook(report: Report) -> bytes:
    """Return all tables of a report, and its sentences on the first sheet, as a workbook."""
    about = AnswerTable(_sheet(report.title, set()), ("", ""), [list(row) for row in _said(report)])
    taken = {about.name.casefold()}
    sheets = [about]
    for table in tables_of(report):
        made = as_answer(table)
        name = _sheet(table.title, taken)
        taken.add(name.casefold())
        sheets.append(AnswerTable(name, made.columns, made.rows))
    return workbook(sheets)


def _said(report: Report) -> Iterator[tuple[str, str]]:
    yield report.title, report.subtitle
    if report.caption:
        yield "", report.caption
    for sentence in report.summary:
        yield say("report", "title.summary", report.language), sentence
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Text):
                yield section.title, block.text
            elif isinstance(block, Points):
                yield from ((section.title, item) for item in block.items)
            elif isinstance(block, Findings) and block.note:
                yield f"{section.title}: {block.title}", block.note
    yield "", report.foot


def _sheet(title: str, taken: set[str]) -> str:
    """Return a name for a sheet that Excel takes and that no other has."""
    name = _NO_SHEET.sub(" ", title)[:_LONGEST].strip() or "1"
    number = 2
    while name.casefold() in taken:
        name = f"{name[: _LONGEST - 3].strip()} {number}"
        number += 1
    return name


def _printer() -> Callable[[Report], bytes]:
    try:
        from graphsvc.render.report_print import check_report_print, print_report
    except ImportError as error:
        raise InvalidValue(
            "A report can't be written as PDF here.", remedy="Write .html and print that.", field="format"
        ) from error
    check_report_print()
    return print_report
