"""``graphsvc measures``: measures of actors and networks, on a day, from year to year, and between two days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from graphsvc import console
from graphsvc.analysis.catalogue import ALL, CATALOGUE, SHOWN
from graphsvc.analysis.costs import estimate
from graphsvc.analysis.measures import ACTOR_MEASURES, NETWORK_NUMBERS, SHOWN_ACTOR_MEASURES
from graphsvc.commands import change_shown, measures_shown, tables_written
from graphsvc.commands.opening import asked
from graphsvc.errors import InvalidValue
from graphsvc.measuring import SECONDS, Between, Course, split, within
from graphsvc.model import View
from graphsvc.options import Day, json_option, language_option, view_of, view_options
from graphsvc.render.answer_tables import AnswerTable, check_ending
from graphsvc.service import Service
from graphsvc.settings import Settings

_REMEDY: Final = "Add --yes, or ask for fewer with --measure, or for a part of the network."
_ID = click.Choice(list(CATALOGUE))


class Years(click.ParamType[tuple[int, int]]):
    """Years as 2014-2019, or one year."""

    name = "YEARS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Return the first and the last year, or fail with the form that is understood."""
        found = re.fullmatch(r"([0-9]{4})(?:[-–]([0-9]{4}))?", value)
        if not found or value.startswith("0000"):
            raise click.BadParameter(f"{value!r} are no years; write 2014-2019.", ctx, param)
        return int(found[1]), int(found[2] or found[1])


@dataclass(frozen=True, slots=True)
class _Wanted:
    """How an answer is given, and what may be spent on it."""

    language: str
    as_json: bool
    output: Path | None
    most: float | None

    def written(self, tables: tuple[AnswerTable, ...]) -> None:
        """Write the tables where a file is asked for."""
        if self.output:
            tables_written.write(self.output, tables)


@click.command()
@view_options
@click.option("--measure", "only", multiple=True, type=_ID, metavar="ID", help="Only this one; may be given often.")
@click.option("--all", "everything", is_flag=True, help="Every measure there is, also those that take long.")
@click.option("--network", is_flag=True, help="The numbers of the network as a whole, with what they mean.")
@click.option("--explain", multiple=True, type=_ID, metavar="ID", help="Say what a measure is and when it misleads.")
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many actors.")
@click.option("--by", metavar="ID", help="The measure to sort by. Default: betweenness.")
@click.option("--over-time", type=Years(), metavar="2014-2019", help="As of the last day of each of these years.")
@click.option("--between", nargs=2, type=Day(), metavar="DATE DATE", help="What changed between two days, and why.")
@click.option("--actor", "actors", multiple=True, metavar="ACTOR", help="With these two: whose values; id or name.")
@click.option("--running", is_flag=True, help="With these two: only what runs on the day, not what had ended.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also write tables, of all actors: .xlsx, .csv or .parquet.",
)
@click.option("--yes", is_flag=True, help=f"Go on also where it takes more than {SECONDS:.0f} seconds of one core.")
@language_option
@json_option
@click.pass_obj
def measures(settings: Settings, /, **options: Any) -> None:
    """Measure the actors and the network, today, on a day, from year to year or between two days.

    Without --measure or --all those are computed that are quick and mostly read. --explain tells of each what it means
    and when it misleads. What takes long is told before it is begun; betweenness of large networks is estimated, and
    says so with its error.

    \b
    Examples:
      graphsvc measures --by pagerank --top 10
      graphsvc measures --place FI197 --reach inside --all --output pirkanmaa.xlsx
      graphsvc measures --network --language fi
      graphsvc measures --explain constraint
      graphsvc measures --over-time 2014-2019 --measure betweenness --actor "Tampereen yliopisto"
      graphsvc measures --between 2015-12-31 2019-12-31 --measure betweenness
    """
    language = options.pop("language") or settings.language
    output, yes = options.pop("output"), options.pop("yes")
    wanted = _Wanted(language, options.pop("as_json"), output, None if yes else SECONDS)
    if explain := options.pop("explain"):
        measures_shown.explain(explain, language)
        return
    _check(options, output)
    years: tuple[int, int] | None = options.pop("over_time")
    days: tuple[date, date] | None = options.pop("between")
    actors = options.pop("actors")
    chosen, by = _chosen(options, over_time=bool(years or days))
    top, running = options.pop("top"), options.pop("running")
    with asked(settings) as service:
        view = view_of(options, service)
        meant = tuple(dict.fromkeys(service.actor_meant(actor) for actor in actors))
        if years:
            _over_time(service, Course(*years, view, chosen, meant, running, wanted.most), wanted)
        elif days:
            _between(
                service, Between(days[0], days[1], view, by or "betweenness", meant, running, wanted.most), wanted, top
            )
        else:
            _on_a_day(service, view, chosen, by, top, wanted)


def _check(options: dict[str, Any], output: Path | None) -> None:
    if options["over_time"] and options["between"]:
        raise click.UsageError("Take --over-time or --between, not both.")
    if (options["actors"] or options["running"]) and not (options["over_time"] or options["between"]):
        raise click.UsageError("--actor and --running go with --over-time or --between.")
    if output:
        check_ending(output)


def _chosen(options: dict[str, Any], *, over_time: bool) -> tuple[tuple[str, ...], str | None]:
    """Return the ids that are asked for, in the order of the catalogue, and that by which actors are sorted."""
    only, everything, network, by = (options.pop(name) for name in ("only", "everything", "network", "by"))
    if by is not None and by not in ACTOR_MEASURES:
        raise InvalidValue(f"There is no measure {by!r}.", remedy=f"Take one of {', '.join(ACTOR_MEASURES)}.")
    default = () if network else SHOWN_ACTOR_MEASURES if over_time else SHOWN
    ids = {*(ALL if everything else only or default), *(NETWORK_NUMBERS if network else ())}
    if over_time and not only and not network:
        ids.update(NETWORK_NUMBERS)
    ids.update({by} if by else ())
    chosen = tuple(id_ for id_ in CATALOGUE if id_ in ids)
    of_actors = split(chosen)[0]
    first = "betweenness" if "betweenness" in of_actors else of_actors[0] if of_actors else None
    return chosen, by or first


def _on_a_day(service: Service, view: View, chosen: tuple[str, ...], by: str | None, top: int, wanted: _Wanted) -> None:
    network = service.network(view)
    cost = estimate(network.arrays, chosen)
    within(cost, wanted.most, remedy=_REMEDY)
    if cost.seconds > 2:
        console.tell(f"About {cost.seconds:,.0f} seconds of one core.")
    with console.progress("Measuring") as progress:
        ranked = measures_shown.Ranked(service.measures(view, chosen, progress=progress), network, by)
    wanted.written(measures_shown.tables(ranked, wanted.language) if wanted.output else ())
    if wanted.as_json:
        console.print_json(ranked.measures)
    else:
        measures_shown.show(ranked, top, wanted.language)


def _over_time(service: Service, ask: Course, wanted: _Wanted) -> None:
    with console.progress("Measuring each year") as progress:
        found = service.over_time(ask, progress, remedy=_REMEDY)
    names = {id_: service.actor(id_).actor.name for id_ in ask.actors}
    wanted.written(change_shown.course_tables(found, names))
    if wanted.as_json:
        console.print_json(found)
    else:
        change_shown.show_course(found, names, wanted.language)


def _between(service: Service, ask: Between, wanted: _Wanted, top: int) -> None:
    with console.progress("Measuring both days") as progress:
        found = service.change(ask, progress, remedy=_REMEDY)
    wanted.written(change_shown.change_tables(found))
    if wanted.as_json:
        console.print_json(found)
    else:
        change_shown.show_change(found, top, wanted.language)
