"""Measures of one network: as text for people, and as tables for files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Column, Table

from graphsvc import console
from graphsvc.analysis.catalogue import CATALOGUE
from graphsvc.analysis.results import Measure, Measures, Number
from graphsvc.network import Network
from graphsvc.render.answer_tables import AnswerTable, Cell
from graphsvc.wording import say

_SAID: Final = ("high", "low", "misleads")
_COLUMNS: Final = 8
"""Measures that have room beside one another."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Measures with the order in which actors are shown."""

    measures: Measures
    network: Network
    by: str | None
    """The measure of actors by which they are ordered; None where none was asked for."""

    @property
    def order(self) -> list[str]:
        """Ids of the actors, largest first; those for which the measure is not defined last."""
        values: Mapping[str, float] = self.measures.measures[self.by].values if self.by else {}
        return sorted(self.network.actors, key=lambda id_: (id_ not in values, -values.get(id_, 0.0), id_))


def show(ranked: Ranked, top: int, language: str) -> None:
    """Print the strongest actors, and the numbers of the network, that were asked for."""
    out, found = console.out(), ranked.measures
    if ranked.by:
        out.print(_actors(ranked, top))
        if len(found.measures) > _COLUMNS:
            out.print(f"{len(found.measures)} measures; --json and --output give them all.", highlight=False)
    if found.numbers:
        out.print(_numbers(found, language))
    if found.communities:
        out.print(f"{len(found.communities)} communities, modularity {found.modularity:.3f}.", highlight=False)
    if found.bridges:
        out.print(f"{len(found.bridges)} bridges; --json and --output list them.", highlight=False)
    for each in found.measures.values():
        if not each.exact:
            out.print(f"{each.id}: {each.method}", highlight=False)
    out.print(f"Revision {found.revision}.", highlight=False)


def _actors(ranked: Ranked, top: int) -> Table:
    found, actors = ranked.measures, ranked.network.actors
    community = found.community_of()
    table = Table(
        Column("#", no_wrap=True),
        Column("Actor", no_wrap=True, min_width=16, max_width=48),
        Column("Kind", no_wrap=True, min_width=12),
        Column("Group", no_wrap=True),
        box=SIMPLE,
    )
    shown = _shown(ranked)
    for name in shown:
        table.add_column(name.replace("_", "\n"), justify="right", min_width=7)
    order = [id_ for id_ in ranked.order if ranked.by and id_ in found.measures[ranked.by].values]
    for rank, id_ in enumerate(order[:top], 1):
        kind, group = actors[id_].kind.value.replace("_", " "), str(community.get(id_, "–"))
        values = [found.measures[name].values.get(id_) for name in shown]
        table.add_row(str(rank), escape(actors[id_].name), kind, group, *map(figure, values))
    return table


def _shown(ranked: Ranked) -> list[str]:
    """Return the measures that have room beside one another, that of the order among them."""
    ids = list(ranked.measures.measures)
    first = ids[:_COLUMNS]
    return first if ranked.by is None or ranked.by in first else [*first[:-1], ranked.by]


def _numbers(found: Measures, language: str) -> Table:
    table = Table("Network", Column("Value", justify="right"), "What it means", box=SIMPLE)
    for id_, number in found.numbers.items():
        name, meaning = (say("measures", f"{id_}.{key}", language) for key in ("name", "meaning"))
        error = f" ± {number.error:.2g}" if number.error else ""
        table.add_row(name, figure(number.value) + error, meaning)
    return table


def figure(value: float | None) -> str:
    """Return a value for a table; a dash where it is not defined."""
    return "–" if value is None else f"{value:.4g}"


def explain(ids: Iterable[str], language: str) -> None:
    """Print what each measure is, where it is from, what it means and when it misleads."""
    out = console.out()
    for id_ in ids:
        each = CATALOGUE[id_]
        out.print(f"[bold]{say('measures', f'{id_}.name', language)}[/] ({id_})", highlight=False)
        out.print(say("measures", f"{id_}.meaning", language), highlight=False)
        said = {"formula": each.formula, "source": each.source}
        said |= {key: say("measures", f"{id_}.{key}", language) for key in _SAID}
        for key, text in said.items():
            out.print(f"  {say('change', f'label.{key}', language)}: {escape(text)}", highlight=False)
        out.print()


def tables(ranked: Ranked, language: str) -> tuple[AnswerTable, ...]:
    """Return all actors, the numbers of the network, how each was computed, and which network it is."""
    made = [_actor_table(ranked)] if ranked.by else []
    made += [_number_table(ranked.measures, language)] if ranked.measures.numbers else []
    made += [_bridge_table(ranked)] if ranked.measures.bridges else []
    return (*made, _method_table(ranked.measures, language), _view_table(ranked.network))


def _actor_table(ranked: Ranked) -> AnswerTable:
    found, actors = ranked.measures, ranked.network.actors
    community, points = found.community_of(), found.articulation_points
    key = {each.id: each.key for each in found.communities}
    rows: list[list[Cell]] = []
    for id_ in ranked.order:
        helix = actors[id_].helix
        about: list[Cell] = [id_, actors[id_].name, actors[id_].kind.value, helix.value if helix else None]
        values = [each.values.get(id_) for each in found.measures.values()]
        group = community.get(id_)
        rows.append([*about, group, None if group is None else key[group], id_ in points, *values])
    titles = ("actor", "name", "kind", "helix", "community", "community_key", "articulation_point")
    return AnswerTable("actors", (*titles, *found.measures), rows)


def _number_table(found: Measures, language: str) -> AnswerTable:
    rows: list[list[Cell]] = [
        [id_, say("measures", f"{id_}.name", language), each.value, say("measures", f"{id_}.meaning", language)]
        for id_, each in found.numbers.items()
    ]
    return AnswerTable("network", ("number", "name", "value", "meaning"), rows)


def _bridge_table(ranked: Ranked) -> AnswerTable:
    actors = ranked.network.actors
    rows = [[a, b, actors[a].name, actors[b].name] for a, b in ranked.measures.bridges]
    return AnswerTable("bridges", ("a", "b", "name_a", "name_b"), rows)


def _method_table(found: Measures, language: str) -> AnswerTable:
    rows: list[list[Cell]] = []
    results: dict[str, Measure | Number] = {**found.measures, **found.numbers}
    for id_, each in results.items():
        about = CATALOGUE[id_]
        misleads = say("measures", f"{id_}.misleads", language)
        computed: list[Cell] = [each.method, each.exact, each.error, each.version]
        rows.append([id_, say("measures", f"{id_}.name", language), *computed, about.formula, about.source, misleads])
    titles = ("measure", "name", "method", "exact", "error", "version", "formula", "source", "misleads")
    return AnswerTable("methods", titles, rows)


def _view_table(network: Network) -> AnswerTable:
    asked = network.view.model_dump(mode="json", exclude_defaults=True)
    said = {"revision": network.revision, "actors": len(network.actors), "ties": network.arrays.edges, **asked}
    left_out = {f"left out: {reason}": number for reason, number in network.left_out.items()}
    return AnswerTable("view", ("what", "value"), [[name, str(value)] for name, value in {**said, **left_out}.items()])
