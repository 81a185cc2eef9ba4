"""Key figures: what they are now, how they went from year to year, what they mean; and the charts beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from graphsvc.analysis.gap_wording import group_name
from graphsvc.measuring import Point
from graphsvc.render.report_content import (
    Amount,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Form,
    KeyFigure,
    KeyFigures,
    Section,
    Series,
    Table,
    Term,
    Terms,
    Text,
)
from graphsvc.render.report_words import shown, written_zero
from graphsvc.reported.facts import Facts
from graphsvc.wording import number, say, table

COUNTS: Final = ("actors", "ties", "collaborations")
NUMBERS: Final = ("largest_component", "isolated", "degree_centralisation", "helix_mixing")
"""Measures of the network that every report tells, each quick on any network (docs/explanation/measures.md)."""
_TOLD: Final = 0.5
"""Ties that chance would make, from which on two sectors are told of though they have none."""
_LOCAL: Final = "local"
_SHARES: Final = frozenset({"largest_component"})
_DIGITS: Final = {
    "degree_centralisation": 2,
    "helix_mixing": 2,
    "largest_component": 1,
    "strength": 1,
    "betweenness": 3,
}


def section(facts: Facts) -> Section:
    """Return the key figures of the network with their change, the course of its size, and its sectors."""
    if not facts.network.actors:
        return Section("figures", facts.say("section.figures"), (Text(facts.say("none.figures")),))
    figures = tuple(key_figures(facts))
    blocks: list[Block] = [KeyFigures(figures)]
    if facts.course:
        blocks += [_course(facts, {id_: _name(facts, id_) for id_ in COUNTS}), yearly(facts, figures)]
    blocks += [each for each in (_sectors(facts), _mixing(facts)) if each]
    return Section("figures", facts.say("section.figures"), tuple(blocks))


def key_figures(facts: Facts) -> Iterator[KeyFigure]:
    """Yield the numbers of the network as a whole."""
    now, place = _of_network(facts), facts.view.place
    ids = (_LOCAL, *COUNTS, *NUMBERS) if place else (*COUNTS, *NUMBERS)
    before, after = _last_two(facts)
    for id_ in ids:
        yield figure(facts, id_, now.get(id_), before.get(id_), after.get(id_))


def figure(facts: Facts, id_: str, now: float | None, before: float | None, after: float | None) -> KeyFigure:
    """Return one number with its change in the last full year."""
    changed = None if before is None or after is None else after - before
    change = None if changed is None else _amount(id_, changed, change=True)
    return KeyFigure(
        id=id_,
        name=_name(facts, id_),
        value=_amount(id_, now),
        before=_amount(id_, before),
        after=_amount(id_, after),
        change=change,
        said=_said(facts, _amount(id_, before), _amount(id_, after), change),
        meaning=_words(facts, id_, "meaning"),
        misleads=_words(facts, id_, "misleads"),
    )


def yearly(facts: Facts, figures: Iterable[KeyFigure]) -> Table:
    """Return key figures now, at the two last ends of a year, and the change between these."""
    assert facts.course  # noqa: S101  # asked for where there is one
    years = [point.day.year for point in facts.course.points[-2:]]
    ends = [Column(facts.say("column.end_of", year=year), numbers=True) for year in years]
    columns = (
        Column(facts.say("column.figure")),
        Column(facts.say("column.now"), numbers=True),
        *ends,
        Column(facts.say("column.change"), numbers=True),
    )
    rows = tuple((each.name, each.value, each.before, each.after, each.change) for each in figures)
    note = f"{facts.say('note.course')} {facts.say('note.now')}"
    return Table("figures", facts.say("table.figures"), columns, rows, note)


def terms(facts: Facts, ids: Iterable[str]) -> Terms:
    """Return what numbers mean and when they mislead, each once, in order."""
    return Terms(
        tuple(
            Term(_name(facts, id_), _words(facts, id_, "meaning"), _words(facts, id_, "misleads"))
            for id_ in dict.fromkeys(ids)
        )
    )


def of_course(facts: Facts, point: Point) -> Mapping[str, float]:
    """Return the numbers of a point of the course by the ids of key figures; of the actor where it is about one."""
    if facts.actor:
        return point.values.get(facts.actor, {})
    counts = {id_: float(getattr(point, id_)) for id_ in COUNTS}
    return counts | {id_: each.value for id_, each in point.numbers.items() if each.value is not None}


def course_chart(facts: Facts, ids: Iterable[str]) -> Chart:
    """Return how measures of the actor went from year to year."""
    return _course(facts, {id_: _name(facts, id_) for id_ in ids}, "course_actor")


def _last_two(facts: Facts) -> tuple[Mapping[str, float], Mapping[str, float]]:
    if facts.course is None:
        return {}, {}
    before, after = facts.course.points[-2:]
    return of_course(facts, before), of_course(facts, after)


def _of_network(facts: Facts) -> Mapping[str, float | None]:
    network = facts.network
    counts: dict[str, float | None] = {
        "actors": float(len(network.actors)),
        "ties": float(network.arrays.edges),
        "collaborations": float(len(network.collaborations)),
        _LOCAL: float(len(network.located_in(facts.view.place))) if facts.view.place else None,
    }
    return counts | {id_: each.value for id_, each in facts.measures.numbers.items()}


def _course(facts: Facts, names: Mapping[str, str], title: str = "course") -> Chart:
    assert facts.course  # noqa: S101  # asked for where there is one
    points = facts.course.points
    years = tuple(str(point.day.year) for point in points)
    found = [of_course(facts, point) for point in points]
    series = tuple(Series(name, tuple(each.get(id_) for each in found)) for id_, name in names.items())
    columns = (Column(facts.say("column.year")), *(Column(name, numbers=True) for name in names.values()))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (year, *(_amount(id_, each.get(id_)) for id_ in names)) for year, each in zip(years, found, strict=True)
    )
    sentences = [
        facts.say(
            "chart.lines",
            who=each.name,
            first=_plain(facts, each.values[0]),
            last=_plain(facts, each.values[-1]),
            **{"from": years[0], "to": years[-1]},
        )
        for each in series
    ]
    heading = facts.say(f"table.{title}")
    numbers = Table(title.replace("_", "-"), heading, columns, rows, facts.say("note.course"))
    return Chart(numbers.id, heading, ChartKind.LINES, years, series, " ".join(sentences), numbers)


def _sectors(facts: Facts) -> Chart | None:
    found = facts.coverage
    if not any(found.sizes.values()):
        return None
    names = tuple(group_name(found.by, id_, facts.language, facts.name_of) for id_ in found.groups)
    values = tuple(float(found.sizes[id_]) for id_ in found.groups)
    title, column = facts.say("table.sectors"), facts.say("figure.actors")
    rows = tuple((name, int(value)) for name, value in zip(names, values, strict=True))
    numbers = Table("sectors", title, (Column(facts.say("column.sector")), Column(column, numbers=True)), rows)
    parts = (
        facts.say("chart.bar", who=name, value=_plain(facts, value)) for name, value in zip(names, values, strict=True)
    )
    return Chart("sectors", title, ChartKind.BARS, names, (Series(column, values),), "; ".join(parts) + ".", numbers)


def _mixing(facts: Facts) -> Chart | None:
    """Return the ties between each two sectors, beside those that chance would make."""
    mixing = facts.measures.mixing
    if mixing is None:
        return None
    names = [say("kinds", f"helix.{group}", facts.language) for group in mixing.groups]
    pairs = [(a, b) for a in range(len(names)) for b in range(a, len(names))]
    pairs = [(a, b) for a, b in pairs if mixing.observed[a][b] or mixing.expected[a][b] >= _TOLD]
    labels = tuple(
        facts.say("chart.within", who=names[a]) if a == b else facts.say("chart.between", a=names[a], b=names[b])
        for a, b in pairs
    )
    observed = tuple(float(mixing.observed[a][b]) for a, b in pairs)
    expected = tuple(float(mixing.expected[a][b]) for a, b in pairs)
    columns = tuple(
        Column(facts.say(f"column.{key}"), numbers=key != "sectors") for key in ("sectors", "observed", "expected")
    )
    found = list(zip(labels, observed, expected, strict=True))
    rows = tuple((label, int(seen), Amount(chance)) for label, seen, chance in found)
    title = facts.say("table.mixing")
    numbers = Table("mixing", title, columns, rows, facts.say("note.expected"))
    parts = (
        facts.say("chart.bar_of_two", who=label, value=_plain(facts, seen), expected=_plain(facts, chance))
        for label, seen, chance in found
    )
    series = (Series(columns[1].title, observed), Series(columns[2].title, expected))
    return Chart("mixing", title, ChartKind.BARS, labels, series, "; ".join(parts) + ".", numbers)


def _amount(id_: str, value: float | None, *, change: bool = False) -> Amount | None:
    if value is None:
        return None
    share = id_ in _SHARES
    if change:
        return Amount(value, digits_of(id_), Form.POINTS if share else Form.SIGNED)
    return Amount(value, digits_of(id_), Form.SHARE if share else Form.PLAIN)


def digits_of(id_: str) -> int:
    """Return with how many decimals a key figure is told."""
    return _DIGITS.get(id_, 0)


def _said(facts: Facts, before: Amount | None, after: Amount | None, change: Amount | None) -> str:
    if before is None or after is None or change is None:
        return ""
    was, now, by = (shown(each, facts.language) for each in (before, after, change))
    if written_zero(change):
        return facts.say("figure.same", year=facts.year, after=now)
    return facts.say("figure.change", year=facts.year, change=by, before=was, after=now)


def _name(facts: Facts, id_: str) -> str:
    key = f"figure.{id_}"
    return facts.say(key) if key in table("report") else say("measures", f"{id_}.name", facts.language)


def _words(facts: Facts, id_: str, which: str) -> str:
    key = f"{which}.{id_}"
    return facts.say(key) if key in table("report") else say("measures", f"{id_}.{which}", facts.language)


def _plain(facts: Facts, value: float | None) -> str:
    return "–" if value is None else number(value, facts.language, 0 if float(value).is_integer() else 1)
