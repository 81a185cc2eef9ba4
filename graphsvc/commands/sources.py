"""``sources``: where facts come from, in the order in which they are believed; ``prefer`` below it changes that."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Column, Table

from graphsvc import console
from graphsvc.commands.opening import opened
from graphsvc.options import json_option, user
from graphsvc.settings import Settings
from graphsvc.store.change import Noted
from graphsvc.store.precedence import End, Preference
from graphsvc.store.status import SourceStatus


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def sources(context: click.Context, as_json: bool) -> None:
    """List the sources; where files differ, the word of the first is shown.

    \b
    Examples:
      graphsvc sources
      graphsvc sources prefer file-register --over file-network --reason "kept up to date"
    """
    if context.invoked_subcommand:
        return
    with opened(context.obj) as service:
        listed, changes = service.sources(), service.preferences()
    if as_json:
        console.print_json({"sources": listed, "changes": changes})
    else:
        _show(listed, changes)


@sources.command()
@click.argument("source")
@click.option("--over", metavar="OTHER", help="Just before this source.")
@click.option("--first", "end", flag_value=End.FIRST.value, help="Before all others.")
@click.option("--last", "end", flag_value=End.LAST.value, help="After all others.")
@click.option("--by", default=user, show_default="the account's name", help="Who says so.")
@click.option("--reason", default="", help="Why, for those who come after.")
@click.pass_obj
def prefer(settings: Settings, source: str, over: str | None, end: str | None, by: str, reason: str) -> None:
    """Set whose word comes first. What several files describe shows it at once.

    SOURCE and OTHER are ids or names. The order outlives undoing an import and loading a newer version of a file.

    \b
    Example: graphsvc sources prefer file-register --first --reason "kept up to date"
    """
    with opened(settings, "jobs") as service:
        meant, before = service.source_meant(source), over and service.source_meant(over)
        done = service.prefer(Preference(meant, before, End(end) if end else None, by=by, reason=reason))
    order = ", ".join(done.order)
    told = f"Order: {order} (revision {done.revision})."
    console.tell(told if done.changed else f"Nothing changed. {told}")


def _show(listed: Sequence[SourceStatus], changes: Sequence[Noted]) -> None:
    out = console.out()
    if not listed:
        out.print("No source was imported yet.")
        return
    table = Table(
        "", "Source", "Id", "States the facts of", Column("Rows", justify="right"), "File", "Loaded", box=SIMPLE
    )
    for source in listed:
        table.add_row(
            str(source.precedence or "–"),
            escape(source.name),
            escape(source.id),
            str(source.stated or "no date given"),
            f"{source.records:,}" if source.records else "",
            escape(source.file or ""),
            f"{source.imported:%Y-%m-%d %H:%M} UTC" if source.imported else "",
        )
    out.print(table)
    if changes:
        last = changes[-1]
        why = f": {last.reason}" if last.reason else ""
        said = f"{last.name}, {last.by}, {last.at:%Y-%m-%d %H:%M} UTC{why}"
        out.print(f"Last changed by a person: {escape(said)}", highlight=False)
