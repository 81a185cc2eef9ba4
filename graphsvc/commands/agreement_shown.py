"""One ecosystem agreement at the terminal and as a file: the rows of its import sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from graphsvc import console
from graphsvc.commands import regions_shown, tables_written
from graphsvc.regions.agreement_tables import sheet, workbook
from graphsvc.regions.agreements import Agreements

VIEW: Final = "ecosystem_agreements"


def give(found: Agreements, id_: str, language: str, output: Path | None, *, as_json: bool) -> None:
    """Print an agreement, and write it to a file where one is named; a workbook also has its sources and actors.

    Raises :class:`graphsvc.errors.NotFound` for what is no agreement on the day.
    """
    table = sheet(found, id_, language)
    if as_json:
        console.print_json(found.one(id_))
    else:
        regions_shown.show(VIEW, found, [table], language)
    if output and output.suffix.lower() == ".xlsx":
        with console.writing(output):
            output.write_bytes(workbook(found, id_, language))
        console.tell(f"Written: {output}")
    elif output:
        tables_written.write(output, [table])
