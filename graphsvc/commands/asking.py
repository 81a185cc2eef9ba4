"""Questions that are answered at the terminal: ``status``, ``missing``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from graphsvc import console
from graphsvc.analysis.features import BALANCE
from graphsvc.commands import answers_shown, missing_shown, tables_written
from graphsvc.commands.opening import asked, opened
from graphsvc.missing_tables import missing_tables
from graphsvc.options import json_option, language_option, view_of, view_options
from graphsvc.render.answer_tables import check_ending
from graphsvc.settings import Settings
from graphsvc.suggesting import Selection


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
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 1_000_000), help="How many suggestions.")
@click.option(
    "--balance",
    default=BALANCE,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Between likely (0) and new (1): having many partners already earns less and less.",
)
@click.option(
    "--per-actor",
    type=click.IntRange(1),
    help="Lines that one actor may have. Default: a fifth of the list, and at least four.",
)
@click.option("--all", "decided", is_flag=True, help="Also pairs that persons decided on, with the decision.")
@click.option(
    "--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="Also write them to this file."
)
@click.option("--excel", is_flag=True, help="With --csv: semicolons and decimal commas, as Excel here reads them.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also write the list, each reason and how it was made: .xlsx, .csv or .parquet.",
)
@language_option
@json_option
@click.pass_obj
def missing(settings: Settings, /, csv_file: Path | None, language: str | None, **options: Any) -> None:
    """List missing partnerships: pairs that share no collaboration and perhaps should, each with its reasons.

    The file of --csv has the columns rank, actor_a, actor_b (ids as the source writes them) and score, then names, our
    ids and, for the first 1,000 lines, the reasons.

    \b
    Examples:
      graphsvc missing --top 10 --language fi
      graphsvc missing --place Pirkanmaa --as-of 2018-01-01 --csv missing.csv
      graphsvc missing --place Pirkanmaa --language fi --output puuttuvat.xlsx
      graphsvc missing --balance 0.8 --per-actor 2
    """
    if output := options.pop("output"):
        check_ending(output)
    excel, as_json, language = options.pop("excel"), options.pop("as_json"), language or settings.language
    selection = Selection(
        options.pop("top"), options.pop("balance"), options.pop("per_actor") or 0, decided=options.pop("decided")
    )
    with asked(settings) as service:
        view = view_of(options, service)
        answer = service.missing(view, selection=selection)
        told = service.tell(answer, view, language)
        written = service.source_ids(view) if csv_file else {}
        known = service.ledger().known(view.as_of)
        tables = missing_tables(answer, told, view, service.snapshot().sources, language) if output else ()
    if csv_file:
        with console.writing(csv_file):
            missing_shown.write_missing_csv(csv_file, told, written, excel=excel)
        console.tell(f"Written: {csv_file}")
    if output:
        tables_written.write(output, tables)
    if as_json:
        console.print_json(missing_shown.missing_json(answer, told, known))
    else:
        missing_shown.show_missing(answer, told, known, language)
