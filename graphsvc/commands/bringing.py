"""Bringing data in and taking it back: ``template``, ``import``, ``imports``, ``undo``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from graphsvc import console
from graphsvc.commands import columns_shown, imports_shown
from graphsvc.commands.opening import opened
from graphsvc.errors import InvalidValue
from graphsvc.ingest.columns import CONTACTS, VIEW_SHEETS
from graphsvc.ingest.template import write_template
from graphsvc.loading import Checked
from graphsvc.options import json_option, language_option
from graphsvc.service import Service
from graphsvc.settings import Settings


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), default="graphsvc-template.xlsx")
@language_option
@click.option(
    "--view",
    type=click.Choice((*VIEW_SHEETS, CONTACTS)),
    help="The import sheet of a region view, or of contact persons.",
)
@click.pass_obj
def template(settings: Settings, file: Path, language: str | None, view: str | None) -> None:
    """Write an empty workbook with notes and drop-downs, ready to fill in.

    \b
    Examples:
      graphsvc template network.xlsx --language fi
      graphsvc template allianssi.xlsx --language fi --view startup_alliance
    """
    with console.writing(file):
        write_template(file, language or settings.language, view or "")
    console.tell(f"Template written: {file}. Fill it in, then: graphsvc import {file}")


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only look; save nothing.")
@click.option("--yes", is_flag=True, help="Save without asking.")
@click.option("--columns", is_flag=True, help="Only show which column is read as what, and why.")
@click.option(
    "--mapping",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="TOML",
    help="Which column is which; with --columns it is written where there is none.",
)
@click.option(
    "--map",
    "orders",
    multiple=True,
    metavar="'SHEET!HEADING=FIELD'",
    help="Correct one column; several times. 'SHEET!=ignore' passes over a sheet.",
)
@json_option
@click.pass_obj
def import_(settings: Settings, /, files: tuple[Path, ...], **options: Any) -> None:
    """Look at files, name every row that is wrong, and save the rest after a yes.

    \b
    FILES are recognised by what is in them:
      workbooks (.xlsx, .ods) and CSV: our template, or any list of organisations and what they take part in
      CORDIS downloads (.zip, folder), keep.eu exports, Finnish structural funds (rakennerahastot.fi)
      GraphML, GEXF, GML, Pajek (.net, .paj), UCINET DL, NodeXL, VOSviewer, Kumu, Onodo, node-link JSON
      lists of links and of memberships

    \b
    Examples:
      graphsvc import network.xlsx --dry-run
      graphsvc import projects.xlsx --columns --mapping projects.toml
      graphsvc import projects.xlsx --mapping projects.toml --map 'Notes=ignore'
      graphsvc import cordis-h2020.zip --yes
    """
    given = columns_shown.Given(options["mapping"], options["orders"])
    with opened(settings, "jobs") as service:
        for file in files:
            if options["columns"]:
                columns_shown.show(service, settings, file, given, as_json=options["as_json"])
            else:
                _bring(service, settings, file, given, options)


def _bring(
    service: Service, settings: Settings, file: Path, given: columns_shown.Given, options: dict[str, Any]
) -> None:
    """Look at one file and save it where that is wanted."""
    if given.file and not given.file.exists():
        remedy = f"Write it first: graphsvc import '{file}' --columns --mapping '{given.file}'."
        raise InvalidValue(f"There is no file {given.file.name!r}.", remedy=remedy)
    meant = columns_shown.meant(service, settings, file, given)
    with console.progress(f"Reading {file.name}") as report:
        checked = service.check(file, report, meant.mapping)
    if options["as_json"]:
        console.print_json(imports_shown.checked_json(checked))
    else:
        imports_shown.show_checked(checked, settings.language)
    if options["dry_run"]:
        console.tell("Only looked at; nothing was saved.")
    if options["dry_run"] or not _agreed(checked, options["yes"]):
        return
    with console.progress(f"Loading {file.name}") as report:
        loaded = service.load(checked, report)
    columns_shown.remember(settings, given, meant)
    imports_shown.tell_loaded(loaded)


def _agreed(checked: Checked, yes: bool) -> bool:
    """Whether to save: asked only at a terminal; without one, only ``--yes`` saves."""
    if checked.already_loaded:
        console.tell("The graph holds exactly this file already; nothing to save.")
        return False
    return console.confirmed("Save this?", yes)


@click.command()
@json_option
@click.pass_obj
def imports(settings: Settings, as_json: bool) -> None:
    """List what was imported and undone, oldest first, with the ids that undo takes.

    \b
    Example: graphsvc imports --json
    """
    with opened(settings) as service:
        answer = service.imports()
    (console.print_json if as_json else imports_shown.show_imports)(answer)


@click.command()
@click.argument("import_id", metavar="IMPORT")
@click.option("--yes", is_flag=True, help="Undo without asking.")
@click.pass_obj
def undo(settings: Settings, import_id: str, yes: bool) -> None:
    """Take back the last import of a file: the graph is then as it was before, with what other files said meanwhile.

    \b
    Example: graphsvc undo 3f1c09ab77d2e415
    """
    if console.confirmed(f"Undo the import {import_id}?", yes):
        with opened(settings, "jobs") as service, console.progress("Undoing") as report:
            done = service.undo(import_id, report)
        imports_shown.tell_undone(done)
