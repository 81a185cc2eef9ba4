"""Which column is which: what was given, remembered or proposed for a file, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from graphsvc import console
from graphsvc.ingest import mapping_files
from graphsvc.ingest.mapping import Mapping, describe
from graphsvc.service import Service
from graphsvc.settings import Settings


@dataclass(frozen=True, slots=True)
class Given:
    """What a person said of columns: a file of it, and single corrections."""

    file: Path | None = None
    orders: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.orders or self.file)


@dataclass(frozen=True, slots=True)
class Meant:
    """How a file's columns are to be read; no ``mapping`` leaves that to the reader."""

    mapping: Mapping | None = None
    mark: str = ""
    """Of the file's headings: under it a mapping given by hand is remembered."""


def meant(service: Service, settings: Settings, file: Path, given: Given) -> Meant:
    """Return how the columns of a file are read: as given, else as remembered, else as the reader finds out itself.

    Errors: those of a file that can't be read and of a mapping that is wrong.
    """
    if not given and not mapping_files.any_remembered(settings.home):
        return Meant()
    proposed = service.columns(file)
    known = mapping_files.remembered(settings.home, proposed) if proposed.sheets else None
    if given.file and given.file.exists():
        base = mapping_files.fitted(mapping_files.read_mapping(given.file), proposed)
    elif known:
        base = known
        if not given:
            console.tell(f"{file.name}: columns are read as was said for a file with these headings; see --columns.")
    elif given.orders:
        base = proposed
    else:
        return Meant(None, proposed.mark)
    return Meant(base.corrected(given.orders), proposed.mark)


def remember(settings: Settings, given: Given, meant_: Meant) -> None:
    """Keep a mapping that was given by hand for the next file with the same headings."""
    if given and meant_.mapping:
        mapping_files.remember(settings.home, meant_.mark, meant_.mapping)


def show(service: Service, settings: Settings, file: Path, given: Given, *, as_json: bool) -> None:
    """Print how the columns of a file are read, and write it to the file that was named where there is none yet."""
    mapping = meant(service, settings, file, given).mapping or service.columns(file)
    rows = describe(mapping, settings.language)
    if as_json:
        console.print_json({"file": file.name, "headings": mapping.mark, "columns": rows})
    elif not rows:
        console.tell(f"{file.name} has no tables whose columns could be mapped; import it as it is.")
        return
    else:
        table = Table("Sheet", "Is", "Heading", "Is read as", "Field", "Sure", "Because", box=SIMPLE)
        for row in rows:
            sheet = f"{row['sheet']} (row {row['header_row']})"
            cells = (sheet, row["table"], row["heading"], row["meaning"], row["field"])
            table.add_row(*map(escape, cells), f"{row['confidence']:.0%}", escape(row["reason"]))
        console.out().print(table)
    if given.file and not given.file.exists():
        with console.writing(given.file):
            given.file.write_text(mapping_files.to_toml(mapping, settings.language), encoding="utf-8")
        console.tell(f"Written: {given.file}. Change it, then: graphsvc import '{file}' --mapping '{given.file}'")
