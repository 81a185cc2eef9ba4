"""What has changed: between two days, or since an earlier report; and what was decided on suggestions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from graphsvc.analysis.change import How, Moved
from graphsvc.analysis.reasons import listing
from graphsvc.decisions import Reply
from graphsvc.measuring import Changed
from graphsvc.render.report_content import (
    Amount,
    Block,
    Cell,
    Column,
    Form,
    KeyFigure,
    Points,
    Record,
    Section,
    Table,
    Text,
)
from graphsvc.render.report_words import shown
from graphsvc.reported.facts import Facts
from graphsvc.reported.figures import digits_of
from graphsvc.wording import day, number, say

_NAMED: Final = 12
"""Names in a list, before it says how many more there are."""


def section(facts: Facts, now: Record, figures: tuple[KeyFigure, ...]) -> Section:
    """Return what has changed since the earlier report, or between the days that were compared."""
    title = facts.say("section.changes")
    if facts.earlier:
        return Section("changes", title, tuple(_since_report(facts, facts.earlier, now, figures)))
    if facts.changed and facts.compared:
        blocks = (Text(_days(facts)), Points(tuple(_between(facts, facts.changed))))
        return Section("changes", title, blocks)
    return Section("changes", title, (Text(facts.say("none.changes")),))


def decisions(facts: Facts) -> Iterator[Section]:
    """Yield what was decided on suggestions, where anything was."""
    found = facts.decisions
    if found.pairs.decided:
        counts = {reply: number(getattr(found.pairs, reply), facts.language) for reply in ("accepted", "not_now", "no")}
        total = number(found.pairs.decided, facts.language)
        items = [facts.say("decided.all", count=total, **counts)]
        if facts.missing.decided:
            items.append(facts.say("decided.away", count=number(facts.missing.decided, facts.language)))
        columns = (Column(facts.say("column.reply")), Column(facts.say("column.pairs"), numbers=True))
        replies = zip(Reply, (found.pairs.accepted, found.pairs.not_now, found.pairs.no), strict=True)
        rows = [(say("decisions", f"reply.{reply.value}", facts.language), count) for reply, count in replies]
        rows += [(say("decisions", f"said.{event.value}", facts.language), n) for event, n in found.came_of_it.items()]
        table = Table("decisions", facts.say("table.decisions"), columns, tuple(rows))
        yield Section("decisions", facts.say("section.decisions"), (Points(tuple(items)), table))


def _days(facts: Facts) -> str:
    assert facts.compared  # noqa: S101  # asked for where there are two
    earlier, later = (day(each, facts.language) for each in facts.compared)
    return facts.say("change.days", earlier=earlier, later=later)


def _between(facts: Facts, changed: Changed) -> Iterator[str]:
    language, turned = facts.language, changed.turnover
    yield _new_actors(facts, [changed.names[id_] for id_ in _foremost(facts, turned.new_actors)])
    if turned.gone_actors:
        yield facts.say("change.gone_actors", count=number(len(turned.gone_actors), language))
    for gone, body in changed.absorbed.items():
        yield say("change", "actors.absorbed", language, who=changed.names[gone], body=changed.names.get(body, body))
    counts = {"new": len(turned.new_ties), "gone": len(turned.gone_ties), "kept": turned.kept_ties}
    yield say("change", "ties.all", language, **{key: number(each, language) for key, each in counts.items()})
    how = [turned.collaborations[id_] for id_ in turned.collaborations]
    kinds = {each.value: number(how.count(each), language) for each in How}
    yield say("change", "ties.collaborations", language, **kinds)
    began = sorted(changed.names[id_] for id_, each in turned.collaborations.items() if each is How.BEGAN)
    if began:
        yield facts.say("change.began", names=_listed(facts, began))
    rose = [each for each in changed.moved if each.by > 0][:5]
    fell = [each for each in reversed(changed.moved) if each.by < 0][:5]
    if rose:
        yield facts.say("change.rose", names=_moves(facts, changed, rose))
    if fell:
        yield facts.say("change.fell", names=_moves(facts, changed, fell))


def _moves(facts: Facts, changed: Changed, moves: list[Moved]) -> str:
    return ", ".join(
        facts.say(
            "change.moved",
            who=changed.names[each.actor],
            change=shown(Amount(each.by, form=Form.SIGNED), facts.language),
        )
        for each in moves
    )


def _since_report(facts: Facts, then: Record, now: Record, figures: tuple[KeyFigure, ...]) -> Iterator[Block]:
    told = day(then.day, facts.language)
    yield Text(facts.say("change.report", day=told, revision=number(then.revision, facts.language)))
    if then.about != now.about:
        yield Text(facts.say("change.other"))
    yield _compared(facts, dict(then.figures), figures)
    yield Points(tuple(_told_since(facts, then, now)))


def _compared(facts: Facts, then: dict[str, float], figures: tuple[KeyFigure, ...]) -> Table:
    columns = (
        Column(facts.say("column.figure")),
        *(Column(facts.say(f"column.{key}"), numbers=True) for key in ("then", "now", "change")),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in figures:
        before, value = then.get(each.id), each.value
        if before is None or value is None:
            rows.append((each.name, None if before is None else Amount(before, digits_of(each.id)), value, None))
            continue
        form = Form.POINTS if value.form is Form.SHARE else Form.SIGNED
        change = Amount(value.value - before, value.digits, form)
        rows.append((each.name, Amount(before, value.digits, value.form), value, change))
    return Table("compared", facts.say("table.compared"), columns, tuple(rows))


def _told_since(facts: Facts, then: Record, now: Record) -> Iterator[str]:
    language = facts.language
    known, names = {id_ for id_, _ in then.actors}, dict(now.actors)
    if facts.actor and then.about == now.about:
        yield from _partners_since(facts, facts.actor, then, now)
    else:
        yield _new_actors(facts, [names[id_] for id_ in _foremost(facts, names.keys() - known)])
        if gone := known - names.keys():
            yield facts.say("change.gone_actors", count=number(len(gone), language))
    if then.suggestions:
        tied = {frozenset((tie.a, tie.b)) for tie in facts.map.ties}
        came = [(a, b) for a, b in then.suggestions if frozenset((a, b)) in tied]
        pairs = "; ".join(facts.say("change.pair", a=names.get(a, a), b=names.get(b, b)) for a, b in came)
        of = number(len(then.suggestions), language)
        key = "came_true" if came else "came_none"
        yield facts.say(f"change.{key}", count=number(len(came), language), of=of, names=pairs)
    if now.suggestions:
        listed = {frozenset(pair) for pair in then.suggestions}
        new = [pair for pair in now.suggestions if frozenset(pair) not in listed]
        counts = {"count": number(len(new), language), "of": number(len(now.suggestions), language)}
        yield facts.say("change.new_suggestions", **counts)


def _partners_since(facts: Facts, actor: str, then: Record, now: Record) -> Iterator[str]:
    """Yield new and lost partners of the actor that the report is about."""

    def partners(record: Record) -> set[str]:
        # A report on an actor shows its partners, and those that it might work with: of these none is a partner yet.
        return {id_ for id_, _ in record.actors} - {actor} - {end for pair in record.suggestions for end in pair}

    before, after, names = partners(then), partners(now), dict((*then.actors, *now.actors))
    new, gone = _foremost(facts, after - before), sorted(names[id_] for id_ in before - after)
    listed = _listed(facts, [names[id_] for id_ in new]) if new else ""
    yield facts.say("change.new_partners", count=len(new), names=listed).strip()
    if gone:
        yield facts.say("change.gone_partners", count=len(gone), names=_listed(facts, gone))


def _foremost(facts: Facts, ids: Collection[str]) -> list[str]:
    """Return ids of actors in the order in which a reader looks for them: those of the area, then by importance."""
    order = sorted(facts.map.actors, key=lambda each: not each.local)  # stable: by importance
    place = {each.id: number for number, each in enumerate(order)}
    return sorted(ids, key=lambda id_: (place.get(id_, len(place)), id_))


def _new_actors(facts: Facts, names: list[str]) -> str:
    if not names:
        return facts.say("change.no_new")
    return facts.say("change.new_actors", count=number(len(names), facts.language), names=_listed(facts, names))


def _listed(facts: Facts, names: list[str]) -> str:
    text = listing(names, len(names), facts.language, _NAMED)
    return text if text.endswith(".") else f"{text}."
