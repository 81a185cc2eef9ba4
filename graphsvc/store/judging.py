"""What is said of two entries, by persons and by the matching of imports, and which of it counts.

A person's word is an *act* in a log that is only ever added to; taking one back is an act too. What the matching of an
import says is part of that import, as its participations are. Both speak of ids, which may leave the graph and return.
What counts is a pure function of both, of the files' links and of the entries that are there: nothing is overwritten,
so everything can be taken back exactly.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import TypeAdapter

from graphsvc.identifiers import digest
from graphsvc.model import Ground, Judgement, Link, LinkKind, Verdict
from graphsvc.store.descriptions import Tag
from graphsvc.store.engine import Row
from graphsvc.uniting import Pair, Uniting, pair_of

WITHDRAWN: Final = "withdrawn"
"""The verdict of an act that takes back the one before it."""
_GROUNDS: Final = TypeAdapter(tuple[Ground, ...])


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person said of two entries."""

    id: str
    a: str
    b: str
    """``a`` < ``b``."""
    verdict: Verdict | None
    """None takes back the last act about the pair that still stood."""
    by: str
    at: datetime
    reason: str
    number: int
    """Its place among the acts about the pair, from 1."""

    @property
    def pair(self) -> Pair:
        """The two entries."""
        return self.a, self.b

    @property
    def judgement(self) -> Judgement:
        """The act as a judgement; only of one that has a verdict."""
        if self.verdict is None:
            raise ValueError("an act that takes back another is no judgement")
        return Judgement.model_construct(
            a=self.a, b=self.b, verdict=self.verdict, by=self.by, at=self.at, reason=self.reason
        )


def new_act(pair: Pair, verdict: Verdict | None, by: str, reason: str, *, number: int, at: datetime) -> Act:
    """Return an act; its id is made from all that it says, so that it is noted once however often it is tried."""
    said = verdict.value if verdict else WITHDRAWN
    at = at.astimezone(UTC)
    return Act(
        digest(*pair, said, by, reason, str(number), at.isoformat())[:24], *pair, verdict, by, at, reason, number
    )


class Log:
    """The acts, by pair: which of them stand."""

    def __init__(self, acts: Iterable[Act] = ()) -> None:
        self._standing: dict[Pair, list[Act]] = defaultdict(list)
        self._noted: dict[Pair, list[Act]] = defaultdict(list)
        for act in sorted(acts, key=lambda act: (act.pair, act.number, act.at, act.id)):
            self._noted[act.pair].append(act)
            if act.verdict is not None:
                self._standing[act.pair].append(act)
            elif self._standing[act.pair]:
                self._standing[act.pair].pop()

    def with_(self, act: Act) -> Log:
        """Return the log with one more act."""
        return Log((*(each for acts in self._noted.values() for each in acts), act))

    def of(self, pair: Pair) -> Act | None:
        """Return the act about a pair that counts: the last one that was not taken back."""
        standing = self._standing.get(pair)
        return standing[-1] if standing else None

    def noted(self, pair: Pair) -> tuple[Act, ...]:
        """Return every act about a pair, oldest first, those that were taken back too."""
        return tuple(self._noted.get(pair, ()))

    def find(self, id_: str) -> Act | None:
        """Return the act with this id."""
        return next((act for acts in self._noted.values() for act in acts if act.id == id_), None)

    def counting(self) -> dict[Pair, Act]:
        """Return pair → the act that counts."""
        return {pair: acts[-1] for pair, acts in sorted(self._standing.items()) if acts}


def effective(
    log: Log, proposals: Iterable[Judgement], links: Iterable[Link], known: Collection[str]
) -> tuple[Judgement, ...]:
    """Return the judgement that counts of each pair of which both entries are ``known``, by pair.

    A person's word counts before the matching's; of several files' matching ``same`` before ``unsure``, then the
    surest. Nothing brings together two entries that a person told apart: where persons' words, then links, then the
    matching's, surest first, would do so, the word is ``unsure``. The matching is not heard on entries of which a file
    says how they hang together, nor does a doubt of its own wait for an answer that follows from others.
    """
    words = {pair: act.judgement for pair, act in log.counting().items() if pair[0] in known and pair[1] in known}
    sets = Uniting(pair for pair, word in words.items() if word.verdict is Verdict.DIFFERENT)
    counting = dict(words)
    for pair, word in words.items():
        if word.verdict is Verdict.SAME and not sets.unite(*pair):
            counting[pair] = word.model_copy(update={"verdict": Verdict.UNSURE})
    linked = set()
    for link in sorted(links, key=lambda link: (link.actor, link.other, link.kind, link.source)):
        linked.add(pair_of(link.actor, link.other))
        if link.kind is LinkKind.SAME_AS:
            sets.unite(link.actor, link.other)
    doubts = []
    for pair, word in _best(proposals, words.keys() | linked, known):
        if word.verdict is Verdict.UNSURE:
            doubts.append((pair, word))
        elif sets.unite(*pair):
            counting[pair] = word
        else:
            counting[pair] = word.model_copy(update={"verdict": Verdict.UNSURE})
    counting |= {pair: word for pair, word in doubts if not (sets.together(*pair) or sets.barred(*pair))}
    return tuple(counting[pair] for pair in sorted(counting))


def _best(
    proposals: Iterable[Judgement], settled: Collection[Pair], known: Collection[str]
) -> Iterator[tuple[Pair, Judgement]]:
    """Yield the matching's word on each pair that nothing else settles: ``same`` before ``unsure``, surest first."""
    best: dict[Pair, Judgement] = {}
    for word in proposals:
        pair = (word.a, word.b)
        if pair in settled or word.a not in known or word.b not in known:
            continue
        if pair not in best or _surest(word) < _surest(best[pair]):
            best[pair] = word
    yield from sorted(best.items(), key=lambda item: (_surest(item[1]), item[0]))


def _surest(word: Judgement) -> tuple[bool, float]:
    return word.verdict is not Verdict.SAME, -(word.score or 0.0)


# ---- as rows


def act_parameters(act: Act) -> Mapping[str, Any]:
    """Return the parameters of ``judgements/note``."""
    said = act.verdict.value if act.verdict else WITHDRAWN
    return {
        "id": act.id,
        "name": f"{act.a} {said} {act.b}",
        "a": act.a,
        "b": act.b,
        "verdict": said,
        "by": act.by,
        "at": act.at.astimezone(UTC).isoformat(),
        "reason": act.reason,
        "number": act.number,
    }


def act(row: Row) -> Act:
    """Return the act of one row of ``judgements/acts``."""
    verdict = None if row["verdict"] == WITHDRAWN else Verdict(row["verdict"])
    at = datetime.fromisoformat(row["at"])
    return Act(row["id"], row["a"], row["b"], verdict, row["by"], at, row["reason"], row["number"])


def proposal_row(word: Judgement, tag: Tag) -> dict[str, Any]:
    """Return one row of ``judgements/propose``."""
    return {
        "id": digest(tag.file, word.a, word.b)[:24],
        "name": f"{word.a} {word.verdict.value} {word.b}",
        "a": word.a,
        "b": word.b,
        "verdict": word.verdict.value,
        "score": None if word.score is None else repr(word.score),
        "grounds": json.dumps([ground.model_dump() for ground in word.grounds], ensure_ascii=False),
        "at": word.at.astimezone(UTC).isoformat(),
        "by": word.by,
        "file": tag.file,
        "import": tag.import_,
    }


def proposal(row: Row) -> Judgement:
    """Return the judgement of one row of ``judgements/proposals``."""
    return Judgement.model_construct(
        a=row["a"],
        b=row["b"],
        verdict=Verdict(row["verdict"]),
        by=row["by"],
        at=datetime.fromisoformat(row["at"]),
        score=None if row["score"] is None else float(row["score"]),
        grounds=_GROUNDS.validate_json(row["grounds"]),
    )
