"""Consortia: who may come into one on a theme and for a call, and whether a list of actors meets the rules of a call.

Partners are legal bodies: a unit is counted as the organisation that it is part of, a predecessor as its successor.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from scipy import sparse

from graphsvc.analysis.arrays import Matrix
from graphsvc.analysis.background import Background, data_day
from graphsvc.analysis.bench import Bench, Bools
from graphsvc.analysis.calls import Call, Where
from graphsvc.analysis.consortium_told import (
    Speech,
    ToldFinding,
    ToldShortlist,
    summary,
    tell_findings,
    tell_shortlist,
)
from graphsvc.analysis.results import Measures, Noun, Ref
from graphsvc.analysis.rules import Finding, Partner, check
from graphsvc.analysis.shortlist import Shortlist, shortlist
from graphsvc.errors import NotFound
from graphsvc.identifiers import fold
from graphsvc.ingest import places
from graphsvc.model import IdentityLevel, Participation, Place, PlaceKind, View
from graphsvc.network import Network, below
from graphsvc.outlook import Outlook
from graphsvc.resolve import bodies
from graphsvc.resolve.identity import Identity
from graphsvc.rulebook import Rulebook

LEADING: Final = frozenset(
    {
        *("coordinator", "lead partner", "lead", "lead beneficiary", "lead applicant", "project leader"),
        *("koordinaattori", "päätoteuttaja", "pääkumppani", "vetäjä", "hankkeen vetäjä", "johtava kumppani"),
        *("koordinator", "huvudpartner", "huvudgenomförare", "projektägare", "samordnare"),
    }
)
"""Roles of those who lead a collaboration, as sources write them."""
_LEADING: Final = frozenset(map(fold, LEADING))
_COMPETENCES: Final = 5
"""Competences beside the theme itself that a consortium should have."""


@dataclass(frozen=True, slots=True)
class ConsortiumAsk:
    """What a shortlist is asked for. Actors are given by the id of any entry."""

    theme: str
    call: str
    already: tuple[str, ...] = ()
    lead: str | None = None
    """Counts as one who is in."""
    place: str | None = None
    """Who is located there gets a point more."""
    as_of: date | None = None
    top: int = 20
    size: int = 0
    """Partners of the proposal; 0: as the call recommends."""

    @property
    def view(self) -> View:
        """The network that the facts are looked for in."""
        return _ground(self.as_of)


@dataclass(frozen=True, slots=True)
class CheckAsk:
    """A list of actors that is to be checked against a call."""

    call: str
    actors: tuple[str, ...]
    lead: str | None = None
    """Counts as one of them."""
    as_of: date | None = None

    @property
    def view(self) -> View:
        """The network that names are looked for in."""
        return _ground(self.as_of)


@dataclass(frozen=True)
class Shortlisted:
    """A shortlist, and whoever it speaks of."""

    found: Shortlist
    theme: str
    people: People
    folded: Mapping[str, str]
    """Id that was asked with → id of the body that it is counted as, where that is another."""

    def tell(self, language: str) -> ToldShortlist:
        """Return it in words."""
        return tell_shortlist(self.found, self.people.speech(self.found.call, language))


@dataclass(frozen=True)
class CheckedConsortium:
    """What was found of a list of actors."""

    revision: int
    call: Call
    partners: tuple[Partner, ...]
    lead: str | None
    findings: tuple[Finding, ...]
    people: People
    folded: Mapping[str, str]

    @property
    def fails(self) -> bool:
        """Whether a rule that must be met is not."""
        return any(each.fails for each in self.findings)

    def tell(self, language: str) -> tuple[ToldFinding, ...]:
        """Return what was found of each rule in words."""
        return tell_findings(self.findings, self.people.speech(self.call, language))

    def summary(self, language: str) -> str:
        """Return how the consortium stands in a sentence or two."""
        return summary(self.findings, self.people.speech(self.call, language))


def find_partners(outlook: Outlook, ask: ConsortiumAsk, book: Rulebook) -> Shortlisted:
    """Return who may come into a consortium. :class:`NotFound`: an unknown call, theme, place or actor."""
    call = book.call(ask.call)
    return outlook.recall(f"{ask} {call}", ask.view, lambda view: _find_partners(outlook, ask, call))


def check_consortium(outlook: Outlook, ask: CheckAsk, book: Rulebook) -> CheckedConsortium:
    """Return what is found of each rule. :class:`NotFound`: an unknown call or actor."""
    call, people = book.call(ask.call), People.of(outlook, ask.view)
    asked = [*([ask.lead] if ask.lead else []), *ask.actors]
    ids, folded = people.meant(asked)
    partners = tuple(people.partner(id_) for id_ in ids)
    lead = folded.get(ask.lead, ask.lead) if ask.lead else None
    findings = check(call, partners, lead)
    return CheckedConsortium(people.network.revision, call, partners, lead, findings, people, folded)


@dataclass(frozen=True)
class _Ground:
    """What every question about one network stands on."""

    people: People
    background: Background
    partners: tuple[Partner, ...]
    """By row."""
    led: Matrix

    @classmethod
    def of(cls, outlook: Outlook, people: People, as_of: date | None) -> _Ground:
        """Work it out."""
        network, affiliation = people.network, people.network.affiliation
        nothing = Measures(network.revision, {}, (), 0.0, frozenset())
        return cls(
            people,
            Background(affiliation, nothing, as_of or data_day(affiliation.collaborations)),
            tuple(people.partner(id_) for id_ in affiliation.ids),
            _led(outlook.snapshot().participations, people.identity, network),
        )


def _find_partners(outlook: Outlook, ask: ConsortiumAsk, call: Call) -> Shortlisted:
    people = People.of(outlook, ask.view)
    ground = outlook.recall("consortium ground", ask.view, lambda _: _Ground.of(outlook, people, ask.as_of))
    network, affiliation = people.network, people.network.affiliation
    ids, folded = people.meant([*([ask.lead] if ask.lead else []), *ask.already])
    themes = below("theme", network.themes, ask.theme)
    on_theme = np.asarray([not themes.isdisjoint(each.themes) for each in affiliation.collaborations], dtype=bool)
    located = network.located_in(ask.place) if ask.place else None
    bench = Bench(
        ground.background,
        call,
        ground.partners,
        on_theme,
        _in_programme(call, network),
        ground.led,
        _competences(network, ask.theme, on_theme),
        None if located is None else np.asarray([id_ in located for id_ in affiliation.ids], dtype=bool),
        tuple(people.partner(id_) for id_ in ids),
        folded.get(ask.lead, ask.lead) if ask.lead else None,
        people.identity.related,
        ask.size,
    )
    return Shortlisted(shortlist(bench, ask.top), ask.theme, people, folded)


class People:
    """Actors of a day: what rules look at in them, and the names of all that an answer refers to."""

    def __init__(self, outlook: Outlook, view: View) -> None:
        snapshot = outlook.snapshot()
        self.network = outlook.network(view)
        self.identity = outlook.identity(view)
        self._entries = {actor.id: actor for actor in snapshot.actors}
        self._bodies = bodies.shown(snapshot.actors, self.identity)
        self._places: dict[str, Where] = {}
        self._doubts: dict[str, set[str]] = defaultdict(set)
        for a, b in self.identity.undecided:
            self._doubts[a].add(f"{a} or {b}")
            self._doubts[b].add(f"{a} or {b}")

    def name_of(self, ref: Ref, language: str) -> str:
        """Return the name of a thing; an actor outside the network, and an entry of another body, has one too."""
        if ref.noun is Noun.ACTOR:
            return (self._bodies.get(ref.id) or self._entries[ref.id]).name
        if ref.noun is Noun.PLACE and ref.id not in self.network.places and (listed := places.by_id(ref.id)):
            return listed.name  # of an actor's town the tables may know the region where the graph does not
        return self.network.name_of(ref, language)

    def speech(self, call: Call, language: str) -> Speech:
        """Return how these are spoken of."""
        return Speech(language, lambda ref: self.name_of(ref, language), self.partner, call)

    @classmethod
    def of(cls, outlook: Outlook, view: View) -> People:
        """Return those of a view, made once while the graph stays as it is."""
        return outlook.recall("people", view, lambda _: cls(outlook, view))

    def meant(self, asked: Sequence[str]) -> tuple[tuple[str, ...], dict[str, str]]:
        """Return the bodies that ids stand for, each once, and those ids that stand for another than themselves."""
        for id_ in asked:
            if id_ not in self.identity.canonical:
                raise NotFound("actor", id_)
        standing = {id_: self.identity.canonical[id_] for id_ in asked}
        return tuple(dict.fromkeys(standing.values())), {id_: body for id_, body in standing.items() if id_ != body}

    def partner(self, id_: str) -> Partner:
        """Return what rules look at in an actor."""
        actor, family = self._bodies[id_], self.identity.families[id_]
        ties = self.identity.groups.get(family, frozenset()) | self._doubts.get(id_, set())
        return Partner(id_, actor.kind, self._where(actor.place or ""), family, frozenset(ties))

    def _where(self, id_: str) -> Where:
        if id_ not in self._places:
            self._places[id_] = where_is(self.network.places, id_)
        return self._places[id_]


def _ground(as_of: date | None) -> View:
    return View(as_of=as_of, identity=IdentityLevel.ORGANISATION)


def where_is(known: Mapping[str, Place], id_: str) -> Where:
    """Return the town, region and country of a place, by the graph and, where that does not say, by the tables.

    A graph may know that Espoo is in Finland and not in which region; a ring of parents does not hang.
    """
    found: dict[PlaceKind, str] = {}
    seen: set[str] = set()
    while id_ and id_ not in seen:
        seen.add(id_)
        place, listed = known.get(id_), places.by_id(id_)
        for each in filter(None, (place, listed)):
            found.setdefault(each.kind, each.id)
        listed_parent = listed.parent if listed else None
        id_ = listed_parent or (place.parent if place else None) or ""
    return Where(
        found.get(PlaceKind.MUNICIPALITY, ""), found.get(PlaceKind.REGION, ""), found.get(PlaceKind.COUNTRY, "")
    )


def _in_programme(call: Call, network: Network) -> Bools:
    """Return which collaborations are of the call's programmes: whose name begins as one of these."""
    beginnings = tuple(fold(each) for each in call.programmes)
    collaborations = network.affiliation.collaborations
    names = {each.programme for each in collaborations if each.programme}
    known = {name for name in names if fold(name).startswith(beginnings)}
    return np.asarray([each.programme in known for each in collaborations], dtype=bool)


def _led(claims: Sequence[Participation], identity: Identity, network: Network) -> Matrix:
    """Return actors × collaborations, 1 where a source says that the actor leads."""
    row = network.affiliation.row
    column = {each.id: number for number, each in enumerate(network.affiliation.collaborations)}
    leading = {role for role in {claim.role for claim in claims} if fold(role) in _LEADING}
    cells = {
        (row[body], column[claim.collaboration])
        for claim in claims
        if claim.role in leading and claim.collaboration in column
        if (body := identity.canonical.get(claim.actor, claim.actor)) in row
    }
    rows, columns = [each[0] for each in sorted(cells)], [each[1] for each in sorted(cells)]
    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(row), len(column)))


def _competences(network: Network, theme: str, on_theme: Bools) -> tuple[str, ...]:
    """Return the themes directly below a theme, else those that its collaborations most often have besides it."""
    collaborations = network.affiliation.collaborations
    used = Counter(
        each for one, yes in zip(collaborations, on_theme.tolist(), strict=True) if yes for each in one.themes
    )
    inside = below("theme", network.themes, theme) - {theme}
    known = {id_: count for id_, count in used.items() if id_ in network.themes and id_ != theme}
    chosen = {id_: count for id_, count in known.items() if id_ in inside} or known
    return tuple(sorted(chosen, key=lambda id_: (-chosen[id_], id_))[:_COMPETENCES])
