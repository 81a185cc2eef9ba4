"""One actor in its network on one page: what is told, from answers that the service gives anyway.

No number is computed here: identity and contradictions come from the actor's profile, rank and groups from the
measures, missing partnerships from their list, the course from the years. Here they become sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple, Protocol

from graphsvc import asof, measuring, suggesting
from graphsvc.analysis.background import data_day
from graphsvc.analysis.measures import measure
from graphsvc.analysis.reasons import listing, method
from graphsvc.analysis.results import Measures, Missing, Noun, Ref
from graphsvc.analysis.standing import Partnership, begun, by_theme, partnerships, rank, shares_of_groups
from graphsvc.answers import ActorProfile, Told
from graphsvc.contradictions import sentence
from graphsvc.errors import NotFound
from graphsvc.facets import names_in
from graphsvc.facts import Fact, facts
from graphsvc.identifiers import fold
from graphsvc.model import EVERYTHING, Actor, ActorKind, Collaboration, NameKind, Snapshot, View
from graphsvc.network import Network
from graphsvc.outlook import Outlook, Shared
from graphsvc.render.dated import stated_day
from graphsvc.render.gather import named_communities, told_sources
from graphsvc.render.portrait_around import OPENINGS, Around, around
from graphsvc.render.portrait_content import Joint, Opening, Partner, Portrait, Stated, ThemeRow, Themes
from graphsvc.store.status import SourceStatus
from graphsvc.suggesting import Selection
from graphsvc.wording import listed, number, say

MEASURES: Final = ("degree", "strength", "betweenness", "community", "articulation_point")
PARTNERS: Final = 25
"""Partners that a portrait names."""
LATEST: Final = 10
"""Collaborations that it names."""
YEARS: Final = 4
"""Years that have a column of their own."""
RECENT: Final = 3
"""Years in which something counts as a change."""
GROUPS: Final = 3
"""Groups that an actor is said to link its own with."""
_PARTNERS: Final = "partners"


@dataclass(frozen=True, slots=True)
class PortraitAsk:
    """Whose portrait, in which part of the network, in which language."""

    actor: str
    """Id of any entry of it."""
    view: View = EVERYTHING
    language: str = "en"

    @property
    def shared(self) -> Shared[Portrait]:
        """The question as processes share its answer."""
        return Shared(f"portrait {self} {measuring.versions(MEASURES)}", self.view, Portrait)


class Answers(Protocol):
    """What a portrait asks of the service; :class:`graphsvc.service.Service` says what each is."""

    outlook: Outlook

    def snapshot(self) -> Snapshot:
        """Return everything at the present revision."""
        ...

    def today(self) -> date: ...  # noqa: D102
    def actor(self, id_: str, as_of: date | None = None) -> ActorProfile: ...  # noqa: D102
    def network(self, view: View = EVERYTHING) -> Network: ...  # noqa: D102
    def measures(self, view: View = EVERYTHING, only: Collection[str] = MEASURES) -> Measures: ...  # noqa: D102
    def missing(self, view: View = EVERYTHING, *, selection: Selection | None = None) -> Missing: ...  # noqa: D102
    def tell(self, missing: Missing, view: View, language: str) -> tuple[Told, ...]: ...  # noqa: D102
    def place_name(self, id_: str) -> str: ...  # noqa: D102
    def sources(self) -> tuple[SourceStatus, ...]: ...  # noqa: D102


class _Seen(NamedTuple):
    """One actor as a view shows it."""

    id: str
    network: Network
    measures: Measures
    partners: tuple[Partnership, ...]
    language: str

    @property
    def actor(self) -> Actor:
        return self.network.actors[self.id]

    @property
    def collaborations(self) -> list[Collaboration]:
        return [self.network.collaborations[id_] for id_ in self.network.collaborations_of[self.id]]

    def names(self, found: list[Partnership]) -> str:
        """Return the names of partners, the strongest first, and how many more."""
        return listing([self.network.actors[each.partner].name for each in found], len(found), self.language)

    def number(self, value: float, digits: int = 0) -> str:
        return number(value, self.language, digits)

    def say(self, key: str, **values: object) -> str:
        return say("portrait", key, self.language, **values)

    def kind(self, kind: ActorKind) -> str:
        return say("kinds", f"actor.{kind.value}", self.language)


def seconds(ask: PortraitAsk, outlook: Outlook) -> float:
    """Return about how many seconds a portrait takes: what all portraits of the view stand on, as far as it isn't kept.

    :class:`NotFound` for a body that is not in the view.
    """
    network, wide = _standing(ask, outlook)[0], suggesting.ground(ask.view)
    measured = outlook.holds(measuring.shared(ask.view, MEASURES))
    found = 0.0 if measured else measuring.seconds(network, MEASURES)
    found += 0.0 if outlook.has(suggesting.BACKGROUND, wide) else suggesting.seconds(ask.view, outlook)
    dated = any(each.start for each in network.collaborations.values())
    years = _course_years(network, outlook.day(EVERYTHING)) if dated else ()
    to_make = sum(not outlook.has(_PARTNERS, _end_of(ask.view, year)) for year in years)
    return found + to_make * measuring.build_seconds(network)


def _standing(ask: PortraitAsk, outlook: Outlook) -> tuple[Network, str]:
    """Return the network and the id that stands for the actor in it."""
    network = outlook.network(ask.view)
    id_ = outlook.identity(ask.view).canonical.get(ask.actor, ask.actor)
    if id_ not in network.actors:
        raise NotFound("actor", ask.actor, remedy="Nobody of this id is in the part of the network that is asked for.")
    return network, id_


def portray(service: Answers, ask: PortraitAsk) -> Portrait:
    """Return the portrait of a body. :class:`NotFound` for one that is not in the view."""
    (network, id_), view = _standing(ask, service.outlook), ask.view
    profile = service.actor(id_, view.as_of)
    partners = partnerships(network.affiliation, network.arrays, id_)
    seen = _Seen(id_, network, service.measures(view, MEASURES), partners, ask.language)
    missing = service.missing(view, selection=Selection(OPENINGS, about=id_))
    openings = tuple(_openings(seen, service.tell(missing, view, ask.language)))
    told = tuple(facts(profile, service.place_name, ask.language, names_in(service.snapshot, ask.language)))
    sources = service.sources()
    loaded = {each.id: day for each in sources if (day := _loaded(each))}
    everybody = service.network(suggesting.ground(view)).actors
    return Portrait(
        id=id_,
        language=ask.language,
        name=seen.actor.name,
        kind=seen.actor.kind,
        about=" · ".join(fact.value for key in ("kind", "place") for fact in told if fact.key == key),
        facts=tuple(
            Stated(fact.key, fact.label, fact.value, fact.said_by) for fact in _spelled_once(told, ask.language)
        ),
        partners=tuple(_partner(seen, each) for each in partners[:PARTNERS]),
        partners_in_all=len(partners),
        themes=_themes(seen),
        collaborations=tuple(_latest(seen)),
        collaborations_in_all=len(seen.collaborations),
        around=around(Around(id_, network, seen.measures, partners, openings, everybody), ask.language),
        position=tuple(_position(seen)),
        openings=openings,
        changes=tuple(_changes(service, seen)),
        contradictions=tuple(sentence(each, ask.language, service.place_name) for each in profile.differences),
        sources=told_sources(profile.sources, loaded),
        method=method(missing.how, ask.language) if missing.how else "",
        data_date=view.as_of or stated_day(sources, loaded, service.snapshot().speaking()),
        loaded_on=max(loaded.values(), default=None),
        revision=network.revision,
    )


def _spelled_once(told: Collection[Fact], language: str) -> Iterator[Fact]:
    """Yield facts without the spellings that differ from another name in capitals and diacritics alone."""
    spelling = say("kinds", f"name.{NameKind.SPELLING}", language)
    known = {fold(fact.value) for fact in told if fact.key in ("name", "names") and fact.label != spelling}
    for fact in told:
        if fact.key == "names" and fact.label == spelling:
            if fold(fact.value) in known:
                continue
            known.add(fold(fact.value))
        yield fact


def _partner(seen: _Seen, each: Partnership) -> Partner:
    actor = seen.network.actors[each.partner]
    return Partner(actor.id, actor.name, seen.kind(actor.kind), each.weight, len(each.shared), each.first, each.last)


def _latest(seen: _Seen) -> Iterator[Joint]:
    order = sorted(seen.collaborations, key=lambda each: each.id)
    order.sort(key=lambda each: each.start or date.min, reverse=True)
    for each in order[:LATEST]:
        kind = say("kinds", f"collaboration.{each.kind.value}", seen.language)
        first, last = (day.year if day else None for day in (each.start, each.end))
        yield Joint(each.id, each.name, kind, first, last)


def _themes(seen: _Seen) -> Themes:
    """Return collaborations by theme and year of start: the last years one by one, what was before in one column."""
    whole = begun(seen.collaborations)
    years = list(range(max(whole.by_year) - YEARS + 1, max(whole.by_year) + 1)) if whole.by_year else []
    if years:
        years = [year for year in years if year >= min(whole.by_year)]
    before = any(year < years[0] for year in whole.by_year) if years else False
    columns = [f"≤{years[0] - 1}"] if before else []
    columns += [str(year) for year in years]
    columns += [seen.say("column.undated")] if whole.undated else []

    def row(name: str, those: Collection[Collaboration]) -> ThemeRow:
        found = begun(those)
        counts = [sum(n for year, n in found.by_year.items() if year < years[0])] if before else []
        counts += [found.by_year.get(year, 0) for year in years]
        counts += [found.undated] if whole.undated else []
        return ThemeRow(name, tuple(counts), found.total)

    rows = [
        row(seen.network.name_of(Ref(Noun.THEME, id_), seen.language) if id_ in seen.network.themes else id_, those)
        for id_, those in by_theme(seen.collaborations).items()
    ]
    if without := [each for each in seen.collaborations if not each.themes]:
        rows.append(row("", without))
    return Themes(tuple(columns), tuple(rows), row("", seen.collaborations))


def _openings(seen: _Seen, told: tuple[Told, ...]) -> Iterator[Opening]:
    for each in told:
        partner, name = (each.b, each.b_name) if each.a == seen.id else (each.a, each.a_name)
        against = each.reasons_against[0] if each.reasons_against else seen.say("page.nothing_against")
        yield Opening(each.rank, partner, name, each.score, each.reasons_for, against)


def _position(seen: _Seen) -> Iterator[str]:
    if not seen.partners:
        yield seen.say("position.alone")
        return
    measures = seen.measures.measures
    if broker := rank(measures["betweenness"], seen.id):
        key = "broker" if measures["betweenness"].exact else "broker_estimated"
        key = key if broker.value > 0 else "no_broker"
        place = {"rank": seen.number(broker.rank), "of": seen.number(broker.of)}
        yield seen.say(f"position.{key}", **place, share=seen.number(100 * broker.value, 1))
    if degree := rank(measures["degree"], seen.id):
        n = int(degree.value)
        place = {"rank": seen.number(degree.rank), "of": seen.number(degree.of)}
        yield seen.say("position.partners", n=n, count=seen.number(n), **place)
    yield from _groups(seen)
    if seen.id in seen.measures.articulation_points:
        yield seen.say("position.cut")
    kinds = Counter(seen.network.actors[each.partner].kind for each in seen.partners)
    named = [f"{seen.kind(kind)} {seen.number(kinds[kind])}" for kind in ActorKind if kinds[kind]]
    yield seen.say("position.kinds", kinds=", ".join(named))


def _groups(seen: _Seen) -> Iterator[str]:
    """Say which groups the actor links: those with a name, by the share of its ties that goes there."""
    of, own = seen.measures.community_of(), seen.measures.community_of().get(seen.id)
    named = named_communities(seen.measures.communities, seen.network, seen.language)
    name = {group.id: group.name for group in named}
    if own not in name:
        return
    shares = shares_of_groups(seen.network.arrays, of, seen.id)
    others = [group for group in shares if group != own and group in name][:GROUPS]
    if others:
        shown = [
            seen.say("position.other", who=name[group], share=seen.number(100 * shares[group])) for group in others
        ]
        yield seen.say("position.links", own=name[own], others=listed(shown, seen.language))
    elif set(shares) == {own}:
        yield seen.say("position.inside", own=name[own])


def _changes(service: Answers, seen: _Seen) -> Iterator[str]:
    """Say how the number of partners went, and what began, came and ended in the last years that the data speak of."""
    view, today = seen.network.view, service.today()
    day = view.as_of or data_day(list(seen.network.collaborations.values()), today)
    if not begun(seen.collaborations).by_year:
        if seen.collaborations:
            yield seen.say("changes.undated")
        return
    yield from _course(service, seen)
    first, last = day.year - RECENT + 1, day.year
    years = {"first": first, "last": last}
    fresh = [each for each in seen.collaborations if each.start and first <= each.start.year <= last]
    fresh.sort(key=lambda each: (each.start or date.min, each.id), reverse=True)
    if fresh:
        names = listing([each.name for each in fresh], len(fresh), seen.language)
        yield seen.say("changes.begun", n=len(fresh), count=seen.number(len(fresh)), names=names, **years)
    else:
        yield seen.say("changes.none_begun", **years)
    # One undated collaboration with a partner, and nobody knows whether it is new.
    dated = [each for each in seen.partners if all(one.start for one in each.shared)]
    if new := [each for each in dated if each.first and each.first >= first]:
        yield seen.say("changes.new", n=len(new), count=seen.number(len(new)), first=first, names=seen.names(new))
    if ended := [each for each in seen.partners if _ended(each, first, day)]:
        count = seen.number(len(ended))
        yield seen.say("changes.ended", n=len(ended), count=count, names=seen.names(ended), **years)


def _ended(each: Partnership, first: int, day: date) -> bool:
    ends = [one.end for one in each.shared]
    return all(end and end <= day for end in ends) and max(end.year for end in ends if end) >= first


def _course(service: Answers, seen: _Seen) -> Iterator[str]:
    years = _course_years(seen.network, service.today())
    partners = [_partners_on(service.outlook, _end_of(seen.network.view, year)).get(seen.id, 0.0) for year in years]
    values = ", ".join(f"{year}: {seen.number(value)}" for year, value in zip(years, partners, strict=True))
    yield seen.say("changes.course", years=values)


def _course_years(network: Network, today: date) -> range:
    """Return the last full years that a network speaks of."""
    as_of = network.view.as_of
    day = as_of or data_day(list(network.collaborations.values()), today)
    if not as_of and day.year == today.year:
        day = date(today.year - 1, 12, 31)
    last = day.year if (day.month, day.day) == (12, 31) or as_of is None else day.year - 1
    return range(last - RECENT, last + 1)


def _end_of(view: View, year: int) -> View:
    return measuring.on(view.model_copy(update={"as_of": None}), date(year, 12, 31))


def _partners_on(outlook: Outlook, view: View) -> Mapping[str, float]:
    """Return the number of partners of everybody in a view: what a course over time tells, once for all portraits."""

    def make(view: View) -> Mapping[str, float]:
        network = outlook.build(view)
        return measure(network.arrays, network.revision, ("degree",)).measures["degree"].values

    return outlook.keep_of_bodies(_PARTNERS, view, make)


def _loaded(status: SourceStatus) -> date | None:
    return asof.day_of(status.imported) if status.imported else None
