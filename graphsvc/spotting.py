"""Gaps of a view: coverage of themes, who is absent from a theme or a collaboration, and holes in the structure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from graphsvc.analysis.absence import Absence, find_absent
from graphsvc.analysis.apart import find_apart
from graphsvc.analysis.axes import Groups, at_level, by_area, by_helix, upwards
from graphsvc.analysis.background import Background, data_day
from graphsvc.analysis.brokers import find_brokers
from graphsvc.analysis.coverage import DEFAULT, Coverage, Threshold, cover
from graphsvc.analysis.coverage_gaps import find_coverage_gaps
from graphsvc.analysis.doors import find_doors, hub_threshold
from graphsvc.analysis.gaps import STRUCTURAL, Gap, GapKind, Gaps
from graphsvc.analysis.measures import measure
from graphsvc.analysis.missing import Kin
from graphsvc.analysis.reasons import NameOf
from graphsvc.analysis.results import Noun, Ref
from graphsvc.analysis.scene import Scene
from graphsvc.analysis.untied import find_untied
from graphsvc.errors import InvalidValue, NotFound
from graphsvc.ingest import places as reference
from graphsvc.model import Place, PlaceKind, Reach, View
from graphsvc.network import Network
from graphsvc.outlook import Outlook
from graphsvc.suggesting import ground

By = Literal["helix", "area"]
Found = tuple[list[Gap], int]
"""The best gaps of a kind, and how many there are."""
_STEP: Final = 6e-6
"""Seconds for each end of a partnership, on one core: communities and the best placed pairs take most of the time."""
_COUNTED: Final = 4e-6
"""Seconds for each participation, in both matrices of coverage."""
LISTED: Final = (GapKind.COVERAGE, *STRUCTURAL)
"""The kinds that are looked for when nobody says which. Who is absent is asked of one theme or collaboration."""


@dataclass(frozen=True, slots=True)
class CoverageAsk:
    """Which matrix is wanted."""

    by: By = "helix"
    level: int = 1
    """Of the tree of themes, from 1 at the top, or right below the theme of the view."""
    threshold: Threshold = DEFAULT


@dataclass(frozen=True, slots=True)
class GapsAsk:
    """Which gaps are wanted."""

    kinds: tuple[GapKind, ...] = LISTED
    top: int = 5
    """Of each kind at most."""
    level: int = 1
    """As for coverage."""
    threshold: Threshold = DEFAULT
    hub: int | None = None
    """Partners from which on an actor is a hub; None: as many as one actor in twenty has, and at least ten."""
    most: float | None = None
    """Seconds of one core that may be spent; None for any number."""


@dataclass(frozen=True, slots=True)
class AbsentAsk:
    """From what actors may be absent: all collaborations on these themes, and these."""

    themes: tuple[str, ...] = ()
    collaborations: tuple[str, ...] = ()
    top: int = 20


ANY_COVERAGE: Final = CoverageAsk()
ANY_GAPS: Final = GapsAsk()


def coverage(outlook: Outlook, view: View, ask: CoverageAsk) -> Coverage:
    """Return who of each group works on what in a view; with a place, only actors located there count."""

    return outlook.recall(f"{ask}", view, lambda view: matrix(outlook.network(on_any_theme(view)), ask, view.theme))


def matrix(network: Network, ask: CoverageAsk, under: str | None = None) -> Coverage:
    """Return the matrix of a network, which is one of all themes; ``under``: only of the themes below this one."""
    subjects = at_level(network.themes, ask.level, under)
    return cover(network.affiliation, _groups(network, ask.by), subjects, ask.threshold, revision=network.revision)


def gaps(outlook: Outlook, view: View, ask: GapsAsk) -> Gaps:
    """Return the gaps of a view.

    :class:`InvalidValue` for the kind that needs a theme or a collaboration, and where it would take too long.
    """
    if GapKind.PARTICIPANT in ask.kinds:
        raise InvalidValue(
            "Who is absent is asked of one theme or collaboration.", remedy="Use graphsvc absent, or /api/v1/absent."
        )
    needed = seconds(outlook.network(view))
    if ask.most is not None and needed > ask.most:
        raise InvalidValue(
            f"It would take about {needed:,.0f} seconds of one core; a request may take {ask.most:,.0f}.",
            remedy="Ask for a place or a theme, or run graphsvc gaps.",
        )
    return outlook.recall(f"{replace(ask, most=None)}", view, lambda view: _gaps(outlook, view, ask))


def seconds(network: Network) -> float:
    """Return about how many seconds of one core the gaps of a network take."""
    return _STEP * float(network.affiliation.shared.nnz)


def coverage_seconds(network: Network) -> float:
    """Return about how many seconds of one core both matrices of coverage take, by sector and by area."""
    return _COUNTED * sum(map(len, network.members.values()))


def _gaps(outlook: Outlook, view: View, ask: GapsAsk) -> Gaps:
    scene = _scene(outlook, view, ask.level)
    hub = ask.hub or hub_threshold(scene)
    find: dict[GapKind, Callable[[], Found]] = {
        GapKind.COVERAGE: lambda: _coverage_gaps(outlook, view, ask),
        GapKind.APART: lambda: find_apart(scene, ask.top),
        GapKind.BROKER: lambda: find_brokers(scene, ask.top),
        GapKind.UNTIED: lambda: find_untied(scene, ask.top),
        GapKind.DOOR: lambda: find_doors(scene, ask.top, hub),
    }
    found = {kind: look() for kind, look in find.items() if kind in ask.kinds}
    listed = tuple(gap for gaps, _ in found.values() for gap in gaps)
    network = outlook.network(view)
    numbers = {kind: number for kind, (_, number) in found.items()}
    return Gaps(network.revision, listed, numbers, {"hub": hub}, network.left_out)


def absent(outlook: Outlook, view: View, ask: AbsentAsk) -> Gaps:
    """Return who is absent from themes or collaborations; with a place, actors located there.

    :class:`NotFound` for a theme or collaboration that the view does not have, :class:`InvalidValue` for none given.
    """
    if not (ask.themes or ask.collaborations):
        raise InvalidValue("Absent from what?", remedy="Name a theme or a collaboration.")
    return outlook.recall(f"{ask}", view, lambda view: _absent(outlook, view, ask))


def _absent(outlook: Outlook, view: View, ask: AbsentAsk) -> Gaps:
    whole = on_any_theme(view).model_copy(update={"kinds": (), "reach": Reach.TOUCHING})
    network = outlook.network(whole)
    inside = _inside(network, ask)
    depth = max([len(list(upwards(network.themes, id_))) for id_ in ask.themes], default=1)
    scene = _scene(outlook, whole, depth)
    columns = [at for at, each in enumerate(scene.affiliation.collaborations) if each.id in inside]
    area = _groups(network, "area") if view.place else None
    absence = Absence(scene, np.asarray(columns, dtype=np.int64), _groups(network, "helix"), area)
    wanted = [not view.kinds or actor.kind in view.kinds for actor in scene.affiliation.actors]
    those, number = find_absent(absence, scene.local & np.asarray(wanted, dtype=bool), ask.top)
    counted = {"collaborations": len(columns), "participants": int(absence.inside.sum())}
    return Gaps(network.revision, tuple(those), {GapKind.PARTICIPANT: number}, counted, network.left_out)


def names(network: Network, language: str) -> NameOf:
    """Return how a thing of a network is named, also a municipality that the graph does not hold."""

    def name_of(ref: Ref) -> str:
        if ref.noun is Noun.PLACE and ref.id not in network.places and (known := reference.by_id(ref.id)):
            return known.name
        return network.name_of(ref, language)

    return name_of


def _inside(network: Network, ask: AbsentAsk) -> Collection[str]:
    for id_ in ask.themes:
        if id_ not in network.themes:
            raise NotFound("theme", id_)
    for id_ in ask.collaborations:
        if id_ not in network.collaborations:
            raise NotFound("collaboration", id_)
    wanted = {id_ for id_ in network.themes if {each.id for each in upwards(network.themes, id_)} & {*ask.themes}}
    on_themes = {id_ for id_, each in network.collaborations.items() if wanted & {*each.themes}}
    return on_themes | {*ask.collaborations}


def _coverage_gaps(outlook: Outlook, view: View, ask: GapsAsk) -> tuple[list[Gap], int]:
    """Return the gaps of both matrices, each in its order, those by helix first."""
    scene = _scene(outlook, on_any_theme(view), ask.level, under=view.theme)
    network = outlook.network(on_any_theme(view))
    listed: list[Gap] = []
    number = 0
    for by in ("helix", "area") if view.place else ("helix",):
        found = coverage(outlook, view, CoverageAsk(by, ask.level, ask.threshold))
        those = find_coverage_gaps(scene, found, _groups(network, by))
        number += len(those)
        listed += those[: ask.top]
    return listed, number


def on_any_theme(view: View) -> View:
    """Return the view without its theme: the groups of a matrix are all actors, not only those on the theme."""
    return view.model_copy(update={"theme": None})


def _scene(outlook: Outlook, view: View, level: int, under: str | None = None) -> Scene:
    return outlook.recall(f"scene {level} {under}", view, lambda view: _set(outlook, view, level, under))


def _set(outlook: Outlook, view: View, level: int, under: str | None) -> Scene:
    network, wide, identity = outlook.network(view), outlook.network(ground(view)), outlook.identity(view)
    communities = measure(network.arrays, network.revision, ("community",))
    on = view.as_of or data_day(network.affiliation.collaborations)
    return Scene(
        Background(network.affiliation, communities, on),
        at_level(network.themes, level, under or view.theme),
        network.themes,
        wide.affiliation,
        network.located_in(view.place) if view.place else None,
        _abroad(network, view.place),
        Kin(identity.families, identity.related, wide.met, identity.related_to_any),
    )


def _abroad(network: Network, place: str | None) -> frozenset[str]:
    """Return the ids of the actors in other countries than that of the place; none without a place."""
    home = _country(network.places, place)
    if home is None:
        return frozenset()
    country = {id_: _country(network.places, id_) for id_ in network.places}
    return frozenset(
        id_ for id_, actor in network.actors.items() if country.get(actor.place or "", home) not in (home, None)
    )


def _country(places: Mapping[str, Place], place: str | None) -> str | None:
    return next((each.id for each in upwards(places, place) if each.kind is PlaceKind.COUNTRY), None)


def _groups(network: Network, by: By) -> Groups:
    """Return helix groups or areas, of the actors located in the view's place; all municipalities of a region."""
    place = network.view.place
    counted = network.located_in(place) if place else None
    if by == "helix":
        return by_helix(network.actors.values(), counted)
    return by_area(network.actors.values(), places_of(network), place, counted)


def places_of(network: Network) -> Mapping[str, Place]:
    """Return the places of the graph by id, and all municipalities of a Finnish region that the view is about."""
    place = network.view.place
    known = {each.id: each for each in reference.in_region(place)} if place else {}
    return {**known, **network.places}
