"""Which pairs of entries are looked at: those with a key in common, and each name's nearest by groups of letters.

Everything with everything would be a thousand million comparisons for 35 000 names. *Keys* are exact (the words in
order of the alphabet, the letters without spaces, an abbreviation, a website, a VAT number); a key that many share is
narrowed by country and town. *Nearest* are the names with the highest cosine of TF-IDF weighted letter trigrams. How
rare a trigram is depends on the names at hand; it decides only what is looked at, never how a pair is scored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from graphsvc.resolve.profiles import Profile

Codes = NDArray[np.int64]

NEAREST: Final = 12
"""Names looked at for each name by trigrams, at most."""
ALIKE: Final = 0.35
"""Least cosine of two names that are looked at."""
BLOCK: Final = 40
"""Most entries that share a key and are all compared with one another."""
FREQUENT: Final = 600
"""A trigram that more names have finds nobody by itself (names made of such alone are found by their keys)."""
CHUNK: Final = 4_000_000
"""Products of two weights held at once: bounds the memory to some 100 MB."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of entries to look at, each once, in a fixed order. Eight bytes a pair."""

    everyone: Sequence[Profile]
    codes: Codes

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[tuple[Profile, Profile]]:
        for code in self.codes:
            low, high = divmod(int(code), len(self.everyone))
            yield self.everyone[low], self.everyone[high]


def pairs(fresh: Sequence[Profile], known: Sequence[Profile]) -> Pairs:
    """Return the pairs of a fresh entry with a known or another fresh one that are worth a look.

    ``fresh`` and ``known`` are sorted by id and have none in common. At most ``NEAREST`` pairs a name by trigrams and
    ``BLOCK`` a key; memory grows with the names, not with the pairs looked at in vain.
    """
    everyone = [*fresh, *known]
    found = np.concatenate([_by_keys(everyone, len(fresh)), _by_trigrams(everyone, len(fresh))])
    return Pairs(everyone, np.unique(found))


# Keys


def keys(profile: Profile) -> Iterator[str]:
    """Yield what an entry is found by exactly. A short key of several letters needs its kind before it, others not."""
    for name in profile.names:
        yield f"words {name.key}"
        if name.meant != name.key:
            yield f"words {name.meant}"
        yield f"letters {name.compact}"
        yield from (f"short {initials}" for initials in sorted(name.initials) if 3 <= len(initials) <= 8)
        if len(name.compact) <= 8:
            yield f"short {name.compact}"
    yield from (f"short {short}" for short in sorted(profile.abbreviations))
    if profile.domain:
        yield f"site {profile.domain}"
    if (vat := profile.identifiers.get("vat")) and sum(map(str.isdigit, vat)) > 5:
        yield f"vat {vat}"


def _by_keys(everyone: Sequence[Profile], fresh: int) -> Codes:
    blocks: dict[str, list[int]] = defaultdict(list)
    for place, profile in enumerate(everyone):
        for key in sorted(set(keys(profile))):
            blocks[key].append(place)
    codes = {
        code
        for key in sorted(blocks)
        for block in _narrowed(blocks[key], everyone)
        for code in _within(block, fresh, len(everyone))
    }
    return np.array(sorted(codes), dtype=np.int64)


def _narrowed(block: list[int], everyone: Sequence[Profile]) -> Iterator[list[int]]:
    """Yield a block, or where it is too large its parts in one country and town; parts still too large are left out."""
    if len(block) <= BLOCK:
        yield block
        return
    parts: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for place in block:
        where = everyone[place].where
        parts[where.country, tuple(sorted(where.town))].append(place)
    yield from (part for part in parts.values() if len(part) <= BLOCK)


def _within(block: Sequence[int], fresh: int, count: int) -> Iterator[int]:
    """Yield the pairs of a block as codes; the first of each is a fresh entry."""
    for index, low in enumerate(block):
        if low >= fresh:
            return
        yield from (low * count + high for high in block[index + 1 :])


# Trigrams


@dataclass(frozen=True, slots=True)
class _Vectors:
    """Names as rows of unit length."""

    rows: csr_matrix
    owners: Codes
    """Row → place of its entry."""


def _by_trigrams(everyone: Sequence[Profile], fresh: int) -> Codes:
    vectors = _vectors(everyone)
    columns = csr_matrix(vectors.rows.T)
    asking = int(np.searchsorted(vectors.owners, fresh))
    found = [np.empty(0, dtype=np.int64)]
    for start, stop in _chunks(vectors.rows[:asking], columns):
        found.append(_nearest(vectors, columns, start, stop, len(everyone)))
    return np.unique(np.concatenate(found))


def _vectors(everyone: Sequence[Profile]) -> _Vectors:
    texts: list[str] = []
    owners: list[int] = []
    for place, profile in enumerate(everyone):
        for key in sorted({name.key for name in profile.names}):
            texts.append(key)
            owners.append(place)
    grams = [_trigrams(text) for text in texts]
    lengths = np.array([len(each) for each in grams], dtype=np.int64)
    vocabulary, columns = np.unique(np.concatenate([np.empty(0, np.int64), *grams]), return_inverse=True)
    frequency = np.bincount(columns, minlength=len(vocabulary))
    weights = np.log((1 + len(texts)) / np.maximum(frequency, 1))[columns]
    rows = np.repeat(np.arange(len(texts)), lengths)
    norms = np.sqrt(np.bincount(rows, weights=weights**2, minlength=len(texts)))
    weights = weights / np.maximum(norms, 1e-9)[rows]
    telling = frequency[columns] <= FREQUENT
    shape = (len(texts), len(vocabulary))
    matrix = csr_matrix((weights[telling].astype(np.float32), (rows[telling], columns[telling])), shape=shape)
    return _Vectors(matrix, np.array(owners, dtype=np.int64))


def _trigrams(text: str) -> Codes:
    """Return the groups of three letters of each word, with a space before and after it, each once, as numbers."""
    letters = np.frombuffer(f" {text} ".encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    return np.unique((letters[:-2] << 42) | (letters[1:-1] << 21) | letters[2:])


def _chunks(rows: csr_matrix, columns: csr_matrix) -> Iterator[tuple[int, int]]:
    """Cut the rows into runs whose product with ``columns`` takes at most ``CHUNK`` multiplications (or one row)."""
    sizes = np.diff(columns.indptr)
    work = np.concatenate([[0], np.cumsum(sizes[rows.indices], dtype=np.int64)])[rows.indptr]
    start = 0
    while start < rows.shape[0]:
        stop = int(np.searchsorted(work, work[start] + CHUNK, side="right")) - 1
        stop = max(stop, start + 1)
        yield start, stop
        start = stop


def _nearest(vectors: _Vectors, columns: csr_matrix, start: int, stop: int, count: int) -> Codes:
    """Return the pairs of entries whose names are nearest for the rows from ``start`` to ``stop``, as codes."""
    product: Any = vectors.rows[start:stop] @ columns
    heights = np.diff(product.indptr)
    row = np.repeat(np.arange(start, stop), heights)
    kept = (product.data >= ALIKE) & (vectors.owners[row] != vectors.owners[product.indices])
    row, column, cosine = row[kept], product.indices[kept], product.data[kept]
    order = np.lexsort((column, -np.round(cosine, 4), row))
    row, column = row[order], column[order]
    first = np.concatenate([[0], np.flatnonzero(np.diff(row)) + 1]) if len(row) else np.empty(0, np.int64)
    rank = np.arange(len(row)) - np.repeat(first, np.diff(np.append(first, len(row))))
    near = rank < NEAREST
    one, other = vectors.owners[row[near]], vectors.owners[column[near]]
    low, high = np.minimum(one, other), np.maximum(one, other)
    return np.unique(low * count + high)
