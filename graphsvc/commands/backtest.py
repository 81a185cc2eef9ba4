"""``graphsvc backtest``: how often suggestions of the past came true."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any, Final

import click
from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Column, Table

from graphsvc import console
from graphsvc.analysis.backtest import LINES, Backtest
from graphsvc.analysis.features import BALANCE
from graphsvc.analysis.results import Noun, Ref
from graphsvc.analysis.track_record import scope_name, track_record
from graphsvc.commands.opening import asked
from graphsvc.model import IdentityLevel
from graphsvc.options import Day, json_option, language_option
from graphsvc.service import Service
from graphsvc.settings import Settings
from graphsvc.tracking import Past
from graphsvc.wording import say

_TITLES: Final = ("scope", "scorer", "lines", "precision", "low", "high", "lift", "actors_in_100")


@click.command()
@click.option("--until", "cut", type=Day(), required=True, help="Hide all that begins on this day or later.")
@click.option("--to", "until", type=Day(), help="Compare with what began before this day. Default: all there is.")
@click.option("--place", "places", multiple=True, metavar="PLACE", help="Also measure the pairs of this place.")
@click.option(
    "--balance",
    default=BALANCE,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Between likely (0) and new (1), as for missing.",
)
@click.option(
    "--identity",
    type=click.Choice([each.value for each in IdentityLevel]),
    default=IdentityLevel.CURRENT.value,
    show_default=True,
    help="Which actors count as one.",
)
@click.option("--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), help="Also write the figures.")
@language_option
@json_option
@click.pass_obj
def backtest(settings: Settings, /, csv_file: Path | None, language: str | None, as_json: bool, **options: Any) -> None:
    """Measure suggestions against the past: hide what began later, suggest, and compare with what came.

    Beside graphsvc stand the usual indices of link prediction, measured in the same run. It says plainly where
    graphsvc is no better.

    \b
    Examples:
      graphsvc backtest --until 2018-01-01
      graphsvc backtest --until 2018-01-01 --place Pirkanmaa --language fi --csv track-record.csv
    """
    language = language or settings.language
    with asked(settings) as service:
        past = _past(service, **options)
        found = service.backtest(past)
        names = {place: service.network().name_of(Ref(Noun.PLACE, place), language) for place in past.places}
    if csv_file:
        with console.writing(csv_file):
            _write(csv_file, found)
        console.tell(f"Written: {csv_file}")
    if as_json:
        told = track_record(found, language, names.__getitem__)
        console.print_json({"told": told, **as_values(found)})
    else:
        _show(found, language, names)


def _past(
    service: Service, cut: date, until: date | None, places: tuple[str, ...], balance: float, identity: str
) -> Past:
    meant = tuple(dict.fromkeys(service.place_meant(place) for place in places))
    return Past(cut, until, meant, balance, IdentityLevel(identity))


def as_values(found: Backtest) -> dict[str, Any]:
    """Return a backtest for machines, without the pairs themselves."""
    names = [each.name for each in fields(found) if each.name != "window"]
    values: dict[str, Any] = {name: console.plain(getattr(found, name)) for name in names}
    window = found.window
    values["window"] = {
        "new_pairs": len(window.a),
        "collaborations": window.collaborations,
        "unknown_actors": window.unknown,
        "kin_pairs": window.kin,
    }
    return values


def _show(found: Backtest, language: str, names: dict[str, str]) -> None:
    out = console.out()
    for each in found.scopes:
        table = Table(
            Column(scope_name(each.name, language, names.__getitem__), min_width=20),
            *[Column(f"{lines:,}", justify="right") for lines in LINES],
            Column("actors/100", justify="right"),
            box=SIMPLE,
        )
        for listed in (one for one in found.lists if one.scope == each.name):
            shares = [f"{100 * listed.precision[lines].value:.1f} %" for lines in LINES]
            table.add_row(say("backtest", f"scorer.{listed.scorer}", language), *shares, str(listed.actors or "–"))
        out.print(table)
    for sentence in track_record(found, language, names.__getitem__):
        out.print(escape(sentence), highlight=False)


def _write(path: Path, found: Backtest) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_TITLES)
        writer.writerows(_rows(found))


def _rows(found: Backtest) -> Iterator[list[object]]:
    for each in found.lists:
        for lines in LINES:
            at = each.precision[lines]
            figures = [f"{value:.6f}" for value in (at.value, at.low, at.high, at.lift)]
            yield [each.scope, each.scorer, lines, *figures, each.actors]
