"""``graphsvc openings``: who and what pairs are new between two days."""

from __future__ import annotations

from typing import Any

import click
from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from graphsvc import console
from graphsvc.commands.opening import asked
from graphsvc.opening import Openings, OpeningsAsk
from graphsvc.options import json_option, language_option, view_of, view_options
from graphsvc.settings import Settings
from graphsvc.wording import day, number, say


@click.command()
@view_options
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many of each.")
@language_option
@json_option
@click.pass_obj
def openings(settings: Settings, /, **options: Any) -> None:
    """List new openings: new actors, pairs that work together for the first time, first partners in another sector.

    --until is the later day, by default the last on which something began; --since the earlier one, by default a year
    before. What had ended by the earlier day counts as known. The start page shows the same.

    \b
    Examples:
      graphsvc openings --place FI197
      graphsvc openings --since 2018-01-01 --until 2019-01-01 --language fi
    """
    language = options.pop("language") or settings.language
    top, as_json = options.pop("top"), options.pop("as_json")
    since, until = options["since"], options["until"]
    with asked(settings) as service:
        view = view_of({**options, "since": None, "until": None}, service)
        found = service.openings(OpeningsAsk(since, until, view))
    if as_json:
        console.print_json(found)
    else:
        _show(found, top, language)


def _show(found: Openings, top: int, language: str) -> None:
    out, names, opened = console.out(), found.names, found.opened
    title = say("pages", "start.openings", language, since=day(found.since, language), until=day(found.until, language))
    out.print(f"[bold]{escape(title)}[/bold]", highlight=False)
    rows = {
        "new_actors": [names[id_] for id_ in opened.actors],
        "new_pairs": [f"{names[a]} – {names[b]}" for a, b in opened.pairs],
        "crossings": [
            f"{names[each.actor]} ({say('kinds', f'helix.{each.helix}', language)}): {names[each.partners[0]]}"
            for each in opened.crossings
        ],
    }
    for key, lines in rows.items():
        table = Table(box=SIMPLE)
        table.add_column(f"{number(len(lines), language)} {say('pages', f'start.{key}', language)}")
        for line in lines[:top]:
            table.add_row(escape(line))
        out.print(table)
    out.print(say("pages", "shell.revision", language, revision=found.revision), highlight=False)
