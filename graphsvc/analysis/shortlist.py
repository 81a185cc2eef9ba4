"""The shortlist for a consortium: who fits a theme and a call, what each would bring, and what speaks against.

score = Σ weight · value. For, with the default weights:

================= ======================================================================== ====
active_on_theme   ln(1 + freshness of its collaborations on the theme)                      1.0
knows_programme   ln(1 + collaborations of the call's programmes)                           0.5
knows_partners    share of those who are in with whom it has worked                         0.5
serves_rule       1 if it brings a rule nearer that is not met yet                          0.5
brings_sector     1 if nobody of its helix group is in                                      0.3
brings_competence competences that nobody who is in has, two at most, halved                0.3
in_place          1 in the place asked for                                                  0.3
has_led           ln(1 + collaborations it has led)                                         0.2
usual_size        1 if its collaborations are usually as large as the one that is built     0.1
================= ======================================================================== ====

Against: dormant −1 (0.5), kind_unclear −1 and place_unclear −1, when a rule needs to know (0.3 each), may_depend −1, in
one group with one who is in (0.3), discouraged −1, where advice of the call speaks against it (0.3), known_from_one −1,
small_only −1 when it has never worked in a collaboration half as large (0.1 each), new_to_programme −1 (0.1).

Freshness and dormancy are those of the ranker of missing partnerships (:mod:`graphsvc.analysis.background`). The
weights are judgement, not learned: nothing records which consortia were tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

import numpy as np

from graphsvc.analysis.background import HALF_LIFE
from graphsvc.analysis.bench import Bench
from graphsvc.analysis.calls import Call
from graphsvc.analysis.consortium import Build, Candidate, Proposal, propose
from graphsvc.analysis.results import Evidence
from graphsvc.analysis.rules import Finding, check
from graphsvc.analysis.shortlist_evidence import evidence_of, reasons_for, values
from graphsvc.model import HELIX_OF

REASONS_FOR: Final = 2
"""One with fewer reasons for it is not on the list: to have worked on the theme is not enough."""


@dataclass(frozen=True, slots=True)
class ShortlistWeights:
    """What each value adds to a score; those against are taken off."""

    active_on_theme: float = 1.0
    knows_programme: float = 0.5
    knows_partners: float = 0.5
    serves_rule: float = 0.5
    brings_sector: float = 0.3
    brings_competence: float = 0.3
    in_place: float = 0.3
    has_led: float = 0.2
    usual_size: float = 0.1
    dormant: float = 0.5
    kind_unclear: float = 0.3
    place_unclear: float = 0.3
    may_depend: float = 0.3
    discouraged: float = 0.3
    known_from_one: float = 0.1
    small_only: float = 0.1
    new_to_programme: float = 0.1


WEIGHTS: Final = ShortlistWeights()


@dataclass(frozen=True, slots=True)
class Role:
    """Something a consortium should have, and who has it."""

    group: str
    """sector (a helix group), competence (a theme) or country (a place)."""
    id: str
    covered_by: tuple[str, ...]
    """Ids of those who are in and have it; empty: it is missing."""
    candidates: int
    """Number of those on the list who have it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One who may come in."""

    rank: int
    id: str
    score: float
    evidence: tuple[Evidence, ...]
    """For first, strongest first; then against."""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Who may come in, and a consortium of them."""

    revision: int
    call: Call
    on: date
    """The day from which age is counted."""
    already: tuple[str, ...]
    lead: str | None
    findings: tuple[Finding, ...]
    """What is found of those who are in."""
    roles: tuple[Role, ...]
    lines: tuple[Line, ...]
    candidates: int
    """Those who may come; the lines are the best of them."""
    refused: int
    """Those on the theme whom a rule refuses."""
    thin: int
    """Those on the theme for whom fewer than two reasons speak."""
    proposal: Proposal
    weights: Mapping[str, float]
    """Kind of reason → what its full value adds to a score, or takes off."""
    half_life: float = HALF_LIFE
    """Years after which a collaboration counts half."""


def shortlist(bench: Bench, top: int, weights: ShortlistWeights = WEIGHTS) -> Shortlist:
    """Return the best ``top`` who may come in, and a consortium that meets the rules of the call.

    Never one who is in, nor kin of one, nor one whom a rule refuses for certain; at least two reasons for each that
    rest on different facts (``REASONS_FOR``). Equal scores are in the order of the ids.
    """
    found = values(bench)
    weighted = {kind: getattr(weights, kind) * value for kind, value in found.items()}
    enough = reasons_for(found, len(bench.rows)) >= REASONS_FOR
    score = np.round(np.sum(list(weighted.values()), axis=0), 9)
    order = [at for at in np.lexsort((bench.rows, -score)).tolist() if enough[at]]
    rows = [int(bench.rows[at]) for at in order]
    lines = tuple(
        Line(
            rank,
            bench.partners[row].id,
            float(score[at]),
            evidence_of(bench, row, {kind: float(each[at]) for kind, each in weighted.items()}),
        )
        for rank, (at, row) in enumerate(zip(order[:top], rows, strict=False), start=1)
    )
    candidates = tuple(
        Candidate(bench.partners[row], float(score[at]), _offers(bench, row), int(bench.led_count[row]))
        for at, row in zip(order, rows, strict=True)
    )
    held = frozenset[str]().union(*(_offers(bench, row) for row in bench.already))
    build = Build(bench.call, bench.fixed, bench.lead, candidates, bench.related, bench.size, held)
    return Shortlist(
        revision=bench.background.measures.revision,
        call=bench.call,
        on=bench.background.on,
        already=tuple(each.id for each in bench.fixed),
        lead=bench.lead,
        findings=check(bench.call, bench.fixed, bench.lead),
        roles=_roles(bench, rows),
        lines=lines,
        candidates=len(rows),
        refused=bench.refused,
        thin=len(bench.rows) - len(rows),
        proposal=propose(build),
        weights={each.name: float(getattr(weights, each.name)) for each in fields(weights)},
    )


def _offers(bench: Bench, row: int) -> frozenset[str]:
    """Return the sector and the competences of an actor as ``sector/…`` and ``competence/…``."""
    helix = bench.sector_of(row)
    competences = (bench.competences[at] for at in np.flatnonzero(bench.competent[row]).tolist())
    return frozenset({f"sector/{helix.value}"} if helix else ()) | {f"competence/{each}" for each in competences}


def _roles(bench: Bench, rows: list[int]) -> tuple[Role, ...]:
    sectors = [
        Role(
            "sector",
            helix.value,
            tuple(each.id for each in bench.fixed if HELIX_OF.get(each.kind) is helix),
            sum(bench.sector_of(row) is helix for row in rows),
        )
        for helix in bench.welcome
    ]
    ids = [bench.partners[row].id for row in bench.already]
    competences = [
        Role(
            "competence",
            theme,
            tuple(id_ for id_, row in zip(ids, bench.already, strict=True) if bench.competent[row, at]),
            int(bench.competent[rows, at].sum()),
        )
        for at, theme in enumerate(bench.competences)
    ]
    countries = [
        Role("country", land, tuple(each.id for each in bench.fixed if each.country == land), 0)
        for land in sorted({each.country for each in bench.fixed} - {""})
    ]
    return (*sectors, *competences, *countries)
