"""What collaborations are about, from the words of their titles: tf–idf, and a space of few dimensions for actors."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import numpy as np
from scipy import sparse

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.arrays import Floats, Matrix
from graphsvc.analysis.effort import SEED

DIMENSIONS: Final = 64
"""Directions that are kept of the space of words."""
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_COMMON: Final = 0.1
"""A word in more than this share of the titles says nothing …"""
_FEW: Final = 5
"""… unless it is in so few."""


@lru_cache(maxsize=2)  # a merge of bodies changes no title: of a large network this is half a second
def words_of(titles: tuple[str, ...]) -> Matrix:
    """Return titles × words, tf–idf with rows of length 1 (Spärck Jones 1972, J. Doc. 28, 11–21).

    Left out are words of one title only, which liken it to nothing, and those of more than a tenth of all. What is
    returned is shared and must not be changed.
    """
    number: dict[str, int] = {}
    marks = [
        (row, number.setdefault(word, len(number)))
        for row, title in enumerate(titles)
        for word in sorted(set(_WORD.findall(title.casefold())))
    ]
    rows, columns = np.asarray(marks, dtype=np.int64).reshape(-1, 2).T
    having = np.bincount(columns, minlength=len(number))
    kept = (having > 1) & (having <= max(_COMMON * len(titles), _FEW))
    counts = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(titles), len(number)))[:, kept]
    return unit_rows(counts @ sparse.diags_array(np.log1p(len(titles) / np.maximum(having[kept], 1)), format="csr"))


def subjects_of(affiliation: Affiliation, words: Matrix, weights: Floats) -> Floats:
    """Return actors × dimensions, rows of length 1 or 0: where each actor's collaborations lie in the space of words.

    ``weights``: how much each collaboration counts. The space is the truncated SVD of actors × words (latent semantic
    analysis, Deerwester et al. 1990) by the randomised method of Halko, Martinsson & Tropp 2011, SIAM Rev. 53, 217–288,
    with a fixed seed.
    """
    profile = (affiliation.incidence @ sparse.diags_array(weights, format="csr") @ words).tocsr()
    size = min(DIMENSIONS, *profile.shape)
    if not size or not profile.nnz:
        return np.zeros((profile.shape[0], 0))
    basis = np.random.default_rng(SEED).standard_normal((profile.shape[1], size))
    for _ in range(3):
        basis = np.linalg.qr(profile.T @ np.linalg.qr(profile @ basis)[0])[0]
    placed = np.asarray(profile @ basis)
    length = np.linalg.norm(placed, axis=1, keepdims=True)
    return np.asarray(np.divide(placed, length, out=np.zeros_like(placed), where=length > 1e-9))


def unit_rows(matrix: Matrix) -> Matrix:
    """Return the matrix with each row divided by its length; rows of zeros stay."""
    matrix = matrix.tocsr()
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).reshape(-1))
    np.divide(1.0, length, out=length, where=length > 0)
    return (sparse.diags_array(length, format="csr") @ matrix).tocsr()
