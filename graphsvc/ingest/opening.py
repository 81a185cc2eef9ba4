"""Which reader a file gets: by what is in it, not by its name alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from graphsvc.errors import UnknownFormat, UnreadableFile
from graphsvc.ingest import guard, workbook
from graphsvc.ingest.columns import specs, table_by_header, table_for
from graphsvc.ingest.cordis import CordisReading, is_cordis
from graphsvc.ingest.csvfile import CsvGrid
from graphsvc.ingest.gexf import Gexf
from graphsvc.ingest.gml import Gml
from graphsvc.ingest.graphml import GraphMl
from graphsvc.ingest.own import OwnReading
from graphsvc.ingest.pajek import Pajek
from graphsvc.ingest.reading import Reading
from graphsvc.ingest.sniffing import Form, form_of
from graphsvc.ingest.streams import NotText, Stream, fingerprint
from graphsvc.ingest.tie_reading import NetworkReading
from graphsvc.ingest.ties import NetworkFile

_KNOWN: Final = (
    "Known are: an Excel workbook (.xlsx) made from our template, the same tables as CSV files (one, a folder or a"
    " zip of them), CORDIS files as published, and network files of other tools (GraphML, GEXF, GML, Pajek, UCINET DL,"
    " Kumu, NodeXL, Onodo, VOSviewer, node-link JSON, a list of links)."
)
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls"})
_TABLES: Final = frozenset({".csv", ".tsv", ".txt", ".gz"})
_NETWORKS: Final[Mapping[Form, Callable[[Stream], NetworkFile]]] = {
    Form.GRAPHML: GraphMl,
    Form.GEXF: Gexf,
    Form.GML: Gml,
    Form.PAJEK: Pajek,
}


def open_file(path: Path) -> Reading:
    """Open a file with the reader that knows its format.

    Raises :class:`UnreadableFile` when the file is broken, empty or breaks a limit, and :class:`UnknownFormat` when no
    reader knows it; both say what to do.
    """
    if not path.exists():
        raise UnreadableFile(f"There is no file {path.name!r}.", remedy="Check its name and folder.")
    try:
        return _open(path)
    except OSError as error:
        raise UnreadableFile(f"{path.name} can't be opened ({error.strerror}).", remedy="Check your rights.") from error


def _open(path: Path) -> Reading:
    if path.is_dir():
        return _tables(path, [Stream(part) for part in sorted(path.iterdir()) if part.suffix.lower() == ".csv"])
    suffix = path.suffix.lower()
    form = Form.WORKBOOK if suffix in _WORKBOOKS else _form(path)
    if form in _NETWORKS:
        return NetworkReading(path, _NETWORKS[form](Stream(path)), fingerprint=fingerprint(path))
    if form is Form.WORKBOOK and suffix != ".zip":
        grids, notes = workbook.sheets(path)
        return OwnReading(path, grids, fingerprint=fingerprint(path), format_="Workbook with our sheets", notes=notes)
    if form in {Form.ZIP, Form.WORKBOOK} or suffix == ".zip":
        return _tables(path, [Stream(path, member) for member in _csv_members(path)])
    if suffix in _TABLES:
        return _tables(path, [Stream(path)])
    raise UnknownFormat(f"No reader knows the file {path.name!r}.", remedy=_KNOWN)


def _form(path: Path) -> Form:
    """Return what is in a file; what is no text is a broken table where the name says table, else not known."""
    if path.suffix.lower() == ".zip":
        return Form.ZIP if path.stat().st_size == 0 else form_of(Stream(path))
    try:
        return form_of(Stream(path))
    except NotText as error:
        if path.suffix.lower() in _TABLES:
            raise
        raise UnknownFormat(f"No reader knows the file {path.name!r}: it is no text.", remedy=_KNOWN) from error


def _csv_members(path: Path) -> list[str]:
    with guard.opened_zip(path) as archive:
        guard.check_archive(archive, path.name)
        if "xl/workbook.xml" in archive.namelist():
            raise UnknownFormat(f"{path.name} is an Excel workbook.", remedy="Give it the ending .xlsx.")
        names = sorted({member.filename for member in archive.infolist() if not member.is_dir()})
    # archives made on a Mac hold a shadow of each file
    return [name for name in names if name.lower().endswith(".csv") and not name.startswith("__MACOSX/")]


def _tables(path: Path, streams: list[Stream]) -> Reading:
    if not streams:
        raise UnreadableFile(f"{path.name} holds no CSV file.", remedy=_KNOWN)
    grids = [CsvGrid(stream) for stream in streams]
    if is_cordis(grids):
        return CordisReading(path, grids, fingerprint=fingerprint(path))
    if not any(table_for(grid.name) or table_by_header(grid.header()) for grid in grids):
        found = "; ".join(f"{grid.file}: {', '.join(grid.header()[:8]) or 'nothing'}" for grid in grids[:5])
        tables = ", ".join(f"{spec.labels['en']}.csv" for spec in specs().values())
        raise UnknownFormat(
            f"{path.name} holds no table that is known here. Found {found}.",
            remedy=f"Name CSV files after their table ({tables}) or use the column names of the template. {_KNOWN}",
        )
    return OwnReading(path, grids, fingerprint=fingerprint(path), format_="CSV tables with our columns")
