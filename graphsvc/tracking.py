"""The track record of suggestions: the graph as it stood on a day of the past, against what then came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphsvc.analysis.background import Background
from graphsvc.analysis.backtest import Backtest, Trial, Window, compare, window_of
from graphsvc.analysis.features import BALANCE, Weights
from graphsvc.analysis.measures import measure
from graphsvc.analysis.missing import ranked
from graphsvc.asof import days_after
from graphsvc.errors import GraphsvcError, InvalidValue, NotFound
from graphsvc.model import EVERYTHING, Actor, IdentityLevel, Snapshot, View
from graphsvc.network import UNDATED, Network, build_network
from graphsvc.outlook import Outlook, Shared
from graphsvc.resolve.identity import Identity

ALL: Final = "all"
PERIPHERY: Final = "periphery"
FEWEST: Final = 30
"""Actors and collaborations that must have been known at the cut."""
Bools = npt.NDArray[np.bool_]


class NoSuchPast(NotFound):
    """The graph does not reach into the past that was asked about."""

    def __init__(self, message: str, *, remedy: str) -> None:
        GraphsvcError.__init__(self, message, remedy=remedy)


@dataclass(frozen=True, slots=True)
class Past:
    """Which past is asked about."""

    cut: date | None = None
    """What began before this day is known; what began on it or later is hidden. None: a year before the last start."""
    until: date | None = None
    """What began before this day counts as having come; None: all there is."""
    places: tuple[str, ...] = ()
    """Places, each a scope of its own: pairs with an actor located there."""
    balance: float = BALANCE
    identity: IdentityLevel = IdentityLevel.CURRENT
    work: float | None = None
    """Most multiply-adds over shared partners that may be spent; None: any number."""

    @property
    def shared(self) -> Shared[Backtest]:
        """The question as processes share its answer, which is the same whatever it may cost."""
        return Shared(f"{replace(self, work=None)}", EVERYTHING, Backtest)


_STEP: Final = 1.5e-7
"""Seconds for each pair of partners of one actor."""


def seconds(past: Past, outlook: Outlook) -> float:
    """Return at most how many seconds a backtest takes: as if all that is known had been known at the cut."""
    return _STEP * outlook.network(View(identity=past.identity)).affiliation.steps


def track(snapshot: Snapshot, past: Past, identity: Identity, shown: Mapping[str, Actor]) -> Backtest:
    """Compare the list of a past day with what came, beside each baseline.

    Bodies are those of today, also then: whoever followed an actor of the past is not new. Traps: pairs of kin, or met
    through kin, are neither suggested nor counted; actors that nobody knew at the cut are counted, and bound what any
    list can reach; collaborations without a start are left out and counted; intervals draw collaborations, not pairs.
    :class:`NoSuchPast`: nothing to learn from before the cut, or to compare with after it; :class:`InvalidValue`:
    too much work.
    """
    latest = max((each.start for each in snapshot.collaborations if each.start), default=date(1970, 1, 1))
    cut, until = past.cut or days_after(latest, -365), past.until or days_after(latest, 1)
    network = build_network(snapshot, View(as_of=days_after(cut, -1)), identity.canonical, shown)
    affiliation = network.affiliation
    _check_known(network, cut, past.work)
    background = Background(affiliation, measure(network.arrays, network.revision, ("community",)), cut)
    strangers = _Strangers(background, identity)
    window = _window(snapshot, cut, until, identity, strangers)
    weights = Weights().balanced(past.balance)
    pool, score = ranked(background, weights)
    trial = Trial(background, window, _scopes(network, background, past), strangers.among(pool.a, pool.b), pool, score)
    scopes, lists, per_actor, reached = compare(trial)
    return Backtest(
        cut=cut,
        until=until,
        revision=snapshot.revision,
        known=len(affiliation.ids),
        candidates=len(pool.a),
        reached=reached,
        window=window,
        undated=network.left_out.get(UNDATED, 0),
        scopes=scopes,
        lists=lists,
        actors=len(np.unique(np.concatenate([window.a, window.b]))),
        per_actor=per_actor,
        balance=past.balance,
    )


def _check_known(network: Network, cut: date, most: float | None) -> None:
    actors, collaborations = len(network.actors), len(network.collaborations)
    if min(actors, collaborations) < FEWEST:
        raise NoSuchPast(
            f"Before {cut} only {actors} actors and {collaborations} collaborations with a start are known: too"
            " few to suggest anything from.",
            remedy="Take a later day.",
        )
    work = network.affiliation.steps
    if most is not None and work > most:
        raise InvalidValue(
            f"This backtest would take {work:,.0f} steps, and the service answers up to {most:,.0f} at once.",
            remedy="Run it at the command line: graphsvc backtest.",
            field="until",
        )


def _window(snapshot: Snapshot, cut: date, until: date, identity: Identity, strangers: _Strangers) -> Window:
    begun = {each.id: each.start for each in snapshot.collaborations if each.start and cut <= each.start < until}
    row, canonical = strangers.background.affiliation.row, identity.canonical
    takers: dict[str, set[str]] = {id_: set() for id_ in sorted(begun, key=lambda id_: (begun[id_], id_))}
    for claim in snapshot.participations:
        if claim.collaboration in takers:
            takers[claim.collaboration].add(canonical.get(claim.actor, claim.actor))
    known = [[row[id_] for id_ in those if id_ in row] for those in takers.values()]
    a, b, first = window_of(known, strangers.background)
    if not len(a):
        raise NoSuchPast(
            f"No two actors that were known before {cut} began to work together before {until}.",
            remedy="Take an earlier day, or a longer window.",
        )
    news = strangers.among(a, b)
    unknown = {id_ for those in takers.values() for id_ in those if id_ not in row}
    return Window(a[news], b[news], first[news], len(takers), len(unknown), int((~news).sum()))


def _scopes(network: Network, background: Background, past: Past) -> dict[str, Bools]:
    everyone = np.ones(len(background.partners), dtype=bool)
    found = {ALL: everyone, PERIPHERY: background.partners <= np.median(background.partners)}
    for place in past.places:
        inside = network.located_in(place)
        found[place] = np.asarray([id_ in inside for id_ in background.affiliation.ids], dtype=bool)
    return found


class _Strangers:
    """Who is neither kin to nor has met, themselves or through kin, whom; worked out for many pairs at once."""

    def __init__(self, background: Background, identity: Identity) -> None:
        self.background = background
        self._related = identity.related
        ids = background.affiliation.ids
        family = [identity.families.get(id_, id_) for id_ in ids]
        numbers = {name: number for number, name in enumerate(sorted(set(family)))}
        self._family = np.asarray([numbers[name] for name in family], dtype=np.int64)
        self._several = len(numbers) < len(ids)
        self._grouped = np.asarray([bool(identity.groups.get(name)) for name in family], dtype=bool)

    def among(self, a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> Bools:
        """Say for each pair whether its two are strangers."""
        one, other = self._family[a], self._family[b]
        fit = np.asarray(one != other)
        if self._several and len(a):
            fit &= np.asarray(self._met[one, other]).reshape(-1) == 0
        ids = self.background.affiliation.ids
        for at in np.flatnonzero(fit & (self._grouped[a] | self._grouped[b])).tolist():
            fit[at] = self._related(ids[a[at]], ids[b[at]]) is None
        return fit

    @property
    def _met(self) -> sparse.csr_array:
        """Families × families: collaborations they share."""
        shape = (int(self._family.max()) + 1, len(self._family))
        member = sparse.csr_array(
            (np.ones(len(self._family)), (self._family, np.arange(len(self._family)))), shape=shape
        )
        work = member @ self.background.affiliation.incidence
        return (work @ work.T).tocsr()
