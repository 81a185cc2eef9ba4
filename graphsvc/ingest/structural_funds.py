"""The lists of projects of the Finnish structural funds (rakennerahastot.fi): one project a row, with who carries it
out and which authority grants the money.

Older lists hold commas inside fields without quotes. Such a row is put together from what can't be mistaken — the two
dates in the middle, the amounts at the end, the one-digit priority (Tl) before the authority — and named as mended; a
row where that is ambiguous is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from graphsvc import identifiers
from graphsvc.ingest import places, values
from graphsvc.ingest.attributes import bounded
from graphsvc.ingest.columns import header_fold
from graphsvc.ingest.csvfile import CsvGrid
from graphsvc.ingest.grid import Grid, GridRow, as_text, fault_in
from graphsvc.ingest.partner_lists import PartnerBook, PartnerRow, days
from graphsvc.ingest.reading import Problem, Progress, ReadRow, Severity
from graphsvc.model import Claim, Collaboration, CollaborationKind, Source

_CODE, _FUND, _PRIORITY, _AUTHORITY = "Koodi", "Rahasto", "Tl", "Viranomainen"
_STATE: Final = ("Toiminnan tila", "Tila")
_START, _END, _IMPLEMENTER = "Aloituspvm", "Päättymispvm", "Toteuttajan nimi"
_GRANTED: Final = "Myönnetty EU- ja valtion rahoitus"
_NAMES: Final = ("Projektin nimi", "Hankkeen nimi")
_PART: Final = "Ohjelma / osio"
_TELLING: Final = (_CODE, _FUND, _AUTHORITY, _START, _IMPLEMENTER)
_READ: Final = frozenset({_CODE, _FUND, _START, _END, _IMPLEMENTER, _GRANTED, _PART, *_NAMES})
"""Columns of which more is made than attributes of the project."""
_FUNDS: Final = {"EAKR": "EAKR (ERDF)", "ESR": "ESR (ESF)"}
_DAY: Final = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
_AMOUNT: Final = re.compile(r"-?\d+(?:\.\d+)?")
_LETTERS: Final = re.compile(r"[^\W\d_]")
_CODE_FORM: Final = re.compile(r"[A-Z]+\d+")


def is_structural_funds(grid: Grid, header: Sequence[str]) -> bool:
    """Tell whether a table is such a list."""
    titles = {header_fold(title) for title in header}
    return isinstance(grid, CsvGrid) and all(header_fold(title) in titles for title in _TELLING)


class StructuralFundsReading:
    """One project and one actor that carries it out a row; the authority is an attribute of the project.

    As an actor the authority would be a hub of thousands of projects that it grants money to and takes no part in.
    """

    format = "Finnish structural funds, list of projects"

    def __init__(self, path: Path, grid: CsvGrid, *, fingerprint: str) -> None:
        self.source = Source(
            id=f"rakennerahastot-{identifiers.slug(path.name.split('.')[0])}",
            name=f"rakennerahastot.fi: {path.name}",
            address="https://rakennerahastot.fi/",
            publisher="Työ- ja elinkeinoministeriö",
            terms="Public list of beneficiaries. It may name sole traders: do not publish their names.",
        )
        self.fingerprint = fingerprint
        self._grid = grid

    def rows(self, progress: Progress | None = None) -> Iterator[ReadRow | Problem]:
        """See :class:`graphsvc.ingest.reading.Reading`. ``progress`` is called with rows."""
        book = PartnerBook(self.source.id)
        mended: list[int] = []
        titles: list[str] = []
        done = 0
        for row in self._grid.rows():
            if isinstance(row, Problem):
                yield row
            elif not titles:
                titles = [as_text(cell).strip().rstrip(";") for cell in row.cells]
            else:
                if len(_without_tail([as_text(cell) for cell in row.cells])) > len(titles):
                    mended.append(row.number)
                yield from _read(self._grid, titles, row, book)
                done += 1
                if progress and done % 500 == 0:
                    progress(done, 0)
        if mended:
            yield _summary(self._grid, mended)
        if progress:
            progress(done, done)


def _summary(grid: CsvGrid, mended: list[int]) -> Problem:
    message = (
        f"In {len(mended):,} rows (the first: {', '.join(map(str, mended[:3]))}) commas inside a field are not quoted;"
        " the fields were told apart by dates, amounts, priority."
    )
    remedy = "Use the list with quotes where there is one; rows that stayed unclear are named above."
    return Problem(grid.file, grid.name, None, "", "", message, remedy, Severity.WARNING)


def _read(grid: CsvGrid, titles: list[str], row: GridRow, book: PartnerBook) -> Iterator[ReadRow | Problem]:
    cells = [as_text(cell).strip() for cell in row.cells]
    at = PartnerRow(grid.file, grid.name, row.number, {})
    fields = _fields(titles, cells)
    if fields is None:
        at.values = {"row": ",".join(cells)[:1000]}
        at.note(
            "row",
            f"The row has {len(cells)} cells, the header {len(titles)}, and which comma separates can't be told.",
            "Put text that holds commas in quotes.",
            Severity.ERROR,
        )
        yield from at.problems
        return
    at.values = {title: text for title, text in fields.items() if text}
    if fault := next(filter(None, map(fault_in, at.values.values())), ""):
        at.note("", fault, "Type the text anew, or shorten it.", Severity.ERROR)
    claims, actor, project = _claims(at, book)
    yield from at.problems
    if not any(problem.severity is Severity.ERROR for problem in at.problems):
        yield book.row(at, claims, actor, project)


def _claims(row: PartnerRow, book: PartnerBook) -> tuple[list[Claim], str | None, str | None]:
    code, implementer = row.get(_CODE), row.get(_IMPLEMENTER)
    if not _CODE_FORM.fullmatch(code):
        row.note(_CODE, f"{code!r} is not the code of a project.", "Write it as S10324 or A70301.", Severity.ERROR)
        return [], None, None
    if not any(character.isalpha() for character in implementer):
        message = "There is no name of an organisation."
        if implementer:
            message = f"{implementer!r} is not the name of an organisation."
        row.note(_IMPLEMENTER, message, "Fill in who carries the project out.", Severity.ERROR)
        return [], None, None
    start, end = days(row, _START, _END)
    money = row.read(_GRANTED, values.amount)
    id_ = f"rr-{code.lower()}"
    name = next(filter(None, map(row.get, _NAMES)), code)
    programme = ", ".join(filter(None, (_FUNDS.get(row.get(_FUND), row.get(_FUND)), row.get(_PART))))

    def made(source: str) -> Collaboration:
        return Collaboration(
            id=id_,
            name=name[:2000],
            kind=CollaborationKind.PROJECT,
            start=start,
            end=end,
            programme=programme or None,
            source=source,
            attributes=bounded((title, text) for title, text in row.values.items() if title not in _READ)[0],
        )

    finland = [places.country("FI")]
    actor = f"rr-{identifiers.slug(implementer)}"
    claims = [*book.project(made, id_), *book.actor(actor, implementer, finland)]
    claims += book.participation(actor, id_, "toteuttaja", money)
    return claims, actor, id_


def _fields(titles: list[str], cells: list[str]) -> dict[str, str] | None:
    """Return title → text. Cells behind the last title are empty; a row with other commas is put together."""
    whole = len(cells) == len(titles) or _only_tail(cells, titles)
    behind = cells[titles.index(_IMPLEMENTER) + 1 : len(titles)]
    if whole and _DAY.fullmatch(cells[titles.index(_START)]) and not any(_LETTERS.search(cell) for cell in behind):
        return dict(zip(titles, cells, strict=False))
    return _mended(titles, _without_tail(cells))


def _only_tail(cells: list[str], titles: list[str]) -> bool:
    return len(cells) > len(titles) and not any(cell.strip(";") for cell in cells[len(titles) :])


def _without_tail(cells: list[str]) -> list[str]:
    kept = [cell.rstrip(";") for cell in cells]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _mended(titles: list[str], cells: list[str]) -> dict[str, str] | None:
    """Put a row together around its dates, amounts and priority; None where one of them is not alone."""
    dates = [at for at in range(len(cells) - 1) if _DAY.fullmatch(cells[at]) and _DAY.fullmatch(cells[at + 1])]
    amounts = titles[titles.index(_IMPLEMENTER) + 1 :]
    if len(dates) != 1 or len(cells) < len(amounts) or not all(map(_AMOUNT.fullmatch, cells[-len(amounts) :])):
        return None
    start = dates[0]
    has_part = _PART in titles
    # the priority is one digit; the name (and the programme's part) stand before it, the authority behind it
    priorities = [at for at in range(3 + has_part, start - 2) if re.fullmatch(r"\d", cells[at])]
    behind = cells[start + 2 : -len(amounts)]
    if len(priorities) != 1 or not behind:
        return None
    at = priorities[0]
    name = next(title for title in _NAMES if title in titles)
    state = next(title for title in _STATE if title in titles)
    fields = {
        _CODE: cells[0],
        _FUND: cells[1],
        name: ", ".join(cells[2 : at - has_part]),
        _PRIORITY: cells[at],
        _AUTHORITY: ", ".join(cells[at + 1 : start - 1]),
        state: cells[start - 1],
        _START: cells[start],
        _END: cells[start + 1],
        _IMPLEMENTER: ", ".join(behind),
        **dict(zip(amounts, cells[-len(amounts) :], strict=True)),
    }
    return fields | ({_PART: cells[at - 1]} if has_part else {})
