"""What is decided on suggestions: ``decide``, ``follow-up``, ``decisions`` and what is below it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from graphsvc import console
from graphsvc.commands import decisions_shown, tables_written
from graphsvc.commands.opening import asked, opened
from graphsvc.decided import DecisionQuery
from graphsvc.deciding import Deciding, Following
from graphsvc.decisions import Event, PairState, Reply, Why
from graphsvc.options import Day, json_option, language_option, user
from graphsvc.render.answer_tables import check_ending
from graphsvc.service import Service
from graphsvc.settings import Settings

by_option = click.option("--by", default=user, show_default="the account's name", help="Who says so.")


def _dashed(word: str) -> str:
    return word.replace("_", "-")


def which_options(command: Any) -> Any:
    """Add the options that choose decisions."""
    states = [_dashed(state) for state in PairState]
    for decorate in (
        click.option("--until", type=Day(), help="Only replies of this day or before."),
        click.option("--since", type=Day(), help="Only replies of this day or later."),
        click.option("--person", default="", help="Only those of this person."),
        click.option("--actor", help="Only those about this actor, by id, identifier or name."),
        click.option("--state", "states", multiple=True, type=click.Choice(states), help="Only these."),
    ):
        command = decorate(command)
    return command


@click.command()
@click.argument("a")
@click.argument("b")
@click.argument("reply", type=click.Choice([_dashed(reply) for reply in Reply]))
@click.option("--reason", "why", required=True, type=click.Choice([_dashed(why) for why in Why]), help="Why.")
@click.option("--words", default="", help="Why, in words; needed for the reason other.")
@click.option(
    "--until", type=Day(), help="Until when it stays away. Default: no for three years, not-now for half a year."
)
@click.option("--since", type=Day(), help="With already-work-together: since when. Default: known from today on.")
@by_option
@json_option
@click.pass_obj
def decide(settings: Settings, /, a: str, b: str, reply: str, why: str, as_json: bool, **more: Any) -> None:
    """Reply to the suggestion that two actors work together. What is declined leaves all lists until its day.

    A and B are ids, identifiers or names. What is accepted leaves the lists too and is followed up. With the reason
    already-work-together the two become partners in the network, under the source "coordinator".

    \b
    Examples:
      graphsvc decide fi-2844561-8 pic-999903161 accept --reason good-fit
      graphsvc decide fi-2844561-8 pic-999903161 not-now --reason waits-for-funding --until 2027-06-01
      graphsvc decide fi-2844561-8 pic-999903161 no --reason already-work-together --since 2021-01-01
    """
    with opened(settings) as service:
        pair = (service.actor_meant(a), service.actor_meant(b))
        said = (Reply(reply.replace("-", "_")), Why(why.replace("-", "_")))
        done = service.ledger().decide(Deciding(*pair, *said, **more))
    decisions_shown.tell_decided(done, as_json=as_json)


@click.command("follow-up")
@click.argument("a")
@click.argument("b")
@click.argument("event", type=click.Choice([event.value for event in Event]))
@click.option("--on", type=Day(), help="When it happened. Default: today.")
@click.option("--collaboration", help="Id of the collaboration that came of it.")
@click.option("--words", default="", help="More about it.")
@by_option
@json_option
@click.pass_obj
def follow_up(settings: Settings, /, a: str, b: str, event: str, as_json: bool, **more: Any) -> None:
    """Say what came of a suggestion that was accepted: the two were introduced, met, or have a project.

    \b
    Example: graphsvc follow-up fi-2844561-8 pic-999903161 met --on 2026-11-20
    """
    with opened(settings) as service:
        pair = (service.actor_meant(a), service.actor_meant(b))
        done = service.ledger().follow_up(Following(*pair, Event(event), **more))
    decisions_shown.tell_decided(done, as_json=as_json)


@click.group(invoke_without_command=True)
@which_options
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 500), help="How many.")
@click.option("--after", help="Where the page before ended.")
@language_option
@json_option
@click.pass_context
def decisions(context: click.Context, /, language: str | None, as_json: bool, **which: Any) -> None:
    """List what was decided on suggestions, the newest first, with how things stand.

    \b
    Examples:
      graphsvc decisions --state accepted --state met
      graphsvc decisions history fi-2844561-8 pic-999903161
      graphsvc decisions summary --since 2026-01-01
      graphsvc decisions export decisions.xlsx
    """
    if context.invoked_subcommand:
        return
    settings: Settings = context.obj
    with asked(settings) as service:
        page = service.ledger().find(_query(service, **which))
    if as_json:
        console.print_json(page)
    else:
        decisions_shown.show_decisions(page, language or settings.language)


@decisions.command()
@click.argument("a")
@click.argument("b")
@language_option
@json_option
@click.pass_obj
def history(settings: Settings, a: str, b: str, language: str | None, as_json: bool) -> None:
    """Show all that was said of two actors, oldest first, also what was taken back.

    \b
    Example: graphsvc decisions history fi-2844561-8 pic-999903161
    """
    with asked(settings) as service:
        found = service.ledger().of_pair(service.actor_meant(a), service.actor_meant(b))
    if as_json:
        console.print_json(found)
    else:
        decisions_shown.show_history(found, language or settings.language)


@decisions.command()
@click.argument("a")
@click.argument("b")
@click.option("--words", default="", help="Why it is taken back.")
@by_option
@json_option
@click.pass_obj
def withdraw(settings: Settings, a: str, b: str, words: str, by: str, as_json: bool) -> None:
    """Take back what was said last of two actors: what stood before stands again.

    \b
    Example: graphsvc decisions withdraw fi-2844561-8 pic-999903161 --words "wrong pair"
    """
    with opened(settings) as service:
        done = service.ledger().withdraw_last(service.actor_meant(a), service.actor_meant(b), by, words)
    decisions_shown.tell_decided(done, as_json=as_json)


@decisions.command()
@which_options
@language_option
@json_option
@click.pass_obj
def summary(settings: Settings, /, language: str | None, as_json: bool, **which: Any) -> None:
    """Count what was accepted and declined, by what the suggestions rested on and by the reasons given.

    \b
    Example: graphsvc decisions summary --since 2026-01-01
    """
    with asked(settings) as service:
        found = service.ledger().acceptance(_query(service, **which))
    if as_json:
        console.print_json(found)
    else:
        decisions_shown.show_acceptance(found, language or settings.language)


@decisions.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@which_options
@language_option
@click.pass_obj
def export(settings: Settings, /, file: Path, language: str | None, **which: Any) -> None:
    """Write decisions, their history and the summary with charts to FILE: .xlsx, or .csv, a file for each table.

    \b
    Example: graphsvc decisions export decisions.xlsx --language fi
    """
    check_ending(file)
    with asked(settings) as service:
        tables = service.ledger().tables(_query(service, **which), language or settings.language)
    tables_written.write(file, tables)


def _query(
    service: Service,
    *,
    states: tuple[str, ...],
    actor: str | None,
    person: str,
    since: date | None,
    until: date | None,
    **page: Any,
) -> DecisionQuery:
    """Return which decisions the options mean."""
    wanted = tuple(PairState(state.replace("-", "_")) for state in states)
    return DecisionQuery(wanted, actor and service.actor_meant(actor), person, since, until, **page)
