"""What the graph holds, and measures: as text for people."""

from __future__ import annotations

from collections.abc import Mapping

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Column, Table

from graphsvc import console
from graphsvc.analysis.results import Measures
from graphsvc.model import Actor
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


def show_measures(measures: Measures, actors: Mapping[str, Actor], by: str, top: int) -> None:
    """Print the strongest actors by one measure, with the others beside it."""
    names = list(measures.measures)
    order = sorted(measures.measures[by].values.items(), key=lambda pair: (-pair[1], pair[0]))[:top]
    community = measures.community_of()
    table = Table(
        Column("#", no_wrap=True),
        Column("Actor", no_wrap=True, min_width=16, max_width=48),
        Column("Kind", no_wrap=True, min_width=12),
        Column("Group", no_wrap=True),
        box=SIMPLE,
    )
    for name in names:
        table.add_column(name.replace("_", "\n"), justify="right", min_width=7)
    for rank, (id_, _) in enumerate(order, 1):
        values = [measures.measures[name].values.get(id_) for name in names]
        table.add_row(
            str(rank),
            escape(actors[id_].name),
            actors[id_].kind.value.replace("_", " "),
            str(community.get(id_, "–")),
            *["–" if value is None else f"{value:.4g}" for value in values],
        )
    out = console.out()
    out.print(table)
    out.print(
        f"{len(measures.communities)} communities, modularity {measures.modularity:.3f}; revision {measures.revision}.",
        highlight=False,
    )
    for each in measures.measures.values():
        if not each.exact:
            out.print(f"{each.id}: {each.method}", highlight=False)
