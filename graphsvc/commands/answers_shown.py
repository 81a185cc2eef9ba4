"""What the graph holds, measures and missing partnerships: as text for people and as values for machines."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Column, Table

from graphsvc import console
from graphsvc.analysis.reasons import method
from graphsvc.analysis.results import Measures, Missing
from graphsvc.answers import Told
from graphsvc.model import Actor
from graphsvc.render.exports import safe_cell
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


def missing_json(missing: Missing, told: Sequence[Told]) -> dict[str, Any]:
    """Return the list for machines."""
    return {
        "revision": missing.revision,
        "method": missing.method,
        "candidates": missing.candidates,
        "left_out": console.plain(missing.left_out),
        "missing": console.plain(told),
    }


def show_missing(missing: Missing, told: Sequence[Told], language: str) -> None:
    """Print the list with its reasons in words."""
    out = console.out()
    for each in told:
        pair = f"[bold]{each.rank}. {escape(each.a_name)} – {escape(each.b_name)}[/]"
        out.print(f"{pair}  ({each.score:.3f})", highlight=False)
        for sign, sentences in (("+", each.reasons_for), ("−", each.reasons_against)):
            for sentence in sentences:
                out.print(f"   {sign} {escape(sentence)}", highlight=False)
    left = [f"{reason.replace('_', ' ')} {number}" for reason, number in missing.left_out.items()]
    looked = console.numbered(missing.candidates, "pair", "pairs")
    out.print(f"{looked} looked at; revision {missing.revision}.", highlight=False)
    how = method(missing.how, language) if missing.how else missing.method
    out.print(f"Method: {escape(how)}.", highlight=False)
    if left:
        out.print(f"Collaborations left out: {', '.join(left)}.", highlight=False)


def write_missing_csv(path: Path, told: Sequence[Told]) -> None:
    """Write the list for Excel as Finnish and Swedish settings read it: semicolons, decimal commas, UTF-8 with BOM.

    Cells that would be formulas are made harmless.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["rank", "actor_a", "actor_b", "id_a", "id_b", "score", "for", "against"])
        for each in told:
            texts = (each.a_name, each.b_name, each.a, each.b)
            reasons = (" · ".join(each.reasons_for), " · ".join(each.reasons_against))
            score = f"{each.score:.6f}".replace(".", ",")
            writer.writerow([each.rank, *map(safe_cell, texts), score, *map(safe_cell, reasons)])
