"""Questions that are answered at the terminal: ``status``, ``measures``, ``missing``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from graphsvc import console
from graphsvc.commands import answers_shown
from graphsvc.commands.opening import asked, opened
from graphsvc.errors import InvalidValue
from graphsvc.options import json_option, language_option, view_of, view_options
from graphsvc.settings import Settings


@click.command()
@json_option
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """Say what is in the graph: actors, collaborations, sources with their dates, revision.

    \b
    Example: graphsvc status --json
    """
    with opened(settings) as service:
        answer = service.status()
    if as_json:
        console.print_json(answer)
    else:
        answers_shown.show_status(answer)


@click.command()
@view_options
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many actors.")
@click.option("--by", default="betweenness", show_default=True, metavar="MEASURE", help="The measure to sort by.")
@json_option
@click.pass_obj
def measures(settings: Settings, /, top: int, by: str, as_json: bool, **options: Any) -> None:
    """Measure the actors: degree, strength, betweenness, closeness, PageRank, core, constraint, community.

    \b
    Examples:
      graphsvc measures --by pagerank --top 10
      graphsvc measures --place FI197 --reach inside
    """
    with asked(settings) as service:
        view = view_of(options, service)
        answer = service.measures(view)
        network = service.network(view)
    if by not in answer.measures:
        raise InvalidValue(f"There is no measure {by!r}.", remedy=f"Take one of {', '.join(answer.measures)}.")
    if as_json:
        console.print_json(answer)
    else:
        answers_shown.show_measures(answer, network.actors, by, top)


@click.command()
@view_options
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many suggestions.")
@click.option(
    "--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="Also write them to this file."
)
@language_option
@json_option
@click.pass_obj
def missing(
    settings: Settings, /, top: int, csv_file: Path | None, language: str | None, as_json: bool, **options: Any
) -> None:
    """List missing partnerships: pairs that share no collaboration and perhaps should, each with its reasons.

    \b
    Examples:
      graphsvc missing --top 10 --language fi
      graphsvc missing --place Pirkanmaa --as-of 2018-01-01 --csv missing.csv
    """
    language = language or settings.language
    with asked(settings) as service:
        view = view_of(options, service)
        answer = service.missing(view, top=top)
        told = service.tell(answer, view, language)
    if csv_file:
        with console.writing(csv_file):
            answers_shown.write_missing_csv(csv_file, told)
        console.tell(f"Written: {csv_file}")
    if as_json:
        console.print_json(answers_shown.missing_json(answer, told))
    else:
        answers_shown.show_missing(answer, told, language)
