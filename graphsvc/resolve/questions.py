"""What a person is asked: once for two bodies, however many of their entries may be one.

The matching compares entries. Where two entries are surely one body and a third may be either, that is one question:
its answer on one pair of entries settles the others, for a body that is told apart, or united, is so with all its
entries (:func:`graphsvc.store.judging.effective`). Nothing but the word on the pair that was shown is noted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from graphsvc.model import Judgement, Link, Verdict
from graphsvc.resolve.identity import duplicates
from graphsvc.uniting import Pair


def questions(words: Iterable[Judgement], links: Iterable[Link]) -> tuple[tuple[Judgement, ...], ...]:
    """Return what waits for a person among the words that count: the review queue, in its order.

    A question is what is undecided of the entries of two bodies, the strongest first: a person's words, then the surest
    of the matching's. The first is shown, with its reasons; for the others the answer holds, too.
    """
    counting = tuple(words)
    sets = duplicates(links, counting)
    groups: dict[Pair, list[Judgement]] = defaultdict(list)
    for word in sorted(counting, key=strongest_first):
        if word.verdict is Verdict.UNSURE:
            bodies = sorted((sets.first(word.a), sets.first(word.b)))
            # Within one body it is doubted that just these two belong together.
            key = (word.a, word.b) if bodies[0] == bodies[1] else (bodies[0], bodies[1])
            groups[key].append(word)
    return tuple(map(tuple, groups.values()))


def strongest_first(word: Judgement) -> tuple[str, str, str]:
    """Return what words are ordered by: persons' come first, then the matching's, the surest first; and its pair."""
    return "" if word.score is None else f"{1 - word.score:.6f}", word.a, word.b
