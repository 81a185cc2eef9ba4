"""Measures year by year, and what changed between two days: as text for people, and as tables for files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Column, Table

from graphsvc import console
from graphsvc.analysis.change import Cause, Continued, Explanation, How, Moved
from graphsvc.commands.measures_shown import figure
from graphsvc.measuring import Changed, OverTime
from graphsvc.render.answer_tables import AnswerTable, Cell
from graphsvc.wording import listed, number, say

_NAMED: Final = 5
"""Names that a sentence lists, at most."""
_COMMUNITIES: Final = 8
_CAUSES: Final = 6


def show_course(found: OverTime, names: Mapping[str, str], language: str) -> None:
    """Print the numbers of the network, and the values of actors, a column for each year."""
    out = console.out()
    table = _by_year("Network", found)
    for what in ("actors", "collaborations", "ties"):
        table.add_row(what, *[f"{getattr(point, what):,}" for point in found.points])
    for id_ in found.points[-1].numbers:
        values = [figure(point.numbers[id_].value) for point in found.points]
        table.add_row(say("measures", f"{id_}.name", language), *values)
    out.print(table)
    for actor, name in names.items():
        table = _by_year(escape(name), found)
        for id_ in _measured(found, actor):
            values = [figure(point.values[actor].get(id_)) for point in found.points]
            table.add_row(say("measures", f"{id_}.name", language), *values)
        out.print(table)
    for id_ in sorted({id_ for point in found.points for id_ in point.sampled}):
        out.print(f"{id_}: estimated from a sample in some of the years.", highlight=False)
    undated = f" Without a start, and so left out: {found.undated} collaborations." if found.undated else ""
    out.print(f"As of 31 December of each year; revision {found.revision}.{undated}", highlight=False)


def _by_year(title: str, found: OverTime) -> Table:
    table = Table(Column(title, no_wrap=True, max_width=48), box=SIMPLE)
    for point in found.points:
        table.add_column(f"{point.day:%Y}", justify="right")
    return table


def course_tables(found: OverTime, names: Mapping[str, str]) -> tuple[AnswerTable, ...]:
    """Return the numbers of the network, a row for each year, and the values of actors, a row for each of each year."""
    ids = list(found.points[-1].numbers)
    rows: list[list[Cell]] = [
        [each.day, each.actors, each.collaborations, each.ties, *(each.numbers[id_].value for id_ in ids)]
        for each in found.points
    ]
    made = [AnswerTable("network", ("day", "actors", "collaborations", "ties", *ids), rows)]
    if names:
        measured = list(dict.fromkeys(id_ for actor in names for id_ in _measured(found, actor)))
        rows = [
            [point.day, actor, name, *(point.values[actor].get(id_) for id_ in measured)]
            for actor, name in names.items()
            for point in found.points
        ]
        made.append(AnswerTable("actors", ("day", "actor", "name", *measured), rows))
    return tuple(made)


def _measured(found: OverTime, actor: str) -> list[str]:
    return list(dict.fromkeys(id_ for point in found.points for id_ in point.values[actor]))


def show_change(found: Changed, top: int, language: str) -> None:
    """Print who rose and fell, what is new and gone, how communities went on, and which changes explain it."""
    out = console.out()
    name = say("measures", f"{found.measure}.name", language)
    rose, fell = _ends(found.moved, top)
    for key, moves in (("rose", rose), ("fell", fell)):
        if moves:
            out.print(_moves(f"{say('change', f'label.{key}', language)}: {name}", moves, found.names))
    for sentence in (*_turnover(found, language), *_communities(found, language)):
        out.print(escape(sentence), highlight=False)
    if found.explanations:
        out.print(f"\n[bold]{say('change', 'label.why', language)}[/]", highlight=False)
    for each in found.explanations:
        for line in _explained(each, found.names, language):
            out.print(escape(line), highlight=False)
    if found.explanations:
        out.print(say("change", "explained.how", language), highlight=False)
    out.print(f"{found.measure}: {found.method}; revision {found.revision}.", highlight=False)


def _ends(moved: Sequence[Moved], top: int) -> tuple[list[Moved], list[Moved]]:
    rose = [each for each in moved if each.by > 0]
    fell = [each for each in reversed(moved) if each.by < 0]
    return rose[:top], fell[:top]


def _moves(title: str, moves: Iterable[Moved], names: Mapping[str, str]) -> Table:
    table = Table(Column(escape(title), no_wrap=True, max_width=56), box=SIMPLE)
    for column in ("before", "after", "change"):
        table.add_column(column, justify="right", min_width=8)
    for each in moves:
        table.add_row(escape(names[each.actor]), figure(each.before), figure(each.after), f"{each.by:+.4g}")
    return table


def _turnover(found: Changed, language: str) -> list[str]:
    turned = found.turnover
    lines = []
    for key, ids in (("new", turned.new_actors), ("gone", turned.gone_actors)):
        if ids:
            lines.append(say("change", f"actors.{key}", language, count=len(ids), names=_some(ids, found.names)))
    for id_, body in list(found.absorbed.items())[:_NAMED]:
        name, whole = (found.names.get(each, each) for each in (id_, body))
        lines.append(say("change", "actors.absorbed", language, who=name, body=whole))
    ties = {"new": len(turned.new_ties), "gone": len(turned.gone_ties), "kept": turned.kept_ties}
    count = Counter(turned.collaborations.values())
    how = {each.value: count[each] for each in How}
    return [*lines, say("change", "ties.all", language, **ties), say("change", "ties.collaborations", language, **how)]


def _some(ids: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(names[id_] for id_ in ids[:_NAMED]) + (" …" if len(ids) > _NAMED else ".")


def _communities(found: Changed, language: str) -> list[str]:
    then = {each.id: each.actors for each in found.before}
    now = {each.id: each.actors for each in found.after}

    def named(members: Sequence[str]) -> str:
        return listed([found.names[id_] for id_ in members[:2]], language)

    def line(each: Continued) -> str:
        if each.now is None and each.before is not None:
            return say("change", "community.gone", language, who=named(then[each.before]), left=each.left)
        name = named(now[each.now]) if each.now is not None else ""
        if each.before is None:
            return say("change", "community.new", language, who=name, joined=each.joined)
        counts = {"before": len(then[each.before]), "stayed": each.stayed, "joined": each.joined, "left": each.left}
        return say("change", "community.kept", language, who=name, **counts)

    if not found.communities:
        return []
    kept = [each for each in found.communities if each.now is not None][:_COMMUNITIES]
    gone = [each for each in found.communities if each.now is None][:_COMMUNITIES]
    return [f"{say('change', 'label.communities', language)}:", *(f"  {line(each)}" for each in (*kept, *gone))]


def _explained(each: Explanation, names: Mapping[str, str], language: str) -> list[str]:
    before, after = figure(each.before), figure(each.after)
    parts = say("change", "explained.parts", language, own=f"{each.own:+.4g}", elsewhere=f"{each.elsewhere:+.4g}")
    lines = [f"{names.get(each.actor, each.actor)}: {before} → {after} ({parts})"]
    lines += [f"  {_cause(cause, names, language)}" for cause in each.causes[:_CAUSES]]
    if each.untried:
        lines.append(f"  {say('change', 'explained.untried', language, count=each.untried)}")
    if not each.exact:
        lines.append(f"  {say('change', 'explained.sampled', language)}")
    return lines


def _cause(cause: Cause, names: Mapping[str, str], language: str) -> str:
    text = say("change", f"explained.{cause.how.value}", language, who=names[cause.collaboration])
    notes = [] if cause.own else [say("change", "explained.partners", language)]
    if cause.share is not None:
        notes.append(say("change", "explained.share", language, share=number(100 * cause.share, language)))
    return f"{cause.effect:+.4g} {text}" + (f" ({', '.join(notes)})" if notes else "")


def change_tables(found: Changed) -> tuple[AnswerTable, ...]:
    """Return who moved, what is new and gone, and the causes that were found."""
    moves: list[list[Cell]] = [
        [move.actor, found.names[move.actor], move.before, move.after, move.by] for move in found.moved
    ]
    turned = found.turnover
    changes: list[list[Cell]] = [["actor", "new", id_, found.names[id_]] for id_ in turned.new_actors]
    changes += [["actor", "gone", id_, found.names[id_]] for id_ in turned.gone_actors]
    changes += [["collaboration", how.value, id_, found.names[id_]] for id_, how in turned.collaborations.items()]
    for how, ties in (("new", turned.new_ties), ("gone", turned.gone_ties)):
        changes += [["tie", how, f"{a} {b}", f"{found.names[a]} – {found.names[b]}"] for a, b in ties]
    causes: list[list[Cell]] = []
    for each in found.explanations:
        for one in each.causes:
            which: list[Cell] = [one.collaboration, found.names[one.collaboration], one.how.value, one.own]
            causes.append([each.actor, found.names.get(each.actor), *which, one.effect, one.share])
    titles = ("actor", "name", "collaboration", "collaboration_name", "how", "own", "effect", "share")
    return (
        AnswerTable(found.measure, ("actor", "name", "before", "after", "change"), moves),
        AnswerTable("changes", ("what", "how", "id", "name"), changes),
        AnswerTable("causes", titles, causes),
    )
