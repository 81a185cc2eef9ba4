"""Which actors of a file may be bodies that the graph, or the file itself, has under another id.

What is proposed depends on the file and on what others say, never on an older version of the file itself: the same file
gives the same proposals whether it is loaded at once, after a cut or once more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Final

from graphsvc.ingest.reading import Progress
from graphsvc.model import Actor, Claim, Judgement, Link, LinkKind, Name, Place, Verdict
from graphsvc.resolve import matching
from graphsvc.resolve.questions import questions, strongest_first
from graphsvc.store.graph_store import GraphStore
from graphsvc.store.judging import effective
from graphsvc.uniting import Pair, Uniting, pair_of, reached

MATCHING: Final = "matching"
"""Who judges, where no person does."""
_NOT_YET: Final = datetime.fromtimestamp(0, UTC)
"""The day of a word is that of its import, which has not begun."""
_UPWARDS: Final = (LinkKind.UNIT_OF, LinkKind.SUCCEEDED_BY, LinkKind.MEMBER_OF)


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the matching of a file found, held against what the graph knows at one revision."""

    revision: int = 0
    words: tuple[Judgement, ...] = ()
    """All that is proposed, by pair."""
    sure: tuple[Judgement, ...] = ()
    """Pairs that will count as one body from then on, the surest first."""
    doubtful: tuple[Judgement, ...] = ()
    """What waits for a person, the surest first: once for each two bodies, however many of their entries are alike."""
    actors: Mapping[str, Actor] = field(default_factory=dict)
    """The entries of these pairs, by id."""


@dataclass(slots=True)
class Gathered:
    """What a file says that tells its actors apart, gathered while it is read."""

    actors: dict[str, Actor] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    def add(self, claims: Iterable[Claim]) -> None:
        """Take in what a row says."""
        for claim in claims:
            match claim:
                case Actor():
                    before = self.actors.get(claim.id)
                    if before != claim:
                        self.actors[claim.id] = _merged(before, claim) if before else claim
                case Place():
                    self.places[claim.id] = claim
                case Link():
                    self.links.append(claim)
                case _:
                    pass


def _merged(before: Actor, claim: Actor) -> Actor:
    """Return an actor said twice: a later value counts, a missing one changes nothing, names are united."""
    given = claim.model_dump(exclude_defaults=True, exclude={"names", "id"})
    names: tuple[Name, ...] = tuple(dict.fromkeys((*before.names, *claim.names)))
    return before.model_copy(update={**given, "kind": claim.kind if "kind" in given else before.kind, "names": names})


def propose(store: GraphStore, source: str, said: Gathered, progress: Progress | None = None) -> Proposed:
    """Match the actors of a file with those that others describe, and with each other."""
    revision, links = store.revision(), (*store.links_of_others(source), *said.links)
    known = store.actors_of_others(source)
    places = {place.id: place for place in store.places()} | said.places
    fresh = [said.actors[id_] for id_ in sorted(said.actors)]
    words = tuple(map(_word, matching.propose(fresh, known, places, _kinship(links), progress)))
    actors = {actor.id: actor for actor in known} | said.actors
    mine = {(word.a, word.b) for word in words}
    others = store.proposals(without=source)
    counting = effective(store.judgement_log(), (*others, *words), links, actors)

    def of_the_file(word: Judgement) -> bool:
        return (word.a, word.b) in mine and word.by == MATCHING

    sure = sorted(filter(of_the_file, counting), key=strongest_first)
    sure = [word for word in sure if word.verdict is Verdict.SAME]
    asked = [tuple(filter(of_the_file, each)) for each in questions(counting, links)]
    doubtful = sorted((of_two[0] for of_two in asked if of_two), key=strongest_first)
    return Proposed(
        revision=revision,
        words=words,
        sure=tuple(sure),
        doubtful=tuple(doubtful),
        actors={id_: actors[id_] for word in (*sure, *doubtful) for id_ in (word.a, word.b)},
    )


def _word(found: matching.Proposal) -> Judgement:
    return Judgement.model_construct(
        a=found.a,
        b=found.b,
        verdict=found.verdict,
        by=MATCHING,
        at=_NOT_YET,
        reason="",
        score=round(found.score, 6),
        grounds=found.grounds,
    )


def dated(words: Iterable[Judgement], at: datetime) -> tuple[Judgement, ...]:
    """Return what the matching says as of the moment its import began."""
    return tuple(word.model_copy(update={"at": at}) for word in words)


def _kinship(links: Iterable[Link]) -> Callable[[str, str], bool]:
    """Return what says of two entries whether links tell already how they hang together."""
    same = Uniting()
    above: dict[str, set[str]] = defaultdict(set)
    linked: set[Pair] = set()
    for link in links:
        linked.add(pair_of(link.actor, link.other))
        if link.kind is LinkKind.SAME_AS:
            same.unite(link.actor, link.other)
        elif link.kind in _UPWARDS:
            above[link.actor].add(link.other)
    all_above = cache(lambda id_: reached(id_, above))

    def kin(a: str, b: str) -> bool:
        return (a, b) in linked or same.together(a, b) or b in all_above(a) or a in all_above(b)

    return kin
