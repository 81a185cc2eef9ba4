"""``person``, ``forget`` and ``retain``: what is held of a person, taking a name out, and letting go of what is old."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click
from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from graphsvc import console
from graphsvc.commands.opening import opened
from graphsvc.errors import InvalidValue, StoreError
from graphsvc.options import json_option
from graphsvc.personal import Fate, Forgotten, Held
from graphsvc.retaining import Passing
from graphsvc.retaining import retain as let_go
from graphsvc.settings import Settings

_DO = {
    Fate.WITHDRAW: "withdraw it: graphsvc unpublish NAME NUMBER",
    Fate.FROM_FILE: "a file says it: take it out there, and import that",
    Fate.PASSES: "it names an id only, and goes with time",
    Fate.REPLACED: "say forget again",
    Fate.DELETED: "say forget again",
    Fate.LOOK: "look whether it is the person; change it where it was written, or ask for that form of the name",
}


@click.command()
@click.argument("name")
@json_option
@click.pass_obj
def person(settings: Settings, name: str, as_json: bool) -> None:
    """Say all that the installation holds of one person, and where.

    NAME is as the person wrote it, or the id of a user. --json is the copy for a person who asks for the own data. The
    whole graph is read. Where first and last name stand together and one is probably inflected (Mäkisen Maija), that is
    shown for you to look at. Other forms (M. Mäkinen, Maija alone) are other names: ask for each.

    \b
    Examples:
      graphsvc person "Maija Mäkinen"
      graphsvc person "Maija Mäkinen" --json > maija.json
    """
    with opened(settings) as service, console.spinner("Reading the graph"):
        found = service.person(name)
    if as_json:
        console.print_json(found)
        return
    if not found.held:
        console.tell(f"Nothing here names {found.name}.")
        return
    shown = Table("Where", "Id", "What", "When forgotten", box=SIMPLE)
    for each in found.held:
        shown.add_row(each.where, escape(each.id), escape(_told(each)), each.fate.value)
    console.out().print(shown)


@click.command()
@click.argument("name")
@click.option("--as", "instead", default="a former colleague", show_default=True, help="What stands there instead.")
@click.option(
    "--backups",
    type=click.Path(path_type=Path),
    help="A folder of backups: say which of them still name the person.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@click.pass_obj
def forget(settings: Settings, name: str, instead: str, backups: Path | None, yes: bool, as_json: bool) -> None:
    """Take the name of a person out of everything that persons said, and delete the user.

    What was decided and judged stays, not by whom; actors and collaborations stay as they are. Then it says what is
    left for you: published pages, rows of files, backups. It can't be taken back. Done twice it is as once.

    \b
    Example: graphsvc forget "Maija Mäkinen" --as "a former colleague" --yes
    """
    if not yes:
        click.confirm(f"Take {name!r} out of everything? It can't be taken back.", abort=True, err=True)
    if backups and not backups.is_dir():
        raise InvalidValue(f"There is no folder {backups}.", remedy="Name the one that holds the backups.")
    files = [path for path in backups.iterdir() if path.is_file()] if backups else []
    with opened(settings) as service, console.spinner("Reading the graph"):
        done = service.forget(name, instead, files)
    if as_json:
        console.print_json(done)
    else:
        _tell(done, looked=backups is not None)


@click.command()
@json_option
@click.pass_obj
def retain(settings: Settings, as_json: bool) -> None:
    """Let go of what has had its time: uploads, ended jobs, sessions, old rows of the audit trail, contact persons.

    The service does it each hour by itself; this is for an installation that is not running all the time. It works
    while the service runs; contact persons in an embedded graph are then left to the service.

    \b
    Example: graphsvc retain
    """
    try:
        with opened(settings) as service:
            gone = service.retain()
    except StoreError:  # the process that has the graph lets go of what is in it
        passing = Passing.of(settings)
        try:
            gone = let_go(passing)
        finally:
            passing.close()
    if as_json:
        console.print_json(gone)
    else:
        console.tell(
            f"Gone: {gone.jobs} jobs, {gone.uploads} uploads, {gone.answers} kept answers,"
            f" {gone.audit} rows of the audit trail, {gone.sessions} sessions, {gone.attempts} counts of tries,"
            f" {gone.contacts} contact persons."
        )


def _told(held: Held) -> str:
    """Return what a thing says in a line; first the words that are probably the name."""
    probably = f"“{held.form}”? " if held.form else ""
    texts = (f"{name}: {text}" for name, text in sorted(held.what.items()) if isinstance(text, str) and text)
    return (probably + "; ".join(texts))[:120]


def _tell(done: Forgotten, *, looked: bool) -> None:
    console.tell(
        f"Taken out of {done.acts} acts in the graph, {done.keys} keys and {done.publications} published versions;"
        f" {done.users} users and {done.contacts} contact persons deleted."
    )
    for (where, fate), number in sorted(Counter((each.where, each.fate) for each in done.left).items()):
        console.tell(f"Left: {where} ({number}): {_DO[fate]}.")
        for each in [each for each in done.left if (each.where, each.fate) == (where, fate)]:
            if where == "publication" or fate is Fate.LOOK:
                console.tell(f"  {each.id}" + (f": “{each.form}”" if each.form else ""))
    for path in done.backups:
        console.tell(f"Left: {path} names the person. Let it expire; after restoring it, forget again.")
    if not looked:
        console.tell("Backups of before still name the person. Let them expire; after restoring one, forget again.")
