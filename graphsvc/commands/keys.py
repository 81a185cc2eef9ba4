"""``keys``: who may use the API from other programs; ``make`` and ``revoke`` below it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import click
from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from graphsvc import console
from graphsvc.access.audit import TERMINAL, Deed
from graphsvc.access.installation import Access
from graphsvc.access.keys import DAYS, Key, KeyRing, Wish
from graphsvc.access.rights import Right
from graphsvc.options import json_option
from graphsvc.settings import Settings


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def keys(context: click.Context, as_json: bool) -> None:
    """List the keys of the API: what each may do, until when, and when it was last used.

    \b
    Examples:
      graphsvc keys
      graphsvc keys make "map of the university" --days 365
      graphsvc keys revoke 3f2a9c0d1e4b
    """
    if context.invoked_subcommand:
        return
    listed = _ring(context.obj).all()
    if as_json:
        console.print_json({"keys": listed})
    else:
        _show(listed)


@keys.command()
@click.argument("name")
@click.option(
    "--may",
    type=click.Choice([each.value for each in Right if each is not Right.NOTHING]),
    default=Right.READ.value,
    show_default=True,
    help="What it may do; each holds those before it.",
)
@click.option("--theme", metavar="ID", help="Only this theme and those below it; for a key that reads.")
@click.option("--place", metavar="ID", help="Only this place and those in it; for a key that reads.")
@click.option("--days", default=DAYS, show_default=True, type=click.IntRange(1), help="How long it holds.")
@json_option
@click.pass_obj
def make(settings: Settings, /, name: str, may: str, as_json: bool, **limits: str | int | None) -> None:
    """Make a key and show it, this once; NAME says what it is for.

    The service takes it at once, also while it runs.

    \b
    Example: graphsvc keys make "reports of the city" --may read --place fi-pirkanmaa
    """
    key, text = _ring(settings).make(Wish(name, Right(may), **limits))  # type: ignore[arg-type]
    _noted(settings, "keys make", key)
    if as_json:
        console.print_json({"key": key, "text": text})
        return
    console.out().print(text, highlight=False, soft_wrap=True)
    console.tell(
        f"This is the key, shown this once: keep it where secrets are kept. It holds until {key.ends:%Y-%m-%d}."
    )
    console.tell(f"Its id is {key.id}; take it back with: graphsvc keys revoke {key.id}")


@keys.command()
@click.argument("id_", metavar="ID")
@click.pass_obj
def revoke(settings: Settings, id_: str) -> None:
    """Take a key back: from now on it opens nothing.

    \b
    Example: graphsvc keys revoke 3f2a9c0d1e4b
    """
    key = _ring(settings).revoke(id_)
    _noted(settings, "keys revoke", key)
    console.tell(f"The key {key.id} ({key.name}) opens nothing any more.")


def _ring(settings: Settings) -> KeyRing:
    return KeyRing.of(settings.home)


def _noted(settings: Settings, act: str, key: Key) -> None:
    Access.of(settings.home, settings.audit_days).trail.note(Deed(TERMINAL, act, key.id))


def _show(listed: Sequence[Key]) -> None:
    if not listed:
        console.tell("There are no keys. Make one with: graphsvc keys make NAME")
        return
    now = datetime.now(UTC)
    table = Table("Id", "For", "May", "Only", "Holds until", "Last used", box=SIMPLE)
    for key in listed:
        state = f"{key.ends:%Y-%m-%d}" if key.holds(now) else "taken back" if key.revoked else "over"
        only = ", ".join(filter(None, (key.theme, key.place)))
        used = f"{key.used:%Y-%m-%d %H:%M} UTC" if key.used else "never"
        table.add_row(key.id, escape(key.name), key.right.value, escape(only), state, used)
    console.out().print(table)
