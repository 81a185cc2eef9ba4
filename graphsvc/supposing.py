"""What would change: a view measured as it is and with what is supposed, and the introductions that help it most.

Nothing is written: a supposition becomes rows in a copy of the snapshot, and that copy a network like any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from graphsvc.analysis.arrays import Arrays
from graphsvc.analysis.axes import at_level
from graphsvc.analysis.costs import estimate
from graphsvc.analysis.coverage import Coverage
from graphsvc.analysis.introductions import Aim, Plan, Setting, choose, pairs_once
from graphsvc.analysis.measures import measure
from graphsvc.analysis.results import Missing
from graphsvc.analysis.supposed import Rows, rows_of, supposed
from graphsvc.analysis.supposition import Introduction, Supposition, settled
from graphsvc.analysis.whatif import NUMBERS, VALUES, WHO, Seen, Tie, WhatIf, compare
from graphsvc.errors import InvalidValue
from graphsvc.measuring import SECONDS, within
from graphsvc.model import Snapshot, View
from graphsvc.network import Network, build_network
from graphsvc.outlook import Outlook
from graphsvc.resolve import bodies
from graphsvc.resolve.identity import Identity
from graphsvc.spotting import CoverageAsk, coverage, matrix, on_any_theme
from graphsvc.suggesting import Selection, ground, seconds

COSTLIEST: Final = "betweenness"
"""The measure that is left out where it would be an estimate, whose error hides what one tie does, or take too long."""
POOL: Final = 200
"""Missing partnerships among which introductions are chosen when nobody says how many."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How many introductions are wanted, and for what."""

    introductions: int = 5
    aims: tuple[Aim, ...] = tuple(Aim)
    among: int = POOL
    """How many of the best missing partnerships are looked at."""
    most: float | None = SECONDS
    """Seconds of one core that measuring may take, before and after each; None for any number."""


@dataclass(frozen=True, slots=True)
class Introductions:
    """The introductions that help most, and what they change together."""

    revision: int
    plan: Plan
    together: WhatIf | None
    """None where no introduction brings anything."""
    names: Mapping[str, str]
    """Id → name of each actor of the plan."""


def what_if(
    outlook: Outlook, view: View, supposition: Supposition, *, most: float | None = SECONDS, remedy: str = ""
) -> WhatIf:
    """Return what a supposition changes in a view: each number is the one that a graph with it written in would have.

    Errors are those of :func:`graphsvc.analysis.supposition.settled`, and :class:`graphsvc.errors.InvalidValue` where
    measuring either state would take more than ``most`` seconds of one core, in which case it says ``remedy``.
    """
    snapshot, identity = outlook.snapshot(), outlook.identity(view)
    asked = settled(supposition, snapshot, identity.canonical)
    rows = rows_of(asked, snapshot, view)
    before = outlook.network(view)
    _affordable((replace(before.arrays, elsewhere=None),), most, remedy)  # before the graph is copied
    changed = supposed(snapshot, rows, asked, identity.canonical)
    after = _network(changed, view, identity)
    if before.elsewhere or before.revision != snapshot.revision:  # another engine, or the graph went on in between
        before = _network(snapshot, view, identity)
    measured, left_out = _affordable((before.arrays, after.arrays), most, remedy)

    def seen(network: Network, rows: Snapshot) -> Seen:
        whole = _network(rows, on_any_theme(view), identity) if view.theme else network
        found = measure(network.arrays, network.revision, measured)
        return Seen(network.arrays, len(network.collaborations), found, _coverage(whole, view))

    key = f"what-if {measured} {snapshot.revision}"  # the graph may have gone on since the snapshot was taken
    then = outlook.recall(key, view, lambda _: seen(before, snapshot))
    outcome = compare(then, seen(after, changed), _touched(asked, rows))
    unseen = tuple(sorted({*_hidden(rows, after), *_not_there(asked, before)}))
    return WhatIf(
        snapshot.revision,
        view,
        outcome,
        _names((*outcome.actors, *unseen), (snapshot, changed), (before, after)),
        tuple(actor.id for actor in rows.actors),
        unseen,
        tuple(_acquainted(asked, before)),
        asked.without_actors,
        left_out,
    )


def introduce(
    outlook: Outlook, view: View, pairs: Sequence[tuple[str, str]], budget: Budget, *, remedy: str = ""
) -> Introductions:
    """Return the introductions among ``pairs`` (ids, best first) that bring most, and what they change together."""
    wide, setting = outlook.network(ground(view)), _setting(outlook, view, pairs)
    candidates = [setting.candidate(a, b, budget.aims) for a, b in pairs_once(pairs)]
    plan = choose(candidates, budget.introductions, budget.aims)
    supposition = Supposition(tuple(Introduction(each.a, each.b, each.themes) for each in plan.chosen))
    together = what_if(outlook, view, supposition, most=budget.most, remedy=remedy) if supposition else None
    named = {id_ for each in plan.chosen for gain in each.gains for id_ in (each.a, each.b, *gain.refs)}
    names = {id_: wide.actors[id_].name for id_ in sorted(named) if id_ in wide.actors}
    return Introductions(wide.revision, plan, together, names)


def suggested(
    outlook: Outlook, view: View, budget: Budget, missing: Callable[[Selection], Missing], *, remedy: str = ""
) -> list[tuple[str, str]]:
    """Return the pairs of the best missing partnerships. :class:`InvalidValue`: finding them would take too long."""
    needed = seconds(view, outlook)
    if budget.most is not None and needed > budget.most:
        raise InvalidValue(f"It would take about {needed:,.0f} seconds to find the candidates.", remedy=remedy)
    return [(each.a, each.b) for each in missing(Selection(budget.among)).partnerships]


def _network(snapshot: Snapshot, view: View, identity: Identity) -> Network:
    return build_network(snapshot, view, identity.canonical, bodies.shown(snapshot.actors, identity))


def _affordable(networks: Sequence[Arrays], most: float | None, remedy: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the measures that can be compared on all networks, and those that are left out."""
    wanted: tuple[str, ...] = (*NUMBERS, *WHO, *VALUES)
    left_out: tuple[str, ...] = ()
    costs = [estimate(each, wanted) for each in networks]
    if any(cost.sampled or (most is not None and cost.seconds > most) for cost in costs):
        left_out = (COSTLIEST,)
        wanted = tuple(id_ for id_ in wanted if id_ != COSTLIEST)
    for each in networks:
        within(estimate(each, wanted), most, remedy=remedy)
    return wanted, left_out


def _coverage(network: Network, view: View) -> tuple[Coverage, ...]:
    """Return both matrices of a network of any theme."""
    return tuple(matrix(network, CoverageAsk(by), view.theme) for by in ("helix", "area"))


def _setting(outlook: Outlook, view: View, pairs: Sequence[tuple[str, str]]) -> Setting:
    network, wide = outlook.network(view), outlook.network(ground(view))
    communities = measure(network.arrays, network.revision, ("community",)).communities
    counts_for = at_level(network.themes, under=view.theme).counts_for
    named = sorted({id_ for pair in pairs for id_ in pair} & wide.actors.keys())
    works_on = {id_: _themes_of(wide, id_, counts_for) for id_ in named}
    helix_of = {id_: wide.actors[id_].helix or "" for id_ in named}
    home = network.located_in(view.place) if view.place else None
    found = coverage(outlook, view, CoverageAsk("helix"))
    return Setting(network.arrays, communities, found, helix_of, works_on, home)


def _themes_of(network: Network, actor: str, counts_for: Mapping[str, str]) -> tuple[str, ...]:
    """Return the themes of the matrix that an actor works on, by its number of collaborations, then by id."""
    counts: Counter[str] = Counter()
    for id_ in network.collaborations_of[actor]:
        counts.update({counts_for[theme] for theme in network.collaborations[id_].themes if theme in counts_for})
    return tuple(sorted(counts, key=lambda theme: (-counts[theme], theme)))


def _touched(supposition: Supposition, rows: Rows) -> set[str]:
    return {*(claim.actor for claim in rows.participations), *supposition.without_actors}


def _hidden(rows: Rows, after: Network) -> Iterator[str]:
    """Yield what is added and that the view does not show."""
    for claim in rows.participations:
        if claim.actor not in after.members.get(claim.collaboration, ()):
            yield claim.actor
    yield from (actor.id for actor in rows.actors if actor.id not in after.actors)


def _not_there(supposition: Supposition, before: Network) -> Iterator[str]:
    """Yield what is taken away and that the view does not show anyway."""
    yield from (id_ for id_ in supposition.without_actors if id_ not in before.actors)
    yield from (id_ for id_ in supposition.without_collaborations if id_ not in before.collaborations)


def _acquainted(supposition: Supposition, before: Network) -> Iterator[Tie]:
    """Yield the pairs that are to be brought together and share a collaboration of the view."""
    for each in supposition.introductions:
        if each.a in before.actors and each.b in before.actors and before.shared(each.a, each.b):
            yield each.a, each.b


def _names(ids: Iterable[str], snapshots: Iterable[Snapshot], networks: Iterable[Network]) -> dict[str, str]:
    """Return id → name; that of the network where it has one, as a body may be shown under another entry's."""
    known: dict[str, str] = {}
    for snapshot in snapshots:
        known |= {each.id: each.name for each in snapshot.collaborations}
        known |= {each.id: each.name for each in snapshot.actors}
    for network in networks:
        known |= {id_: each.name for id_, each in network.actors.items()}
    return {id_: known[id_] for id_ in sorted(set(ids))}
