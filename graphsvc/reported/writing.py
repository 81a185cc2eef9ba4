"""The report as a whole: heading, main findings, sections in order, and what the next one is compared with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from graphsvc.analysis.coverage import Standing
from graphsvc.analysis.gaps import GapKind
from graphsvc.analysis.reasons import NameOf
from graphsvc.drawing import view_title
from graphsvc.model import View
from graphsvc.render.page import Page
from graphsvc.render.report_content import KeyFigure, Record, Report, Section, Table
from graphsvc.render.report_words import shown
from graphsvc.reported import actor as of_actor
from graphsvc.reported import changes, coverage, figures, gaps, method, network
from graphsvc.reported.facts import Facts
from graphsvc.wording import day, number, say

_MEANT: Final = (*figures.COUNTS, *figures.NUMBERS, "degree", "betweenness", "community")
"""What is explained at the end of a report about a network."""


def write(facts: Facts, title: str, *, hidden: bool) -> Report:
    """Return the report; ``hidden``: it says that part of the data is left out."""
    key = tuple(of_actor.key_figures(facts, facts.actor) if facts.actor else figures.key_figures(facts))
    record = _record(facts, key)
    parts = _about_actor(facts, facts.actor, record, key) if facts.actor else _about_network(facts, record, key)
    meant = of_actor.NOW if facts.actor else _MEANT
    about = [network.name_of_actor(facts, facts.actor)] if facts.actor else []
    subtitle = [method.view_told(facts), facts.say("title.day", day=day(facts.day, facts.language))]
    return Report(
        title=title or title_of(facts.view, facts.language, facts.name_of, *about),
        language=facts.language,
        subtitle=". ".join(text[:1].upper() + text[1:] for text in subtitle) + ".",
        caption=facts.map.imprint.caption,
        summary=tuple(_summary(facts, key)),
        sections=(*parts, method.section(facts, meant, hidden=hidden)),
        foot=Page(facts.map).footer(),
        record=record,
        annex=tuple(_annex(facts)),
    )


def _about_network(facts: Facts, record: Record, key: tuple[KeyFigure, ...]) -> Iterator[Section]:
    yield figures.section(facts)
    yield network.map_section(facts)
    yield coverage.section(facts)
    yield gaps.section(facts)
    yield gaps.missing_section(facts)
    yield from changes.decisions(facts)
    yield changes.section(facts, record, key)


def _about_actor(facts: Facts, actor: str, record: Record, key: tuple[KeyFigure, ...]) -> Iterator[Section]:
    yield of_actor.position(facts, actor)
    yield network.map_section(facts)
    yield of_actor.partners(facts, actor)
    yield from of_actor.alone(facts)
    yield gaps.missing_section(facts)
    yield changes.section(facts, record, key) if facts.earlier else of_actor.changes(facts, actor)


def title_of(view: View, language: str, name_of: NameOf, *about: str) -> str:
    """Return the title of a report that was given none: what it is ``about`` before all, and the view."""
    return view_title(say("report", "title.report", language), view, language, name_of, *about)


def _summary(facts: Facts, key: tuple[KeyFigure, ...]) -> Iterator[str]:
    """Yield the main findings, each a sentence or two that can be quoted by itself."""
    language = facts.language
    if facts.actor:
        partners = number(len(facts.network.partners(facts.actor)), language)
        taking_part = number(len(facts.network.collaborations_of.get(facts.actor, ())), language)
        name = network.name_of_actor(facts, facts.actor)
        yield facts.say("summary.actor", actor=name, partners=partners, collaborations=taking_part)
        yield facts.say("summary.openings", count=number(len(facts.told), language))
        return
    yield facts.map.summary
    grown = [each for each in key if each.change is not None and each.id in figures.COUNTS]
    if grown and facts.year:
        parts = [
            facts.say(
                "summary.grew_part", who=each.name[:1].lower() + each.name[1:], change=shown(each.change, language)
            )
            for each in grown
        ]
        yield facts.say("summary.grew", year=facts.year, figures=", ".join(parts))
    standings = [cell.standing for cell in facts.coverage.cells if cell.group]
    if standings:
        counts = {"empty": standings.count(Standing.EMPTY), "thin": standings.count(Standing.THIN)}
        told = {name: number(count, language) for name, count in {**counts, "cells": len(standings)}.items()}
        yield facts.say("summary.coverage", **told)
    alone = {"brokers": GapKind.BROKER, "doors": GapKind.DOOR}
    yield facts.say(
        "summary.alone", **{name: number(facts.gaps.found.get(kind, 0), language) for name, kind in alone.items()}
    )


def _annex(facts: Facts) -> Iterator[Table]:
    """Yield the lists that only a workbook has."""
    yield gaps.missing_table(facts)
    yield gaps.gaps_table(facts)
    yield network.actors(facts, "actors")
    yield network.ties(facts)
    if not facts.actor:
        yield coverage.cells(facts, facts.coverage)
        if facts.areas and facts.areas.themes:
            yield coverage.matrix(facts, facts.areas, "areas")
            yield coverage.cells(facts, facts.areas, "cells-areas")


def _record(facts: Facts, key: tuple[KeyFigure, ...]) -> Record:
    view: View = facts.view.model_copy(update={"as_of": None})
    return Record(
        about=f"{facts.actor or ''} {view.model_dump_json(exclude_defaults=True)}".strip(),
        day=facts.day,
        revision=facts.network.revision,
        figures=tuple((each.id, each.value.value) for each in key if each.value is not None),
        actors=tuple(sorted((each.id, each.name) for each in facts.map.actors)),
        suggestions=tuple((each.a, each.b) for each in facts.told),
    )
