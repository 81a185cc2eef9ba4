"""What a supposition changes, and what introductions bring, in words: from ``wordings/whatif.toml``.

What is now is told in the indicative, what would be in the conditional: nothing here has happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graphsvc.analysis.introductions import Aim, Chosen, Gain, Plan
from graphsvc.analysis.reasons import listing
from graphsvc.analysis.results import Noun, Ref
from graphsvc.analysis.whatif import Filling, Hinge, Outcome, Shift, Tie, WhatIf
from graphsvc.wording import listed, number, say

NameOf = Callable[[Ref], str]
"""Names a theme or a place."""
_MOST: Final = 8
"""Names in a sentence."""
_SHARES: Final = frozenset({"largest_component", "fragmentation", "distance_fragmentation", "density"})
"""Numbers that are read as per cent."""
_DECIMALS: Final = {"path_length": 2, "modularity": 3, "strength": 1, "harmonic_closeness": 3, "betweenness": 3}
"""Decimals of the rest, where more are not needed to see the change; none for whole numbers."""
_FINEST: Final = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as people read it, before and after."""

    id: str
    label: str
    now: str
    then: str
    moved: bool


def tell(found: WhatIf, language: str, name_of: NameOf) -> tuple[str, ...]:
    """Return what would change, sentence by sentence, then what a reader must know to trust it."""
    outcome = found.outcome
    told = [*_cohesion(outcome, language), *_who(found, language), *_cells(outcome, language, name_of)]
    moved = told or any(each.before != each.after for each in (*outcome.counts, *outcome.numbers))
    return (*told, *([] if moved else [say("whatif", "told.nothing", language)]), *_notes(found, language))


def figures(outcome: Outcome, language: str) -> tuple[Figure, ...]:
    """Return the counts, the numbers and the coverage of the network."""
    counts = [_figure(each, say("whatif", f"count.{each.id}", language), language) for each in outcome.counts]
    numbers = [_figure(each, say("measures", f"{each.id}.name", language), language) for each in outcome.numbers]
    return (*counts, *numbers, *(_cells_filled(each, language) for each in outcome.coverage))


def _cells_filled(each: Filling, language: str) -> Figure:
    now, then = (f"{number(filled, language)}/{number(each.cells, language)}" for filled in (each.before, each.after))
    label = say("whatif", f"label.{each.by}", language)
    return Figure(f"coverage_{each.by}", label, now, then, each.before != each.after)


def touched(found: WhatIf, language: str) -> tuple[tuple[str, tuple[Figure, ...]], ...]:
    """Return the name of each actor that a supposition names, with its measures; none where the view never has it."""
    absent = say("whatif", "label.absent", language)
    told = []
    for each in found.outcome.touched:
        rows = []
        for id_ in each.after or each.before:
            shift = Shift(id_, each.before.get(id_), each.after.get(id_))
            row = _figure(shift, say("measures", f"{id_}.name", language), language)
            now, then = row.now if each.before else absent, row.then if each.after else absent
            rows.append(replace(row, now=now, then=then))
        told.append((found.names[each.actor], tuple(rows)))
    return tuple(told)


def tell_plan(plan: Plan, asked: int, language: str) -> tuple[str, ...]:
    """Return how good a plan is, of ``asked`` introductions, and what was counted."""
    aims = listed([say("whatif", f"aim.{aim}", language) for aim in plan.aims], language)
    candidates = number(plan.candidates, language)
    if not plan.chosen:
        return (say("whatif", "plan.none", language, candidates=candidates, aims=aims),)
    n = len(plan.chosen)
    share = number(int(100 * plan.share), language)
    worth = {"worth": number(plan.worth, language), "bound": number(plan.bound, language), "share": share}
    told = [say("whatif", "plan.worth", language, n=n, candidates=candidates, **worth)]
    told += [say("whatif", "plan.fewer", language, aims=aims)] if n < asked else []
    return (*told, say("whatif", "plan.counts", language, aims=aims))


def tell_gains(
    chosen: Chosen, names: Mapping[str, str], language: str, name_of: NameOf, *, place: bool
) -> tuple[str, ...]:
    """Return what an introduction would bring, a sentence for each kind. ``place``: whether the view is of a place."""
    told = []
    for aim in Aim:
        gains = [gain for gain in chosen.gains if gain.aim is aim]
        if gains:
            anywhere = "_anywhere" if aim is Aim.FIRST_PARTNERS and not place else ""
            spoken = [_gain(gain, names, language, name_of) for gain in gains]
            told.append(say("whatif", f"gain.{aim}{anywhere}", language, names=listed(spoken, language)))
    return tuple(told)


def _gain(gain: Gain, names: Mapping[str, str], language: str, name_of: NameOf) -> str:
    if gain.aim is Aim.CELLS:
        return _cell(gain.refs[0], gain.refs[1], "helix", language, name_of)
    return listed([names.get(id_, id_) for id_ in gain.refs], language)


def _cohesion(outcome: Outcome, language: str) -> Iterator[str]:
    by_id = {each.id: each for each in outcome.numbers}
    pieces, split, length = by_id["components"], by_id["fragmentation"], by_id["path_length"]
    if _moves(pieces):
        yield _said("pieces", _figure(pieces, "", language), language)
    if _moves(split):
        reached = Shift("reached", 100 * (1 - (split.before or 0.0)), 100 * (1 - (split.after or 0.0)))
        now, then = _written(reached, 1, language)
        yield say("whatif", "told.reach", language, now=now, then=then)
    if _moves(length):
        yield _said("distance", _figure(length, "", language), language)
        grows, closer = (length.after or 0) > (length.before or 0), (split.after or 0) < (split.before or 0)
        if grows and closer:
            yield say("whatif", "told.longer", language)


def _moves(shift: Shift) -> bool:
    return None not in (shift.before, shift.after) and shift.before != shift.after


def _said(key: str, figure: Figure, language: str) -> str:
    return say("whatif", f"told.{key}", language, now=figure.now, then=figure.then)


def _who(found: WhatIf, language: str) -> Iterator[str]:
    outcome, names = found.outcome, found.names
    vanished = [id_ for id_ in outcome.vanished if id_ not in found.leaving]
    lists: tuple[tuple[str, Sequence[str]], ...] = (
        ("arrived", [names[id_] for id_ in outcome.arrived]),
        ("vanished", [names[id_] for id_ in vanished]),
        ("partnered", [names[id_] for id_ in outcome.partnered if id_ not in outcome.arrived]),
        ("alone", [names[id_] for id_ in outcome.alone]),
        ("joined", [names[id_] for id_ in outcome.joined if id_ not in outcome.arrived]),
        ("dropped", [names[id_] for id_ in outcome.dropped]),
        ("freed", [_hinge(each, names, language) for each in outcome.freed]),
        ("bound", [_hinge(each, names, language) for each in outcome.bound]),
        ("bridges_gone", _ties(outcome.bridges_gone, names)),
        ("bridges_new", _ties(outcome.bridges_new, names)),
    )
    for key, spoken in lists:
        if spoken:
            yield _listed("told", key, spoken, language)


def _hinge(hinge: Hinge, names: Mapping[str, str], language: str) -> str:
    return f"{names[hinge.actor]} ({number(hinge.cut_off, language)})"


def _ties(ties: Sequence[Tie], names: Mapping[str, str]) -> list[str]:
    return [f"{names[a]} – {names[b]}" for a, b in ties]


def _cells(outcome: Outcome, language: str, name_of: NameOf) -> Iterator[str]:
    for each in outcome.coverage:
        for key, cells in (("filled", each.filled), ("emptied", each.emptied)):
            if cells:
                yield _listed("told", f"{key}_{each.by}", _spoken(each, cells, language, name_of), language)


def _spoken(filling: Filling, cells: Sequence[Tie], language: str, name_of: NameOf) -> list[str]:
    return [_cell(theme, group, filling.by, language, name_of) for theme, group in cells]


def _cell(theme: str, group: str, by: str, language: str, name_of: NameOf) -> str:
    of = say("kinds", f"helix.{group}", language) if by == "helix" else name_of(Ref(Noun.PLACE, group))
    return f"{name_of(Ref(Noun.THEME, theme))} ({of})"


def _notes(found: WhatIf, language: str) -> Iterator[str]:
    if found.acquainted:
        yield _listed("note", "acquainted", _ties(found.acquainted, found.names), language)
    if found.unseen:
        yield _listed("note", "unseen", [found.names[id_] for id_ in found.unseen], language)
    if found.left_out:
        names = [say("measures", f"{id_}.name", language) for id_ in found.left_out]
        yield say("whatif", "note.left_out", language, names=listed(names, language))
    yield say("whatif", "note.untouched", language, revision=found.revision)


def _listed(part: str, key: str, names: Sequence[str], language: str) -> str:
    n = len(names)
    text = listing(names, n, language, _MOST)
    return say("whatif", f"{part}.{key}", language, n=n, count=number(n, language), names=text)


def _figure(shift: Shift, label: str, language: str) -> Figure:
    if shift.id in _SHARES:
        of_hundred = Shift(shift.id, *(value and 100 * value for value in (shift.before, shift.after)))
        now, then = (f"{text} %" if text else "" for text in _written(of_hundred, 1, language))
    else:
        now, then = _written(shift, _DECIMALS.get(shift.id, 0), language)
    missing = say("whatif", "label.undefined", language)
    return Figure(shift.id, label, now or missing, then or missing, shift.before != shift.after)


def _written(shift: Shift, digits: int, language: str) -> tuple[str, str]:
    """Return both values with as many decimals as it takes to tell them apart; an empty text for one that is None."""
    values = (shift.before, shift.after)
    while True:
        now, then = ("" if value is None else number(value, language, digits) for value in values)
        if now != then or values[0] == values[1] or digits >= _FINEST:
            return now, then
        digits += 1
