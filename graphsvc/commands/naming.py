"""``who``: whom a typed name means."""

from __future__ import annotations

import click
from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from graphsvc import console
from graphsvc.commands.opening import asked
from graphsvc.options import json_option, language_option
from graphsvc.resolve.matching import sentence
from graphsvc.settings import Settings


@click.command()
@click.argument("name", metavar="NAME")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 50), help="How many.")
@language_option
@json_option
@click.pass_obj
def who(settings: Settings, name: str, limit: int, language: str | None, as_json: bool) -> None:
    """Say whom a name may mean: any name, former name or abbreviation, in any language, the likeliest first.

    \b
    Examples:
      graphsvc who TAU
      graphsvc who "Tampere Universty"
    """
    language = language or settings.language
    with asked(settings) as service:
        found = service.resolve_name(name, limit)
    if as_json:
        console.print_json(
            [
                {
                    "id": each.actor.id,
                    "name": each.actor.name,
                    "score": each.score,
                    "reasons": [sentence(ground, language) for ground in each.grounds],
                }
                for each in found
            ]
        )
        return
    table = Table("Sure", "Actor", "Id", "Why", box=SIMPLE)
    for each in found:
        why = " ".join(sentence(ground, language) for ground in each.grounds)
        table.add_row(f"{each.score:.0%}", escape(each.actor.name), each.actor.id, escape(why))
    console.out().print(table if found else "No name is like it.")
