"""The last section: how it was made, from which data, and what its words mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphsvc import __version__
from graphsvc.analysis.reasons import method, silence
from graphsvc.analysis.results import Measure, Noun, Number, Ref
from graphsvc.model import Reach
from graphsvc.render.report_content import Block, Column, Points, Section, Table, Text
from graphsvc.reported import figures
from graphsvc.reported.facts import Facts
from graphsvc.wording import day, listed, number, say, table


def section(facts: Facts, measures: Iterable[str], *, hidden: bool) -> Section:
    """Return method and data notes, the sources, and the meaning of the ``measures`` that the report tells."""
    blocks: list[Block] = [Points(tuple(_notes(facts, hidden)))]
    if facts.map.sources:
        blocks.append(_sources(facts))
    blocks += [Text(facts.say("table.words")), figures.terms(facts, measures)]
    return Section("method", facts.say("section.method"), tuple(blocks))


def view_told(facts: Facts) -> str:
    """Return which part of the network is meant, in words."""
    view, language = facts.view, facts.language
    told = [facts.say("view.actor", value=facts.name_of(Ref(Noun.ACTOR, facts.actor)))] if facts.actor else []
    if view.place:
        told.append(facts.say("view.place", value=facts.name_of(Ref(Noun.PLACE, view.place))))
        told.append(facts.say("view.inside" if view.reach is Reach.INSIDE else "view.touching"))
    if view.theme:
        told.append(facts.say("view.theme", value=facts.name_of(Ref(Noun.THEME, view.theme))))
    if view.kinds:
        kinds = [say("kinds", f"actor.{kind.value}", language) for kind in view.kinds]
        told.append(facts.say("view.kinds", value=listed(kinds, language)))
    if view.together:
        kinds = [say("kinds", f"collaboration.{kind.value}", language) for kind in view.together]
        told.append(facts.say("view.together", value=listed(kinds, language)))
    days = {name: value for name in ("since", "until", "as_of") if (value := getattr(view, name))}
    told += [facts.say(f"view.{name}", value=day(value, language)) for name, value in days.items()]
    return "; ".join(told) or facts.say("method.everything")


def _notes(facts: Facts, hidden: bool) -> Iterator[str]:
    language = facts.language
    revision = number(facts.network.revision, language)
    yield facts.say("method.revision", revision=revision, day=day(facts.day, language), version=__version__)
    yield facts.say("method.view", view=view_told(facts))
    yield facts.say("method.one_function")
    if hidden:
        yield facts.say("method.hidden")
    for reason, count in facts.network.left_out.items():
        if f"method.out.{reason}" in table("report"):
            yield facts.say(f"method.out.{reason}", count=number(count, language))
    if facts.course and facts.course.undated:
        yield facts.say("method.course_undated", count=number(facts.course.undated, language))
    if facts.missing.how:
        yield facts.say("method.suggestions", method=method(facts.missing.how, language))
    if facts.missing.unsuggested and not facts.actor:
        yield from silence(facts.missing.unsuggested, language)
    found: list[Measure | Number] = [*facts.measures.measures.values(), *facts.measures.numbers.values()]
    for each in found:
        if not each.exact and each.method:
            yield facts.say("method.measured", who=say("measures", f"{each.id}.name", language), method=each.method)


def _sources(facts: Facts) -> Table:
    keys = ("source", "stated", "loaded", "terms", "address")
    columns = tuple(Column(facts.say(f"column.{key}")) for key in keys)
    rows = tuple(
        (each.name, each.stated, each.loaded, each.attribution or None, each.address) for each in facts.map.sources
    )
    return Table("sources", facts.say("table.sources"), columns, rows)
