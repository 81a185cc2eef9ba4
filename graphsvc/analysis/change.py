"""What changed between two days, and which collaborations explain it. Pure functions of two networks.

An explanation is a computation, not a guess: the later network is measured again with a collaboration put back to what
it was on the earlier day, and the difference is what its change did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from scipy import sparse

from graphsvc.analysis.affiliation import Affiliation
from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.communities import match_communities
from graphsvc.analysis.effort import DEFAULT, Effort
from graphsvc.analysis.measures import measure
from graphsvc.analysis.results import Community
from graphsvc.model import Actor, Collaboration

Tie = tuple[str, str]


class How(StrEnum):
    """In which way a collaboration is another than before."""

    BEGAN = "began"
    ENDED = "ended"
    ALTERED = "altered"
    """Its participants are others than before."""


@dataclass(frozen=True)
class State:
    """A network as who takes part in what: what can be changed and measured again."""

    actors: Mapping[str, Actor]
    """All that take part in anything here, and perhaps more."""
    collaborations: Mapping[str, Collaboration]
    members: Mapping[str, tuple[str, ...]]
    """Id of a collaboration → ids of its participants, sorted."""
    sizes: Mapping[str, int]
    """Id of a collaboration → number of all its participants, also of those that are not shown."""
    regions: Mapping[str, str]
    """Id of an actor → id of its region, empty where unknown."""

    @cached_property
    def arrays(self) -> Arrays:
        """The ties between those that take part."""
        ids = sorted({actor for members in self.members.values() for actor in members})
        actors = {id_: self.actors[id_] for id_ in ids}
        made = Affiliation.of(actors, self.collaborations, self.members, self.sizes, self.regions)
        labels = {
            "kind": [actor.kind.value for actor in actors.values()],
            "helix": [actor.helix.value if actor.helix else "" for actor in actors.values()],
            "region": made.regions,
        }
        return Arrays(made.ids, made.ties(), made.incidence, labels)

    def put_back(self, changed: Collection[str], before: State) -> State:
        """Return this state with the collaborations ``changed`` as they were ``before``: gone, there or other."""
        back = [id_ for id_ in sorted(changed) if id_ in before.members]
        collaborations = {id_: each for id_, each in self.collaborations.items() if id_ not in changed}
        members = {id_: each for id_, each in self.members.items() if id_ not in changed}
        sizes = {id_: each for id_, each in self.sizes.items() if id_ not in changed}
        return State(
            {**before.actors, **self.actors},
            collaborations | {id_: before.collaborations[id_] for id_ in back},
            members | {id_: before.members[id_] for id_ in back},
            sizes | {id_: before.sizes[id_] for id_ in back},
            {**before.regions, **self.regions},
        )


@dataclass(frozen=True, slots=True)
class Moved:
    """An actor that is in both networks, with its value in each."""

    actor: str
    before: float
    after: float

    @property
    def by(self) -> float:
        """How much it rose."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Turnover:
    """What is new and what is gone; all in order of id."""

    new_actors: tuple[str, ...]
    gone_actors: tuple[str, ...]
    new_ties: tuple[Tie, ...]
    gone_ties: tuple[Tie, ...]
    kept_ties: int
    collaborations: Mapping[str, How]
    """Id of each collaboration that is another than before."""


@dataclass(frozen=True, slots=True)
class Continued:
    """A community, and what it was before."""

    now: int | None
    """Id among those of the later day; None for one that is gone."""
    before: int | None
    """Id among those of the earlier day; None for a new one."""
    stayed: int
    joined: int
    left: int


@dataclass(frozen=True, slots=True)
class Cause:
    """What the change of one collaboration did to the value of an actor."""

    collaboration: str
    how: How
    own: bool
    """Whether the actor takes part in it, then or now."""
    effect: float
    """Value, less what it would be were the collaboration still as before."""
    share: float | None
    """Of the whole change. Shares need not add up to 1: what two collaborations do together counts in both, or in
    neither. None where nothing changed."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the value of an actor changed: ``after − before = own + elsewhere``, each found by measuring again."""

    actor: str
    measure: str
    before: float | None
    """None where it is not there or the measure is not defined for it; counts as 0."""
    after: float | None
    own: float
    """What the changes of its own collaborations did, all together."""
    elsewhere: float
    """What is left: the changes of collaborations in which it does not take part."""
    causes: tuple[Cause, ...]
    """Collaborations that changed, its own and, as far as was tried, those of its partners, that did something;
    largest effect first."""
    untried: int
    """How many of its own were not tried one by one, for the cost."""
    exact: bool
    """False where the values are sampled: small effects are then chance."""


def moved(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[Moved, ...]:
    """Return the actors with a value on both days that is not the same, those that rose most first, then by id."""
    both = [Moved(id_, before[id_], after[id_]) for id_ in sorted(before.keys() & after.keys())]
    return tuple(sorted((each for each in both if each.by), key=lambda each: (-each.by, each.actor)))


def turnover(before: State, after: State) -> Turnover:
    """Return which actors, ties and collaborations are new, gone or altered."""
    old, new = _ties(before.arrays), _ties(after.arrays)
    then, now = set(before.arrays.ids), set(after.arrays.ids)
    return Turnover(
        tuple(sorted(now - then)),
        tuple(sorted(then - now)),
        tuple(sorted(new - old)),
        tuple(sorted(old - new)),
        len(old & new),
        altered(before, after),
    )


def altered(before: State, after: State) -> dict[str, How]:
    """Return id → how, for each collaboration that is not as before."""
    found = {}
    for id_ in sorted(before.members.keys() | after.members.keys()):
        if id_ not in before.members:
            found[id_] = How.BEGAN
        elif id_ not in after.members:
            found[id_] = How.ENDED
        elif (before.members[id_], before.sizes[id_]) != (after.members[id_], after.sizes[id_]):
            found[id_] = How.ALTERED
    return found


def continued(before: Sequence[Community], after: Sequence[Community]) -> tuple[Continued, ...]:
    """Return the communities of the later day with what each was before, then those that are gone.

    Matched by :func:`graphsvc.analysis.communities.match_communities`.
    """
    was = match_communities(before, after)
    old = {each.id: set(each.actors) for each in before}
    found = []
    for each in after:
        earlier = was[each.id]
        now, then = set(each.actors), old[earlier] if earlier is not None else set()
        found.append(Continued(each.id, earlier, len(now & then), len(now - then), len(then - now)))
    gone = sorted(old.keys() - set(was.values()))
    return (*found, *(Continued(None, id_, 0, 0, len(old[id_])) for id_ in gone))


class Explaining:
    """Explains changes between two networks by one measure. Each state is measured once, whoever asks."""

    def __init__(self, before: State, after: State, measure_id: str, effort: Effort = DEFAULT) -> None:
        self._before, self._after = before, after
        self._measure, self._effort = measure_id, effort
        self._altered = altered(before, after)
        self._known: dict[frozenset[str], Mapping[str, float]] = {}
        self._exact = True

    @cached_property
    def _then(self) -> Mapping[str, float]:
        return self._values(self._before.arrays)

    def explain(self, actor: str, most: int) -> Explanation:
        """Explain the change of one actor, trying ``most`` collaborations one by one.

        First its own, those with most members first; then those with most of its partners.
        """
        then, now = self._then.get(actor), self._put_back(()).get(actor)
        value, whole = now or 0.0, (now or 0.0) - (then or 0.0)
        own = self._own(actor)
        together = value - self._put_back(own).get(actor, 0.0)
        causes = []
        for id_ in (own + self._near(actor, own))[:most]:
            if effect := value - self._put_back((id_,)).get(actor, 0.0):
                share = effect / whole if whole else None
                causes.append(Cause(id_, self._altered[id_], id_ in own, effect, share))
        causes.sort(key=lambda each: (-abs(each.effect), each.collaboration))
        rest = max(0, len(own) - most)
        return Explanation(
            actor, self._measure, then, now, together, whole - together, tuple(causes), rest, self._exact
        )

    def _own(self, actor: str) -> list[str]:
        own = [id_ for id_ in self._altered if actor in self._everyone(id_)]
        return sorted(own, key=lambda id_: (-len(self._everyone(id_)), id_))

    def _near(self, actor: str, own: Collection[str]) -> list[str]:
        """Return the changed collaborations of partners, those with most of them first."""
        partners = self._partners(actor)
        found = {id_: len(partners & self._everyone(id_)) for id_ in self._altered if id_ not in own}
        return sorted((id_ for id_ in found if found[id_]), key=lambda id_: (-found[id_], id_))

    def _partners(self, actor: str) -> set[str]:
        states = (self._before, self._after)
        return {id_ for state in states for those in state.members.values() if actor in those for id_ in those}

    def _everyone(self, id_: str) -> set[str]:
        return {*self._before.members.get(id_, ()), *self._after.members.get(id_, ())}

    def _put_back(self, changed: Iterable[str]) -> Mapping[str, float]:
        key = frozenset(changed)
        if key not in self._known:
            state = self._after.put_back(key, self._before) if key else self._after
            self._known[key] = self._values(state.arrays)
        return self._known[key]

    def _values(self, arrays: Arrays) -> Mapping[str, float]:
        found = measure(arrays, 0, (self._measure,), effort=self._effort).measures[self._measure]
        self._exact = self._exact and found.exact
        return found.values


def _ties(arrays: Arrays) -> set[Tie]:
    upper = sparse.triu(arrays.weights, format="coo")
    ids = np.asarray(arrays.ids, dtype=object)
    return set(zip(ids[upper.row].tolist(), ids[upper.col].tolist(), strict=True))
