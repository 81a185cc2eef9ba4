"""The map made from the network: ``map``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from graphsvc import console
from graphsvc.commands.map_options import map_ask, map_options
from graphsvc.commands.opening import asked
from graphsvc.options import language_option, view_options
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
@map_options
@language_option
@click.pass_obj
def map(settings: Settings, /, output: Path, language: str | None, **options: Any) -> None:  # the command's name
    """Write the map as one HTML file that works with the network off.

    \b
    Examples:
      graphsvc map --output map.html
      graphsvc map --place Pirkanmaa --language fi --title "Pirkanmaan verkosto"
      graphsvc map --like map-2025.html --size strength --story story.toml
    """
    with asked(settings) as service, console.spinner("Drawing the map"):
        text = service.drawn(map_ask(options, service, language or settings.language))
    write_map(output, text)


def write_map(output: Path, text: str) -> None:
    """Write a map and say so."""
    with console.writing(output):
        write_html(output, text)
    console.tell(f"Map written: {output} ({len(text.encode()) / 1000:.0f} kB)")
