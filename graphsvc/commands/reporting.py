"""``report``: one document about a region, a theme or an actor, as a page, for print, or as a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from graphsvc import console
from graphsvc.commands.opening import asked
from graphsvc.errors import UnknownFormat, UnreadableFile
from graphsvc.options import Day, language_option, view_of, view_options
from graphsvc.render.content import Imprint
from graphsvc.render.map import write_whole
from graphsvc.render.redaction import NOTHING, read
from graphsvc.render.report_content import Record
from graphsvc.render.report_files import MEDIA_TYPES, ReportForm, check_report_form, report_file
from graphsvc.render.report_record import read_record
from graphsvc.reporting import MOST_TOLD, SUGGESTIONS, ReportAsk
from graphsvc.service import Service
from graphsvc.settings import Settings

_FILE = click.Path(dir_okay=False, path_type=Path)
LARGEST = 100_000_000
"""No report is larger, in bytes."""


def report_options(command: Any) -> Any:
    """Add the options that say what a report is about and what it says; they are read by :func:`report_ask`."""
    options = [
        click.option("--actor", metavar="ACTOR", help="About this actor, by id, identifier or name."),
        click.option(
            "--changes-since",
            metavar="DAY|FILE",
            help="What it is compared with: a day, or the HTML file of an earlier report. Default: the last full year.",
        ),
        click.option("--title", default="", help="Heading of the report."),
        click.option("--caption", default="", help="A sentence of yours below the heading."),
        click.option("--licence", default="", help="Under which it may be used; stands at its foot."),
        click.option(
            "--suggestions",
            default=SUGGESTIONS,
            show_default=True,
            type=click.IntRange(0, MOST_TOLD),
            help="How many missing partnerships it tells.",
        ),
        click.option(
            "--size",
            default="betweenness",
            show_default=True,
            metavar="ID",
            help="The measure of actors that sets the sizes on its map.",
        ),
        click.option("--hide", type=_FILE, help="A file that says what is left out, as for publish."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@view_options
@report_options
@click.option(
    "--output",
    type=_FILE,
    default="report.html",
    show_default=True,
    help="Where it goes: .html, .pdf, .xlsx (its tables), or .json (all of its content).",
)
@language_option
@click.pass_obj
def report(settings: Settings, /, output: Path, language: str | None, **options: Any) -> None:
    """Write a report: key figures, map, coverage, brokers, missing partnerships, what changed, method and sources.

    It is about the network of a view, or about one actor (--actor). As HTML it is one file that works with the network
    off; the next report can be compared with it (--changes-since).

    \b
    Examples:
      graphsvc report --place Pirkanmaa --language fi --output raportti.html
      graphsvc report --place Pirkanmaa --changes-since raportti-2025.html --output raportti.pdf
      graphsvc report --actor "Tampereen kaupunki" --output tampere.xlsx
    """
    form = _form(output)
    with asked(settings) as service, console.spinner("Making the report"):
        made = report_file(service.report(report_ask(options, service, language or settings.language)), form)
    with console.writing(output):
        write_whole(output, made)
    console.tell(f"Report written: {output} ({len(made) / 1000:.0f} kB)")


def report_ask(options: dict[str, Any], service: Service, language: str) -> ReportAsk:
    """Return which report is asked for. Errors: those of ``view_of``, ``read`` and ``read_record``."""
    own = {name: options.pop(name) for name in ("actor", "changes_since", "title", "suggestions", "size", "hide")}
    imprint = Imprint(options.pop("caption"), options.pop("licence"))
    return ReportAsk(
        view=view_of(options, service),
        actor=service.actor_meant(own["actor"]) if own["actor"] else None,
        language=language,
        title=own["title"],
        imprint=imprint,
        suggestions=own["suggestions"],
        since=_since(own["changes_since"]) if own["changes_since"] else None,
        redaction=read(own["hide"]) if own["hide"] else NOTHING,
        size=own["size"],
    )


def _since(text: str) -> date | Record:
    """Return the day, or the earlier report, that a text means: a file where it names one that is there."""
    path = Path(text)
    if not path.is_file() and path.suffix.lower() not in (".html", ".htm"):
        return Day().convert(text, None, None)
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(f"{path.name} is larger than any report.", remedy="Give the HTML file of a report.")
        return read_record(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"{path.name} can't be read: {error}.", remedy="Give the HTML file of a report."
        ) from error


def _form(output: Path) -> ReportForm:
    ending = output.suffix.lower().removeprefix(".")
    for form in MEDIA_TYPES:
        if ending == form:
            check_report_form(form)
            return form
    raise UnknownFormat(
        f"No report can be written as {output.name}.", remedy=f"End it with .{', .'.join(MEDIA_TYPES)}."
    )
