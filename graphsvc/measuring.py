"""Measures beyond one network: what they will cost, how they went from year to year, and what changed between days."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from graphsvc.analysis.catalogue import CATALOGUE, Scope
from graphsvc.analysis.change import (
    Continued,
    Explaining,
    Explanation,
    Moved,
    State,
    Turnover,
    continued,
    moved,
    turnover,
)
from graphsvc.analysis.costs import Cost, estimate
from graphsvc.analysis.measures import ACTOR_MEASURES, NETWORK_NUMBERS, check_ids, measure
from graphsvc.analysis.results import Community, Measures, Number
from graphsvc.errors import InvalidValue
from graphsvc.model import EVERYTHING, View
from graphsvc.network import Network
from graphsvc.outlook import Outlook, Shared

SECONDS: Final = 60.0
"""Of one core: what is spent at the command line without asking."""
REQUEST_SECONDS: Final = 5.0
"""Of one core: what a request may cost."""
YEARS: Final = 60
"""Most years in one answer."""
TRIED: Final = 10
"""Collaborations of an actor that are tried one by one, at most."""
EXPLAINED: Final = 3
"""Actors that rose most, and that fell most, whose change is explained when nobody says whose."""

Progress = Callable[[int, int], None]
NetworkOf = Callable[[View], Network]
_BUILD: Final = 1e-5
"""Seconds that a network takes to be made, for each collaboration and each of its participants."""


@dataclass(frozen=True, slots=True)
class Course:
    """Which course over time is asked about: the network as it stood at the end of each year."""

    first: int
    last: int
    view: View = EVERYTHING
    measures: tuple[str, ...] = NETWORK_NUMBERS
    """Ids of the catalogue; those of actors are told for ``actors``, those of the network for the whole."""
    actors: tuple[str, ...] = ()
    running: bool = False
    """Only what runs on the day itself; else what had ended by then counts too."""
    most: float | None = SECONDS
    """Seconds of one core that may be spent; None for any number."""

    @property
    def days(self) -> tuple[date, ...]:
        """The last day of each year."""
        return tuple(date(year, 12, 31) for year in range(self.first, self.last + 1))

    @property
    def shared(self) -> Shared[OverTime]:
        """The question as processes share its answer, which is the same whatever it may cost."""
        return Shared(f"{replace(self, most=None)} {versions(self.measures)}", self.view, OverTime)


@dataclass(frozen=True, slots=True)
class Point:
    """A network on a day."""

    day: date
    actors: int
    ties: int
    collaborations: int
    numbers: Mapping[str, Number]
    values: Mapping[str, Mapping[str, float]]
    """Id of an actor asked about → measure → value; one that is not there, or not defined, is missing."""
    sampled: frozenset[str]
    """Ids of the measures that are estimates."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """The course of a network."""

    revision: int
    points: tuple[Point, ...]
    undated: int
    """Collaborations left out as nobody says when they began."""


@dataclass(frozen=True, slots=True)
class Between:
    """Which change is asked about."""

    earlier: date
    later: date
    view: View = EVERYTHING
    measure: str = "betweenness"
    """Of actors: by which it is told who rose and fell."""
    actors: tuple[str, ...] = ()
    """Whose change is explained; none for those that rose and fell most."""
    running: bool = False
    """Only what runs on the day itself; else what had ended by then counts too."""
    most: float | None = SECONDS
    """Seconds of one core that may be spent; None for any number."""

    @property
    def shared(self) -> Shared[Changed]:
        """The question as processes share its answer."""
        return Shared(f"{self} {versions(('community', self.measure))}", self.view, Changed)


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed between two days."""

    revision: int
    measure: str
    method: str
    """How the measure was computed on the later day."""
    moved: tuple[Moved, ...]
    """Actors whose value is another, those that rose most first."""
    turnover: Turnover
    absorbed: Mapping[str, str]
    """Id of an actor that is gone → id of the body that it became part of, where it became part of one."""
    communities: tuple[Continued, ...]
    before: tuple[Community, ...]
    after: tuple[Community, ...]
    explanations: tuple[Explanation, ...]
    names: Mapping[str, str]
    """Id of each actor and collaboration of either day → name, of the later day where it has two."""


def within(cost: Cost, most: float | None, *, remedy: str) -> None:
    """Raise :class:`InvalidValue` where measuring would cost more than ``most`` seconds, naming what costs most."""
    if most is None or cost.seconds <= most:
        return
    dearest = sorted(cost.by_measure, key=lambda id_: (-cost.by_measure[id_], id_))[:3]
    named = ", ".join(f"{id_} {cost.by_measure[id_]:,.0f} s" for id_ in dearest)
    raise InvalidValue(
        f"It would take about {cost.seconds:,.0f} seconds of one core ({named}); unasked, up to {most:,.0f} are spent.",
        remedy=remedy,
        field="measure",
    )


def shared(view: View, only: Collection[str] | None) -> Shared[Measures]:
    """Return the question for measures of a view as processes share its answer. Errors: those of ``check_ids``."""
    return Shared(f"measures {versions(check_ids(only))}", view, Measures, Measures.at)


def versions(ids: Collection[str]) -> str:
    """Return measures with the versions of their definitions: a number is shared only between equal definitions."""
    return " ".join(f"{id_}.{each.version}" for id_, each in CATALOGUE.items() if id_ in ids)


def measures_of(outlook: Outlook, view: View, only: Collection[str] | None, **how: Any) -> Measures:
    """Return measures of a view. ``how`` and errors are those of ``measure``; an effort of one's own is not kept."""

    return measures_in(outlook, outlook.network(view), only, **how)


def measures_in(outlook: Outlook, network: Network, only: Collection[str] | None, **how: Any) -> Measures:
    """Return measures of a network that was made. ``how`` and errors are those of :func:`measures_of`."""

    def made() -> Measures:
        return measure(network.arrays, network.revision, only, **how)

    return made() if "effort" in how else outlook.share_of_network(shared(network.view, only), network, made)


def seconds(network: Network, ids: Collection[str]) -> float:
    """Return about how many seconds measures of a network take."""
    return estimate(network.arrays, ids).seconds


def course_seconds(ask: Course, whole: Network) -> float:
    """Return at most how many seconds a course takes; ``whole`` is the network of its view on no day."""
    return len(ask.days) * (estimate(whole.arrays, check_ids(ask.measures)).seconds + build_seconds(whole))


def change_seconds(ask: Between, whole: Network) -> float:
    """Return at most how many seconds a change takes to be told; ``whole`` is the network of its view on no day."""
    tried = (len(ask.actors) or 2 * EXPLAINED) * (TRIED + 1)
    again = estimate(whole.arrays, {ask.measure} & {*ACTOR_MEASURES}).seconds
    both = estimate(whole.arrays, {"community", ask.measure} & {*CATALOGUE}).seconds
    return 2 * (both + build_seconds(whole)) + tried * again


def build_seconds(whole: Network) -> float:
    """Return about how many seconds it takes to make a network."""
    return _BUILD * sum(len(members) + 1 for members in whole.members.values())


def over_time(ask: Course, network_of: NetworkOf, progress: Progress | None = None, *, remedy: str = "") -> OverTime:
    """Return the measures at the end of each year: the numbers that the network as of that day has.

    :class:`InvalidValue`: years in the wrong order or too many, a view with a day of its own, an unknown measure, or
    more cost than ``ask.most``, in which case the error says ``remedy``.
    """
    if not 0 <= ask.last - ask.first < YEARS:
        raise InvalidValue(f"{ask.first} to {ask.last} are no years in order.", remedy=f"Take 1 to {YEARS} years.")
    wanted = check_ids(ask.measures)
    networks = [network_of(on(ask.view, day, running=ask.running)) for day in ask.days]
    within(_sum([estimate(each.arrays, wanted) for each in networks]), ask.most, remedy=remedy)
    points = []
    for done, (day, network) in enumerate(zip(ask.days, networks, strict=True)):
        found = measure(network.arrays, network.revision, wanted, progress=_part(progress, done, len(networks)))
        points.append(_point(day, network, found, ask.actors))
    return OverTime(networks[-1].revision, tuple(points), networks[-1].left_out.get("undated", 0))


def change(
    ask: Between,
    network_of: NetworkOf,
    standing: Callable[[View], Mapping[str, str]],
    progress: Progress | None = None,
    *,
    remedy: str = "",
) -> Changed:
    """Return what changed between two days, and which collaborations explain it.

    ``standing`` gives for a view the ids of those that are part of another body, with that body's. Of an actor's
    collaborations as many are tried one by one as ``ask.most`` allows, at most :data:`TRIED`. :class:`InvalidValue`:
    days in the wrong order, a view with a day of its own, a measure that actors do not have, or more cost than that.
    """
    if ask.later <= ask.earlier:
        raise InvalidValue(f"{ask.later} is not after {ask.earlier}.", remedy="Give the earlier day first.")
    if ask.measure not in ACTOR_MEASURES:
        raise InvalidValue(f"Actors have no measure {ask.measure}.", remedy=f"Take one of {', '.join(ACTOR_MEASURES)}.")
    views = [on(ask.view, day, running=ask.running) for day in (ask.earlier, ask.later)]
    before, after = (network_of(view) for view in views)
    wanted = ("community", ask.measure)
    cost = _sum([estimate(each.arrays, wanted) for each in (before, after)])
    within(cost, ask.most, remedy=remedy)
    then = measure(before.arrays, before.revision, wanted, progress=_part(progress, 0, 3))
    now = measure(after.arrays, after.revision, wanted, progress=_part(progress, 1, 3))
    moves = moved(then.measures[ask.measure].values, now.measures[ask.measure].values)
    again = estimate(after.arrays, (ask.measure,)).seconds
    affordable = None if ask.most is None else int((ask.most - cost.seconds) / again)
    body = standing(views[1])
    old, new = state(before), state(after)
    turned = turnover(old, new)
    explanations = _explained(Explaining(old, new, ask.measure), _whom(ask, moves), affordable, _part(progress, 2, 3))
    return Changed(
        after.revision,
        ask.measure,
        now.measures[ask.measure].method,
        moves,
        turned,
        {id_: body[id_] for id_ in turned.gone_actors if body.get(id_, id_) != id_},
        continued(then.communities, now.communities),
        then.communities,
        now.communities,
        explanations,
        {**_names(before), **_names(after)},
    )


def on(view: View, day: date, *, running: bool = False) -> View:
    """Return the view as of a day; ``running``: only what runs on it. :class:`InvalidValue`: it has days of its own."""
    own = [name for name in ("since", "until", "as_of") if getattr(view, name)]
    if "as_of" in own or (running and own):
        raise InvalidValue(f"The days are asked for already, so {own[0]} can't be.", remedy=f"Leave out {own[0]}.")
    return View(**{**view.model_dump(), "as_of": day, "since": day if running else view.since})


def state(network: Network) -> State:
    """Return a network as what can be changed and measured again."""
    regions = dict(zip(network.affiliation.ids, network.affiliation.regions, strict=True))
    return State(network.actors, network.collaborations, network.members, network.sizes, regions)


def _whom(ask: Between, moves: Sequence[Moved]) -> tuple[str, ...]:
    if ask.actors:
        return ask.actors
    rose = [each.actor for each in moves if each.by > 0][:EXPLAINED]
    fell = [each.actor for each in reversed(moves) if each.by < 0][:EXPLAINED]
    return (*rose, *fell)


def _explained(
    explaining: Explaining, actors: Sequence[str], affordable: int | None, progress: Progress | None
) -> tuple[Explanation, ...]:
    """Explain the changes of actors; each costs one measurement for all its own together and one for each alone."""
    each = TRIED if affordable is None or not actors else max(0, min(TRIED, affordable // len(actors) - 1))
    found = []
    for done, actor in enumerate(actors, start=1):
        found.append(explaining.explain(actor, each))
        if progress:
            progress(1000 * done // len(actors), 1000)
    return tuple(found)


def _point(day: date, network: Network, found: Measures, actors: Collection[str]) -> Point:
    values = {
        actor: {id_: each.values[actor] for id_, each in found.measures.items() if actor in each.values}
        for actor in actors
    }
    sampled = [id_ for id_, each in found.measures.items() if not each.exact]
    sampled += [id_ for id_, number in found.numbers.items() if not number.exact]
    return Point(
        day,
        len(network.actors),
        network.arrays.edges,
        len(network.collaborations),
        found.numbers,
        values,
        frozenset(sampled),
    )


def _names(network: Network) -> dict[str, str]:
    collaborations = {id_: each.name for id_, each in network.collaborations.items()}
    return collaborations | {id_: each.name for id_, each in network.actors.items()}


def _sum(costs: Sequence[Cost]) -> Cost:
    ids = sorted({id_ for each in costs for id_ in each.by_measure})
    by_measure = {id_: sum(each.by_measure.get(id_, 0.0) for each in costs) for id_ in ids}
    sampled = frozenset[str]().union(*(each.sampled for each in costs))
    return Cost(sum(by_measure.values()), sampled, by_measure)


def _part(progress: Progress | None, done: int, of: int) -> Progress | None:
    """Return what tells the progress of one of several like parts."""
    if progress is None:
        return None
    return lambda within, total: progress(1000 * (done * total + within) // (of * total), 1000)


def split(ids: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids of measures of actors, and of the network, each in the order of the catalogue."""
    actors = tuple(id_ for id_ in ACTOR_MEASURES if id_ in ids)
    return actors, tuple(id_ for id_, each in CATALOGUE.items() if id_ in ids and each.scope is Scope.NETWORK)
