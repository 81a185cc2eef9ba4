"""The track record: what was suggested on a day of the past, against what then came.

A list is measured as recommender systems are: precision in the first lines, precision and recall per actor, mean
reciprocal rank, lift over chance. Intervals come from drawing the collaborations of the window anew, not the pairs: one
large project makes hundreds of pairs true at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from graphsvc.analysis.arrays import Floats, Ints
from graphsvc.analysis.background import Background
from graphsvc.analysis.baselines import Best, baselines, best_of
from graphsvc.analysis.effort import SEED
from graphsvc.analysis.features import Pairs

LINES: Final = (20, 50, 100, 1_000)
"""Lengths of the list at which precision is measured."""
MODEL: Final = "model"
CHANCE: Final = ("random_pair", "random_same_theme")
NAMED_IN: Final = 100
"""Lines in which different actors are counted."""
_PER_ACTOR: Final = 10
_DRAWS: Final = 1_000
_SAMPLE: Final = 200_000
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Precision:
    """The share of the first lines that came true."""

    lines: int
    """How many lines were looked at: fewer where the list is shorter."""
    value: float
    low: float
    """Lower end of the 95 % interval."""
    high: float
    lift: float
    """How many times the share of a random pair of the scope."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One scorer's list in one scope."""

    scorer: str
    scope: str
    precision: Mapping[int, Precision]
    """Length asked for → precision."""
    actors: int
    """Different actors in the first 100 lines: a list about one hub is no list."""


@dataclass(frozen=True, slots=True)
class PerActor:
    """One scorer's lists of one actor each, averaged over the actors that found a new partner."""

    scorer: str
    precision_10: float
    recall_10: float
    recall_50: float
    reciprocal_rank: float
    """Mean of 1/rank of the first partner that came true among the first 50, 0 where none did."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of all pairs."""

    name: str
    new: int
    """Pairs in it that came true."""
    chance: float
    """Share of all its pairs that did."""


@dataclass(frozen=True, slots=True)
class Window:
    """What came after the cut, as far as it could have been foretold."""

    a: Ints
    """Rows of the new pairs, the smaller first; sorted."""
    b: Ints
    first: Ints
    """Number of the collaboration that first made each pair true."""
    collaborations: int
    unknown: int
    """Participants of the window that nobody knew at the cut: no list could name them."""
    kin: int
    """New pairs that are no news: kin, or met through kin."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """How well a list of the past did, beside others of the same day."""

    cut: date
    """What began before this day was known."""
    until: date
    """What began before this day, and not before the cut, came."""
    revision: int
    known: int
    """Actors known at the cut."""
    candidates: int
    """Pairs that the model scored."""
    reached: float
    """Share of the new pairs that were among them."""
    window: Window
    undated: int
    """Collaborations left out as nobody says when they began."""
    scopes: tuple[Scope, ...]
    lists: tuple[Listed, ...]
    actors: int
    """Actors known at the cut that found a new partner."""
    per_actor: tuple[PerActor, ...]
    balance: float
    seed: int = SEED

    def listed(self, scorer: str, scope: str) -> Listed:
        """Return one list."""
        return next(each for each in self.lists if (each.scorer, each.scope) == (scorer, scope))

    def best_baseline(self, scope: str, lines: int) -> Listed:
        """Return the baseline with the highest precision; the first of those that are equal."""
        others = [each for each in self.lists if each.scope == scope and each.scorer not in (MODEL, *CHANCE)]
        return max(others, key=lambda each: each.precision[lines].value)


@dataclass(frozen=True)
class Trial:
    """The parts of a backtest: what was known, what is asked, what came."""

    background: Background
    window: Window
    scopes: Mapping[str, Bools]
    """Name → actors one of whom must be in a pair of the scope."""
    strangers: Bools
    """By place in ``pool``: pairs that are neither kin nor met through kin."""
    pool: Pairs
    score: Floats


def compare(trial: Trial) -> tuple[tuple[Scope, ...], tuple[Listed, ...], tuple[PerActor, ...], float]:
    """Return scopes, lists and averages per actor of the model and each baseline, and the share of pairs reached."""
    background, window = trial.background, trial.window
    kept = np.flatnonzero(trial.strangers)
    pool = trial.pool[kept]
    bests = {MODEL: best_of(pool.a, pool.b, trial.score[kept], trial.scopes, max(LINES))}
    bests |= baselines(background.affiliation.shared, trial.scopes, max(LINES))
    truth = Truth(window, len(background.partners))
    scopes = tuple(_scope(name, here, background, window) for name, here in trial.scopes.items())
    chance = {each.name: each.chance for each in scopes}
    lists = [
        _listed(scorer, name, best, truth, chance[name]) for scorer, best in bests.items() for name in trial.scopes
    ]
    for each in scopes:
        same = _same_theme(background, truth, trial.scopes[each.name])
        for scorer, share in zip(CHANCE, (each.chance, same), strict=True):
            lift = share / each.chance if each.chance else 0.0
            at = {lines: Precision(lines, share, share, share, lift) for lines in LINES}
            lists.append(Listed(scorer, each.name, at, 0))
    per_actor = tuple(_per_actor(scorer, best, truth) for scorer, best in bests.items())
    reached = float(truth.holds(pool.a, pool.b).sum()) / max(len(window.a), 1)
    return scopes, tuple(lists), per_actor, reached


class Truth:
    """Which pairs came true."""

    def __init__(self, window: Window, actors: int) -> None:
        self._actors = actors
        self._keys = window.a * actors + window.b
        self.window = window
        self.of = np.bincount(np.concatenate([window.a, window.b]), minlength=actors)
        """New partners of each actor."""

    def at(self, a: Ints, b: Ints) -> Ints:
        """Return for each pair its place in the window, −1 where it did not come true."""
        key = np.minimum(a, b) * self._actors + np.maximum(a, b)
        place = np.searchsorted(self._keys, key)
        found = np.flatnonzero(place < len(self._keys))
        out = np.full(len(key), -1, dtype=np.int64)
        hit = found[self._keys[place[found]] == key[found]]
        out[hit] = place[hit]
        return out

    def holds(self, a: Ints, b: Ints) -> Bools:
        """Say for each pair whether it came true."""
        return np.asarray(self.at(a, b) >= 0)


def _listed(scorer: str, scope: str, best: Best, truth: Truth, chance: float) -> Listed:
    a, b = best.a[scope], best.b[scope]
    at = truth.at(a, b)
    found = {lines: _precision(at[:lines], truth.window, chance) for lines in LINES}
    named = len(set(a[:NAMED_IN].tolist()) | set(b[:NAMED_IN].tolist()))
    return Listed(scorer, scope, found, named)


def _precision(at: Ints, window: Window, chance: float) -> Precision:
    """Measure a list; ``at``: place in the window of each of its pairs, −1 where it did not come true.

    The interval is a cluster bootstrap (Efron & Tibshirani 1993): each pair counts with the collaboration that first
    made it true, and the collaborations of the window are drawn anew.
    """
    if not len(at):
        return Precision(0, 0.0, 0.0, 0.0, 0.0)
    hits = np.bincount(window.first[at[at >= 0]], minlength=window.collaborations)
    value = float(hits.sum()) / len(at)
    makers = hits[hits > 0]
    of = max(window.collaborations, 1)
    draws = np.random.default_rng(SEED).binomial(of, 1 / of, (_DRAWS, len(makers)))
    shares = draws @ makers / len(at)
    low, high = (float(end) for end in np.quantile(shares, (0.025, 0.975))) if len(makers) else (0.0, 0.0)
    return Precision(len(at), value, low, min(high, 1.0), value / chance if chance else 0.0)


def _per_actor(scorer: str, best: Best, truth: Truth) -> PerActor:
    who = np.flatnonzero(truth.of)
    if not len(who):
        return PerActor(scorer, 0.0, 0.0, 0.0, 0.0)
    partners = best.partners[who]
    there = partners >= 0
    true = np.zeros(partners.shape, dtype=bool)
    rows = np.broadcast_to(who[:, None], partners.shape)
    true[there] = truth.holds(rows[there], partners[there])
    first = np.where(true.any(axis=1), 1.0 / (1.0 + np.argmax(true, axis=1)), 0.0)
    new = truth.of[who]
    return PerActor(
        scorer,
        precision_10=float((true[:, :_PER_ACTOR].sum(axis=1) / _PER_ACTOR).mean()),
        recall_10=float((true[:, :_PER_ACTOR].sum(axis=1) / new).mean()),
        recall_50=float((true.sum(axis=1) / new).mean()),
        reciprocal_rank=float(first.mean()),
    )


def _scope(name: str, here: Bools, background: Background, window: Window) -> Scope:
    actors, inside = len(here), int(here.sum())
    shared = background.affiliation.shared.tocoo()
    partners = int(((shared.row < shared.col) & (here[shared.row] | here[shared.col])).sum())
    pairs = inside * (inside - 1) // 2 + inside * (actors - inside) - partners
    new = int((here[window.a] | here[window.b]).sum())
    return Scope(name, new, new / max(pairs, 1))


def _same_theme(background: Background, truth: Truth, here: Bools) -> float:
    """Return the share that came true of random pairs with a theme in common and no collaboration, one of them here."""
    profile, rng = background.profile, np.random.default_rng(SEED)
    inside = np.flatnonzero(here & background.themed)
    themed = np.flatnonzero(background.themed)
    if not len(inside):
        return 0.0
    a, b = rng.choice(inside, _SAMPLE), rng.choice(themed, _SAMPLE)
    alike = Pairs(background, a, b, np.zeros(len(a))).similarity > 0 if profile.nnz else np.zeros(len(a), dtype=bool)
    shared = background.affiliation.shared
    met = np.asarray(shared[a, b]).reshape(-1) > 0
    fit = np.flatnonzero(alike & ~met & (a != b))
    return float(truth.holds(a[fit], b[fit]).mean()) if len(fit) else 0.0


def window_of(participants: Sequence[Sequence[int]], known: Background) -> tuple[Ints, Ints, Ints]:
    """Return the pairs that come to share a collaboration for the first time, with the number of the first one.

    ``participants``: the rows of the known participants of each collaboration of the window, in order of its start.
    """
    actors = len(known.partners)
    keys: list[Ints] = []
    numbers: list[Ints] = []
    for number, rows in enumerate(participants):
        row = np.asarray(sorted(set(rows)), dtype=np.int64)
        one, other = np.triu_indices(len(row), 1)
        keys.append(row[one] * actors + row[other])
        numbers.append(np.full(len(one), number, dtype=np.int64))
    if not keys:
        none: Ints = np.zeros(0, dtype=np.int64)
        return none, none, none
    key, first = np.unique(np.concatenate(keys), return_index=True)
    a, b = key // actors, key % actors
    new = np.asarray(known.affiliation.shared[a, b]).reshape(-1) == 0 if len(key) else np.zeros(0, dtype=bool)
    return a[new], b[new], np.concatenate(numbers)[first][new]
