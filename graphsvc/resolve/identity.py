"""Which actors are one body: duplicates, predecessors and units, at a level of identity and on a day.

Actors are entries: what they say is never changed by it. That two are one body is said by files (``same_as`` links) and
by judgements; taking such a word back leaves no trace.

Three questions are kept apart. *Who stands for whom* (:attr:`Identity.canonical`) depends on level and day and decides
which actors are one node. *Who is kin* (:meth:`Identity.family`) and *who belongs to which group* depend on neither: a
body and its own unit, successor or alliance are never news to each other, whatever day is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from graphsvc.asof import begun
from graphsvc.model import Actor, IdentityLevel, Judgement, Link, LinkKind, Verdict
from graphsvc.uniting import Pair, Uniting, pair_of, reached

Edges = dict[str, set[str]]

_KIN = frozenset({LinkKind.SAME_AS, LinkKind.SUCCEEDED_BY, LinkKind.UNIT_OF})


class Relation(StrEnum):
    """Why two actors are no partners to be brought together."""

    SAME_BODY = "same_body"
    """One stands for the other at this level and on this day."""
    FAMILY = "family"
    """Duplicates, predecessors, successors, or units of one body, over any number of steps and on any day."""
    MEMBERSHIP = "membership"
    """One belongs, directly or through other groups, to the group that the other is."""
    UNDECIDED = "undecided"
    """They may be one body: the pair waits in the review queue."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who stands for whom, at one level of identity on one day."""

    level: IdentityLevel
    on: date | None
    canonical: Mapping[str, str]
    """Each actor's id → id of the actor that stands for it; an actor that nothing folds stands for itself."""
    families: Mapping[str, str]
    """Each actor's id → smallest id in its family."""
    groups: Mapping[str, frozenset[str]]
    """Family → families of the groups it belongs to, directly or through other groups; only where there are any."""
    cycles: tuple[tuple[str, ...], ...]
    """Bodies that follow, or are part of, one another in a ring, each ring sorted. They are left unfolded."""
    divided: Mapping[str, tuple[str, ...]]
    """Bodies with several successors (or several parents, at the level of organisations) → these. Left unfolded."""
    bodies: Mapping[str, str] = field(default_factory=dict)
    """As ``canonical``, but of duplicates alone: a predecessor or unit stands for itself. At ``RECORDED`` all do."""
    today: Mapping[str, str] = field(default_factory=dict)
    """As ``canonical``, but of duplicates and predecessors alone: a unit stands for itself."""
    undecided: frozenset[Pair] = frozenset()
    """Pairs of which one may stand for the other, each under the id that stands for it now."""

    def family(self, id_: str) -> str:
        """Return the smallest id in the actor's family; two actors are kin when it is the same."""
        return self.families[id_]

    def related(self, a: str, b: str) -> Relation | None:
        """Say why ``a`` and ``b`` must not be suggested as partners, or None when nothing speaks against it."""
        if self.canonical[a] == self.canonical[b]:
            return Relation.SAME_BODY
        family_a, family_b = self.families[a], self.families[b]
        if family_a == family_b:
            return Relation.FAMILY
        if family_b in self.groups.get(family_a, ()) or family_a in self.groups.get(family_b, ()):
            return Relation.MEMBERSHIP
        if pair_of(self.canonical[a], self.canonical[b]) in self.undecided:
            return Relation.UNDECIDED
        return None

    def related_to_any(self, ids: Collection[str]) -> Callable[[str], bool]:
        """Return what says whether an actor is related to one of ``ids``, as :meth:`related` does of each, at once."""
        bodies, families = {self.canonical[id_] for id_ in ids}, {self.families[id_] for id_ in ids}
        above = {group for family in families for group in self.groups.get(family, ())}
        doubtful = {other for a, b in self.undecided for one, other in ((a, b), (b, a)) if one in bodies}

        def related(id_: str) -> bool:
            body, family = self.canonical[id_], self.families[id_]
            if body in bodies or body in doubtful or family in families or family in above:
                return True
            return not families.isdisjoint(self.groups.get(family, ()))

        return related


def identify(
    actors: Iterable[Actor],
    links: Iterable[Link],
    level: IdentityLevel,
    on: date | None = None,
    judgements: Iterable[Judgement] = (),
) -> Identity:
    """Resolve links and judgements into who stands for whom at ``level`` on ``on`` (None: all links, whatever day).

    A link without a day holds always. A judgement ``same`` is a ``same_as`` link of all days; between entries
    judged ``different`` no ``same_as`` link holds, nor one that would bring them together through others. At
    ``CURRENT``, actors linked by ``same_as`` are one body, for which stands the one with a business id, else one
    that succeeded another, else the smallest id; a body with exactly one successor is folded into it, along the
    chain. A body with several successors was divided: nobody can say which of them took over its collaborations, so
    it stays. At ``ORGANISATION`` a body with exactly one parent is folded into the top one.
    Whatever names an actor that is not among ``actors`` is ignored. Work grows with actors + links + judgements.
    """
    by_id = {actor.id: actor for actor in actors}
    words = [word for word in judgements if word.a in by_id and word.b in by_id]
    known = heard((link for link in links if link.actor in by_id and link.other in by_id), words)
    holding = [link for link in known if begun(link.since, on)]
    families = _components(by_id, (link for link in known if link.kind in _KIN))
    bodies = today = canonical = {id_: id_ for id_ in by_id}
    cycles: list[tuple[str, ...]] = []
    divided: dict[str, tuple[str, ...]] = {}
    if level is not IdentityLevel.RECORDED:
        bodies = _bodies(by_id, holding)
        fold = _Fold(_edges(holding, LinkKind.SUCCEEDED_BY, bodies))
        canonical = today = {id_: fold.top(body) for id_, body in bodies.items()}
        if level is IdentityLevel.ORGANISATION:
            above = _Fold(_parents(holding, bodies, canonical))
            canonical = {id_: above.top(body) for id_, body in canonical.items()}
            cycles += above.cycles
            divided |= above.divided
        cycles += fold.cycles
        divided |= fold.divided
    return Identity(
        level,
        on,
        canonical,
        families,
        _groups(known, families),
        tuple(sorted(cycles)),
        divided,
        bodies,
        today,
        undecided(canonical, words),
    )


def undecided(canonical: Mapping[str, str], words: Iterable[Judgement]) -> frozenset[Pair]:
    """Return :attr:`Identity.undecided` of what is said of entries; words on others are ignored."""
    return frozenset(
        pair_of(canonical[word.a], canonical[word.b])
        for word in words
        if word.verdict is Verdict.UNSURE and word.a in canonical and word.b in canonical
    )


def heard(links: Iterable[Link], words: Iterable[Judgement]) -> list[Link]:
    """Return judgements ``same`` as links, and the links without those that would unite what was told apart.

    Judgements come first, then links in their own order; a link that would bring together two entries judged
    ``different``, be it through others, is left out.
    """
    told = sorted(words, key=lambda word: (word.a, word.b))
    sets = Uniting((word.a, word.b) for word in told if word.verdict is Verdict.DIFFERENT)
    heard = [
        Link.model_construct(actor=word.a, other=word.b, kind=LinkKind.SAME_AS, since=None, source="")
        for word in told
        if word.verdict is Verdict.SAME and sets.unite(word.a, word.b)
    ]
    heard += [
        link
        for link in sorted(links, key=lambda link: (link.actor, link.other, link.kind, link.source))
        if link.kind is not LinkKind.SAME_AS or sets.unite(link.actor, link.other)
    ]
    return heard


def duplicates(links: Iterable[Link], words: Iterable[Judgement]) -> Uniting:
    """Return the bodies that links ``same_as`` and judgements make of entries, whatever the day."""
    sets = Uniting()
    for link in heard(links, words):
        if link.kind is LinkKind.SAME_AS:
            sets.unite(link.actor, link.other)
    return sets


class _Fold:
    """Follows edges as long as there is exactly one, and notes where it could not."""

    def __init__(self, edges: Edges) -> None:
        self.divided = {id_: tuple(sorted(others)) for id_, others in sorted(edges.items()) if len(others) > 1}
        self._next = {id_: next(iter(others)) for id_, others in edges.items() if len(others) == 1}
        self.cycles = tuple(_rings(self._next))
        for ring in self.cycles:
            for id_ in ring:
                del self._next[id_]
        self._tops: dict[str, str] = {}

    def top(self, id_: str) -> str:
        """Return the end of the chain that begins at ``id_``."""
        path = []
        while id_ in self._next and id_ not in self._tops:
            path.append(id_)
            id_ = self._next[id_]
        end = self._tops.get(id_, id_)
        self._tops.update(dict.fromkeys(path, end))
        return end


def _rings(following: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield the cycles of a graph in which each node has at most one way out."""
    seen: set[str] = set()
    for start in sorted(following):
        path: dict[str, None] = {}
        id_ = start
        while id_ in following and id_ not in seen:
            seen.add(id_)
            path[id_] = None
            id_ = following[id_]
        if id_ in path:
            steps = list(path)
            yield tuple(sorted(steps[steps.index(id_) :]))


def _components(ids: Iterable[str], links: Iterable[Link]) -> dict[str, str]:
    """Return each id → smallest id of the component it is in."""
    sets = Uniting()
    for link in links:
        sets.unite(link.actor, link.other)
    return {id_: sets.first(id_) for id_ in ids}


def _bodies(by_id: Mapping[str, Actor], holding: Iterable[Link]) -> dict[str, str]:
    """Return each actor's id → id that stands for it among its duplicates."""
    links = list(holding)
    component = _components(by_id, (link for link in links if link.kind is LinkKind.SAME_AS))
    successors = {link.other for link in links if link.kind is LinkKind.SUCCEEDED_BY}
    members: dict[str, list[str]] = defaultdict(list)
    for id_, first in component.items():
        members[first].append(id_)
    standing = {
        first: min(ids, key=lambda id_: (by_id[id_].business_id is None, id_ not in successors, id_))
        for first, ids in members.items()
    }
    return {id_: standing[first] for id_, first in component.items()}


def _edges(links: Iterable[Link], kind: LinkKind, standing: Mapping[str, str]) -> Edges:
    """Return the edges of one kind between the bodies that stand for the links' actors, without loops."""
    edges: Edges = defaultdict(set)
    for link in links:
        low, high = standing[link.actor], standing[link.other]
        if link.kind is kind and low != high:
            edges[low].add(high)
    return dict(edges)


def _parents(links: Iterable[Link], bodies: Mapping[str, str], canonical: Mapping[str, str]) -> Edges:
    """Return body → its parents; what a predecessor was part of counts only where the body itself has no parent."""
    own: Edges = defaultdict(set)
    inherited: Edges = defaultdict(set)
    for link in links:
        low, high = canonical[link.actor], canonical[link.other]
        if link.kind is LinkKind.UNIT_OF and low != high:
            (own if bodies[link.actor] == low else inherited)[low].add(high)
    return {**inherited, **own}


def _groups(links: Iterable[Link], families: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return family → families of all groups above it. A ring of groups is above itself; that does no harm."""
    direct = _edges(links, LinkKind.MEMBER_OF, families)
    return {family: frozenset(reached(family, direct)) for family in sorted(direct)}
