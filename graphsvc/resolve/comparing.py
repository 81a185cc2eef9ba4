"""Two names compared word by word: what they share, what is spelled otherwise, what only one of them has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import OSA

from graphsvc.resolve.names import ParsedName
from graphsvc.resolve.vocabulary import Sort, meant, sort_of, weight

_SHORTEST_MISSPELT = 6
"""Letters; one less where one of the two is a known word."""
_SHORTEST_GLUED = 10
_LONG = 24
_UNEQUAL_SORTS = frozenset({Sort.TOWN, Sort.PERSON, Sort.NUMBER})


class Likeness(StrEnum):
    """How two names hang together."""

    SAME = "same"
    """The same words in the same order, or the same letters however they are spaced."""
    REORDERED = "reordered"
    SIMILAR = "similar"
    """The same but for the spelling of a word."""
    CONTAINED = "contained"
    """One has all words of the other, and more."""
    OVERLAPPING = "overlapping"
    """Each has words that the other lacks."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What the comparison of two names came to."""

    a: ParsedName
    b: ParsedName
    likeness: Likeness
    information: float
    """How much the shared words tell: the sum of their weights."""
    misspelt: tuple[tuple[str, str], ...]
    """Words taken as one although they are spelled otherwise."""
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    literal: bool
    """The same letters: no word was taken as the translation of another."""

    @property
    def extra(self) -> tuple[str, ...]:
        """Words that only one has."""
        return self.only_a + self.only_b


def compare(a: ParsedName, b: ParsedName) -> NameMatch:
    """Compare two names. Symmetric but for the sides; work grows with the words that they do not share, squared."""
    words_a, words_b = _without_abbreviations(a, b), _without_abbreviations(b, a)
    if a.compact == b.compact or words_a == words_b:
        return NameMatch(a, b, Likeness.SAME, _told(words_a, words_b), (), (), (), a.compact == b.compact)
    shared = [word for word in words_a if word in words_b]
    left_a = [word for word in words_a if word not in shared]
    left_b = [word for word in words_b if word not in shared]
    misspelt = _pair_up(left_a, left_b, a, b)
    if misspelt:
        left_a = [word for word in left_a if word not in {pair[0] for pair in misspelt}]
        left_b = [word for word in left_b if word not in {pair[1] for pair in misspelt}]
    if (left_a or left_b) and _glued(a, b):
        misspelt, left_a, left_b = ((a.compact, b.compact),), [], []
    told = sum(map(weight, shared)) + sum(min(weight(one), weight(other)) for one, other in misspelt)
    return NameMatch(a, b, _likeness(misspelt, left_a, left_b), told, misspelt, tuple(left_a), tuple(left_b), False)


def _without_abbreviations(name: ParsedName, other: ParsedName) -> tuple[str, ...]:
    """Return the words without those that abbreviate the other name: ``THL – Terveyden ja …``."""
    extra = [word for word in name.words if word not in other.words and len(word) > 2]
    short = {
        word
        for word in extra
        if word == other.abbreviation or any(initials.startswith(word) for initials in other.initials)
    }
    return tuple(word for word in name.words if word not in short) or name.words


def _likeness(misspelt: Sequence[tuple[str, str]], left_a: Sequence[str], left_b: Sequence[str]) -> Likeness:
    if left_a and left_b:
        return Likeness.OVERLAPPING
    if left_a or left_b:
        return Likeness.CONTAINED
    return Likeness.SIMILAR if misspelt else Likeness.REORDERED


def _told(a: Sequence[str], b: Sequence[str]) -> float:
    return min(sum(map(weight, a)), sum(map(weight, b)))


def _pair_up(left_a: Sequence[str], left_b: Sequence[str], a: ParsedName, b: ParsedName) -> tuple[tuple[str, str], ...]:
    """Pair words that are one but for a slip of the pen, each at most once."""
    pairs: list[tuple[str, str]] = []
    free = list(left_b)
    for one in left_a:
        other = next((word for word in free if _slip(one, word, a.written[one], b.written[word])), None)
        if other is not None:
            pairs.append((one, other))
            free.remove(other)
    return tuple(pairs)


def _slip(one: str, other: str, a: str, b: str) -> bool:
    """Say whether two words, written ``a`` and ``b``, differ by one slip (two in long words) of the pen.

    Two words that are both known are two words: ``metal`` is no slip for ``medal``.
    """
    shorter = min(len(a), len(b))
    sorts = {sort_of(one), sort_of(other)}
    if meant(one) == other or meant(other) == one:
        return True
    if Sort.PLAIN not in sorts or sorts & _UNEQUAL_SORTS:
        return False
    if shorter < _SHORTEST_MISSPELT - (len(sorts) > 1) or abs(len(a) - len(b)) > 2 or a[0] != b[0]:
        return False
    allowed = 1 if shorter < 12 else 2
    return int(OSA.distance(a, b, score_cutoff=allowed)) <= allowed


def _glued(a: ParsedName, b: ParsedName) -> bool:
    """Say whether two names have the same letters but for one: words run together, or a slip in one of them."""
    shorter = min(len(a.compact), len(b.compact))
    if shorter < _SHORTEST_GLUED or a.numbers != b.numbers or abs(len(a.compact) - len(b.compact)) > 1:
        return False
    if len(a.words) == len(b.words) and shorter < _LONG:
        return False
    return int(OSA.distance(a.compact, b.compact, score_cutoff=1)) <= 1
