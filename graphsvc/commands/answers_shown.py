"""What the graph holds: as text for people."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from graphsvc import console
from graphsvc.store.status import Status


def status_line(status: Status) -> str:
    """Return the graph in one sentence."""
    return (
        f"{sum(status.actors.values())} actors, {sum(status.collaborations.values())} collaborations,"
        f" {status.participations} participations; revision {status.revision}."
    )


def show_status(status: Status) -> None:
    """Print what is in the graph."""
    out = console.out()
    out.print(status_line(status), highlight=False)
    out.print(f"  actors: {console.counts(status.actors)}", highlight=False)
    out.print(f"  collaborations: {console.counts(status.collaborations)}", highlight=False)
    out.print(f"  store: {escape(status.engine)}", highlight=False)
    if not status.sources:
        out.print("The graph is empty. Begin with: graphsvc demo, or: graphsvc template")
        return
    table = Table("Source", "States the facts of", "Rows", "Loaded")
    for source in status.sources:
        loaded = f"{source.imported:%Y-%m-%d %H:%M} UTC" if source.imported else ""
        table.add_row(escape(source.name), str(source.stated or "no date given"), str(source.records or ""), loaded)
    out.print(table)
