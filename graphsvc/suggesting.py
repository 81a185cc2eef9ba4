"""Suggestions for a view: which network their facts are looked for in, and whom they may be about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from graphsvc.analysis.background import Background, data_day
from graphsvc.analysis.features import BALANCE
from graphsvc.analysis.measures import measure
from graphsvc.analysis.missing import EXPLAINED, Kin, Question, find_missing_before
from graphsvc.analysis.results import Measures, Missing
from graphsvc.decisions import COORDINATOR
from graphsvc.model import Actor, Reach, Snapshot, View
from graphsvc.network import Network
from graphsvc.outlook import Outlook, Shared
from graphsvc.resolve.identity import Identity
from graphsvc.uniting import Pair


@dataclass(frozen=True, slots=True)
class Selection:
    """What kind of list is wanted."""

    top: int = 20
    balance: float = BALANCE
    """Between likely (0) and new (1)."""
    per_actor: int | None = 0
    """Lines that one actor may have; 0: a fifth of the list, but four; None: any number."""
    drawn: bool = False
    """Only pairs both of which the network of the view shows, as for its map."""
    decided: bool = False
    """Also pairs that persons decided on."""
    about: str | None = None
    """Id of the actor, as the view folds it, that one of each pair must be; None for any. Then the view's place is no
    matter."""


DEFAULT: Final = Selection()
ANYWHERE: Final = Selection(EXPLAINED, per_actor=None, decided=True)
"""The longest list whose lines have their evidence."""
BACKGROUND: Final = "background"
"""What :func:`background` is kept as, of a ground view."""
COMMUNITIES: Final = ("community",)
"""What is measured for it."""
_STEP: Final = 5e-8
"""Seconds for each pair of partners of one actor: from such pairs come the candidates, and most of the work."""


def shared(view: View, selection: Selection) -> Shared[Missing]:
    """Return the question for a list as processes share its answer."""
    return Shared(f"missing {selection}", view, Missing)


def seconds(view: View, outlook: Outlook, about: str | None = None) -> float:
    """Return about how many seconds a list takes; one of a place, or ``about`` an actor, less where its ground is kept.

    :class:`graphsvc.errors.NotFound` for an unknown place.
    """
    wide = ground(view)

    def steps(_: View) -> float:
        return outlook.network(wide).affiliation.steps

    def local_steps(view: View) -> float:
        network = outlook.network(wide)
        local = _local(view, network, about)
        return network.affiliation.steps_from(network.actors if local is None else local)

    if (view.place or about) and outlook.has(BACKGROUND, wide):
        return _STEP * outlook.keep_answer(("pairs of partners", about), view, local_steps)
    return _STEP * outlook.keep_of_bodies("pairs of partners", wide, steps)


def ground(view: View) -> View:
    """Return the view whose network holds the facts: as it is, but of every place, theme and kind of actor.

    What a pair has in common does not end where the view does, and who is missing from a place is mostly not in it.
    """
    return view.model_copy(update={"theme": None, "place": None, "reach": Reach.TOUCHING, "kinds": ()})


def suggest(
    view: View,
    network_of: Callable[[View], Network],
    identity: Identity,
    selection: Selection,
    away: frozenset[Pair] = frozenset(),
    background_of: Callable[[View], Background] | None = None,
) -> Missing:
    """Return the missing partnerships of a view: with a place, those of which one actor is located there.

    ``away``: pairs that persons decided on (:func:`graphsvc.decisions.away`), of which the list only tells how many.
    ``background_of`` returns :func:`background` of a ground view where it is kept.
    """
    wide = network_of(ground(view))
    if not selection.top:  # a map without suggestions: nobody waits for a list of none
        return Missing(wide.revision, "", 0, (), network_of(view).left_out)
    question = Question(
        selection.top,
        local=_local(view, wide, selection.about),
        among=_among(view, wide, network_of, selection.drawn),
        per_actor=selection.per_actor,
        balance=selection.balance,
        away=frozenset() if selection.decided else away,
    )
    known = background_of(ground(view)) if background_of else background(wide)
    kin = Kin(identity.families, identity.related, wide.met)
    found = find_missing_before(known, kin, question, network_of(view).left_out)
    return replace(found, revision=wide.revision)  # what it is seen before may be kept from an earlier one


def background(wide: Network, communities: Measures | None = None) -> Background:
    """Return what the facts of a ground view's network are seen before: its communities, and the day that counts.

    ``communities`` are :data:`COMMUNITIES` of the network where they were measured.
    """
    found = communities or measure(wide.arrays, wide.revision, COMMUNITIES)
    return Background(wide.affiliation, found, wide.view.as_of or _day_of(wide))


def _day_of(network: Network) -> date:
    """Return the day that files speak of: that a person knows of a partnership today does not make them old."""
    return data_day([each for each in network.collaborations.values() if each.source != COORDINATOR])


def _local(view: View, wide: Network, about: str | None) -> frozenset[str] | None:
    """Return the ids of whom one actor of a pair must be; None for anyone."""
    if about is not None:
        return frozenset({about})
    return wide.located_in(view.place) if view.place else None


def _among(view: View, wide: Network, network_of: Callable[[View], Network], drawn: bool) -> frozenset[str] | None:
    """Return the ids of whom both actors of a pair must be; None for anyone."""
    if drawn:
        return frozenset(network_of(view).actors)
    anywhere = view.model_copy(update={"place": None, "reach": Reach.TOUCHING})
    among = frozenset(network_of(anywhere).actors) if view.theme or view.kinds else None
    if view.place and view.reach is Reach.INSIDE:
        inside = wide.located_in(view.place)
        return inside if among is None else inside & among
    return among


def source_ids(snapshot: Snapshot, canonical: Mapping[str, str], on: date | None) -> dict[str, str]:
    """Return for each body the id by which its source knows it: the PIC where CORDIS says it, else the entry's id.

    Of a body of several entries that is the one that last began something by the day ``on``: an id that nobody uses any
    more says nothing of what is to come.
    """
    begun = {each.id: each.start or date.min for each in snapshot.collaborations}
    latest: dict[str, tuple[date, str]] = defaultdict(lambda: (date.min, ""))
    for claim in snapshot.participations:
        start = begun.get(claim.collaboration, date.min)
        if on is None or start <= on:
            latest[claim.actor] = max(latest[claim.actor], (start, claim.source))
    entries: dict[str, list[Actor]] = defaultdict(list)
    for actor in snapshot.actors:
        entries[canonical.get(actor.id, actor.id)].append(actor)
    found: dict[str, str] = {}
    for body, those in entries.items():
        used = max(those, key=lambda each: (latest[each.id][0], each.id == body, each.id))
        from_cordis = used.id == f"pic-{used.pic}" or latest[used.id][1].startswith("cordis-")
        found[body] = used.pic if used.pic and from_cordis else used.id
    return found
