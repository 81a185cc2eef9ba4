"""The sections of a report about one actor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from graphsvc.analysis.change import How
from graphsvc.render.report_content import Block, KeyFigure, KeyFigures, Points, Section, Text
from graphsvc.reported import figures, gaps, network
from graphsvc.reported.facts import Facts
from graphsvc.wording import day, number

YEARLY: Final = ("degree", "strength")
"""Measures of the actor that are told year by year: both quick on any network."""
NOW: Final = ("degree", "strength", "betweenness", "core_number")


def position(facts: Facts, actor: str) -> Section:
    """Return the actor's numbers with its rank among all, and how they went."""
    blocks: list[Block] = [KeyFigures(tuple(key_figures(facts, actor)))]
    if facts.course:
        blocks.append(figures.course_chart(facts, YEARLY))
    return Section("figures", facts.say("section.position"), tuple(blocks))


def key_figures(facts: Facts, actor: str) -> Iterator[KeyFigure]:
    """Yield the actor's numbers."""
    points = [figures.of_course(facts, each) for each in facts.course.points[-2:]] if facts.course else [{}, {}]
    before, after = points
    for id_ in NOW:
        values = facts.measures.measures[id_].values
        own = values.get(actor)
        made = figures.figure(facts, id_, own, before.get(id_), after.get(id_))
        if own is not None:
            rank = 1 + sum(value > own for value in values.values())
            place = {"rank": number(rank, facts.language), "of": number(len(values), facts.language)}
            made = replace(made, said=f"{facts.say('figure.rank', **place)}. {made.said}".strip())
        yield made


def partners(facts: Facts, actor: str) -> Section:
    """Return with whom the actor works, and in what."""
    own = facts.network.collaborations_of.get(actor, ())
    blocks = (network.partners(facts, actor), network.collaborations(facts, own))
    return Section("partners", facts.say("section.partners"), blocks)


def alone(facts: Facts) -> Iterator[Section]:
    """Yield what the actor alone holds together, where it does."""
    blocks = [block for kind in gaps.ALONE for block in gaps.findings(facts, kind)]
    if blocks:
        yield Section("brokers", facts.say("section.brokers"), tuple(blocks))


def changes(facts: Facts, actor: str) -> Section:
    """Return new and lost partners and collaborations between the days that were compared."""
    title = facts.say("section.changes")
    if not facts.changed or not facts.compared:
        return Section("changes", title, (Text(facts.say("none.changes")),))
    turned, names = facts.changed.turnover, facts.changed.names

    def others(ties: tuple[tuple[str, str], ...]) -> list[str]:
        return sorted(names[b if a == actor else a] for a, b in ties if actor in (a, b))

    new, gone = others(turned.new_ties), others(turned.gone_ties)
    own = set(facts.network.collaborations_of.get(actor, ()))
    began = sorted(names[id_] for id_, how in turned.collaborations.items() if how is How.BEGAN and id_ in own)
    items = [facts.say("change.new_partners", count=len(new), names=_ended(", ".join(new)))]
    if gone:
        items.append(facts.say("change.gone_partners", count=len(gone), names=_ended(", ".join(gone))))
    if began:
        items.append(facts.say("change.began", names=_ended(", ".join(began))))
    earlier, later = (day(each, facts.language) for each in facts.compared)
    days = facts.say("change.days", earlier=earlier, later=later)
    return Section("changes", title, (Text(days), Points(tuple(items))))


def _ended(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."
