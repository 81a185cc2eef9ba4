"""Which reader a file gets: by what is in it, not by its name alone."""

from __future__ import annotations

from pathlib import Path

from graphsvc.errors import UnknownFormat, UnreadableFile
from graphsvc.ingest import guard, workbook
from graphsvc.ingest.columns import specs, table_by_header, table_for
from graphsvc.ingest.cordis import CordisReading, is_cordis
from graphsvc.ingest.csvfile import CsvGrid
from graphsvc.ingest.own import OwnReading
from graphsvc.ingest.reading import Reading
from graphsvc.ingest.streams import Stream, fingerprint

_KNOWN = (
    "Known are: an Excel workbook (.xlsx) made from our template, the same tables as CSV files (one, a folder or a"
    " zip of them), and CORDIS CSV files as published (.zip, or one organisation file as .csv or .csv.gz)."
)


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
    if suffix in {".xlsx", ".xlsm", ".xls"}:
        grids, notes = workbook.sheets(path)
        return OwnReading(path, grids, fingerprint=fingerprint(path), format_="Workbook with our sheets", notes=notes)
    if suffix == ".zip":
        return _tables(path, [Stream(path, member) for member in _csv_members(path)])
    if suffix in {".csv", ".tsv", ".txt", ".gz"}:
        return _tables(path, [Stream(path)])
    with path.open("rb") as file:
        if not file.read(1):
            raise UnreadableFile(f"{path.name} is empty.", remedy="Save or download the file again.")
    raise UnknownFormat(f"No reader knows the file {path.name!r}.", remedy=_KNOWN)


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
