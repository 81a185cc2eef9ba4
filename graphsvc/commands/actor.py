"""``actor``: one page about one actor, each value with who says it."""

from __future__ import annotations

from datetime import date

import click

from graphsvc import console
from graphsvc.commands import actor_shown
from graphsvc.commands.opening import asked
from graphsvc.facets import names_in
from graphsvc.options import Day, json_option, language_option
from graphsvc.settings import Settings


@click.command()
@click.argument("who", metavar="ACTOR")
@click.option("--as-of", type=Day(), help="As it stood on this day: nothing that begins later.")
@language_option
@json_option
@click.pass_obj
def actor(settings: Settings, who: str, as_of: date | None, language: str | None, as_json: bool) -> None:
    """Show one actor on one page: names, identifiers, who says each value, collaborations, partners, rows.

    ACTOR is an id, an identifier (business id, VAT, PIC, ROR, ISNI, Wikidata) or a name.

    \b
    Examples:
      graphsvc actor 2844561-8
      graphsvc actor "Tampereen yliopisto" --as-of 2018-01-01
    """
    with asked(settings) as service:
        id_ = service.actor_meant(who)
        profile = service.actor(id_, as_of)
        rows = service.records_of_actor(id_, limit=actor_shown.ROWS)
        if as_json:
            console.print_json({"profile": profile, "records": rows})
        else:
            spoken = language or settings.language
            names = names_in(service.snapshot, spoken)
            actor_shown.show(profile, rows, service.place_name, spoken, names)
