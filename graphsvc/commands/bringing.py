"""Bringing data in and taking it back: ``template``, ``import``, ``imports``, ``undo``."""

from __future__ import annotations

from pathlib import Path

import click

from graphsvc import console
from graphsvc.commands import imports_shown
from graphsvc.commands.opening import opened
from graphsvc.ingest.template import write_template
from graphsvc.loading import Checked
from graphsvc.options import json_option, language_option
from graphsvc.settings import Settings


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), default="graphsvc-template.xlsx")
@language_option
@click.pass_obj
def template(settings: Settings, file: Path, language: str | None) -> None:
    """Write an empty workbook with notes and drop-downs, ready to fill in.

    \b
    Example: graphsvc template network.xlsx --language fi
    """
    with console.writing(file):
        write_template(file, language or settings.language)
    console.tell(f"Template written: {file}. Fill it in, then: graphsvc import {file}")


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only look; save nothing.")
@click.option("--yes", is_flag=True, help="Save without asking.")
@json_option
@click.pass_obj
def import_(settings: Settings, files: tuple[Path, ...], dry_run: bool, yes: bool, as_json: bool) -> None:
    """Look at files, name every row that is wrong, and save the rest after a yes.

    FILES are graphsvc workbooks (.xlsx), the same tables as CSV, or a CORDIS download (.zip).

    \b
    Examples:
      graphsvc import network.xlsx --dry-run
      graphsvc import cordis-h2020.zip --yes
    """
    with opened(settings, "jobs") as service:
        for file in files:
            with console.progress(f"Reading {file.name}") as report:
                checked = service.check(file, report)
            if as_json:
                console.print_json(imports_shown.checked_json(checked))
            else:
                imports_shown.show_checked(checked, settings.language)
            if dry_run:
                console.tell("Only looked at; nothing was saved.")
            if dry_run or not _agreed(checked, yes):
                continue
            with console.progress(f"Loading {file.name}") as report:
                loaded = service.load(checked, report)
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
