"""The pairs worth scoring, and the best of them, without ever holding all pairs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from scipy import sparse

from graphsvc.analysis.arrays import Floats, Ints
from graphsvc.analysis.background import Background
from graphsvc.analysis.features import Pairs, Weights, scores, upper_bounds

RARE: Final = 12
"""A theme of at most so many actors makes candidates of all its pairs, also without a shared partner."""
_ROWS: Final = 400
"""Actors whose candidates are looked at together."""


def best_pairs(
    background: Background, weights: Weights, keep: int, local: frozenset[str] | None
) -> tuple[Pairs, Floats, int]:
    """Return the ``keep`` best pairs, best first, with their scores, and the number of all candidates.

    Candidates share a partner or a rare theme, and no collaboration. With ``local`` one of the two must be in it. Ties
    go to the smaller id. Pairs whose upper bound is below the worst that is kept are never scored in full; that changes
    nothing in the answer. Work: Σ degree² multiply-adds; memory: the candidates of some hundred actors at a time.
    """
    best, best_scores, seen = _empty(background), np.zeros(0), 0
    for block in _blocks(background, local):
        seen += len(block.a)
        if len(best.a) >= keep:
            block = block[np.flatnonzero(upper_bounds(block, weights) >= best_scores[-1])]
        elif len(block.a) > keep:
            bounds = upper_bounds(block, weights)
            likely = block[np.argpartition(-bounds, keep - 1)[:keep]]
            floor = scores(likely, weights).min()
            block = block[np.flatnonzero(bounds >= floor)]
        best = Pairs(
            background,
            np.concatenate([best.a, block.a]),
            np.concatenate([best.b, block.b]),
            np.concatenate([best.nearness, block.nearness]),
        )
        best_scores = np.concatenate([best_scores, scores(block, weights)])
        order = np.lexsort((best.b, best.a, -best_scores))[:keep]
        best, best_scores = best[order], best_scores[order]
    return best, best_scores, seen


def _empty(background: Background) -> Pairs:
    none: Ints = np.zeros(0, dtype=np.int64)
    return Pairs(background, none, none, np.zeros(0))


def _blocks(background: Background, local: frozenset[str] | None) -> Iterator[Pairs]:
    """Yield all candidates, each pair once with a < b."""
    ids = background.affiliation.ids
    here = np.asarray([local is None or id_ in local for id_ in ids], dtype=bool)
    rows = np.flatnonzero(here)
    through = sparse.diags_array(background.passing, format="csr") @ background.ties
    rare = _rare_themes(background)
    for start in range(0, len(rows), _ROWS):
        block = rows[start : start + _ROWS]
        flow = (background.ties[block] @ through).tocoo()
        # Pairs that share a rare theme only: same places, nothing flows.
        linked = (rare[block] @ rare.T).tocoo()
        candidate = np.zeros((len(block), len(ids)), dtype=bool)
        candidate[flow.row, flow.col] = True
        candidate[linked.row, linked.col] = True
        partners = background.affiliation.shared[block].tocoo()
        candidate[partners.row, partners.col] = False
        candidate[np.arange(len(block)), block] = False
        # A pair of two local actors comes from both sides; keep it from the smaller.
        candidate &= ~here[None, :] | (block[:, None] < np.arange(len(ids))[None, :])
        nearness = np.zeros(candidate.shape)
        nearness[flow.row, flow.col] = flow.data
        at, other = np.nonzero(candidate)
        one = block[at]
        yield Pairs(background, np.minimum(one, other), np.maximum(one, other), nearness[at, other])


def _rare_themes(background: Background) -> sparse.csr_array:
    """Return actors × rare themes, 1 where the actor has the theme."""
    profile = background.profile
    having = np.bincount(profile.indices, minlength=len(background.themes))
    rare = profile[:, np.flatnonzero((having > 1) & (having <= RARE))].tocsr()
    return sparse.csr_array((np.ones(rare.nnz), rare.indices, rare.indptr), shape=rare.shape)
