"""``regions``: what coordinators of a region ask, as tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from graphsvc import console
from graphsvc.commands import agreement_shown, regions_shown, tables_written
from graphsvc.commands.environment_options import ask_of, check, environment_options
from graphsvc.commands.opening import asked
from graphsvc.errors import InvalidValue
from graphsvc.ingest.columns import VIEW_SHEETS
from graphsvc.options import Day, json_option, language_option
from graphsvc.regions.rdi_environments import only
from graphsvc.render.answer_tables import check_ending
from graphsvc.settings import Settings


@click.command()
@click.argument("view", type=click.Choice(tuple(VIEW_SHEETS)), required=False)
@click.option("--as-of", type=Day(), help="As the graph stood on this day. Default: today.")
@click.option(
    "--agreement",
    metavar="AGREEMENT",
    help="Of ecosystem agreements: only this one, by id or name, in the shape of its import sheet.",
)
@environment_options
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also write the tables: .xlsx, .csv or .parquet.",
)
@language_option
@json_option
@click.pass_obj
def regions(  # one argument for each option
    settings: Settings,
    /,
    view: str | None,
    as_of: date | None,
    agreement: str | None,
    output: Path | None,
    language: str | None,
    as_json: bool,
    **narrowed: str | None,
) -> None:
    """Show a region view: startup alliance, and others; without a name, list them.

    Each has an import sheet of its own: graphsvc template FILE --view VIEW.

    \b
    Examples:
      graphsvc regions
      graphsvc regions startup_alliance --language fi
      graphsvc regions startup_alliance --as-of 2020-12-31 --output members.xlsx
      graphsvc regions rdi_environments --theme hydrogen --eu no
      graphsvc regions ecosystem_agreements --agreement ekosysteemisopimukset --output agreement.xlsx
    """
    language = language or settings.language
    if output:
        check_ending(output)
    if agreement and view != agreement_shown.VIEW:
        raise InvalidValue("Only ecosystem agreements have an --agreement.", remedy=f"Ask for {agreement_shown.VIEW}.")
    check(view, narrowed)
    if view is None:
        regions_shown.show_list(language, as_json=as_json)
        return
    with asked(settings) as service:
        found = service.region(view, as_of)
        if any(narrowed.values()):
            found = only(found, ask_of(service, narrowed))
        one = service.collaboration_meant(agreement) if agreement else ""
    if one:
        agreement_shown.give(found, one, language, output, as_json=as_json)
        return
    made = regions_shown.tables_of(view, found, language)
    if as_json:
        console.print_json(found)
    else:
        regions_shown.show(view, found, made, language)
    if output:
        tables_written.write(output, made)
