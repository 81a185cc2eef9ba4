"""``portrait``: one actor in its network on one page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from graphsvc import console
from graphsvc.commands.opening import asked
from graphsvc.errors import UnknownFormat
from graphsvc.options import language_option, view_of, view_options
from graphsvc.portrait import PortraitAsk
from graphsvc.render.map import write_whole
from graphsvc.render.portrait_files import MEDIA_TYPES, PortraitForm, check_portrait_form, portrait_file
from graphsvc.settings import Settings


@click.command()
@click.argument("who", metavar="ACTOR")
@view_options
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="portrait.html",
    show_default=True,
    help="Where it goes: .html prints on one A4, .pdf is one, .json has all of its content.",
)
@language_option
@click.pass_obj
def portrait(settings: Settings, /, who: str, output: Path, language: str | None, **options: Any) -> None:
    """Write one page about an actor: who it is, partners, position, missing partnerships, what changed.

    ACTOR is an id, an identifier (business id, VAT, PIC, ROR, ISNI, Wikidata) or a name.

    \b
    Examples:
      graphsvc portrait "Tampereen yliopisto" --language fi
      graphsvc portrait 2844561-8 --output tau.pdf
      graphsvc portrait 2844561-8 --as-of 2018-12-31 --output tau-2018.json
    """
    form = _form(output)
    with asked(settings) as service, console.spinner("Drawing the portrait"):
        ask = PortraitAsk(service.actor_meant(who), view_of(options, service), language or settings.language)
        made = portrait_file(service.portrait(ask), form)
    with console.writing(output):
        write_whole(output, made)
    console.tell(f"Portrait written: {output} ({len(made) / 1000:.0f} kB)")


def _form(output: Path) -> PortraitForm:
    """Return the form that a file's ending means. :class:`UnknownFormat` for none."""
    ending = output.suffix.lower().removeprefix(".")
    for form in MEDIA_TYPES:
        if ending == form:
            check_portrait_form(form)
            return form
    raise UnknownFormat(
        f"No portrait can be written as {output.name}.", remedy=f"End it with .{', .'.join(MEDIA_TYPES)}."
    )
