"""An actor as a page of text: what is shown, who says it, what is said otherwise, and the rows it all comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Column, Table

from graphsvc import console
from graphsvc.answers import ActorProfile, Page
from graphsvc.contradictions import PlaceName, sentence
from graphsvc.facts import facts, said_by
from graphsvc.sourced import RecordShown
from graphsvc.wording import say

ROWS: Final = 20
"""Rows of sources that a page shows."""
_PARTNERS: Final = 15


def show(
    profile: ActorProfile, rows: Page[RecordShown], place_name: PlaceName, language: str, name_of: Callable[[str], str]
) -> None:
    """Print the page; labels and sentences in ``language``. ``name_of`` names ids that facets hold."""
    out = console.out()
    actor = profile.actor
    out.print(f"[bold]{escape(actor.name)}[/]  {escape(actor.id)}", highlight=False)
    table = Table("", "", "Said by", box=SIMPLE, show_header=True)
    for fact in facts(profile, place_name, language, name_of):
        table.add_row(escape(fact.label), escape(fact.value), escape(", ".join(fact.said_by)))
    out.print(table)
    for difference in profile.differences:
        out.print(f"! {escape(sentence(difference, language, place_name))}", highlight=False)
    if profile.entries:
        entries = ", ".join(f"{entry.actor.name} ({entry.actor.id})" for entry in profile.entries)
        out.print(f"Unites {len(profile.entries)} entries: {escape(entries)}", highlight=False)
    for shown in (_links(profile), _collaborations(profile, language), _partners(profile), _rows(rows)):
        if shown.row_count:
            out.print(shown)
    if rows.next:
        out.print(f"… and {rows.total - len(rows.items)} more rows.", highlight=False)
    out.print(f"Revision {profile.revision}.", highlight=False)


def _links(profile: ActorProfile) -> Table:
    table = Table("Link", "With", "Since", "Source", title="As a body", title_justify="left", box=SIMPLE)
    for link in profile.links:
        table.add_row(f"{escape(link.actor)} {link.kind.value}", escape(link.other), str(link.since or ""), link.source)
    return table


def _collaborations(profile: ActorProfile, language: str) -> Table:
    named = {source.id: source.name for source in profile.sources}
    title = f"Collaborations ({len({together.id for _, together in profile.participations})})"
    table = Table("Collaboration", "Kind", "Time", "Role", "Source", title=title, title_justify="left", box=SIMPLE)
    for claim, together in profile.participations:
        table.add_row(
            escape(together.name),
            say("kinds", f"collaboration.{together.kind.value}", language),
            f"{together.start or ''}–{together.end or ''}".strip("–"),
            escape(claim.role),
            escape(", ".join(said_by((claim.source,), named, language))),
        )
    return table


def _partners(profile: ActorProfile) -> Table:
    title = f"Partners ({len(profile.partners)})"
    table = Table("Partner", Column("Shared", justify="right"), title=title, title_justify="left", box=SIMPLE)
    for partner, shared in profile.partners[:_PARTNERS]:
        table.add_row(escape(partner.name), str(shared))
    if len(profile.partners) > _PARTNERS:
        table.add_row(f"… and {len(profile.partners) - _PARTNERS} more", "")
    return table


def _rows(rows: Page[RecordShown]) -> Table:
    title = f"Rows it comes from ({rows.total})"
    columns = ("Source", "States the facts of", "Sheet", Column("Row", justify="right"), "Loaded", "Record")
    table = Table(*columns, title=title, title_justify="left", box=SIMPLE)
    for each in rows.items:
        source, record, file = each.source, each.record, each.file
        table.add_row(
            escape(source.name if source else record.source),
            str(source.stated if source and source.stated else "no date given"),
            escape(record.sheet),
            str(record.row),
            f"{file.started:%Y-%m-%d %H:%M} UTC" if file else "",
            record.id,
        )
    return table
