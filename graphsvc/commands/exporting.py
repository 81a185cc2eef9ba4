"""Everything out again: ``export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, get_args

import click

from graphsvc import console
from graphsvc.commands.opening import asked
from graphsvc.exporting import FORMS, Ask, Style
from graphsvc.options import language_option, view_of, view_options
from graphsvc.render.redaction import NOTHING, read
from graphsvc.settings import Settings

_WIDTH = max(map(len, FORMS))
_FORMATS = "\n".join(f"  {name:<{_WIDTH}}  {form.purpose}" for name, form in FORMS.items())
_WHOLE = " and ".join(name for name, form in FORMS.items() if form.whole)


_HELP = f"""Write everything, or the network of a view, as a file.

\b
Formats:
{_FORMATS}

{_WHOLE} hold the whole graph as recorded and take no view; the others hold the network of a view.

\b
Examples:
  graphsvc export --format workbook --output all.xlsx
  graphsvc export --format gexf --two-mode --place Pirkanmaa --output pirkanmaa.gexf
"""


@click.command(help=_HELP)
@view_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMS)),
    default="graphml",
    show_default=True,
    help="What is written, see above.",
)
@click.option("--two-mode", is_flag=True, help="Actors and collaborations as nodes, not actors tied to one another.")
@click.option(
    "--hide",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A TOML file that says what is left out of a network, as for a map.",
)
@click.option(
    "--style",
    type=click.Choice(get_args(Style)),
    default="finnish",
    show_default=True,
    help="Of tables: semicolons and decimal commas, or commas and points.",
)
@language_option
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="A file instead of standard output.")
@click.pass_obj
def export(settings: Settings, /, output: Path | None, hide: Path | None, **options: Any) -> None:
    """Write everything, or the network of a view, as a file."""
    language = options.pop("language") or settings.language
    format_, two_mode, style = (options.pop(name) for name in ("format_", "two_mode", "style"))
    if output is None and FORMS[format_].ending in {"xlsx", "zip"} and sys.stdout.isatty():
        raise click.UsageError(f"The format {format_} is no text: name a file with --output.")
    with asked(settings) as service, console.spinner("Writing the file"):
        ask = Ask(format_, language, view_of(options, service), two_mode, style, read(hide) if hide else NOTHING)
        exported = service.export_as(ask)
    for sentence in exported.beyond:
        console.tell(sentence)
    if output:
        with console.writing(output):
            output.write_bytes(exported.content)
        console.tell(f"Written: {output}")
    else:
        sys.stdout.buffer.write(exported.content)
