"""Which entries are one body: ``review``, ``judgements``, ``merge``, ``unmerge``, ``withdraw``."""

from __future__ import annotations

import sys
from typing import Any, Final

import click

from graphsvc import console
from graphsvc.commands import judgements_shown
from graphsvc.commands.opening import asked, opened
from graphsvc.judging import JudgementQuery, Saying
from graphsvc.model import Verdict
from graphsvc.options import json_option, language_option, user
from graphsvc.service import Service
from graphsvc.settings import Settings

_ANSWERS: Final = {"s": Verdict.SAME, "d": Verdict.DIFFERENT}


def pair_options(command: Any) -> Any:
    """Add the two entries, the reason and the person to a command."""
    for decorate in (
        click.option("--by", default=user, show_default="the account's name", help="Who says so."),
        click.option("--reason", required=True, help="Why, for those who come after."),
        click.argument("b"),
        click.argument("a"),
    ):
        command = decorate(command)
    return command


@click.command()
@pair_options
@click.pass_obj
def merge(settings: Settings, a: str, b: str, reason: str, by: str) -> None:
    """Say that two entries are one body. Neither is changed, so unmerge restores exactly what was.

    A and B are ids, in any order. Which of them is shown follows from the entries: the one with a business id first.

    \b
    Example: graphsvc merge fi-2844561-8 pic-999903161 --reason "same foundation, by its register extract"
    """
    with opened(settings) as service:
        done = service.judge(Saying(a, b, by, reason), Verdict.SAME)
    judgements_shown.tell_judged(done)


@click.command()
@pair_options
@click.pass_obj
def unmerge(settings: Settings, a: str, b: str, reason: str, by: str) -> None:
    """Take a merging of two entries back, or say that two entries that no person merged are two bodies.

    \b
    Example: graphsvc unmerge fi-2844561-8 pic-999903161 --reason "the hospital's own legal person"
    """
    with opened(settings) as service:
        done = service.unmerge(Saying(a, b, by, reason))
    judgements_shown.tell_judged(done)


@click.command()
@pair_options
@click.pass_obj
def withdraw(settings: Settings, a: str, b: str, reason: str, by: str) -> None:
    """Take back the last judgement about two entries, whatever it was: what counted before it counts again.

    \b
    Example: graphsvc withdraw fi-2844561-8 pic-999903161 --reason "wrong pair"
    """
    with opened(settings) as service:
        done = service.withdraw(Saying(a, b, by, reason))
    judgements_shown.tell_judged(done)


@click.command()
@click.option("--verdict", type=click.Choice([verdict.value for verdict in Verdict]), help="Only these.")
@click.option("--actor", help="Only those about the entry with this id.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 500), help="How many.")
@click.option("--after", help="Where the page before ended.")
@language_option
@json_option
@click.pass_obj
def judgements(
    settings: Settings,
    /,
    verdict: str | None,
    actor: str | None,
    limit: int,
    after: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """List what counts of the judgements, persons' first, then the matching's, each with both entries side by side.

    \b
    Examples:
      graphsvc judgements --verdict same
      graphsvc judgements --actor fi-2844561-8 --json
    """
    query = JudgementQuery(Verdict(verdict) if verdict else None, actor, limit, after)
    with asked(settings) as service:
        page = service.judgements(query)
    _show(page, language or settings.language, as_json=as_json)


@click.command()
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 500), help="How many pairs.")
@click.option("--by", default=user, show_default="the account's name", help="Who decides.")
@click.option("--list", "only_list", is_flag=True, help="Only list the pairs; decide nothing.")
@language_option
@json_option
@click.pass_obj
def review(settings: Settings, /, limit: int, by: str, only_list: bool, language: str | None, as_json: bool) -> None:
    """Show the pairs that may be one body, the surest first, and at a terminal ask about each.

    \b
    Examples:
      graphsvc review
      graphsvc review --list --limit 100
    """
    language = language or settings.language
    with asked(settings) as service:
        page = service.judgements(JudgementQuery(Verdict.UNSURE, limit=limit))
        if as_json or only_list or not sys.stdin.isatty() or not page.items:
            _show(page, language, as_json=as_json)
            return
        for pair in page.items:
            judgements_shown.show_pair(pair, language)
            if not _decided(service, Saying(pair.judgement.a, pair.judgement.b, by)):
                return


def _decided(service: Service, saying: Saying) -> bool:
    """Ask about a pair and note the answer; False to stop."""
    question = "One body (s)ame, two bodies (d)ifferent, (l)ater, (q)uit"
    answer = click.prompt(question, type=click.Choice(["s", "d", "l", "q"]), default="l", err=True, show_choices=False)
    if answer in _ANSWERS:
        reason = click.prompt("Why", default="", err=True, show_default=False)
        judgements_shown.tell_judged(service.judge(saying._replace(reason=reason), _ANSWERS[answer]))
    return bool(answer != "q")


def _show(page: Any, language: str, *, as_json: bool) -> None:
    if as_json:
        console.print_json(judgements_shown.judgements_json(page, language))
    else:
        judgements_shown.show_judgements(page, language)
