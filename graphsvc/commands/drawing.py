"""The map made from the network: ``map``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from graphsvc import console
from graphsvc.commands.map_options import map_ask, map_options, tell_hidden
from graphsvc.commands.opening import asked
from graphsvc.errors import UnknownFormat
from graphsvc.options import language_option, view_options
from graphsvc.render.map import write_whole
from graphsvc.render.printed import MEDIA_TYPES, Print, PrintFormat, check_form
from graphsvc.render.redaction import NOTHING, read
from graphsvc.render.sheet import PAPERS
from graphsvc.render.vector import INKS, InkName, PaperName
from graphsvc.settings import Settings


@click.command()
@view_options
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="map.html",
    show_default=True,
    help="Where the map goes: .html is the page to explore; .svg, .pdf and .png are for print.",
)
@click.option(
    "--paper",
    type=click.Choice(sorted(PAPERS, reverse=True)),
    default="a4",
    show_default=True,
    help="For print: its size.",
)
@click.option(
    "--ink", type=click.Choice(list(INKS)), default="light", show_default=True, help="For print: colours, or grey."
)
@map_options
@language_option
@click.pass_obj
def map(settings: Settings, /, output: Path, paper: PaperName, ink: InkName, hide: Path | None, **options: Any) -> None:
    """Write the map: as one HTML file that works with the network off, or on paper.

    --hide takes the file that ``publish`` describes.

    \b
    Examples:
      graphsvc map --output map.html
      graphsvc map --place Pirkanmaa --language fi --title "Pirkanmaan verkosto"
      graphsvc map --output map.pdf --paper a3 --hide hide.toml --licence "CC BY 4.0"
      graphsvc map --like map-2025.html --size strength --story story.toml
    """
    form, redaction = _form(output), read(hide) if hide else NOTHING
    language = options.pop("language") or settings.language
    with asked(settings) as service, console.spinner("Drawing the map"):
        ask = map_ask(options, service, language)
        if form:
            made = service.printed(ask, Print(form, paper, ink), redaction)
        else:
            made = service.drawn(ask, redaction).encode()
        hidden = service.hidden(ask, redaction) if hide else None
    if hidden:
        tell_hidden(hidden)
    write_map(output, made)


def _form(output: Path) -> PrintFormat | None:
    """Return the form for print that a file's ending means; None for the page."""
    ending = output.suffix.lower().removeprefix(".")
    if ending in ("", "html", "htm"):
        return None
    for form in MEDIA_TYPES:
        if ending == form:
            check_form(form)
            return form
    raise UnknownFormat(
        f"No map can be written as {output.name}.", remedy=f"End it with .html, .{', .'.join(MEDIA_TYPES)}."
    )


def write_map(output: Path, content: bytes) -> None:
    """Write a map and say so."""
    with console.writing(output):
        write_whole(output, content)
    console.tell(f"Map written: {output} ({len(content) / 1000:.0f} kB)")
