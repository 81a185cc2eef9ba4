"""The map made from the network: ``map``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from graphsvc import console
from graphsvc.commands.opening import asked
from graphsvc.options import language_option, view_of, view_options
from graphsvc.render.map import write_html
from graphsvc.settings import Settings


@click.command()
@view_options
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="map.html",
    show_default=True,
    help="Where the map goes.",
)
@click.option("--title", default="", help="Heading of the page.")
@click.option("--suggestions", default=20, show_default=True, type=click.IntRange(0, 200), help="How many suggestions.")
@language_option
@click.pass_obj
def map(  # the command's name
    settings: Settings, /, output: Path, title: str, suggestions: int, language: str | None, **options: Any
) -> None:
    """Write the map as one HTML file that works with the network off.

    \b
    Examples:
      graphsvc map --output map.html
      graphsvc map --place Pirkanmaa --language fi --title "Pirkanmaan verkosto"
    """
    with asked(settings) as service, console.spinner("Drawing the map"):
        view = view_of(options, service)
        text = service.map(view, language=language or settings.language, title=title, suggestions=suggestions)
    write_map(output, text)


def write_map(output: Path, text: str) -> None:
    """Write a map and say so."""
    with console.writing(output):
        write_html(output, text)
    console.tell(f"Map written: {output} ({len(text.encode()) / 1000:.0f} kB)")
