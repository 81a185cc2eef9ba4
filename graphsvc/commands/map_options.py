"""Options of the commands that draw a map: what is on it, how large, like which earlier one, with which story."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from graphsvc.drawing import MapAsk
from graphsvc.errors import UnreadableFile
from graphsvc.options import Day, view_of
from graphsvc.render.content import MapPlace
from graphsvc.render.earlier import read_places
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
        click.option(
            "--suggestions", default=20, show_default=True, type=click.IntRange(0, 200), help="How many suggestions."
        ),
        click.option("--size", default="", metavar="ID", help="The measure of actors that sets the sizes: degree."),
        click.option("--like", type=_FILE, help="An earlier map (its HTML file); who was there stands where it stood."),
        click.option("--like-day", type=Day(), help="Or a day: the map is laid out like that of this day."),
        click.option("--story", type=_FILE, help="A TOML file of views with captions that lead through the map."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def map_ask(options: Mapping[str, Any], service: Service, language: str) -> MapAsk:
    """Return which map is asked for. Errors: those of ``view_of``, ``read_places`` and ``read_story``."""
    how = {name: options[name] for name in ("title", "suggestions", "size", "like_day")}
    view = view_of({name: value for name, value in options.items() if name not in (*how, "like", "story")}, service)
    before = _places(options["like"]) if options["like"] else ()
    return MapAsk(
        view, language, before=before, story=read_story(options["story"]) if options["story"] else None, **how
    )


def _places(path: Path) -> tuple[MapPlace, ...]:
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(f"{path.name} is larger than any map.", remedy="Give the HTML file of a map.")
        return read_places(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path.name} can't be read: {error}.", remedy="Give the HTML file of a map.") from error
