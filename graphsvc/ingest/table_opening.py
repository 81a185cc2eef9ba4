"""Which reader tables get — the sheets of a workbook, CSV files — by their headers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol

from graphsvc.errors import UnknownFormat, UnreadableFile
from graphsvc.ingest import guard
from graphsvc.ingest.columns import specs, table_by_header, table_for
from graphsvc.ingest.cordis import CordisReading, is_cordis, without_partners
from graphsvc.ingest.csvfile import CsvGrid
from graphsvc.ingest.grid import Grid, as_text, first_row
from graphsvc.ingest.interreg import InterregReading, is_interreg
from graphsvc.ingest.mapped import MappedReading
from graphsvc.ingest.mapping import SURE, Mapping
from graphsvc.ingest.own import OwnReading
from graphsvc.ingest.reading import Problem, Progress, Reading, ReadRow
from graphsvc.ingest.recognising import named, recognise, says_more
from graphsvc.ingest.sheet_network import sheet_network
from graphsvc.ingest.streams import fingerprint
from graphsvc.ingest.structural_funds import StructuralFundsReading, is_structural_funds
from graphsvc.ingest.tie_reading import NetworkReading
from graphsvc.model import Source

KNOWN: Final = (
    "Known are: an Excel workbook (.xlsx) made from our template, the same tables as CSV files (one, a folder or a"
    " zip of them), CORDIS files as published, and network files of other tools (GraphML, GEXF, GML, Pajek, UCINET DL,"
    " Kumu, NodeXL, Onodo, VOSviewer, node-link JSON, a list of links)."
)
_OURS: Final = frozenset({"actors", "collaborations", "participations"})
"""Tables of ours without which a file is not ours: others tools have a sheet Relations, too."""


class TablesReader(Protocol):
    """What opens tables: :func:`grids_reading`, by a mapping, or for a look at the columns."""

    def __call__(self, path: Path, grids: Sequence[Grid], format_: str, notes: Sequence[Problem] = (), /) -> Reading:
        """Return the reading of tables that are named ``format_`` where they are our own."""
        ...


class ColumnsOnly:
    """Tables of which only the columns are looked at: no rows, and how they would be read."""

    format = "columns"

    def __init__(self, path: Path, grids: Sequence[Grid]) -> None:
        self.source = Source(id="columns", name=path.name)
        self.fingerprint = ""
        self.mapping = recognise(grids)

    def rows(self, progress: Progress | None = None) -> Iterator[ReadRow | Problem]:
        """Yield nothing."""
        yield from ()


def columns_only(path: Path, grids: Sequence[Grid], format_: str, notes: Sequence[Problem] = ()) -> Reading:
    """Return how tables would be read by their columns."""
    return ColumnsOnly(path, grids)


def mapped_by(mapping: Mapping) -> TablesReader:
    """Return what opens tables by a mapping."""

    def read(path: Path, grids: Sequence[Grid], format_: str, notes: Sequence[Problem] = ()) -> Reading:
        return MappedReading(path, grids, mapping, fingerprint=fingerprint(path), notes=notes)

    return read


def grids_reading(path: Path, grids: Sequence[Grid], format_: str, notes: Sequence[Problem] = ()) -> Reading:
    """Return the reading of tables. ``format_`` names them, ``notes`` are told first, where they are our own.

    Raises :class:`UnknownFormat` when no reader knows one of the headers.
    """
    headers = [[as_text(cell).strip() for cell in first_row(grid)] for grid in grids]
    for grid, header in zip(grids, headers, strict=True):
        _check_width(grid, header)
    mark = fingerprint(path)
    if is_cordis(grids):
        return CordisReading(path, grids, fingerprint=mark, notes=notes)
    if any(map(is_interreg, headers)):
        return InterregReading(path, list(zip(grids, headers, strict=True)), fingerprint=mark, notes=notes)
    for grid, header in zip(grids, headers, strict=True):
        if isinstance(grid, CsvGrid) and is_structural_funds(grid, header):
            return StructuralFundsReading(path, grid, fingerprint=mark)
    specs_found = [table_for(grid.name) for grid in grids]
    borne_out = named(grids)
    if not any(spec and spec.key in _OURS for spec in borne_out):
        network = sheet_network(path.name, grids)
        bare = network is not None and network.format == "list of affiliations"
        if network and not bare:
            return NetworkReading(path, network, fingerprint=mark, notes=notes)
        if error := without_partners(path.name, grids):
            raise error
        proposed = recognise(grids)
        if proposed.confidence >= SURE and says_more(proposed, beyond_membership=bare):
            return MappedReading(path, grids, proposed, fingerprint=mark, notes=notes)
        # a list of organisations and projects is ours where it has more of our columns than that
        if network and not _is_ours(headers):
            return NetworkReading(path, network, fingerprint=mark, notes=notes)
    elif any(spec is None and name for spec, name in zip(borne_out, specs_found, strict=True)):
        return MappedReading(path, grids, recognise(grids), fingerprint=mark, notes=notes)
    if not any(specs_found) and not any(map(table_by_header, headers)):
        raise _unknown(path, grids, headers)
    return OwnReading(path, grids, fingerprint=mark, format_=format_, notes=notes)


def _check_width(grid: Grid, header: Sequence[str]) -> None:
    if len(header) > guard.MAX_COLUMNS and sum(map(bool, header)) > guard.MAX_COLUMNS:
        raise UnreadableFile(
            f"{grid.file}: {grid.name} has {len(header):,} columns; {guard.MAX_COLUMNS:,} are read.",
            remedy="Keep the columns that are needed. Save a matrix of links as UCINET DL, or as a list of links.",
        )


def _is_ours(headers: Sequence[Sequence[str]]) -> bool:
    found = {spec.key for header in headers if (spec := table_by_header(header))}
    return bool(found & {"actors", "collaborations"})


def _unknown(path: Path, grids: Sequence[Grid], headers: Sequence[Sequence[str]]) -> UnknownFormat:
    found = "; ".join(
        f"{grid.name}: {', '.join(filter(None, header[:8])) or '–'}"
        for grid, header in list(zip(grids, headers, strict=True))[:5]
    )
    tables = ", ".join(spec.labels["en"] for spec in specs().values())
    return UnknownFormat(
        f"{path.name} holds no table that is known here. Found {found}.",
        remedy=f"Name sheets or CSV files after their table ({tables}), and columns as in the template, which"
        f" 'graphsvc template' writes. {KNOWN}",
    )
