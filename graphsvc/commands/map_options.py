"""Options of the commands that draw a map: what is on it, how large, like which earlier one, with which story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from graphsvc import console
from graphsvc.drawing import MapAsk
from graphsvc.errors import UnreadableFile
from graphsvc.options import Day, view_of
from graphsvc.render.content import Imprint, MapPlace
from graphsvc.render.earlier import read_places
from graphsvc.render.map_redaction import Hidden
from graphsvc.render.story import read_story
from graphsvc.service import Service

F = TypeVar("F", bound=Callable[..., Any])
_FILE: Final = click.Path(dir_okay=False, path_type=Path)
LARGEST: Final = 100_000_000
"""No map is larger, in bytes."""


def map_options(command: F) -> F:
    """Add the options that say how a map looks; they are read by :func:`map_ask`."""
    options = [
        click.option("--title", default="", help="Heading of the page."),
        click.option("--caption", default="", help="What stands under the picture."),
        click.option("--licence", default="", help="Of the map, such as CC BY 4.0; with or without an address."),
        click.option(
            "--alternative", default="", help="What is read where the picture can't be seen; else the summary is."
        ),
        click.option(
            "--suggestions", default=20, show_default=True, type=click.IntRange(0, 200), help="How many suggestions."
        ),
        click.option("--size", default="", metavar="ID", help="The measure of actors that sets the sizes: degree."),
        click.option("--like", type=_FILE, help="An earlier map (its HTML file); who was there stands where it stood."),
        click.option("--like-day", type=Day(), help="Or a day: the map is laid out like that of this day."),
        click.option("--story", type=_FILE, help="A TOML file of views with captions that lead through the map."),
        click.option(
            "--hide", type=_FILE, help="A TOML file that says what is left out: nothing of it is anywhere in the bytes."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def map_ask(options: Mapping[str, Any], service: Service, language: str) -> MapAsk:
    """Return which map is asked for. Errors: those of ``view_of``, ``read_places`` and ``read_story``."""
    how = {name: options[name] for name in ("title", "suggestions", "size", "like_day")}
    said = {name: options[name] for name in ("caption", "licence", "alternative")}
    view = view_of(
        {name: value for name, value in options.items() if name not in (*how, *said, "like", "story")}, service
    )
    before = _places(options["like"]) if options["like"] else ()
    story = read_story(options["story"]) if options["story"] else None
    return MapAsk(view, language, before=before, story=story, imprint=Imprint(**said), **how)


def tell_hidden(hidden: Hidden) -> None:
    """Say what was left out."""
    if hidden.actors:
        console.tell(f"Left out: {len(hidden.actors):,} actors: {', '.join(sorted(hidden.actors)[:20])}.")
    if hidden.ties or hidden.suggestions or hidden.sentences:
        console.tell(f"With them {hidden.ties:,} ties, {hidden.suggestions} suggestions, {hidden.sentences} reasons.")
    if hidden.fields:
        console.tell(f"Left empty: {', '.join(hidden.fields)}.")


def _places(path: Path) -> tuple[MapPlace, ...]:
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(f"{path.name} is larger than any map.", remedy="Give the HTML file of a map.")
        return read_places(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path.name} can't be read: {error}.", remedy="Give the HTML file of a map.") from error
