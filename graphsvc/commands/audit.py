"""``audit``: who changed what, who saw contact data, and whether the trail is whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import click
from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from graphsvc import console
from graphsvc.access.audit import Entry, Question
from graphsvc.access.installation import Access
from graphsvc.asof import HOME_ZONE, bounds
from graphsvc.errors import InvalidValue
from graphsvc.options import Day, json_option
from graphsvc.settings import Settings

_ALL: Final = 10_000_000


@click.command()
@click.option("--since", type=Day(), help="Done on this day or later, as days are in Finland.")
@click.option("--until", type=Day(), help="Done on this day or earlier, as days are in Finland.")
@click.option("--who", metavar="USER", help="Only what this user or key did, by name or id.")
@click.option("--top", default=50, show_default=True, type=click.IntRange(1), help="How many, the newest first.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write all of them as a CSV table.")
@click.option("--check", "checks", is_flag=True, help="Say whether a row was altered or taken out.")
@json_option
@click.pass_obj
def audit(settings: Settings, /, checks: bool, as_json: bool, output: Path | None, top: int, **asked: object) -> None:
    """List who changed what, who saw contact data of persons, and who signed in.

    Rows are kept for GRAPHSVC_AUDIT_DAYS days. What is done at the terminal is noted for users and keys; who imported
    a file there is told by `graphsvc imports`.

    \b
    Examples:
      graphsvc audit --since 2026-01-01 --who "Maija Mäkinen"
      graphsvc audit --output audit.csv
      graphsvc audit --check
    """
    access = Access.of(settings.home, settings.audit_days)
    if checks:
        _check(access, as_json)
        return
    names = access.names()
    found = access.trail.find(_question(access, names, _ALL if output else top, asked)).entries
    if as_json:
        told = [
            {"name": names.get(each.deed.caller), "thing_name": names.get(each.deed.thing), "entry": each}
            for each in found
        ]
        console.print_json({"entries": told})
    elif output:
        with console.writing(output):
            _write(output, found, names)
        console.tell(f"{console.numbered(len(found), 'row', 'rows')} in {output}")
    elif found:
        _show(found, names)
    else:
        console.tell("Nothing was noted.")


def _question(access: Access, names: dict[str, str], limit: int, asked: dict[str, object]) -> Question:
    since, until, who = asked["since"], asked["until"], asked["who"]
    assert isinstance(since, date | None)  # noqa: S101  # the option's type
    assert isinstance(until, date | None)  # noqa: S101  # the option's type
    caller = str(who) if who is not None else None
    if caller is not None and caller not in names:
        caller = next((id_ for id_, name in names.items() if name.casefold() == caller.casefold()), caller)
    return Question(*bounds(since, until), caller, limit)


def _check(access: Access, as_json: bool) -> None:
    access.trail.purge()
    found = access.trail.check()
    if as_json:
        console.print_json(found)
    elif found.wrong is None:
        console.tell(f"The trail is whole: {console.numbered(found.rows, 'row', 'rows')}.")
        console.tell(f"Its digest is {found.head or 'that of nothing'}; noted elsewhere, it shows a trail made anew.")
    if found.wrong is not None:
        raise InvalidValue(
            f"The audit trail was changed: row {found.wrong} is not as it was written, or rows before it are missing.",
            remedy=f"Compare {access.trail.file} with a copy of it.",
        )


def _write(output: Path, found: tuple[Entry, ...], names: dict[str, str]) -> None:
    from graphsvc.render.answer_tables import AnswerTable, csv_text

    heads = ("number", "at", "caller", "name", "act", "thing", "thing_name", "origin", "request", "refused")
    rows = [(each.number, each.at.isoformat(), *_told(each, names), each.status) for each in found]
    output.write_text("\ufeff" + csv_text(AnswerTable("audit", heads, rows)), encoding="utf-8", newline="")


def _told(entry: Entry, names: dict[str, str]) -> tuple[str, ...]:
    deed = entry.deed
    caller, thing = names.get(deed.caller, ""), names.get(deed.thing, "")
    return deed.caller, caller, deed.act, deed.thing, thing, deed.origin, deed.request


def _show(found: tuple[Entry, ...], names: dict[str, str]) -> None:
    table = Table("When", "Who", "Did", "To", "From", "Refused", box=SIMPLE)
    for each in found:
        caller, name, act, id_, thing, origin, _ = _told(each, names)
        refused = str(each.status) if each.status else ""
        table.add_row(
            f"{each.at.astimezone(HOME_ZONE):%Y-%m-%d %H:%M:%S}",
            *map(escape, (name or caller, act, f"{thing} {id_}".strip(), origin)),
            refused,
        )
    console.out().print(table)
