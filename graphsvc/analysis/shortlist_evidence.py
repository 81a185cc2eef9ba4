"""From the facts about one who may come in to reasons for and against, each with the facts it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from graphsvc.analysis.arrays import Floats
from graphsvc.analysis.bench import Bench, Bools
from graphsvc.analysis.results import Evidence, Noun, Ref, Side
from graphsvc.model import Collaboration

SHOWN: Final = 3
"""Collaborations that a reason refers to at most, the latest first; ``n`` counts all."""
_COMPETENCES: Final = 2
_GROUNDS: Final[tuple[tuple[str, ...], ...]] = (
    ("active_on_theme", "brings_competence"),
    ("knows_programme",),
    ("knows_partners",),
    ("serves_rule", "brings_sector", "in_place"),
    ("has_led",),
)
"""Reasons that rest on the same facts: together they are one."""
Numbers = Mapping[str, float | int | str | date]


class Facts(NamedTuple):
    """What a reason rests on."""

    refs: Sequence[Ref]
    numbers: Numbers


def values(bench: Bench) -> dict[str, Floats]:
    """Return kind of reason → its value for each of ``bench.rows``, below 0 where it speaks against."""
    rows = bench.rows
    standings = [bench.standings[row] for row in rows.tolist()]
    programme = bench.programme_count[rows]

    def those(holds: Callable[[int], object]) -> Floats:
        return np.asarray([float(bool(holds(row))) for row in rows.tolist()], dtype=float)

    located = bench.located[rows] if bench.located is not None else np.zeros(len(rows), dtype=bool)
    brought = (bench.competent[rows] & bench.new_competences).sum(axis=1)
    return {
        "active_on_theme": np.log1p(bench.theme_fresh[rows]),
        "knows_programme": np.log1p(programme.astype(float)),
        "knows_partners": bench.knows[rows].sum(axis=1) / max(len(bench.already), 1),
        "serves_rule": np.asarray([float(bool(each.serves)) for each in standings], dtype=float),
        "brings_sector": those(bench.sector_is_new),
        "brings_competence": np.minimum(brought, _COMPETENCES) / _COMPETENCES,
        "in_place": located.astype(float),
        "has_led": np.log1p(bench.led_count[rows].astype(float)),
        "usual_size": bench.usual_size[rows].astype(float),
        "dormant": -bench.background.dormant[rows].astype(float),
        "kind_unclear": np.asarray([-float(bool(each.kind_unclear)) for each in standings], dtype=float),
        "place_unclear": np.asarray([-float(bool(each.place_unclear)) for each in standings], dtype=float),
        "may_depend": -those(bench.tied_to),
        "discouraged": np.asarray([-float(bool(each.discouraged)) for each in standings], dtype=float),
        "known_from_one": -(bench.background.collaborations[rows] == 1).astype(float),
        "small_only": -(bench.sizes[1][rows] * 2 < bench.wanted).astype(float),
        "new_to_programme": -((programme == 0) & bool(bench.call.programmes)).astype(float),
    }


def reasons_for(found: Mapping[str, Floats], rows: int) -> Floats:
    """Return how many reasons that rest on different facts speak for each."""
    if not rows:
        return np.zeros(0)
    grounds = [np.any([found[kind] > 0 for kind in kinds], axis=0) for kinds in _GROUNDS]
    return np.asarray(np.sum(grounds, axis=0), dtype=float)


def evidence_of(bench: Bench, row: int, contributions: Mapping[str, float]) -> tuple[Evidence, ...]:
    """Return the reasons of one row, of each kind with a contribution: for, then against, each strongest first."""
    found = []
    for kind, contribution in contributions.items():
        if contribution:
            facts = _FACTS[kind](bench, row)
            side = Side.FOR if contribution > 0 else Side.AGAINST
            found.append(Evidence(kind, side, tuple(facts.refs), facts.numbers, contribution))
    return tuple(sorted(found, key=lambda each: (each.side is Side.AGAINST, -abs(each.contribution), each.kind)))


def _itself(bench: Bench, row: int) -> Ref:
    return Ref(Noun.ACTOR, bench.partners[row].id)


def _latest(found: Sequence[Collaboration], shown: int = SHOWN) -> list[Ref]:
    ordered = sorted(found, key=lambda each: (each.start or date.min, each.end or date.max, each.id), reverse=True)
    return [Ref(Noun.COLLABORATION, each.id) for each in ordered[:shown]]


def _those(of: Callable[[Bench], Bools]) -> Callable[[Bench, int], Facts]:
    def facts(bench: Bench, row: int) -> Facts:
        found = bench.columns(row, of(bench))
        return Facts(_latest(found), {"n": len(found)})

    return facts


def _has_led(bench: Bench, row: int) -> Facts:
    led = bench.led[[row]].tocoo().col.tolist()
    found = [bench.background.affiliation.collaborations[column] for column in led]
    return Facts(_latest(found), {"n": len(found)})


def _knows_partners(bench: Bench, row: int) -> Facts:
    """Refer to those who are in, then to the latest collaboration with each, in the same order."""
    known = [row_in for row_in, yes in zip(bench.already, bench.knows[row].tolist(), strict=True) if yes]
    mine = set(bench.background.columns_of(row).tolist())
    refs = [_itself(bench, row_in) for row_in in known]
    for row_in in known:
        common = sorted(mine.intersection(bench.background.columns_of(row_in).tolist()))
        refs += _latest([bench.background.affiliation.collaborations[column] for column in common], 1)
    return Facts(refs, {"n": len(known), "of": len(bench.fixed)})


def _brings_sector(bench: Bench, row: int) -> Facts:
    helix = bench.sector_of(row)
    assert helix is not None  # noqa: S101  # that is what bringing a sector means
    return Facts([_itself(bench, row)], {"helix": helix.value})


def _brings_competence(bench: Bench, row: int) -> Facts:
    mine = np.flatnonzero(bench.competent[row] & bench.new_competences)
    return Facts([Ref(Noun.THEME, bench.competences[at]) for at in mine.tolist()], {"n": len(mine)})


def _in_place(bench: Bench, row: int) -> Facts:
    return Facts([Ref(Noun.PLACE, bench.partners[row].where.narrowest)], {})


def _usual_size(bench: Bench, row: int) -> Facts:
    everything = np.ones(len(bench.on_theme), dtype=bool)
    median, count = float(bench.sizes[0][row]), int(bench.background.collaborations[row])
    return Facts(_latest(bench.columns(row, everything), 1), {"n": count, "size": median})


def _small_only(bench: Bench, row: int) -> Facts:
    everything = np.ones(len(bench.on_theme), dtype=bool)
    largest = int(bench.sizes[1][row])
    return Facts(_latest(bench.columns(row, everything), 1), {"n": largest})


def _dormant(bench: Bench, row: int) -> Facts:
    day = bench.background.dormant_since[row]
    assert day is not None  # noqa: S101  # that is what dormant means
    ended = [each for each in bench.background.collaborations_of(row) if each.end == day]
    return Facts(_latest(ended, 1), {"ended": day})


def _known_from_one(bench: Bench, row: int) -> Facts:
    return Facts(_latest(bench.background.collaborations_of(row), 1), {})


def _may_depend(bench: Bench, row: int) -> Facts:
    others = bench.tied_to(row)
    return Facts([Ref(Noun.ACTOR, id_) for id_ in others], {"n": len(others)})


def _rules(of: str) -> Callable[[Bench, int], Facts]:
    """Return facts that name rules: the actor, its kind, and the ids of the rules, separated by blanks."""

    def facts(bench: Bench, row: int) -> Facts:
        ids = getattr(bench.standings[row], of)
        return Facts(
            [_itself(bench, row)], {"n": len(ids), "rules": " ".join(ids), "kind": bench.partners[row].kind.value}
        )

    return facts


_FACTS: Final[Mapping[str, Callable[[Bench, int], Facts]]] = {
    "active_on_theme": _those(lambda bench: bench.on_theme),
    "knows_programme": _those(lambda bench: bench.in_programme),
    "knows_partners": _knows_partners,
    "serves_rule": _rules("serves"),
    "brings_sector": _brings_sector,
    "brings_competence": _brings_competence,
    "in_place": _in_place,
    "has_led": _has_led,
    "usual_size": _usual_size,
    "dormant": _dormant,
    "kind_unclear": _rules("kind_unclear"),
    "place_unclear": _rules("place_unclear"),
    "may_depend": _may_depend,
    "discouraged": _rules("discouraged"),
    "known_from_one": _known_from_one,
    "small_only": _small_only,
    "new_to_programme": lambda bench, row: Facts([_itself(bench, row)], {}),
}
