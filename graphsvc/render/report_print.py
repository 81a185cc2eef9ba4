"""A report on paper: its content as a tagged PDF by typst, the same bytes for the same content.

All of the content goes to the template as JSON and is set as text; nothing is built as markup (:mod:`.typeset`). What
is decided here is only what a template can't measure: how wide columns are, and where long words may break.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from graphsvc.render.charts import chart_svg
from graphsvc.render.letters import fitted, width_of
from graphsvc.render.plain import plain
from graphsvc.render.report_content import (
    Block,
    Cell,
    Chart,
    Drawing,
    Findings,
    KeyFigures,
    Points,
    Report,
    Table,
    Terms,
    Text,
)
from graphsvc.render.report_words import MARKS, mark_of, shown
from graphsvc.render.typeset import check_typesetting, typeset
from graphsvc.wording import say

TEMPLATE: Final = "report.typ"
WORDS: Final = ("contents", "page", "for", "against", "misleads", "no_value")
LYING_FROM: Final = 9
"""Tables of so many columns stand on pages that lie."""
_WIDEST: Final = 190.0
"""Points that a column gets at most when a page is shared out: longer texts take more lines."""
_WORD: Final = 90.0
"""Points up to which the longest word of a cell keeps its column wide."""
_INSET: Final = 9.0
"""Points beside the text of a cell."""
_ROOM: Final = {False: 480.0, True: 750.0}
"""Points across a page that stands, and one that lies."""
_RUNNING: Final = 400.0
"""Points of the lines that stand above and below each page."""
_SIZE: Final = 8.0
_LONG_WORD: Final = re.compile(r"\S{32,}")
_PIECE: Final = 16
"""Letters after which a word too long for any line may break."""

Files = dict[str, str]


def check_report_print() -> None:
    """Raise :class:`InvalidValue` where what writes PDF is not installed."""
    check_typesetting("A report as PDF", "Or write .html or .xlsx, which need nothing.")


def print_report(report: Report) -> bytes:
    """Return a report as PDF, A4. Errors: those of :func:`check_report_print`."""
    check_report_print()
    files: Files = {}
    said = {
        "title": _text(report.title),
        "subtitle": _text(report.subtitle),
        "caption": _text(report.caption),
        "summary": [_text(each) for each in report.summary],
        "foot": _text(report.foot),
        "running": {"title": _running(report.title), "foot": _running(report.foot)},
        "language": report.language,
        "words": {key: say("paper", f"report.{key}", report.language) for key in WORDS},
        "sections": [
            {"title": _text(section.title), "blocks": [_block(each, report.language, files) for each in section.blocks]}
            for section in report.sections
        ],
    }
    return typeset(TEMPLATE, {"report.json": json.dumps(said, ensure_ascii=False), **files})


def _block(block: Block, language: str, files: Files) -> dict[str, Any]:
    """Return a block as the template reads it; pictures go into ``files``."""
    if isinstance(block, Text):
        return {"is": "text", "text": _text(block.text)}
    if isinstance(block, Points):
        return {"is": "points", "items": [_text(each) for each in block.items]}
    if isinstance(block, Table):
        return {"is": "table", **_table(block, language)}
    if isinstance(block, Chart):
        picture = _picture(chart_svg(block, language), block.alternative, files)
        return {"is": "chart", "title": _text(block.title), **picture, "table": _table(block.table, language)}
    if isinstance(block, Drawing):
        picture = _picture(block.svg, block.alternative, files)
        return {"is": "drawing", "title": _text(block.title), **picture, "note": _text(block.note)}
    return _OTHERS[type(block)](block, language)


def _figures(block: KeyFigures, language: str) -> dict[str, Any]:
    items = [
        {
            "name": _text(each.name),
            "value": _text(shown(each.value, language)) if each.value else "",
            "said": _text(each.said),
        }
        for each in block.items
    ]
    return {"is": "figures", "items": items}


def _findings(block: Findings, language: str) -> dict[str, Any]:
    items = [
        {
            "rank": shown(each.rank, language),
            "title": _text(each.title),
            "for": [_text(reason) for reason in each.reasons_for],
            "against": _text(each.reason_against),
            "advice": _text(each.advice),
        }
        for each in block.items
    ]
    return {"is": "findings", "title": _text(block.title), "items": items, "note": _text(block.note)}


def _terms(block: Terms, _: str) -> dict[str, Any]:
    items = [
        {"name": _text(each.name), "meaning": _text(each.meaning), "misleads": _text(each.misleads)}
        for each in block.items
    ]
    return {"is": "terms", "items": items}


_OTHERS: Final[Mapping[type[Block], Callable[[Any, str], dict[str, Any]]]] = {
    KeyFigures: _figures,
    Findings: _findings,
    Terms: _terms,
}


def _table(table: Table, language: str) -> dict[str, Any]:
    rows = [[_cell(cell, language) for cell in row] for row in table.rows]
    titles = [_text(column.title) for column in table.columns]
    lying = len(table.columns) >= LYING_FROM
    widths = _widths(titles, rows, _ROOM[lying])
    return {
        "title": _text(table.title),
        "columns": [
            {"title": title, "numbers": column.numbers, "width": width}
            for title, column, width in zip(titles, table.columns, widths, strict=True)
        ],
        "rows": rows,
        "note": _text(table.note),
        "lying": lying,
    }


def _cell(cell: Cell, language: str) -> dict[str, str]:
    mark = mark_of(cell)
    return {"text": _text(shown(cell, language)), "mark": mark.value, "sign": MARKS[mark]}


def _widths(titles: Sequence[str], rows: Sequence[Sequence[Mapping[str, str]]], room: float) -> list[float]:
    """Return how wide columns are: as their longest text where there is room, else no narrower than a word."""
    least, most = [], []
    for column, title in enumerate(titles):
        texts = [f"{row[column]['sign']} {row[column]['text']}".strip() for row in rows]
        words = [width_of(word, _SIZE) for text in texts for word in text.split()]
        heads = [width_of(word, _SIZE, bold=True) for word in title.split()]
        least.append(_INSET + max(heads + [min(width, _WORD) for width in words], default=0.0))
        most.append(max(least[-1], _INSET + min(_WIDEST, max((width_of(text, _SIZE) for text in texts), default=0.0))))
    if sum(most) > room:
        spare, wanted = room - sum(least), sum(most) - sum(least)
        share = max(0.0, spare) / wanted if wanted else 0.0
        widths = [low + share * (high - low) for low, high in zip(least, most, strict=True)]
        most = [width * min(1.0, room / sum(widths)) for width in widths]
    return [round(width, 1) for width in most]


def _picture(svg: str | bytes, alternative: str, files: Files) -> dict[str, str]:
    name = f"picture-{len(files) + 1}.svg"
    files[name] = svg if isinstance(svg, str) else svg.decode()
    return {"file": name, "alternative": _text(alternative)}


def _running(text: str) -> str:
    return fitted(" ".join(plain(text).split()), _SIZE - 1, _RUNNING)


def _text(text: str) -> str:
    """Return a text that any page can hold; words that are longer than a line may break.

    >>> _text("a\\x00b"), len(_text("x" * 40))
    ('ab', 42)
    """
    return _LONG_WORD.sub(lambda word: "\N{ZERO WIDTH SPACE}".join(_pieces(word[0])), plain(text))


def _pieces(word: str) -> list[str]:
    return [word[at : at + _PIECE] for at in range(0, len(word), _PIECE)]
