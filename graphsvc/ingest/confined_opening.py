"""Which reader a file gets: by what is in it, not by its name alone. Runs in the child process that reads the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from graphsvc.errors import UnknownFormat, UnreadableFile
from graphsvc.identifiers import digest
from graphsvc.ingest import faults, guard, workbook
from graphsvc.ingest.csvfile import CsvGrid
from graphsvc.ingest.dl import Dl
from graphsvc.ingest.file_kinds import check_kind
from graphsvc.ingest.gexf import Gexf
from graphsvc.ingest.gml import Gml
from graphsvc.ingest.graphml import GraphMl
from graphsvc.ingest.grid import Grid
from graphsvc.ingest.jsonnets import json_network
from graphsvc.ingest.pajek import Pajek
from graphsvc.ingest.reading import Problem, Reading
from graphsvc.ingest.sniffing import Form, form_of
from graphsvc.ingest.streams import NotText, Stream, fingerprint
from graphsvc.ingest.table_opening import KNOWN, TablesReader, grids_reading
from graphsvc.ingest.tie_reading import NetworkReading
from graphsvc.ingest.ties import NetworkFile
from graphsvc.ingest.vosviewer import VosviewerPair, is_map, is_network, missing_partner, partner_names

_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls"})
_TABLES: Final = frozenset({".csv", ".tsv", ".txt", ".gz"})
_NETWORKS: Final[Mapping[Form, Callable[[Stream], NetworkFile]]] = {
    Form.GRAPHML: GraphMl,
    Form.GEXF: Gexf,
    Form.GML: Gml,
    Form.PAJEK: Pajek,
    Form.DL: Dl,
    Form.JSON: json_network,
}


def open_here(path: Path, tables: TablesReader = grids_reading) -> Reading:
    """Open a file in this process with the reader that knows its format; tables are opened by ``tables``.

    For the child process and for tests of readers; :func:`graphsvc.ingest.opening.open_file` is the door.
    Raises :class:`UnreadableFile` when the file is broken, empty or breaks a limit, and :class:`UnknownFormat` when no
    reader knows it; both say what to do.
    """
    check_kind(path)
    try:
        return _open(path, tables)
    except OSError as error:
        reason = faults.of_system(error)
        raise UnreadableFile(f"{path.name} can't be opened ({reason}).", remedy="Check your rights.") from error


def _open(path: Path, tables: TablesReader) -> Reading:
    if path.is_dir():
        return _folder(path, tables)
    suffix = path.suffix.lower()
    form = Form.WORKBOOK if suffix in _WORKBOOKS else _form(path)
    if form in _NETWORKS:
        return _network(path, _NETWORKS[form](Stream(path)))
    if form in {Form.WORKBOOK, Form.ODS} and suffix != ".zip":
        grids, notes = workbook.sheets(path, ods=form is Form.ODS)
        return tables(path, grids, "Workbook with our sheets", notes)
    if form in {Form.ZIP, Form.WORKBOOK} or suffix == ".zip":
        return _grids(path, [CsvGrid(Stream(path, member)) for member in _csv_members(path)], tables)
    if suffix in _TABLES:
        return _text_table(path, tables)
    raise UnknownFormat(f"No reader knows the file {path.name!r}.", remedy=KNOWN)


def _form(path: Path) -> Form:
    """Return what is in a file; what is no text is a broken table where the name says table, else not known."""
    if path.suffix.lower() == ".zip":
        return Form.ZIP if path.stat().st_size == 0 else form_of(Stream(path))
    try:
        return form_of(Stream(path))
    except NotText as error:
        if path.suffix.lower() in _TABLES:
            raise
        raise UnknownFormat(f"No reader knows the file {path.name!r}: it is no text.", remedy=KNOWN) from error


def _network(path: Path, network: NetworkFile) -> NetworkReading:
    return NetworkReading(path, network, fingerprint=fingerprint(path))


def _folder(path: Path, read: TablesReader) -> Reading:
    """Read the tables of a folder as one: CSV files, and workbooks of CORDIS; or VOSviewer's two files."""
    parts = sorted(part for part in path.iterdir() if part.is_file())
    names = {part.name for part in parts}
    for part in parts:
        if any(name in names for name in partner_names(part.name)) and part.suffix.lower() == ".txt":
            return _text_table(part, read)
    tables = [part for part in parts if part.name.lower().endswith((".csv", ".csv.gz"))]
    grids: list[Grid] = [CsvGrid(Stream(part)) for part in tables]
    notes: list[Problem] = []
    for part in parts:
        if part.suffix.lower() == ".xlsx":
            sheets, found = workbook.sheets(part)
            grids += sheets
            notes += found
    return _grids(path, grids, read, notes)


def _text_table(path: Path, read: TablesReader) -> Reading:
    stream = Stream(path)
    if is_network(stream):
        return _pair(path)
    grid = CsvGrid(stream)
    if is_map(grid.header()):
        return _pair(path)
    return _grids(path, [grid], read)


def _pair(path: Path) -> NetworkReading:
    """Read the two files of VOSviewer, whichever of them was named."""
    other = next((path.with_name(name) for name in partner_names(path.name) if path.with_name(name).is_file()), None)
    if other is None:
        raise missing_partner(path.name)
    map_, network = (other, path) if is_network(Stream(path)) else (path, other)
    both = digest(fingerprint(map_), fingerprint(network))
    return NetworkReading(map_, VosviewerPair(Stream(map_), Stream(network)), fingerprint=both)


def _csv_members(path: Path) -> list[str]:
    with guard.opened_zip(path) as archive:
        guard.check_archive(archive, path.name)
        if "xl/workbook.xml" in archive.namelist():
            raise UnknownFormat(f"{path.name} is an Excel workbook.", remedy="Give it the ending .xlsx.")
        names = sorted({member.filename for member in archive.infolist() if not member.is_dir()})
    # archives made on a Mac hold a shadow of each file
    return [name for name in names if name.lower().endswith(".csv") and not name.startswith("__MACOSX/")]


def _grids(path: Path, grids: Sequence[Grid], read: TablesReader, notes: Sequence[Problem] = ()) -> Reading:
    if not grids:
        raise UnreadableFile(f"{path.name} holds no CSV file.", remedy=KNOWN)
    return read(path, grids, "CSV tables with our columns", notes)
