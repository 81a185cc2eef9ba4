"""New openings of a view between two days, with names: what a coordinator tells first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from graphsvc.analysis.background import data_day
from graphsvc.analysis.change import State
from graphsvc.analysis.openings import Opened, openings
from graphsvc.errors import InvalidValue
from graphsvc.measuring import on, state
from graphsvc.model import EVERYTHING, View
from graphsvc.network import Network
from graphsvc.outlook import Outlook


@dataclass(frozen=True, slots=True)
class OpeningsAsk:
    """Between which days."""

    since: date | None = None
    """None: a year before ``until``."""
    until: date | None = None
    """None: the last day that the collaborations of the view speak of; today if that is to come or before ``since``."""
    view: View = EVERYTHING


@dataclass(frozen=True, slots=True)
class Openings:
    """What is new, between which days, and the names of all actors in it."""

    revision: int
    since: date
    until: date
    opened: Opened
    names: Mapping[str, str]


def find_openings(outlook: Outlook, ask: OpeningsAsk) -> Openings:
    """Return the new openings of a view. :class:`InvalidValue`: days in the wrong order, or a view with days."""

    def make(view: View) -> Openings:
        until = ask.until or data_day(list(outlook.network(view).collaborations.values()), outlook.day(view))
        if ask.since and not ask.until and until <= ask.since:  # nothing of this part has begun since
            until = outlook.day(view)
        since = ask.since or _a_year_before(until)
        if since >= until:
            raise InvalidValue(f"{until} is not after {since}.", remedy="Give the earlier day first.", field="since")
        before, after = (outlook.build(on(view, day)) for day in (since, until))
        found = openings(with_undated(state(before), outlook.network(view)), state(after))
        ids = {*found.actors, *(id_ for pair in found.pairs for id_ in pair)}
        ids |= {id_ for each in found.crossings for id_ in (each.actor, *each.partners)}
        return Openings(after.revision, since, until, found, {id_: after.actors[id_].name for id_ in sorted(ids)})

    return outlook.recall(f"openings {ask.since} {ask.until}", ask.view, make)


def with_undated(before: State, network: Network) -> State:
    """Return the earlier state with the network's collaborations without a start.

    Nobody knows when they began, so whoever takes part in them counts as known and not as new.
    """
    undated = [id_ for id_, each in network.collaborations.items() if each.start is None]
    if not undated:
        return before
    whole = state(network)
    return State(
        {**whole.actors, **before.actors},
        {**before.collaborations, **{id_: whole.collaborations[id_] for id_ in undated}},
        {**before.members, **{id_: whole.members[id_] for id_ in undated}},
        {**before.sizes, **{id_: whole.sizes[id_] for id_ in undated}},
        {**whole.regions, **before.regions},
    )


def _a_year_before(day: date) -> date:
    year = max(day.year - 1, date.min.year)
    return day.replace(year=year) if (day.month, day.day) != (2, 29) else date(year, 2, 28)
