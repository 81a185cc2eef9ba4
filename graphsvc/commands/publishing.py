"""``publish``, ``published`` and ``unpublish``: maps that stay as they are, under a name, for web pages and reports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Column, Table

from graphsvc import console
from graphsvc.commands.map_options import map_ask, map_options, tell_hidden
from graphsvc.commands.opening import asked
from graphsvc.drawing import MapAsk
from graphsvc.errors import InvalidValue
from graphsvc.options import json_option, language_option, user, view_options
from graphsvc.publishing import Changed, Publications, Version
from graphsvc.render.redaction import NOTHING, Redaction, read
from graphsvc.reporting import ReportAsk
from graphsvc.settings import Settings


@click.command()
@click.argument("name")
@view_options
@map_options
@click.option("--report", is_flag=True, help="Freeze the report of the view, compared with the one before it.")
@click.option("--preview", is_flag=True, help="Only say what would be left out.")
@click.option("--by", default=user, show_default="the account's name", help="Who publishes it.")
@language_option
@click.pass_obj
def publish(
    settings: Settings, /, name: str, hide: Path | None, report: bool, preview: bool, by: str, **options: Any
) -> None:
    """Freeze the map of a view, or its report, under NAME, as its next version.

    The service shows it at /published/NAME to everybody. --hide takes a TOML file with any of actors, kinds,
    collaborations (ids) and fields (other_names, places, websites, themes, years, collaborations, suggestions,
    reasons_against, sources).

    \b
    Examples:
      graphsvc publish pirkanmaa --place Pirkanmaa --language fi --title "Pirkanmaan verkosto 2026"
      graphsvc publish pirkanmaa --place Pirkanmaa --hide hide.toml --preview
      graphsvc publish pirkanmaa-report --report --place Pirkanmaa --suggestions 10
      graphsvc publish pirkanmaa --caption "Who works with whom in Pirkanmaa." --licence "CC BY 4.0"
    """
    redaction = read(hide) if hide else NOTHING
    language = options.pop("language") or settings.language
    with asked(settings) as service, console.spinner("Drawing the map"):
        ask = map_ask(options, service, language)
        if preview:
            version, hidden = None, service.hidden(ask, redaction)
        elif report:
            hidden = service.hidden(ask, redaction)
            version = service.publish_report(name, _report(ask, redaction), by)
        else:
            version, hidden = service.publish(name, ask, redaction, by)
    tell_hidden(hidden)
    if version:
        console.tell(f"Published as version {version.number} of {name} ({version.bytes / 1000:.0f} kB).")
        if version.changed:
            console.tell(_changed(version.changed))


def _report(ask: MapAsk, redaction: Redaction) -> ReportAsk:
    """Return the report with the map that is asked for. :class:`InvalidValue` for what only a map can have."""
    if ask.before or ask.like_day or ask.story:
        raise InvalidValue("A report has no --like, --like-day or --story.", remedy="Leave them out.")
    made = ReportAsk(
        ask.view,
        language=ask.language,
        title=ask.title,
        imprint=ask.imprint,
        suggestions=ask.suggestions,
        redaction=redaction,
    )
    return replace(made, size=ask.size) if ask.size else made


@click.command()
@click.argument("name", required=False)
@json_option
@click.pass_obj
def published(settings: Settings, name: str | None, as_json: bool) -> None:
    """List the published maps, or the versions of NAME with what changed.

    \b
    Example: graphsvc published pirkanmaa
    """
    kept = Publications.of(settings)
    listed = kept.versions(name) if name else kept.newest()
    if as_json:
        console.print_json({"versions": listed})
    elif not listed:
        console.tell("Nothing is published. Publish a map with: graphsvc publish NAME")
    else:
        console.out().print(_table(listed))


@click.command()
@click.argument("name")
@click.argument("number", type=click.IntRange(1))
@click.pass_obj
def unpublish(settings: Settings, name: str, number: int) -> None:
    """Withdraw version NUMBER of a published map: its page is deleted.

    \b
    Example: graphsvc unpublish pirkanmaa 2
    """
    gone = Publications.of(settings).withdraw(name, number)
    console.tell(f"Version {gone.number} of {name} is withdrawn; copies that others made are theirs to delete.")


def _table(listed: tuple[Version, ...]) -> Table:
    table = Table(
        *("Name", Column("Version", justify="right"), "Made", "By"),
        *("Title", "Data of", "Revision", "Licence", "Changed"),
        box=SIMPLE,
    )
    for each in listed:
        state = "withdrawn" if each.withdrawn else _changed(each.changed) if each.changed else "the first"
        made = f"{each.made:%Y-%m-%d %H:%M} UTC"
        about = escape(each.by), escape(each.title), str(each.data_date or ""), str(each.revision), escape(each.licence)
        table.add_row(each.name, str(each.number), made, *about, escape(state))
    return table


def _changed(changed: Changed) -> str:
    return (
        f"{len(changed.new_actors)} actors more, {changed.gone_actors} fewer; {changed.new_ties} ties more,"
        f" {changed.gone_ties} fewer; {changed.new_suggestions} suggestions new"
    )
