"""The sections on the network itself: its map, and its most central actors."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from graphsvc.analysis.results import Noun, Ref
from graphsvc.render.content import MapActor
from graphsvc.render.excerpt import foremost
from graphsvc.render.report_content import Amount, Block, Cell, Column, Drawing, Section, Table, Text
from graphsvc.render.vector import Sheet, draw
from graphsvc.reported.facts import Facts
from graphsvc.wording import number, say

DRAWN: Final = 110
"""Actors that are drawn at most: more have no room for their names on A4."""
STRONGEST: Final = 15
"""So many actors stand in the table of the report; the workbook has all."""


def map_section(facts: Facts) -> Section:
    """Return the map, with who is most central in it."""
    title = facts.say("section.map")
    if not facts.map.actors:
        return Section("map", title, (Text(facts.say("none.figures")),))
    drawn = foremost(facts.map, DRAWN)
    if facts.actor:
        drawn = replace(drawn, title=name_of_actor(facts, facts.actor))
    picture = draw(drawn, Sheet())
    note = facts.say("note.map")
    if len(drawn.actors) < len(facts.map.actors):
        counts = {"shown": len(drawn.actors), "of": len(facts.map.actors)}
        note += " " + facts.say("note.drawn", **{key: number(each, facts.language) for key, each in counts.items()})
    blocks: list[Block] = [Drawing("map", picture.title, picture.svg, picture.description, note)]
    if not facts.actor:
        blocks.append(actors(facts, "strongest", STRONGEST))
    return Section("map", title, tuple(blocks))


def actors(facts: Facts, id_: str, most: int | None = None) -> Table:
    """Return the actors in the order of the map's measure, with what they are and what they are measured by."""
    measure = facts.map.size_measure
    name = say("measures", f"{measure}.name", facts.language)
    columns = (
        Column(facts.say("column.actor")),
        Column(facts.say("column.kind")),
        Column(facts.say("column.place")),
        Column(say("measures", "degree.name", facts.language), numbers=True),
        Column(facts.say("figure.collaborations"), numbers=True),
        Column(name, numbers=True),
    )
    rows = tuple(_actor(facts, each) for each in facts.map.actors[:most])
    note = facts.say("note.strongest", measure=name, meaning=say("measures", f"{measure}.meaning", facts.language))
    return Table(id_, facts.say(f"table.{id_}"), columns, rows, note)


def ties(facts: Facts) -> Table:
    """Return all partnerships, the strongest first."""
    name = {each.id: each.name for each in facts.map.actors}
    columns = (
        Column(facts.say("column.actor")),
        Column(facts.say("column.other")),
        Column(facts.say("column.shared"), numbers=True),
        Column(facts.say("column.weight"), numbers=True),
    )
    rows = tuple(
        (name[tie.a], name[tie.b], len(tie.collaborations) or None, Amount(tie.weight, 3)) for tie in facts.map.ties
    )
    return Table("ties", facts.say("table.ties"), columns, rows)


def partners(facts: Facts, actor: str) -> Table:
    """Return with whom an actor works, those with most in common first."""
    shown = {each.id: each for each in facts.map.actors}
    columns = (
        Column(facts.say("column.actor")),
        Column(facts.say("column.kind")),
        Column(facts.say("column.place")),
        Column(facts.say("column.shared"), numbers=True),
    )
    rows = tuple(
        (each.name, _kind(facts, shown[each.id]), shown[each.id].place or None, count)
        for each, count in facts.network.partners(actor)
        if each.id in shown
    )
    return Table("partners", facts.say("table.partners"), columns, rows)


def collaborations(facts: Facts, ids: Collection[str]) -> Table:
    """Return collaborations that the map shows, the newest first."""
    columns = (
        Column(facts.say("column.collaboration")),
        Column(facts.say("column.kind")),
        Column(facts.say("column.began"), numbers=True),
        Column(facts.say("column.ended"), numbers=True),
        Column(facts.say("column.theme")),
    )
    found = [each for each in facts.map.collaborations if each.id in ids]
    found.sort(key=lambda each: (-(each.first or 0), each.name, each.id))
    rows = tuple(
        (
            each.name,
            say("kinds", f"collaboration.{each.kind.value}", facts.language),
            _year(each.first),
            _year(each.last),
            ", ".join(each.themes) or None,
        )
        for each in found
    )
    return Table("collaborations", facts.say("table.collaborations"), columns, rows)


def name_of_actor(facts: Facts, id_: str) -> str:
    """Return the name of an actor."""
    return facts.name_of(Ref(Noun.ACTOR, id_))


def _actor(facts: Facts, each: MapActor) -> tuple[Cell, ...]:
    degree = facts.measures.measures["degree"].values.get(each.id)
    taking_part = len(facts.network.collaborations_of.get(each.id, ()))
    partners = None if degree is None else Amount(degree)
    return each.name, _kind(facts, each), each.place or None, partners, taking_part, Amount(each.importance, 3)


def _kind(facts: Facts, each: MapActor) -> str:
    return say("kinds", f"actor.{each.kind.value}", facts.language)


def _year(year: int | None) -> str | None:
    # As text: no year is written 2,019.
    return str(year) if year else None
