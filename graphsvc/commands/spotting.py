"""Questions about gaps at the terminal: ``gaps``, ``coverage``, ``absent``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from graphsvc import console
from graphsvc.analysis.coverage import DEFAULT, Threshold
from graphsvc.analysis.gaps import GapKind, Gaps
from graphsvc.commands import gaps_shown, tables_written
from graphsvc.commands.opening import asked
from graphsvc.errors import NotFound
from graphsvc.options import json_option, language_option, view_of, view_options
from graphsvc.render.answer_tables import check_ending
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.spotted import GapTold, coverage_tables, gap_tables, tell
from graphsvc.spotting import LISTED, AbsentAsk, CoverageAsk, GapsAsk, names

F = TypeVar("F", bound=Callable[..., Any])

_output = click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also write tables: .xlsx, .csv or .parquet.",
)


def _thresholds(command: F) -> F:
    """Add the options that say from when on a cell is filled, and at which level of the themes."""
    for option in (
        click.option(
            "--elsewhere",
            type=click.IntRange(0),
            help="Actors that the other groups must have on a theme before a cell is thin. Default: --fewest for each.",
        ),
        click.option(
            "--fewest",
            type=click.IntRange(1),
            default=DEFAULT.fewest,
            show_default=True,
            help="Actors from which on a cell is filled; 1: only empty cells are gaps.",
        ),
        click.option(
            "--level",
            type=click.IntRange(1, 20),
            default=1,
            show_default=True,
            help="Level of the tree of themes: 1 at the top, or right below --theme.",
        ),
    ):
        command = option(command)
    return command


@click.command()
@view_options
@click.option(
    "--only",
    multiple=True,
    type=click.Choice([each.value for each in LISTED]),
    help="Only this kind of gap; may be given often.",
)
@click.option("--top", default=5, show_default=True, type=click.IntRange(1, 1000), help="How many of each kind.")
@_thresholds
@click.option("--hub", type=click.IntRange(1), help="Partners from which on an actor is a hub. Default: the top 5 %.")
@_output
@language_option
@json_option
@click.pass_obj
def gaps(settings: Settings, /, **options: Any) -> None:
    """List gaps beside missing partnerships: themes without a sector or a municipality, and holes in the structure.

    Kinds: coverage (a theme that nobody of a group works on), apart (two communities on one theme without a tie),
    broker (an actor without which others fall apart), untied (an actor without a partner in the place) and door (the
    place's only tie to a foreign hub). Each with its reasons, and who should meet.

    \b
    Examples:
      graphsvc gaps --place Pirkanmaa --language fi
      graphsvc gaps --place Pirkanmaa --only broker --only door --hub 50
      graphsvc gaps --place Pirkanmaa --top 100 --output gaps.xlsx
    """
    language, output, as_json = _how(options, settings)
    kinds = tuple(GapKind(each) for each in options.pop("only")) or LISTED
    threshold = Threshold(options.pop("fewest"), options.pop("elsewhere"))
    ask = GapsAsk(kinds, options.pop("top"), options.pop("level"), threshold, options.pop("hub"))
    with asked(settings) as service:
        view = view_of(options, service)
        with console.spinner("Looking for gaps"):
            found = service.gaps(view, ask)
        told = tell(found.gaps, language, names(service.ground(view), language))
    _give(found, told, language, output, as_json)


@click.command()
@view_options
@click.option(
    "--by",
    type=click.Choice(["helix", "area"]),
    default="helix",
    show_default=True,
    help="Sectors of the quadruple helix, or the municipalities of a region (the regions of a country).",
)
@_thresholds
@click.option("--names", "named", is_flag=True, help="Also print who is behind each cell.")
@_output
@language_option
@json_option
@click.pass_obj
def coverage(settings: Settings, /, **options: Any) -> None:
    """Show who works on which theme: a matrix of themes by sector or by area, and which cells are empty or thin.

    With --place only actors located there count. Every sector and every municipality has its row, also without anybody.
    --output and --json have the names behind each cell.

    \b
    Examples:
      graphsvc coverage --place Pirkanmaa --language fi
      graphsvc coverage --place Pirkanmaa --by area --output areas.xlsx
      graphsvc coverage --place Pirkanmaa --theme environment-and-climate --names
    """
    language, output, as_json = _how(options, settings)
    named = options.pop("named")
    threshold = Threshold(options.pop("fewest"), options.pop("elsewhere"))
    ask = CoverageAsk(options.pop("by"), options.pop("level"), threshold)
    with asked(settings) as service:
        view = view_of(options, service)
        found = service.coverage(view, ask)
        name_of = names(service.ground(view), language)
        tables = coverage_tables(found, language, name_of) if output else ()
        if as_json:
            console.print_json(gaps_shown.coverage_json(found, language, name_of))
        else:
            gaps_shown.show_coverage(found, language, name_of, named=named)
    if output:
        tables_written.write(output, tables)


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="THEME|COLLABORATION…")
@view_options
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many actors.")
@_output
@language_option
@json_option
@click.pass_obj
def absent(settings: Settings, /, **options: Any) -> None:
    """List who is absent from a theme or a collaboration, or from several together, each with its reasons.

    Give themes and collaborations by id or name. With --place, only actors located there are listed.

    \b
    Examples:
      graphsvc absent "Teollisuuden digitalisaatio" --place Pirkanmaa --language fi
      graphsvc absent pirkanmaan-startup-allianssi --top 10
    """
    language, output, as_json = _how(options, settings)
    what, top = options.pop("what"), options.pop("top")
    with asked(settings) as service:
        view = view_of(options, service)
        ask = _meant(service, what, top)
        found = service.absent(view, ask)
        told = tell(found.gaps, language, names(service.ground(view), language))
    _give(found, told, language, output, as_json)


def _how(options: dict[str, Any], settings: Settings) -> tuple[str, Path | None, bool]:
    """Take out the language, the file and whether JSON is wanted; a file with a wrong ending is told at once."""
    output = options.pop("output")
    if output:
        check_ending(output)
    return options.pop("language") or settings.language, output, options.pop("as_json")


def _meant(service: Service, what: tuple[str, ...], top: int) -> AbsentAsk:
    """Return what is asked about; each word is a theme, or else a collaboration."""
    themes, collaborations = [], []
    for text in what:
        try:
            themes.append(service.theme_meant(text))
        except NotFound as no_theme:
            try:
                collaborations.append(service.collaboration_meant(text))
            except NotFound as neither:
                remedy = f"Themes: {no_theme.remedy} Collaborations: {neither.remedy}"
                raise NotFound("theme or collaboration", text, remedy=remedy) from None
    return AbsentAsk(tuple(sorted(set(themes))), tuple(sorted(set(collaborations))), top)


def _give(found: Gaps, told: tuple[GapTold, ...], language: str, output: Path | None, as_json: bool) -> None:
    if output:
        tables_written.write(output, gap_tables(told))
    if as_json:
        console.print_json(gaps_shown.gaps_json(found, told))
    else:
        gaps_shown.show_gaps(found, told, language)
