"""Consortia: ``consortium`` proposes one, ``check-consortium`` checks a list of actors, ``calls`` shows the rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from graphsvc import console, rulebook
from graphsvc.commands import consortium_shown, tables_written
from graphsvc.commands.opening import asked
from graphsvc.consortium import CheckAsk, ConsortiumAsk
from graphsvc.options import Day, json_option, language_option
from graphsvc.render.answer_tables import check_ending
from graphsvc.settings import Settings

_call_option = click.option("--call", required=True, metavar="CALL", help="The call; graphsvc calls lists them.")
_lead_option = click.option("--lead", metavar="ACTOR", help="Who leads; counts as one who is in.")
_as_of_option = click.option("--as-of", type=Day(), help="The network as it stood on this day.")
_output_option = click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write it to this file: .xlsx, .csv (a file for each table) or .parquet.",
)


@click.command()
@click.argument("theme")
@_call_option
@click.option(
    "--with", "already", multiple=True, metavar="ACTOR", help="Who is in already; may be given more than once."
)
@_lead_option
@click.option("--place", metavar="PLACE", help="Who is located here gets a point more.")
@_as_of_option
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many candidates.")
@click.option("--size", type=click.IntRange(2, 100), help="Partners of the proposal. Default: as the call recommends.")
@_output_option
@language_option
@json_option
@click.pass_obj
def consortium(
    settings: Settings,
    /,
    theme: str,
    already: tuple[str, ...],
    size: int | None,
    output: Path | None,
    language: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Propose a consortium on a theme for a call, with who else may come in and why.

    \b
    Examples:
      graphsvc consortium "Digitalisation of industry" --call horizon-europe --with "Tampereen yliopisto"
      graphsvc consortium urbanisation --call interreg-europe --place Pirkanmaa --output shortlist.xlsx
    """
    language = language or settings.language
    if output:
        check_ending(output)
    with asked(settings) as service:
        place, lead = options["place"], options["lead"]
        ask = ConsortiumAsk(
            service.theme_meant(theme),
            options["call"],
            tuple(service.actor_meant(each) for each in already),
            service.actor_meant(lead) if lead else None,
            service.place_meant(place) if place else None,
            options["as_of"],
            options["top"],
            size or 0,
        )
        answer = service.shortlist(ask)
        told = answer.tell(language)
    if output:
        tables_written.write(output, consortium_shown.shortlist_tables(told, language))
    if as_json:
        console.print_json(consortium_shown.shortlist_json(answer, told))
    else:
        consortium_shown.show_shortlist(answer, told, language)


@click.command()
@click.argument("actors", nargs=-1, required=True, metavar="ACTOR...")
@_call_option
@_lead_option
@_as_of_option
@_output_option
@language_option
@json_option
@click.pass_obj
def check_consortium(
    settings: Settings,
    /,
    actors: tuple[str, ...],
    call: str,
    lead: str | None,
    as_of: date | None,
    output: Path | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Check a list of actors against the rules of a call: met, not met, or nobody can say.

    Ends with 1 where a rule that must be met is not.

    \b
    Example: graphsvc check-consortium --call interreg-europe --lead "Pirkanmaan liitto" 2844561-8 0211675-2
    """
    language = language or settings.language
    if output:
        check_ending(output)
    with asked(settings) as service:
        meant = tuple(service.actor_meant(each) for each in actors)
        answer = service.check_consortium(CheckAsk(call, meant, service.actor_meant(lead) if lead else None, as_of))
    if output:
        tables_written.write(output, [consortium_shown.findings_table(answer.tell(language))])
    if as_json:
        console.print_json(consortium_shown.check_json(answer, language))
    else:
        consortium_shown.show_check(answer, language)
    if answer.fails:
        raise SystemExit(1)


@click.command()
@click.option(
    "--template",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a file to copy for a call of your own, with every kind of rule in it.",
)
@language_option
@json_option
@click.pass_obj
def calls(settings: Settings, template: Path | None, language: str | None, as_json: bool) -> None:
    """List the calls that consortia are built for, with their rules; check the files of your own.

    Ends with 2 where a file of your own is wrong.

    \b
    Examples:
      graphsvc calls --language fi
      graphsvc calls --template my-call.toml
    """
    if template:
        if template.exists():
            raise click.BadParameter(f"{template} is there already.", param_hint="--template")
        with console.writing(template):
            template.write_text(rulebook.template(), encoding="utf-8")
        console.tell(f"Written: {template}")
        return
    book = rulebook.read(settings.home / rulebook.FOLDER)
    if as_json:
        console.print_json(consortium_shown.calls_json(book))
    else:
        consortium_shown.show_calls(book, language or settings.language)
    if book.faults:
        raise SystemExit(2)
