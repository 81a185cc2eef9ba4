"""A list of missing partnerships: as text for people, as CSV and as values for machines."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from rich.markup import escape

from graphsvc import console
from graphsvc.analysis.reasons import method, silence
from graphsvc.analysis.results import Missing
from graphsvc.answers import Told
from graphsvc.deciding import Known
from graphsvc.render.exports import safe_cell
from graphsvc.wording import say

PRINTED: Final = 200
"""Lines that are printed at most; longer lists are for files."""
_TITLES: Final = (
    "rank", "actor_a", "actor_b", "score", "name_a", "name_b", "id_a", "id_b", "for", "against",
)  # fmt: skip


def missing_json(missing: Missing, told: Sequence[Told], known: Known) -> dict[str, Any]:
    """Return the list for machines, each line with what was decided on its pair."""
    lines = [{**console.plain(each), "decision": console.plain(known.of(each.a, each.b))} for each in told]
    return {
        "revision": missing.revision,
        "method": missing.method,
        "candidates": missing.candidates,
        "left_out": console.plain(missing.left_out),
        "unsuggested": console.plain(missing.unsuggested),
        "decided": missing.decided,
        "missing": lines,
    }


def show_missing(missing: Missing, told: Sequence[Told], known: Known, language: str) -> None:
    """Print the list with its reasons in words, what was decided on its pairs, and whom it is silent about."""
    out = console.out()
    for each in told[:PRINTED]:
        pair = f"[bold]{each.rank}. {escape(each.a_name)} – {escape(each.b_name)}[/]"
        out.print(f"{pair}  ({each.score:.3f})", highlight=False)
        if decision := known.of(each.a, each.b):
            state = say("decisions", f"state.{decision.state(known.on)}", language)
            out.print(escape(f"   [{state}: {decision.reply.by}, {decision.reply.at:%Y-%m-%d}]"), highlight=False)
        for sign, sentences in (("+", each.reasons_for), ("−", each.reasons_against)):
            for sentence in sentences:
                out.print(f"   {sign} {escape(sentence)}", highlight=False)
    if len(told) > PRINTED:
        out.print(f"… and {len(told) - PRINTED} more; --csv writes them all.", highlight=False)
    left = [f"{reason.replace('_', ' ')} {number}" for reason, number in missing.left_out.items()]
    looked = console.numbered(missing.candidates, "pair", "pairs")
    out.print(f"{looked} looked at; revision {missing.revision}.", highlight=False)
    how = method(missing.how, language) if missing.how else missing.method
    out.print(f"Method: {escape(how)}.", highlight=False)
    for sentence in silence(missing.unsuggested, language) if missing.unsuggested else ():
        out.print(escape(sentence), highlight=False)
    if missing.decided:
        told_of = say("decisions", "list.left_out", language, n=missing.decided)
        out.print(f"{told_of} --all", highlight=False)
    if left:
        out.print(f"Collaborations left out: {', '.join(left)}.", highlight=False)


def write_missing_csv(path: Path, told: Sequence[Told], written: Mapping[str, str], *, excel: bool) -> None:
    """Write the list: with commas and decimal points in UTF-8, or, for Excel in Finland and Sweden, with semicolons,
    decimal commas and a byte order mark.

    ``written``: id of an actor → the id that its source writes; ``actor_a`` and ``actor_b`` hold these. Cells that
    would be formulas are made harmless. The reasons are those of the first lines, which alone carry them.
    """
    with path.open("w", encoding="utf-8-sig" if excel else "utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";" if excel else ",")
        writer.writerow(_TITLES)
        for each in told:
            score = f"{each.score:.6f}"
            ids = (written.get(each.a, each.a), written.get(each.b, each.b))
            texts = (each.a_name, each.b_name, each.a, each.b)
            reasons = (" · ".join(each.reasons_for), " · ".join(each.reasons_against))
            cells = (*map(safe_cell, ids), score.replace(".", ",") if excel else score)
            writer.writerow([each.rank, *cells, *map(safe_cell, (*texts, *reasons))])
